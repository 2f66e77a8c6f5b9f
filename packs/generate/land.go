package main

import (
	"cmp"
	"errors"
	"io/fs"
	"math"
	"slices"
	"strings"

	"parvis/internal/geo"
	"parvis/internal/org"
)

// spot is a town, a village or a quarter where places may stand.
type spot struct {
	code, name, kind, postcode string
	weight                     int // its population, or what the recipe gives it
	at                         geo.Point
	unit                       org.Unit
}

// land is the territory as the generator needs it.
type land struct {
	outline *geo.Outline
	units   []org.Unit
	spots   []spot
	spread  float64
	even    bool
}

// readLand reads a pack's outline, units and towns.
func readLand(dir fs.FS, r *recipe) (*land, error) {
	p, err := org.LoadPack(dir)
	if err != nil {
		return nil, err
	}
	l := &land{outline: p.Outline, units: slices.DeleteFunc(p.Units, org.Unit.Around), spread: r.Spots.Spread, even: r.Spots.Even}
	for _, t := range p.Gazetteer.All() {
		if slices.Contains(r.Spots.Kinds, t.Kind) && strings.HasPrefix(t.Code, r.Spots.Codes) {
			s := spot{code: t.Code, name: t.Name, kind: t.Kind, at: t.Point, weight: t.Population, unit: l.unit(t.Point)}
			if len(t.Postcodes) > 0 {
				s.postcode = t.Postcodes[0]
			}
			l.spots = append(l.spots, s)
		}
	}
	for _, u := range l.units {
		if slices.Contains(r.Spots.Units, u.Kind) {
			l.spots = append(l.spots, spot{code: u.Code, name: u.Name.In(r.Lang), kind: u.Kind, at: u.Point, unit: u})
		}
	}
	for i := range l.spots {
		if w, ok := r.Others[l.spots[i].code]; ok {
			l.spots[i].weight = w
		}
		l.spots[i].weight = max(l.spots[i].weight, 1)
	}
	if len(l.spots) == 0 {
		return nil, errors.New("the recipe's spots are nowhere")
	}
	return l, nil
}

// unit is the unit round a point: by outline where there are any, else the nearest.
func (l *land) unit(at geo.Point) org.Unit {
	for _, u := range l.units {
		if u.Outline.Contains(at) {
			return u
		}
	}
	return slices.MinFunc(l.units, func(a, b org.Unit) int {
		return cmp.Compare(geo.Distance(a.Point, at), geo.Distance(b.Point, at))
	})
}

// choose draws as many spots as a portion asks for: each once, or as often as its weight says. People gather, so the
// weight is the population to the power 0.8: small towns get a little more than their share.
func (l *land) choose(p portion, d *draw) []spot {
	fit := slices.DeleteFunc(slices.Clone(l.spots), func(s spot) bool {
		return s.weight < p.Least || p.Most > 0 && s.weight > p.Most || len(p.Only) > 0 && !slices.Contains(p.Only, s.name) ||
			len(p.Kinds) > 0 && !slices.Contains(p.Kinds, s.kind)
	})
	if p.Once || len(fit) == 0 {
		return fit[:min(p.Count, len(fit))]
	}
	var chosen []spot
	total := 0.0
	for _, s := range fit {
		total += share(s)
	}
	// One pass along the weights with even steps gives each spot its due, the rest by luck (systematic sampling).
	step := total / float64(p.Count)
	at := step * float64(d.below(1000)) / 1000
	sum := 0.0
	for _, s := range fit {
		sum += share(s)
		for at < sum && len(chosen) < p.Count {
			chosen = append(chosen, s)
			at += step
		}
	}
	return chosen
}

func share(s spot) float64 { return math.Pow(float64(s.weight), 0.8) }

// near is a point round a spot, inside the territory, to five decimals (a metre).
func (l *land) near(s spot, d *draw) geo.Point {
	spread := l.spread
	if !l.even {
		spread *= max(0.35, min(1.6, math.Sqrt(float64(s.weight))/120))
	}
	for range 20 {
		p := geo.Point{
			Lat: round(s.at.Lat + d.part()*spread/111200),
			Lon: round(s.at.Lon + d.part()*spread/111200/math.Cos(s.at.Lat*math.Pi/180)),
		}
		if l.outline.Contains(p) {
			return p
		}
	}
	return geo.Point{Lat: round(s.at.Lat), Lon: round(s.at.Lon)}
}

func round(v float64) float64 { return math.Round(v*1e5) / 1e5 }
