package ui

import (
	"html/template"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"

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
	Names       []MapName // towns and the like, the most important first: those that find room are written
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

// MapName is something whose name helps to know where one is.
type MapName struct {
	Name string
	At   geo.Point
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

type mapText struct {
	X, Y int
	Text string
}

type mark struct {
	X, Y  int
	Text  string
	Label string
	Href  string
	Many  bool
}

func (k *mark) write(m *markup) {
	element := "g"
	if k.Href != "" {
		element = "a"
	}
	m.raw("<").raw(element).raw(` class="pin`).when(k.Many, " many").raw(`"`)
	if k.Href != "" {
		m.href(k.Href)
	} else {
		m.raw(` role="img"`)
	}
	m.raw("><title>").say(k.Label).raw("</title>")
	k.ground(m)
	if k.Text != "" {
		m.raw("<text").at("", k.X, k.Y).raw(` dy="5">`).say(k.Text).raw("</text>")
	}
	m.raw("</").raw(element).raw(">")
}

// ground is the disc that a number stands on, drawn out where a number of four digits needs it.
func (k *mark) ground(m *markup) {
	wide, high := k.size()
	if wide == high {
		m.raw("<circle").at("c", k.X, k.Y).raw(` r="`).number(high / 2).raw(`"/>`)
		return
	}
	m.raw("<rect").at("", k.X-wide/2, k.Y-high/2).raw(` width="`).number(wide).raw(`" height="`).number(high).raw(`" rx="`).number(high / 2).raw(`"/>`)
}

// size is how wide and high a mark is.
func (k *mark) size() (wide, high int) {
	high = 32
	if k.Many {
		high = 36
	}
	return high + 10*max(0, utf8.RuneCountInString(k.Text)-3), high
}

// at writes the attributes that say where something stands: x and y, or cx and cy.
func (m *markup) at(of string, x, y int) *markup {
	m.raw(" ").raw(of).raw(`x="`).number(x).raw(`" `).raw(of)
	return m.raw(`y="`).number(y).raw(`"`)
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
	out := begin().raw(`<figure class="map-frame"><svg class="map`).when(m.Broad, " broad").raw(`" viewBox="0 0 `).number(mapWidth).raw(" ").number(height)
	out.raw(`" role="group"`).set("aria-label", m.Title).raw(">")
	if land := p.RoughPath(m.Outline); land != "" {
		out.raw(`<path class="land`).when(m.Approximate, " hull").raw(`" fill-rule="evenodd"`).set("d", land).raw("/>")
	}
	for _, unit := range m.Units {
		if line := p.RoughPath(unit.Outline); line != "" {
			out.raw(`<path class="unit"`).set("d", line).raw("/>")
		}
	}
	points := make([]geo.Point, len(m.Pins))
	for i, pin := range m.Pins {
		points[i] = pin.At
	}
	clusters := p.Clusters(points, markSize)
	marks := m.marks(clusters)
	for _, label := range m.labels(p, marks) {
		out.raw("<text").at("", label.X, label.Y).raw(">").say(label.Text).raw("</text>")
	}
	if m.Here != nil && p.View().Contains(*m.Here) {
		x, y := p.XY(*m.Here)
		out.raw(`<circle class="here-mark"`).at("c", whole(x), whole(y)).raw(` r="8"/>`)
	}
	for i := range marks {
		marks[i].write(out)
	}
	out.raw("</svg>")
	if m.Approximate {
		out.raw(`<figcaption class="map-note">`).say(m.Words.T("ui.map-approximate")).raw("</figcaption>")
	}
	return out.raw("</figure>").done()
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

// Sizes of the names in the picture: of a letter's width, of a line's height.
const (
	letterWidth = 9.2 // of the style sheet's 16, bold
	lineHeight  = 20
	besideMark  = 31 // from a mark's middle to that of a name under or over it
)

// labels are the names that find room, at their place, or beside a mark that stands there: none on a mark, none on
// another, none over the edge.
func (m Map) labels(p geo.Projection, drawn []mark) []mapText {
	marks := make([]room, len(drawn))
	for i := range drawn {
		wide, _ := drawn[i].size()
		marks[i] = room{float64(drawn[i].X), float64(drawn[i].Y), float64(max(wide, 36) + 2), 38}
	}
	var labels []mapText
	var written []room
	for _, name := range m.names() {
		x, y := p.XY(name.At)
		wide := textWidth(name.Name) + 6
		at := room{x, y, wide, lineHeight}
		side := (wide + besideMark) / 2
		for _, aside := range [][2]float64{{0, besideMark}, {0, -besideMark}, {side, 0}, {-side, 0}, {0, 2 * besideMark}, {0, -2 * besideMark}} {
			if at.clear(marks) {
				break
			}
			at.x, at.y = x+aside[0], y+aside[1]
		}
		if at.inside(p) && at.clear(marks) && at.clear(written) {
			written = append(written, at)
			labels = append(labels, mapText{whole(at.x), whole(at.y + lineHeight/4), name.Name})
		}
	}
	return labels
}

// room is what a mark or a name takes of the picture, around its middle.
type room struct{ x, y, w, h float64 }

func (r room) inside(p geo.Projection) bool {
	return r.x-r.w/2 >= 2 && r.x+r.w/2 <= p.Width-2 && r.y-r.h/2 >= 2 && r.y+r.h/2 <= p.Height-2
}

func (r room) clear(others []room) bool {
	return !slices.ContainsFunc(others, func(o room) bool {
		return math.Abs(r.x-o.x) < (r.w+o.w)/2 && math.Abs(r.y-o.y) < (r.h+o.h)/2
	})
}

// names are what may be written: the names given, then those of units that ask for it.
func (m Map) names() []MapName {
	names := slices.Clone(m.Names)
	for _, unit := range m.Units {
		if unit.Label && !unit.Outline.Empty() {
			names = append(names, MapName{unit.Name, unit.Outline.Centre()})
		}
	}
	return names
}

func textWidth(text string) float64 {
	wide := 0.0
	for _, c := range text {
		wide += letterWidth
		if c > 0x2e80 { // Han is nearly twice as wide
			wide += 7
		}
	}
	return wide
}

func (m Map) marks(clusters []geo.Cluster) []mark {
	marks := make([]mark, 0, len(clusters))
	for _, c := range clusters {
		one := mark{X: whole(c.X), Y: whole(c.Y)}
		if len(c.Members) > 1 {
			one.Many, one.Text = true, m.Words.Number(len(c.Members))
			if first := m.first(c.Members); first > 0 { // a bare count would pass for a number of the list
				one.Text = strconv.Itoa(first) + "+"
			}
			one.Label = m.Words.T("ui.map-many", "N", len(c.Members))
			if m.Closer != nil {
				one.Href = m.Closer(m.around(c.Members))
			}
			marks = append(marks, one)
			continue
		}
		pin := m.Pins[c.Members[0]]
		one.Href, one.Label = pin.Href, pin.Name
		if pin.Number > 0 {
			one.Text = m.Words.Number(pin.Number) // as the name beside it writes it
			one.Label = m.Words.T("ui.map-pin", "Number", pin.Number, "Name", pin.Name)
		}
		marks = append(marks, one)
	}
	return marks
}

// first is the lowest number of the list among pins; 0 where they have none.
func (m Map) first(members []int) int {
	lowest := m.Pins[members[0]].Number
	for _, member := range members[1:] {
		lowest = min(lowest, m.Pins[member].Number)
	}
	return lowest
}

// around is the box that holds the pins with these places in the list.
func (m Map) around(members []int) geo.Box {
	points := make([]geo.Point, len(members))
	for i, member := range members {
		points[i] = m.Pins[member].At
	}
	return geo.BoxOf(points...)
}

func whole(v float64) int { return int(math.Round(v)) }
