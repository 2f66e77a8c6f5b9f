package i18n

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// entry is one text of a catalogue file, with its line.
type entry struct {
	key  string
	line int
	*message
}

// readCatalogue reads one file: an object whose values are texts or objects of plural forms. It gives what it could
// read, and all that is wrong.
func readCatalogue(name string, data []byte) ([]entry, error) {
	r := &reader{name: name, data: data, dec: json.NewDecoder(bytes.NewReader(data)), seen: map[string]bool{}}
	if err := r.object(r.text); err != nil {
		r.wrong = append(r.wrong, fmt.Errorf("%s:%d: %w", name, r.line(), err))
	} else if _, err := r.dec.Token(); !errors.Is(err, io.EOF) {
		r.wrong = append(r.wrong, fmt.Errorf("%s:%d: something follows the catalogue", name, r.line()))
	}
	return r.entries, errors.Join(r.wrong...)
}

type reader struct {
	name    string
	data    []byte
	dec     *json.Decoder
	seen    map[string]bool
	entries []entry
	wrong   []error
}

func (r *reader) line() int {
	return 1 + bytes.Count(r.data[:min(int(r.dec.InputOffset()), len(r.data))], []byte("\n"))
}

func (r *reader) bad(line int, format string, args ...any) {
	r.wrong = append(r.wrong, fmt.Errorf("%s:%d: %s", r.name, line, fmt.Sprintf(format, args...)))
}

// object reads an opening brace, each key through value, and the closing brace.
func (r *reader) object(value func(key string) error) error {
	token, err := r.dec.Token()
	if err != nil {
		return err
	}
	if token != json.Delim('{') {
		return fmt.Errorf("%v where { should be", token)
	}
	return r.members(value)
}

func (r *reader) members(value func(key string) error) error {
	for r.dec.More() {
		token, err := r.dec.Token()
		if err != nil {
			return err
		}
		if err := value(token.(string)); err != nil { // the decoder lets nothing but a string be a key
			return err
		}
	}
	_, err := r.dec.Token()
	return err
}

// text reads the value of one key.
func (r *reader) text(key string) error {
	line := r.line()
	if r.seen[key] {
		r.bad(line, "key %q is here twice", key)
	}
	r.seen[key] = true
	if !goodKey(key) {
		r.bad(line, "key %q should be like \"directory.open-until\"", key)
	}
	token, err := r.dec.Token()
	if err != nil {
		return err
	}
	forms := map[string]string{}
	switch value := token.(type) {
	case string:
		forms[plain] = value
	case json.Delim:
		if value != '{' {
			return fmt.Errorf("key %q: a text or plural forms should follow", key)
		}
		if err := r.members(r.form(key, forms)); err != nil {
			return err
		}
		if forms["other"] == "" {
			r.bad(line, "key %q: the form \"other\" is missing", key)
		}
	default:
		return fmt.Errorf("key %q: %v is not a text", key, value)
	}
	m, err := newMessage(key, forms)
	if err != nil {
		r.bad(line, "key %q: %v", key, err)
		return nil
	}
	r.entries = append(r.entries, entry{key, line, m})
	return nil
}

func (r *reader) form(key string, forms map[string]string) func(string) error {
	return func(form string) error {
		token, err := r.dec.Token()
		if err != nil {
			return err
		}
		text, ok := token.(string)
		switch {
		case !ok:
			return fmt.Errorf("key %q, form %q: %v is not a text", key, form, token)
		case formIndex(form) < 0:
			r.bad(r.line(), "key %q: %q is no plural form; the forms are =0, zero, one, two, few, many, other", key, form)
		case forms[form] != "":
			r.bad(r.line(), "key %q: form %q is here twice", key, form)
		}
		forms[form] = text
		return nil
	}
}

// goodKey: two or more parts of small letters, digits and dashes with dots between.
func goodKey(key string) bool {
	parts := strings.Split(key, ".")
	for _, part := range parts {
		if part == "" || strings.Trim(part, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			return false
		}
	}
	return len(parts) > 1
}

// override is one text that a territory says in its own way.
type override struct {
	key   string
	form  int
	parts []part
	err   error
}

func (b *Bundle) overrides(lang string, texts map[string]string) []override {
	var all []override
	for name, text := range texts {
		key, form, _ := strings.Cut(name, "#")
		o := override{key: key, form: formIndex(form)}
		m := b.texts[lang][key]
		switch {
		case m == nil:
			o.err = fmt.Errorf("%s: there is no text %q to override", lang, key)
		case o.form < 0:
			o.err = fmt.Errorf("%s: %q: %q is no plural form", lang, key, form)
		case m.plural() && form == plain:
			o.err = fmt.Errorf("%s: %q counts; write a form after it, as in %q", lang, key, key+"#other")
		case !m.plural() && form != plain:
			o.err = fmt.Errorf("%s: %q does not count; write it without #%s", lang, key, form)
		default:
			if o.parts, o.err = compile(text); o.err != nil {
				o.err = fmt.Errorf("%s: %q: %w", lang, key, o.err)
			}
		}
		all = append(all, o)
	}
	return all
}

func (o override) apply(texts map[string]*message) {
	changed := *texts[o.key]
	changed.forms[o.form] = o.parts
	texts[o.key] = &changed
}
