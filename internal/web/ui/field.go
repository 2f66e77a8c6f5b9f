package ui

import (
	"html/template"
	"slices"
	"strings"

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

// open begins a field's element, "div" or "fieldset".
func (l *Label) open(m *markup, element string) {
	m.raw("<").raw(element).raw(` class="field`).when(l.Error != "", " wrong").raw(`"`)
}

// head writes what the field is called, help, and what is wrong.
func (l *Label) head(m *markup) {
	m.raw("<label").set("for", l.ID()).raw(">")
	l.called(m)
	m.raw("</label>")
	l.hints(m)
}

// legend is head for a group of boxes.
func (l *Label) legend(m *markup) {
	m.raw("<legend>")
	l.called(m)
	m.raw("</legend>")
	l.hints(m)
}

func (l *Label) called(m *markup) {
	m.say(l.Label)
	if l.Optional {
		m.raw(" ").element("small", l.Words.T("ui.optional"))
	}
}

func (l *Label) hints(m *markup) {
	if l.Hint != "" {
		m.raw(`<p class="hint"`).set("id", l.ID()+"-hint").raw(">").say(l.Hint).raw("</p>")
	}
	if l.Error != "" {
		m.raw(`<p class="error"`).set("id", l.ID()+"-error").raw(">").lead("circle-alert").raw(`<span class="sr">`)
		m.say(l.Words.T("ui.error")).raw(" </span>").say(l.Error).raw("</p>")
	}
}

// described names what explains the field to a screen reader.
func (l *Label) described(m *markup) {
	var by []string
	if l.Hint != "" {
		by = append(by, l.ID()+"-hint")
	}
	if l.Error != "" {
		by = append(by, l.ID()+"-error")
	}
	m.attr("aria-describedby", strings.Join(by, " ")).when(l.Error != "", ` aria-invalid="true"`)
}

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
func (f Field) HTML() template.HTML { return written(&f) }

func (f *Field) write(m *markup) {
	kind, most := f.Type, f.Max
	if kind == "" {
		kind = "text"
	}
	if most == 0 {
		most = 200
	}
	f.open(m, "div")
	m.raw(">")
	f.head(m)
	m.raw("<input").set("id", f.ID()).set("name", f.Name).set("type", kind).set("value", f.Value).raw(` maxlength="`).number(most).raw(`"`)
	m.when(f.Short, ` class="short"`).attr("autocomplete", f.Autocomplete).attr("inputmode", f.InputMode)
	f.described(m)
	m.raw("></div>")
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
	m := begin()
	f.open(m, "div")
	m.raw(">")
	f.head(m)
	m.raw("<textarea").set("id", f.ID()).set("name", f.Name).raw(` rows="`).number(f.Rows).raw(`" maxlength="`).number(f.Max).raw(`"`)
	f.described(m)
	return m.raw(">").say(f.Value).raw("</textarea></div>").done()
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
func (c Choice) HTML() template.HTML {
	m, kind := begin(), "radio"
	if c.Many {
		kind = "checkbox"
	}
	c.open(m, "fieldset")
	c.described(m)
	m.raw(">")
	c.legend(m)
	for i, o := range c.Options {
		m.raw(`<label class="box"><input`).set("type", kind).set("name", c.Name).set("value", o.Value)
		if i == 0 {
			m.set("id", c.ID())
		}
		m.when(o.Checked, " checked").raw("><span>").say(o.Text).element("small", o.Hint).raw("</span></label>")
	}
	return m.raw("</fieldset>").done()
}

// Select is one answer of many, folded.
type Select struct {
	Label
	Options []Option
}

// HTML is the list's mark-up.
func (s Select) HTML() template.HTML {
	m := begin()
	s.open(m, "div")
	m.raw(">")
	s.head(m)
	m.raw("<select").set("id", s.ID()).set("name", s.Name)
	s.described(m)
	m.raw(">")
	for _, o := range s.Options {
		m.raw("<option").set("value", o.Value).when(o.Checked, " selected").raw(">").say(o.Text).raw("</option>")
	}
	return m.raw("</select></div>").done()
}

// DateField asks for a date in three parts, named Name-day, Name-month and Name-year: easier than a calendar for a date
// one knows by heart.
type DateField struct {
	Label
	Day, Month, Year string
}

// HTML is the field's mark-up.
func (d DateField) HTML() template.HTML {
	m := begin()
	d.open(m, "fieldset")
	d.described(m)
	m.raw(">")
	d.legend(m)
	m.raw(`<div class="date"><label>`).say(d.Words.T("ui.day")).raw("<input").set("id", d.ID()).set("name", d.Name+"-day").set("value", d.Day)
	m.raw(` inputmode="numeric" maxlength="2"></label><label>`).say(d.Words.T("ui.month")).raw("<input").set("name", d.Name+"-month").set("value", d.Month)
	m.raw(` inputmode="numeric" maxlength="2"></label><label>`).say(d.Words.T("ui.year")).raw(`<input class="year"`).set("name", d.Name+"-year").set("value", d.Year)
	return m.raw(` inputmode="numeric" maxlength="4"></label></div></fieldset>`).done()
}

// FileField asks for a file, and says before what kind and how large.
type FileField struct {
	Label
	Accept string // "image/*,.pdf"
	Many   bool
	Limit  string // how large at most, in words
}

// HTML is the field's mark-up.
func (f FileField) HTML() template.HTML {
	m := begin()
	f.open(m, "div")
	m.raw(">")
	f.head(m)
	if f.Limit != "" {
		m.raw(`<p class="hint">`).say(f.Limit).raw("</p>")
	}
	m.raw("<input").set("id", f.ID()).set("name", f.Name).raw(` type="file"`).attr("accept", f.Accept).when(f.Many, " multiple")
	f.described(m)
	return m.raw("></div>").done()
}

// FieldError is what is wrong with one field, in words.
type FieldError struct {
	Name, Text string
	Field      string // what the field is called, where the words alone do not tell which is meant
}

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

// Of names the fields that a summary's words do not tell apart, as the page does.
func (e Errors) Of(fields ...Field) Errors {
	named := slices.Clone(e)
	for i := range named {
		for _, field := range fields {
			if field.Name == named[i].Name {
				named[i].Field = field.Label.Label
			}
		}
	}
	return named
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
