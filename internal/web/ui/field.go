package ui

import (
	"html/template"

	"parvis/internal/i18n"
)

// Label is what every field has: its name in the form, what it is called, help, and what is wrong with what was entered.
type Label struct {
	Words    *i18n.Printer
	Name     string
	Label    string
	Hint     string
	Error    string
	Optional bool // says so beside the label; what is asked is otherwise needed
}

// ID is the field's id in the page; the error summary leads to it.
func (l Label) ID() string { return "f-" + l.Name }

// Described names what explains the field to a screen reader; empty when nothing does.
func (l Label) Described() string {
	described := ""
	if l.Hint != "" {
		described = l.ID() + "-hint"
	}
	if l.Error != "" {
		if described != "" {
			described += " "
		}
		described += l.ID() + "-error"
	}
	return described
}

// T is a message in the page's language.
func (l Label) T(key string) string { return l.Words.T(key) }

// Field is one line of text.
type Field struct {
	Label
	Value        string
	Type         string // text (empty), email, tel, url, number, password, date, time
	Autocomplete string // as HTML names it: "email", "one-time-code"
	InputMode    string // "numeric": digits that are not a quantity
	Short        bool   // a code, a number: as wide as what goes in
	Max          int    // characters; 0 is 200
}

// HTML is the field's mark-up.
func (f Field) HTML() template.HTML {
	if f.Type == "" {
		f.Type = "text"
	}
	if f.Max == 0 {
		f.Max = 200
	}
	return render("field", f)
}

// LongField is several lines of text.
type LongField struct {
	Label
	Value string
	Rows  int // 0 is 5
	Max   int // characters; 0 is 2000
}

// HTML is the field's mark-up.
func (f LongField) HTML() template.HTML {
	if f.Rows == 0 {
		f.Rows = 5
	}
	if f.Max == 0 {
		f.Max = 2000
	}
	return render("longfield", f)
}

// Option is one answer of a choice.
type Option struct {
	Value   string
	Text    string
	Hint    string
	Checked bool
}

// Choice is one answer of a few, or with Many several.
type Choice struct {
	Label
	Options []Option
	Many    bool
}

// HTML is the choice's mark-up.
func (c Choice) HTML() template.HTML { return render("choice", c) }

// Select is one answer of many, folded.
type Select struct {
	Label
	Options []Option
}

// HTML is the list's mark-up.
func (s Select) HTML() template.HTML { return render("select", s) }

// DateField asks for a date in three parts, named Name-day, Name-month and Name-year: easier than a calendar for a date
// one knows by heart.
type DateField struct {
	Label
	Day, Month, Year string
}

// HTML is the field's mark-up.
func (d DateField) HTML() template.HTML { return render("datefield", d) }

// FileField asks for a file, and says before what kind and how large.
type FileField struct {
	Label
	Accept string // "image/*,.pdf"
	Many   bool
	Limit  string // how large at most, in words
}

// HTML is the field's mark-up.
func (f FileField) HTML() template.HTML { return render("filefield", f) }

// FieldError is what is wrong with one field, in words.
type FieldError struct{ Name, Text string }

// Errors is what is wrong with a form.
type Errors []FieldError

// For is what is wrong with a field; empty when nothing is.
func (e Errors) For(name string) string {
	for _, one := range e {
		if one.Name == name {
			return one.Text
		}
	}
	return ""
}

// ErrorSummary stands above a form that could not be used and leads to each field to change.
type ErrorSummary struct {
	Words  *i18n.Printer
	Errors Errors
}

// HTML is the summary's mark-up; nothing when nothing is wrong.
func (e ErrorSummary) HTML() template.HTML {
	if len(e.Errors) == 0 {
		return ""
	}
	return render("errorsummary", e)
}

// T is a message in the page's language.
func (e ErrorSummary) T(key string, args ...any) string { return e.Words.T(key, args...) }
