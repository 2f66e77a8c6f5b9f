package ui

import "html/template"

// Renderer is anything that makes mark-up: every component of this package.
type Renderer interface{ HTML() template.HTML }

// Tone says what a colour means; the words say it too.
type Tone string

// The tones.
const (
	Plain Tone = ""
	Brand Tone = "brand" // belongs to what the page is about
	Good  Tone = "good"  // open, done, free
	Wait  Tone = "wait"  // soon, pending, take care
	Bad   Tone = "bad"   // closed, refused, in error
)

// Button does something (in a form), or leads somewhere where Href is given. At least 48 px high.
type Button struct {
	Text  string
	Icon  string
	Href  string // a link that looks like a button
	Main  bool   // the one thing to do on this page
	Quiet bool   // no border: for what is rarely wanted
	Wide  bool   // the whole width on a phone
	Name  string // sent with the form, with Value
	Value string
	Hook  string // a script's handle ("locate"); the button is hidden until the script shows it
	About string // a fuller name for screen readers where Text alone is not clear
}

// HTML is the button's mark-up.
func (b Button) HTML() template.HTML { return written(&b) }

func (b *Button) write(m *markup) {
	element := "button"
	if b.Href != "" {
		element = "a"
	}
	m.raw("<").raw(element).set("class", b.class())
	switch {
	case b.Href != "":
		m.href(b.Href)
	case b.Hook != "":
		m.raw(` type="button" data-`).say(b.Hook).raw(` hidden`)
	}
	if b.Href == "" {
		m.attr("name", b.Name).attr("value", b.Value)
	}
	m.attr("aria-label", b.About).raw(">").lead(b.Icon).say(b.Text).raw("</").raw(element).raw(">")
}

// class is what the style sheet knows it by.
func (b *Button) class() string {
	class := "btn"
	if b.Main {
		class += " main"
	}
	if b.Quiet {
		class += " quiet"
	}
	if b.Wide {
		class += " full"
	}
	return class
}

// Link leads somewhere, with a pictogram before its words where one helps.
type Link struct {
	Href     string
	Text     string
	Icon     string
	External bool // leaves the house: an arrow says so
	About    string
}

// HTML is the link's mark-up.
func (l Link) HTML() template.HTML { return written(&l) }

func (l *Link) write(m *markup) {
	m.raw(`<a class="link"`).href(l.Href).when(l.External, ` rel="external noreferrer"`).attr("aria-label", l.About)
	m.raw(">").lead(l.Icon).say(l.Text)
	if l.External {
		m.raw(" ").icon("arrow-up-right")
	}
	m.raw("</a>")
}

// Chip is a short fact in a rounded frame. With Href it leads somewhere; with Remove the link takes a filter away.
type Chip struct {
	Text   string
	Icon   string
	Tone   Tone
	Href   string
	Remove string // what removing means, in words for screen readers: "Remove: open now"
}

// HTML is the chip's mark-up.
func (c Chip) HTML() template.HTML { return written(&c) }

func (c *Chip) write(m *markup) {
	element := "span"
	if c.Href != "" {
		element = "a"
	}
	m.raw("<").raw(element).raw(` class="chip`)
	if c.Tone != Plain {
		m.raw(" ").say(string(c.Tone))
	}
	m.raw(`"`)
	if c.Href != "" {
		m.href(c.Href).attr("aria-label", c.Remove)
	}
	m.raw(">").lead(c.Icon).say(c.Text)
	if c.Href != "" && c.Remove != "" {
		m.raw(" ").icon("x")
	}
	m.raw("</").raw(element).raw(">")
}

// Tags is a list of chips with a name for screen readers.
type Tags struct {
	Label string
	Items []Chip
}

// HTML is the list's mark-up; nothing when it is empty.
func (t Tags) HTML() template.HTML {
	if len(t.Items) == 0 {
		return ""
	}
	m := begin().raw(`<ul class="chips"`).attr("aria-label", t.Label).raw(">")
	for i := range t.Items {
		m.raw("<li>")
		t.Items[i].write(m)
		m.raw("</li>")
	}
	return m.raw("</ul>").done()
}
