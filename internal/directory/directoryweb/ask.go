package directoryweb

import (
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"parvis/internal/directory"
	"parvis/internal/geo"
)

// facets are what a list can be narrowed by, as addresses and the index call them, in the order in which they are shown.
var facets = []string{
	directory.FacetNeed, directory.FacetWay, directory.FacetFee, directory.FacetAudience, directory.FacetSpoken,
	directory.FacetWheelchair, directory.FacetEquipment, directory.FacetKind, directory.FacetUnit,
}

const (
	wordsMax = 200 // characters of a search that are read
	pageMax  = 500 // pages of a list that can be asked for
	// atLayout is how an address and a datetime-local field write a day and a time, in the territory's zone.
	atLayout = "2006-01-02T15:04"
)

// ask is what a person asked of a list, as its address says it.
type ask struct {
	Words   string
	Near    string     // a place of the gazetteer, in words
	Here    *geo.Point // the phone's own position, rounded to about 100 metres
	Box     *geo.Box   // a part of the map, as "south,west,north,east"
	Open    string     // "", "now" or "at"
	At      time.Time  // with Open "at"
	AtText  string     // as it was entered
	AtWrong bool       // AtText is not a day and a time
	Chosen  map[string][]string
	More    string // a facet all of whose values are shown
	Page    int    // from 1
}

// readAsk reads an address. What it does not understand it leaves out; a wrong day or time is told.
func readAsk(values url.Values, zone *time.Location) ask {
	a := ask{
		Words:  clip(values.Get("q")),
		Near:   clip(values.Get("near")),
		Here:   readPoint(values.Get("lat"), values.Get("lon")),
		Box:    readBox(values.Get("box")),
		More:   clip(values.Get("more")),
		Chosen: map[string][]string{},
		Page:   1,
	}
	if page, err := strconv.Atoi(values.Get("page")); err == nil {
		a.Page = min(max(page, 1), pageMax)
	}
	if a.Near != "" {
		a.Here = nil // words that were typed win over a position asked for before
	}
	a.readOpen(values, zone)
	for _, name := range facets {
		for _, value := range values[name] {
			if value = clip(value); value != "" && !slices.Contains(a.Chosen[name], value) {
				a.Chosen[name] = append(a.Chosen[name], value)
			}
		}
	}
	if values.Get("free") == "1" {
		a.Chosen["fee"] = []string{"free"}
	}
	return a
}

// readOpen reads the wish for an hour. Now wins over another time: it was ticked, the other may be left from before.
func (a *ask) readOpen(values url.Values, zone *time.Location) {
	a.AtText = clip(values.Get("at"))
	switch {
	case values.Get("open") == "now":
		a.Open, a.AtText = "now", ""
	case a.AtText != "":
		at, err := time.ParseInLocation(atLayout, a.AtText, zone)
		if err != nil {
			a.AtWrong = true
			return
		}
		a.Open, a.At = "at", at
	}
}

// clip takes the spaces off a text and cuts it to what is read.
func clip(text string) string {
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
	if runes := []rune(text); len(runes) > wordsMax {
		text = string(runes[:wordsMax])
	}
	return text
}

func readPoint(lat, lon string) *geo.Point {
	p := geo.Point{}
	var err error
	if p.Lat, err = strconv.ParseFloat(lat, 64); err != nil {
		return nil
	}
	if p.Lon, err = strconv.ParseFloat(lon, 64); err != nil || math.IsNaN(p.Lat+p.Lon) || !p.Valid() {
		return nil
	}
	p.Lat, p.Lon = math.Round(p.Lat*1000)/1000, math.Round(p.Lon*1000)/1000
	return &p
}

func readBox(text string) *geo.Box {
	parts := strings.Split(text, ",")
	if len(parts) != 4 {
		return nil
	}
	low, high := readPoint(parts[0], parts[1]), readPoint(parts[2], parts[3])
	if low == nil || high == nil || low.Lat > high.Lat || low.Lon > high.Lon {
		return nil
	}
	return &geo.Box{South: low.Lat, West: low.Lon, North: high.Lat, East: high.Lon}
}

