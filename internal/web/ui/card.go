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

// HTML is the card's mark-up.
func (c Card) HTML() template.HTML { return render("card", c) }

// Cards lays cards side by side where there is room.
type Cards struct{ Items []Card }

// HTML is the list's mark-up; nothing when it is empty.
func (c Cards) HTML() template.HTML {
	if len(c.Items) == 0 {
		return ""
	}
	return render("cards", c)
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
