package geo

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Named is a place of the gazetteer: a town, a ward, a village.
type Named struct {
	Code       string // the country's own code
	Name       string // as it is shown
	Names      []string
	Kind       string // "commune", "ward", "village", ... as the pack says
	Point      Point
	Population int // 0 when unknown
	Postcodes  []string
}

// Gazetteer finds places by what people call them. It never changes after it was loaded, so it may be shared. A nil
// Gazetteer is empty.
type Gazetteer struct {
	places []Named
	keys   []key
	codes  map[string]int
}

// LoadGazetteer reads a CSV with a header. Columns code, name, lat and lon must be there; names, kind, population and
// postcodes may be (names and postcodes hold several, parted by "|"); others are passed over. It returns every fault at
// once, each with its line, what is wrong and what would be right.
func LoadGazetteer(r io.Reader) (*Gazetteer, error) {
	reader := csv.NewReader(r)
	reader.FieldsPerRecord = -1
	header, err := reader.Read()
	if err != nil {
		return nil, fmt.Errorf("read the header: %w", err)
	}
	columns := map[string]int{}
	for i, name := range header {
		columns[strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))] = i
	}
	var faults []error
	for _, name := range []string{"code", "name", "lat", "lon"} {
		if _, ok := columns[name]; !ok {
			faults = append(faults, fmt.Errorf("line 1: column %q is missing", name))
		}
	}
	if faults != nil {
		return nil, errors.Join(faults...)
	}
	g := &Gazetteer{codes: map[string]int{}}
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, errors.Join(append(faults, err)...)
		}
		line, _ := reader.FieldPos(0)
		place, err := named(columns, record)
		if _, twice := g.codes[place.Code]; err == nil && twice {
			err = fmt.Errorf("code %q is there twice", place.Code)
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("line %d: %w", line, err))
			continue
		}
		g.add(place)
	}
	return g, errors.Join(faults...)
}

func named(columns map[string]int, record []string) (Named, error) {
	get := func(name string) string {
		if i, ok := columns[name]; ok && i < len(record) {
			return strings.TrimSpace(record[i])
		}
		return ""
	}
	place := Named{Code: get("code"), Name: get("name"), Names: list(get("names")), Kind: get("kind"), Postcodes: list(get("postcodes"))}
	if place.Code == "" || place.Name == "" {
		return place, errors.New("code and name must not be empty")
	}
	for _, degrees := range []struct {
		column string
		limit  float64
		to     *float64
	}{{"lat", 90, &place.Point.Lat}, {"lon", 180, &place.Point.Lon}} {
		v, err := strconv.ParseFloat(get(degrees.column), 64)
		if err != nil || !(math.Abs(v) <= degrees.limit) {
			return place, fmt.Errorf("%s %q: want degrees between -%g and %g, as 50.6292", degrees.column, get(degrees.column), degrees.limit, degrees.limit)
		}
		*degrees.to = v
	}
	if text := get("population"); text != "" {
		n, err := strconv.ParseFloat(text, 64)
		if err != nil || !(n >= 0 && n < 1e11) {
			return place, fmt.Errorf("population %q: want a number of people, as 236234", text)
		}
		place.Population = int(n)
	}
	return place, nil
}

func list(text string) []string {
	var all []string
	for part := range strings.SplitSeq(text, "|") {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}

// NewGazetteer holds the given places; of two with one code the first is kept.
func NewGazetteer(places ...Named) *Gazetteer {
	g := &Gazetteer{codes: map[string]int{}}
	for _, p := range places {
		if _, twice := g.codes[p.Code]; !twice {
			g.add(p)
		}
	}
	return g
}

func (g *Gazetteer) add(p Named) {
	g.codes[p.Code] = len(g.places)
	g.places = append(g.places, p)
	g.keys = append(g.keys, keyOf(p))
}

// Len is the number of places.
func (g *Gazetteer) Len() int {
	if g == nil {
		return 0
	}
	return len(g.places)
}

// All gives the places in the order of the file.
func (g *Gazetteer) All() []Named {
	if g == nil {
		return nil
	}
	return slices.Clone(g.places)
}

// ByCode gives the place with the code.
func (g *Gazetteer) ByCode(code string) (Named, bool) {
	if g == nil {
		return Named{}, false
	}
	i, ok := g.codes[code]
	if !ok {
		return Named{}, false
	}
	return g.places[i], true
}

// Nearest is the place nearest to p, and how many metres away; false when the gazetteer is empty. Of two as near, the
// more populous one.
func (g *Gazetteer) Nearest(p Point) (Named, float64, bool) {
	if g.Len() == 0 {
		return Named{}, 0, false
	}
	best, least := 0, math.Inf(1)
	for i := range g.places {
		d := Distance(p, g.places[i].Point)
		if d < least || d == least && g.places[i].Population > g.places[best].Population {
			best, least = i, d
		}
	}
	return g.places[best], least, true
}
