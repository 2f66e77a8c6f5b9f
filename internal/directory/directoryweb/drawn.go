package directoryweb

import (
	"parvis/internal/directory"
	"parvis/internal/geo"
	"parvis/internal/org"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// Sizes of what is drawn, in metres.
const (
	overviewSteps = 600  // an overview shows an outline to one six-hundredth of its width
	closeAround   = 4000 // round a place: enough to see in which part of the territory it lies
	closeDetail   = 25   // how far a border may be off there
)

// chart is a territory's outline and borders, simplified to what a drawing of the whole can show.
type chart struct {
	outline *geo.Outline
	units   []org.Unit // with their simplified outlines
}

func newChart(pack *org.Pack) chart {
	box := pack.Outline.Box()
	across := geo.Distance(geo.Point{Lat: box.South, Lon: box.West}, geo.Point{Lat: box.North, Lon: box.East})
	return simplified(pack, box, across/overviewSteps)
}

// simplified is what of a pack lies in a box, off by at most so many metres.
func simplified(pack *org.Pack, box geo.Box, metres float64) chart {
	c := chart{outline: pack.Outline.Simplify(metres)}
	for _, u := range pack.Units {
		if !u.Outline.Empty() && overlaps(u.Outline.Box(), box) {
			u.Outline = u.Outline.Simplify(metres)
			c.units = append(c.units, u)
		}
	}
	return c
}

func overlaps(a, b geo.Box) bool {
	return a.South <= b.North && b.South <= a.North && a.West <= b.East && b.West <= a.East
}

// draw makes a map of the chart in the person's language; labels writes the names of its parts.
func (c chart) draw(r *web.Request, title string, labels bool) ui.Map {
	m := ui.Map{Words: r.Words, Title: title, Outline: c.outline, Approximate: r.Territory.Approximate}
	for _, u := range c.units {
		m.Units = append(m.Units, ui.MapUnit{Name: name(r, u.Name), Outline: u.Outline, Label: labels && !u.Around()})
	}
	return m
}

// placeMap draws where a place is, among the parts of the territory round it.
func (room *Room) placeMap(r *web.Request, p *directory.Place, title string) ui.Map {
	if p.Point == nil {
		return ui.Map{Words: r.Words}
	}
	box := geo.Around(*p.Point, closeAround)
	m := simplified(room.pack, box, closeDetail).draw(r, title, true)
	m.Box = &box
	m.Approximate = m.Approximate || p.Approximate
	m.Pins = []ui.Pin{{At: *p.Point, Name: title, Tone: ui.Brand}}
	return m
}
