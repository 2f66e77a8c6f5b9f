package ui

import (
	"html/template"
	"math"
	"slices"
	"strconv"

	"parvis/internal/geo"
	"parvis/internal/i18n"
)

// Map is a picture of an area that the server draws: its outline, the units inside, numbered pins that lead to the list
// beside it. It needs no script, prints, and says nothing that the list does not say.
type Map struct {
	Words       *i18n.Printer
	Title       string // what it shows, for those who do not see it
	Outline     *geo.Outline
	Approximate bool // the outline is a hull; it is dashed, and a note says so
	Units       []MapUnit
	Pins        []Pin
	Here        *geo.Point // where the person is, when they said so
	Box         *geo.Box   // what to show; nil: all of it
	Broad       bool       // twice as wide as high, for the width of a page; its marks are smaller on a large screen
	Near        float64    // metres to show round the pins at least, so that one pin is not drawn alone in a field; 0 is 1,500
	// Closer leads to the list of an area, for marks that stand for several places; nil: those are not links.
	Closer func(geo.Box) string
}

// MapUnit is a part of the area: a ward, a commune.
type MapUnit struct {
	Name    string
	Outline *geo.Outline
	Label   bool // write its name
}

// Pin is a place on the map.
type Pin struct {
	At     geo.Point
	Number int    // as in the list
	Name   string // of the place
	Href   string
	Tone   Tone
}

// The picture's size in its own units: on a phone a unit is about three quarters of a pixel.
const (
	mapWidth  = 480
	mapHeight = 360
	markSize  = 42 // marks are at least so far apart, which is 24 pixels at 320
)

type drawn struct {
	Map
	View     string
	Land     string
	Lines    []string
	Labels   []mapText
	Marks    []mark
	HereMark *mapText
}

type mapText struct{ X, Y, Text string }

type mark struct {
	X, Y  string
	Text  string
	Label string
	Href  string
	Many  bool
}

// HTML is the map's drawing.
func (m Map) HTML() template.HTML {
	if m.Outline.Empty() && len(m.Pins) == 0 && m.Box == nil {
		return ""
	}
	height := mapHeight
	if m.Broad {
		height = mapWidth / 2
	}
	p := geo.Fit(m.shows(), mapWidth, float64(height), 24)
	out := drawn{Map: m, View: "0 0 " + strconv.Itoa(mapWidth) + " " + strconv.Itoa(height), Land: p.Path(m.Outline)}
	for _, unit := range m.Units {
		if line := p.Path(unit.Outline); line != "" {
			out.Lines = append(out.Lines, line)
		}
	}
	out.Marks = m.marks(p)
	out.Labels = m.labels(p)
	if m.Here != nil && p.View().Contains(*m.Here) {
		x, y := p.XY(*m.Here)
		out.HereMark = &mapText{X: tenth(x), Y: tenth(y)}
	}
	return render("map", out)
}

// shows is the area that the picture shows.
func (m Map) shows() geo.Box {
	if m.Box != nil {
		return *m.Box
	}
	if len(m.Pins) == 0 {
		return m.Outline.Box()
	}
	near := m.Near
	if near == 0 {
		near = 1500
	}
	box := geo.Around(m.Pins[0].At, near)
	for _, pin := range m.Pins[1:] {
		box = box.Union(geo.Around(pin.At, near))
	}
	if m.Here != nil {
		box = box.Union(geo.BoxOf(*m.Here))
	}
	return box
}

// labels are the names of units that find room: none on a mark, none on another, none over the edge.
func (m Map) labels(p geo.Projection) []mapText {
	type box struct{ x, y, w, h float64 } // around its middle
	var taken []box
	for _, pin := range m.Pins {
		x, y := p.XY(pin.At)
		taken = append(taken, box{x, y, 32, 32})
	}
	free := func(b box) bool {
		if b.x-b.w/2 < 2 || b.x+b.w/2 > p.Width-2 || b.y-b.h < 0 || b.y+b.h > p.Height {
			return false
		}
		return !slices.ContainsFunc(taken, func(t box) bool {
			return math.Abs(b.x-t.x) < (b.w+t.w)/2 && math.Abs(b.y-t.y) < (b.h+t.h)/2
		})
	}
	var labels []mapText
	for _, unit := range m.Units {
		if !unit.Label || unit.Outline.Empty() {
			continue
		}
		x, y := p.XY(unit.Outline.Centre())
		wide := 0.0
		for _, c := range unit.Name {
			wide += 6.4
			if c > 0x2e80 { // Han is twice as wide
				wide += 5
			}
		}
		if b := (box{x, y - 4, wide + 4, 14}); free(b) {
			taken = append(taken, b)
			labels = append(labels, mapText{tenth(x), tenth(y), unit.Name})
		}
	}
	return labels
}

func (m Map) marks(p geo.Projection) []mark {
	points := make([]geo.Point, len(m.Pins))
	for i, pin := range m.Pins {
		points[i] = pin.At
	}
	var marks []mark
	for _, c := range p.Clusters(points, markSize) {
		one := mark{X: tenth(c.X), Y: tenth(c.Y)}
		if len(c.Members) == 1 {
			pin := m.Pins[c.Members[0]]
			one.Href = pin.Href
			if pin.Number > 0 {
				one.Text = strconv.Itoa(pin.Number)
				one.Label = m.Words.T("ui.map-pin", "Number", pin.Number, "Name", pin.Name)
			} else {
				one.Label = pin.Name
			}
		} else {
			one.Many, one.Text = true, m.Words.Number(len(c.Members))
			one.Label = m.Words.T("ui.map-many", "N", len(c.Members))
			if m.Closer != nil {
				var box geo.Box
				for i, member := range c.Members {
					if at := geo.BoxOf(points[member]); i == 0 {
						box = at
					} else {
						box = box.Union(at)
					}
				}
				one.Href = m.Closer(box)
			}
		}
		marks = append(marks, one)
	}
	return marks
}

// T is a message in the page's language.
func (m Map) T(key string) string { return m.Words.T(key) }

func tenth(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }
