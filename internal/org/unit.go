package org

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"parvis/internal/geo"
	"parvis/internal/i18n"
)

// Unit is a part of the territory that people name: a ward, a canton, a quarter.
type Unit struct {
	Code    string
	Name    i18n.Text    // in the territory's own language, and in others where they differ
	Kind    string       // "ward", "canton", "quarter", as the pack says; "around" is a neighbour
	Point   geo.Point    // where its name is written on a map
	Outline *geo.Outline // nil when none is known
}

// around is the kind of units that are not part of the territory.
const around = "around"

// Around reports whether the unit is a neighbour: drawn faintly for orientation, not part of the territory.
func (u Unit) Around() bool { return u.Kind == around }

var (
	unitColumns  = []string{"code", "name", "kind", "lat", "lon"}
	unitOptional = []string{"name_en", "name_fr", "name_ro", "name_vi", "name_zh"}
)

func (p *Pack) units(faults *Faults) {
	seen := map[string]int{}
	readTable(p.FS, UnitsFile, unitColumns, unitOptional, faults, func(r row) {
		u := Unit{Code: r.get("code"), Kind: r.get("kind"), Name: i18n.Text{p.Language(): r.get("name")}, Point: r.point()}
		for _, column := range unitOptional {
			if name := r.get(column); name != "" {
				u.Name[strings.TrimPrefix(column, "name_")] = name
			}
		}
		for _, column := range []string{"code", "name", "kind"} {
			if r.get(column) == "" {
				r.fault(column+" is empty", "a "+column)
			}
		}
		if first, twice := seen[u.Code]; twice {
			r.fault(fmt.Sprintf("code %q is there twice, first in line %d", u.Code, first), "each code once")
		}
		seen[u.Code] = r.line
		p.Units = append(p.Units, u)
	})
	p.areas(faults)
}

// areas gives units their outlines, by the property "code" of each feature.
func (p *Pack) areas(faults *Faults) {
	if _, err := fs.Stat(p.FS, UnitAreasFile); errors.Is(err, fs.ErrNotExist) {
		return
	}
	data, ok := readJSON(p.FS, UnitAreasFile, faults)
	if !ok {
		return
	}
	features, err := geo.ParseFeatures(data)
	if err != nil {
		faults.add(UnitAreasFile, 1, err.Error(), "a GeoJSON feature collection, a feature a unit")
		return
	}
	for i, f := range features {
		code, _ := f.Properties["code"].(string)
		found := false
		for j := range p.Units {
			if p.Units[j].Code == code && f.Outline != nil {
				p.Units[j].Outline, found = f.Outline, true
			}
		}
		if !found {
			faults.add(UnitAreasFile, 0, fmt.Sprintf("feature %d with code %q has no unit, or no area", i+1, code), "a polygon whose code is in "+UnitsFile)
		}
	}
}
