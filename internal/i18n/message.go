package i18n

import (
	"fmt"
	"html"
	"html/template"
	"slices"
	"strings"
)

// The forms of a text: the CLDR plural forms, none at all, and the one form of a text that does not count.
const (
	plain = ""
	zero  = "=0"
)

var formNames = []string{plain, zero, "zero", "one", "two", "few", "many", "other"}

const (
	plainForm = 0
	zeroForm  = 1
	otherForm = 7
)

func formIndex(name string) int { return slices.Index(formNames, name) }

// message is a text, read once: each form is a row of parts.
type message struct {
	key   string
	forms [8][]part
}

// part is a piece of a text as it stands, or an argument's name.
type part struct {
	text string
	arg  string
}

func (m *message) plural() bool { return m.forms[otherForm] != nil }

func newMessage(key string, forms map[string]string) (*message, error) {
	m := &message{key: key}
	for name, text := range forms {
		i := formIndex(name)
		if i < 0 {
			continue // told by the reader
		}
		parts, err := compile(text)
		if err != nil {
			return nil, err
		}
		m.forms[i] = parts
	}
	return m, nil
}

// compile cuts a text at its arguments.
func compile(text string) ([]part, error) {
	if strings.TrimSpace(text) == "" {
		return nil, fmt.Errorf("the text is empty")
	}
	var parts []part
	for {
		before, rest, found := strings.Cut(text, "{{")
		if strings.Contains(before, "}}") {
			return nil, fmt.Errorf("}} without {{")
		}
		if before != "" {
			parts = append(parts, part{text: before})
		}
		if !found {
			return parts, nil
		}
		inside, after, closed := strings.Cut(rest, "}}")
		name := strings.TrimPrefix(strings.TrimSpace(inside), ".")
		if !closed || !strings.HasPrefix(strings.TrimSpace(inside), ".") || !goodArg(name) {
			return nil, fmt.Errorf("an argument should be like {{.Name}}, not {{%s", inside)
		}
		parts, text = append(parts, part{arg: name}), after
	}
}

func goodArg(name string) bool {
	for i, r := range name {
		upper, other := r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
		if !upper && (i == 0 || !other) {
			return false
		}
	}
	return name != ""
}

// choose gives the form for the count in args; the plain form when the text does not count.
func (p *Printer) choose(m *message, args []any) []part {
	if !m.plural() {
		return m.forms[plainForm]
	}
	n, ok := find(args, "N")
	if !ok {
		p.missing.add(p.lang + " " + m.key + " .N")
		return m.forms[otherForm]
	}
	if m.forms[zeroForm] != nil && isZero(n) {
		return m.forms[zeroForm]
	}
	if parts := m.forms[pluralForm(p.lang, n)]; parts != nil {
		return parts
	}
	return m.forms[otherForm]
}

// find looks a name up in a row of name, value pairs.
func find(args []any, name string) (any, bool) {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == name {
			return args[i+1], true
		}
	}
	return nil, false
}

// T is the text of a key in the reader's language. args are pairs: the argument's name, its value. Numbers, times
// (as Date) and durations are written as the language writes them; text stays as it is.
func (p *Printer) T(key string, args ...any) string {
	m := p.texts[key]
	if m == nil {
		p.missing.add(p.lang + " " + key)
		return "⟦" + key + "⟧"
	}
	parts := p.choose(m, args)
	if len(parts) == 1 && parts[0].arg == "" {
		return parts[0].text
	}
	var b strings.Builder
	for _, part := range parts {
		if part.arg == "" {
			b.WriteString(part.text)
		} else {
			b.WriteString(p.value(key, part.arg, args))
		}
	}
	return b.String()
}

// HTML is T for a text some of whose arguments are markup, such as a link in a sentence: arguments of type
// template.HTML stay as they are, the text and all other arguments are escaped.
func (p *Printer) HTML(key string, args ...any) template.HTML {
	m := p.texts[key]
	if m == nil {
		return template.HTML(html.EscapeString(p.T(key))) // counts it
	}
	var b strings.Builder
	for _, part := range p.choose(m, args) {
		if part.arg == "" {
			b.WriteString(html.EscapeString(part.text))
		} else if value, _ := find(args, part.arg); isMarkup(value) {
			b.WriteString(string(value.(template.HTML)))
		} else {
			b.WriteString(html.EscapeString(p.value(key, part.arg, args)))
		}
	}
	return template.HTML(b.String())
}

func isMarkup(value any) bool {
	_, ok := value.(template.HTML)
	return ok
}
