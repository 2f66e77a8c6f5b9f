package directoryweb

import (
	"cmp"
	"slices"
	"strings"

	"parvis/internal/directory"
	"parvis/internal/geo"
	"parvis/internal/i18n"
	"parvis/internal/org"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// Sizes of what is drawn, in metres.
const (
	closeAround = 4000 // round a place: enough to see in which part of the territory it lies
	pinsAround  = 500  // round the pins of a list
	leastAcross = 1000 // no drawing shows less
)

// How fine lines are: to such a part of what a drawing shows. A list is read on any phone and weighs little; the map page
// and a place's page may show more.
const (
	roughLines = 15
	fineLines  = 240
)

// namesTried is how many names a drawing tries to find room for.
const namesTried = 14

// chart is what a territory's drawings are made of: its outline and borders in several degrees of fineness, and the names
// that help to know where one is.
type chart struct {
	degrees []degree // from fine to rough
	whole   geo.Box
	names   []landmark // the most important first
}

// degree is the outline and the borders, off by at most so many metres.
type degree struct {
	metres  float64
	outline *geo.Outline
	units   []org.Unit
}

// landmark is a name on the map.
type landmark struct {
	name i18n.Text
	at   geo.Point
}

func newChart(pack *org.Pack) chart {
	c := chart{whole: pack.Outline.Box(), names: landmarks(pack)}
	for _, metres := range []float64{15, 60, 240, 1000, 4000} {
		d := degree{metres: metres, outline: pack.Outline.Simplify(metres)}
		for _, u := range pack.Units {
			if !u.Outline.Empty() {
				u.Outline = u.Outline.Simplify(metres)
				d.units = append(d.units, u)
			}
		}
		c.degrees = append(c.degrees, d)
	}
	return c
}

// landmarks are the territory's towns by their size, then its own parts, then what else has a name, and last the towns
// around. A part that is called after a town says nothing more.
func landmarks(pack *org.Pack) []landmark {
	var towns, parts, others, away []landmark
	seen := map[string]bool{}
	all := pack.Gazetteer.All()
	slices.SortStableFunc(all, func(a, b geo.Named) int { return cmp.Compare(b.Population, a.Population) })
	for _, town := range all {
		one := landmark{i18n.Text{pack.Language(): town.Name}, town.Point}
		switch {
		case town.Population > 0 && pack.Outline.Contains(town.Point):
			towns = append(towns, one)
		case town.Population > 0:
			away = append(away, one)
		default:
			continue
		}
		seen[town.Code] = true
	}
	for _, u := range pack.Units {
		own := u.Name[pack.Language()]
		if u.Point.Valid() && u.Point != (geo.Point{}) && !slices.ContainsFunc(towns, func(t landmark) bool {
			return strings.HasPrefix(own, t.name[pack.Language()])
		}) {
			seen[u.Code] = true
			parts = append(parts, landmark{u.Name, u.Point})
		}
	}
	for _, other := range all {
		if !seen[other.Code] {
			others = append(others, landmark{i18n.Text{pack.Language(): other.Name}, other.Point})
		}
	}
	return slices.Concat(towns, parts, others, away)
}

// draw makes the picture of a box in the person's language, its lines true to such a part of it.
func (c chart) draw(r *web.Request, title string, box geo.Box, lines float64, borders bool) ui.Map {
	d, paper := c.fit(box, lines)
	m := ui.Map{Words: r.Words, Title: title, Box: &box, Outline: d.outline.Clip(paper), Approximate: r.Territory.Approximate}
	if borders {
		for _, u := range d.units {
			if overlaps(u.Outline.Box(), paper) {
				m.Units = append(m.Units, ui.MapUnit{Name: name(r, u.Name), Outline: u.Outline.Clip(paper)})
			}
		}
	}
	for _, l := range c.names {
		if paper.Contains(l.at) && len(m.Names) < namesTried {
			m.Names = append(m.Names, ui.MapName{Name: name(r, l.name), At: l.at})
		}
	}
	return m
}

// fit chooses the degree of fineness for a box, and the box that a picture of it shows at most: pictures are wider than
// high, and have a margin.
func (c chart) fit(box geo.Box, lines float64) (degree, geo.Box) {
	wide := geo.Distance(geo.Point{Lat: box.South, Lon: box.West}, geo.Point{Lat: box.South, Lon: box.East})
	high := geo.Distance(geo.Point{Lat: box.South, Lon: box.West}, geo.Point{Lat: box.North, Lon: box.West})
	across := max(wide, high*4/3, leastAcross) * 1.3
	best := c.degrees[0]
	for _, d := range c.degrees[1:] {
		if d.metres <= across/lines {
			best = d
		}
	}
	return best, geo.Around(box.Centre(), across/2)
}

func overlaps(a, b geo.Box) bool {
	return a.South <= b.North && b.South <= a.North && a.West <= b.East && b.West <= a.East
}

// placeMap draws where a place is, among the parts of the territory round it.
func (room *Room) placeMap(r *web.Request, p *directory.Place, title string) ui.Map {
	if p.Point == nil {
		return ui.Map{Words: r.Words}
	}
	m := room.chart.draw(r, title, geo.Around(*p.Point, closeAround), fineLines, true)
	m.Pins = []ui.Pin{{At: *p.Point, Name: title, Tone: ui.Brand}}
	return m
}

// around is the box that holds pins with what surrounds them, and the person where they said where they are.
func around(pins []ui.Pin, here *geo.Point) geo.Box {
	box := geo.Around(pins[0].At, pinsAround)
	for _, pin := range pins[1:] {
		box = box.Union(geo.Around(pin.At, pinsAround))
	}
	if here != nil {
		box = box.Union(geo.BoxOf(*here))
	}
	return box
}