func writeBox(b geo.Box) string {
	text := make([]string, 4)
	for i, v := range []float64{b.South, b.West, b.North, b.East} {
		text[i] = strconv.FormatFloat(v, 'f', -1, 64)
	}
	return strings.Join(text, ",")
}

// values writes the question as an address does.
func (a ask) values() url.Values {
	v := url.Values{}
	set := func(name, value string) {
		if value != "" {
			v.Set(name, value)
		}
	}
	set("q", a.Words)
	set("near", a.Near)
	if a.Here != nil {
		set("lat", strconv.FormatFloat(a.Here.Lat, 'f', -1, 64))
		set("lon", strconv.FormatFloat(a.Here.Lon, 'f', -1, 64))
	}
	if a.Box != nil {
		set("box", writeBox(*a.Box))
	}
	if a.Open == "now" {
		set("open", "now")
	} else {
		set("at", a.AtText)
	}
	for name, values := range a.Chosen {
		if len(values) > 0 {
			v[name] = values
		}
	}
	set("more", a.More)
	if a.Page > 1 {
		set("page", strconv.Itoa(a.Page))
	}
	return v
}

// href is the address of the question at a path.
func (a ask) href(path string) string {
	if query := a.values().Encode(); query != "" {
		return path + "?" + query
	}
	return path
}

// clone is a copy to change, from the first page on, with no facet unfolded.
func (a ask) clone() ask {
	chosen := make(map[string][]string, len(a.Chosen))
	for name, values := range a.Chosen {
		chosen[name] = slices.Clone(values)
	}
	a.Chosen, a.Page, a.More = chosen, 1, ""
	return a
}

// onPage is the question's address at a page of the list.
func (a ask) onPage(path string, page int) string {
	b := a.clone()
	b.Page = page
	return b.href(path)
}

// unfolded shows all values of a facet.
func (a ask) unfolded(name string) ask {
	b := a.clone()
	b.More = name
	return b
}

// with adds a value; without takes it away; withoutAll takes a whole facet away.
func (a ask) with(name, value string) ask {
	b := a.clone()
	if !slices.Contains(b.Chosen[name], value) {
		b.Chosen[name] = append(b.Chosen[name], value)
	}
	return b
}

func (a ask) without(name, value string) ask {
	b := a.clone()
	b.Chosen[name] = slices.DeleteFunc(b.Chosen[name], func(v string) bool { return v == value })
	return b
}

func (a ask) withoutAll(name string) ask {
	b := a.clone()
	delete(b.Chosen, name)
	return b
}

// anyTime takes the wish for an hour away.
func (a ask) anyTime() ask {
	b := a.clone()
	b.Open, b.AtText, b.AtWrong = "", "", false
	return b
}

// within is the question for a part of the map, a little larger than the box, so that what lies on its edge is in it.
func (a ask) within(box geo.Box) ask {
	const edge = 0.002 // degrees, about 200 metres
	b := a.clone()
	b.Box = &geo.Box{
		South: down(box.South - edge), West: down(box.West - edge), North: down(box.North+edge) + 0.001, East: down(box.East+edge) + 0.001,
	}
	return b
}

// down cuts a coordinate to a thousandth of a degree.
func down(v float64) float64 { return math.Floor(v*1000) / 1000 }

// anywhere takes the part of the map away.
func (a ask) anywhere() ask {
	b := a.clone()
	b.Box = nil
	return b
}

// elsewhere takes the person's own position away.
func (a ask) elsewhere() ask {
	b := a.clone()
	b.Here = nil
	return b
}

// narrowed reports whether anything beyond words and place was asked.
func (a ask) narrowed() bool {
	for _, values := range a.Chosen {
		if len(values) > 0 {
			return true
		}
	}
	return a.Open != "" || a.Box != nil
}

// bare keeps the words and the place alone.
func (a ask) bare() ask {
	b := a.anyTime().anywhere()
	b.Chosen = map[string][]string{}
	return b
}
