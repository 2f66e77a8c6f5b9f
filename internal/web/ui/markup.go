package ui

import (
	"html/template"
	"strconv"
	"strings"
	"sync"
)

// markup is where the components of which a page has dozens write themselves: a card costs html/template forty times as
// much. Only raw takes mark-up, and only of this package; whatever else goes in is escaped. Every method returns the
// markup, so that an element reads as one line.
type markup struct{ text []byte }

var markups = sync.Pool{New: func() any { return new(markup) }}

// begin gives an empty markup; end it with done.
func begin() *markup { return markups.Get().(*markup) }

// done is what was written.
func (m *markup) done() template.HTML {
	html := template.HTML(m.text) //nolint:gosec // all but our own marks was escaped on its way in
	m.text = m.text[:0]
	markups.Put(m)
	return html
}

// written is the mark-up of a component that others write into theirs, too.
func written(component interface{ write(*markup) }) template.HTML {
	m := begin()
	component.write(m)
	return m.done()
}

// raw writes marks of ours.
func (m *markup) raw(marks string) *markup {
	m.text = append(m.text, marks...)
	return m
}

// when writes marks of ours where something holds.
func (m *markup) when(holds bool, marks string) *markup {
	if holds {
		m.text = append(m.text, marks...)
	}
	return m
}

// say writes a text, as content or between the quotation marks of an attribute.
func (m *markup) say(text string) *markup {
	from := 0
	for i := range len(text) {
		var mark string
		switch text[i] {
		case '&':
			mark = "&amp;"
		case '<':
			mark = "&lt;"
		case '>':
			mark = "&gt;"
		case '"':
			mark = "&#34;"
		case '\'':
			mark = "&#39;"
		case 0:
			mark = "\uFFFD"
		default:
			continue
		}
		m.text = append(append(m.text, text[from:i]...), mark...)
		from = i + 1
	}
	m.text = append(m.text, text[from:]...)
	return m
}

// number writes a whole number as machines do.
func (m *markup) number(n int) *markup {
	m.text = strconv.AppendInt(m.text, int64(n), 10)
	return m
}

// attr writes an attribute, unless it is empty.
func (m *markup) attr(name, value string) *markup {
	if value == "" {
		return m
	}
	return m.set(name, value)
}

// set writes an attribute, empty or not.
func (m *markup) set(name, value string) *markup {
	return m.raw(" ").raw(name).raw(`="`).say(value).raw(`"`)
}

// href writes the address of a link: one of this site, or of a scheme that a link may have.
func (m *markup) href(address string) *markup {
	m.raw(` href="`)
	address = string(Address(address))
	from := 0
	for i := range len(address) {
		c := address[i]
		if c <= ' ' || c >= 0x7f || strings.IndexByte("\"'()<>\\^`{|}", c) >= 0 || c == '%' && !escaped(address[i+1:]) {
			m.say(address[from:i]).raw("%").raw(strings.ToUpper(strconv.FormatUint(uint64(c)|0x100, 16)[1:]))
			from = i + 1
		}
	}
	return m.say(address[from:]).raw(`"`)
}

// escaped reports whether what follows a percent sign makes it an escape.
func escaped(rest string) bool {
	return len(rest) >= 2 && hexadecimal(rest[0]) && hexadecimal(rest[1])
}

func hexadecimal(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}

// icon writes a pictogram.
func (m *markup) icon(name string) *markup {
	if !HasIcon(name) {
		panic("icon " + name + ": no such file in assets/icons")
	}
	return m.raw(`<svg class="i" aria-hidden="true"><use href="#i-`).raw(name).raw(`"/></svg>`)
}

// lead writes a pictogram and the space after it, where there is one.
func (m *markup) lead(name string) *markup {
	if name == "" {
		return m
	}
	return m.icon(name).raw(" ")
}

// element writes a text in an element, unless it is empty: element("p", "…").
func (m *markup) element(name, text string) *markup {
	if text == "" {
		return m
	}
	return m.raw("<").raw(name).raw(">").say(text).raw("</").raw(name).raw(">")
}

// linked writes a text that leads somewhere, or the text alone.
func (m *markup) linked(address, text string) *markup {
	if address == "" {
		return m.say(text)
	}
	return m.raw(`<a`).href(address).raw(`>`).say(text).raw(`</a>`)
}
