package i18n

import (
	"fmt"
	"html/template"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// Printer speaks to one reader: one language, one time zone, one currency. It never changes.
type Printer struct {
	lang     string
	way      *way
	texts    map[string]*message
	missing  *missing
	zone     *time.Location
	currency string
}

// Lang is the reader's language, a code of Languages; it is also right in an HTML lang attribute.
func (p *Printer) Lang() string { return p.lang }

// Tag is the reader's language for the libraries that want a tag.
func (p *Printer) Tag() language.Tag { return language.Make(p.lang) }

// Zone is the time zone in which the reader is told times.
func (p *Printer) Zone() *time.Location { return p.zone }

// value is an argument as the language writes it.
func (p *Printer) value(key, name string, args []any) string {
	value, ok := find(args, name)
	if !ok {
		p.missing.add(p.lang + " " + key + " ." + name)
		return "⟦." + name + "⟧"
	}
	switch value := value.(type) {
	case string:
		return value
	case template.HTML:
		return string(value)
	case time.Time:
		return p.Date(value)
	case time.Duration:
		return p.Duration(value)
	case fmt.Stringer:
		return value.String()
	case error:
		return value.Error()
	}
	return p.Number(value)
}

// Sentence makes the first letter of a text a capital, for a date or a list that begins a line.
func Sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if first == utf8.RuneError {
		return text
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

// Sentence is the function Sentence, for templates.
func (p *Printer) Sentence(text string) string { return Sentence(text) }
