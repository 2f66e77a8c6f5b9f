package ui

import "html/template"

// Card is one thing of a list: a place, a service, an organisation. Its whole title leads there.
type Card struct {
	Title  string
	Href   string
	Lang   string // of the title and text, where it is not the page's
	Icon   string
	Number int    // the pin's number on the map beside; 0: none
	Aside  string // at the right of the title: a distance, a date
	Text   string
	Lines  []Line // short facts, each with its pictogram
	Chips  []Chip
	Why    string // why it is in the list: the words that were found
	Action *Button
	Level  int // of the heading; 0 is 3
}

// Line is one short fact with its pictogram.
type Line struct {
	Icon string
	Text string
	Href string
	Tone Tone
}

func (l *Line) write(m *markup) {
	m.raw(`<li`)
	if l.Tone != Plain {
		m.raw(` class="is-`).say(string(l.Tone)).raw(`"`)
	}
	m.raw(`>`).lead(l.Icon)
	if l.Href != "" {
		m.linked(l.Href, l.Text)
	} else {
		m.raw(`<span>`).say(l.Text).raw(`</span>`)
	}
	m.raw(`</li>`)
}

// HTML is the card's mark-up.
func (c Card) HTML() template.HTML { return written(&c) }

func (c *Card) write(m *markup) {
	m.raw(`<article class="card"`).attr("lang", c.Lang).raw(`><div class="head">`)
	switch {
	case c.Number > 0:
		m.raw(`<span class="pin-no">`).number(c.Number).raw(`</span>`)
	case c.Icon != "":
		m.icon(c.Icon)
	}
	heading := "h3"
	if c.Level == 2 {
		heading = "h2"
	}
	m.raw("<").raw(heading).raw(">")
	m.linked(c.Href, c.Title).raw("</").raw(heading).raw(">")
	if c.Aside != "" {
		m.raw(`<span class="aside">`).say(c.Aside).raw(`</span>`)
	}
	m.raw(`</div>`).element("p", c.Text)
	if len(c.Lines) > 0 {
		m.raw(`<ul class="facts">`)
		for i := range c.Lines {
			c.Lines[i].write(m)
		}
		m.raw(`</ul>`)
	}
	if len(c.Chips) > 0 {
		m.raw(`<div class="chips">`)
		for i := range c.Chips {
			c.Chips[i].write(m)
		}
		m.raw(`</div>`)
	}
	if c.Why != "" {
		m.raw(`<p class="why">`).lead("search").say(c.Why).raw(`</p>`)
	}
	if c.Action != nil {
		c.Action.write(m)
	}
	m.raw(`</article>`)
}

// Cards lays cards side by side where there is room.
type Cards struct{ Items []Card }

// HTML is the list's mark-up; nothing when it is empty.
func (c Cards) HTML() template.HTML {
	if len(c.Items) == 0 {
		return ""
	}
	return render("cards", c)
}

// Results are the things that a search found, in its order, one under the other.
type Results struct {
	Items   []Result
	Anchors bool // a map beside the list leads to each by "#p-" and its id
	Nearest bool // they are not what was asked for, only what comes closest
}

// Result is one of them.
type Result struct {
	ID   string
	Card Card
}

// HTML is the list's mark-up; nothing when it is empty.
func (r Results) HTML() template.HTML {
	if len(r.Items) == 0 {
		return ""
	}
	m := begin().raw(`<ol class="results`).when(r.Nearest, " nearest").raw(`">`)
	for i := range r.Items {
		m.raw("<li")
		if r.Anchors {
			m.set("id", "p-"+r.Items[i].ID)
		}
		m.set("data-id", r.Items[i].ID).raw(">")
		r.Items[i].Card.write(m)
		m.raw("</li>")
	}
	return m.raw("</ol>").done()
}

// Door is one of the ways of being served: a pictogram, a name, what one finds behind it now.
type Door struct {
	Href    string
	Icon    string
	Title   string
	Text    string
	Current bool
}

// Doors are the ways in, side by side; on a phone one under the other.
type Doors struct {
	Label string // for screen readers
	Items []Door
}

// HTML is the doors' mark-up.
func (d Doors) HTML() template.HTML { return render("doors", d) }

// Heading is a section's title with, at its right, the way to all of it.
type Heading struct {
	Text string
	ID   string
	More *Link
}

// HTML is the heading's mark-up.
func (h Heading) HTML() template.HTML { return render("heading", h) }

// Figures are a few large numbers with what they count.
type Figures struct{ Items []Figure }

// Figure is one number, already written as the language writes it.
type Figure struct{ Value, Label string }

// HTML is the figures' mark-up; nothing when there is none.
func (f Figures) HTML() template.HTML {
	if len(f.Items) == 0 {
		return ""
	}
	return render("figures", f)
}
