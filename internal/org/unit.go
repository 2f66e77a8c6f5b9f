package org

import (
	"parvis/internal/geo"
	"parvis/internal/i18n"
)

// Unit is a part of the territory that people name: a ward, a canton, a quarter.
type Unit struct {
	Code    string
	Name    i18n.Text
	Kind    string
	Point   geo.Point    // where its name is written on a map
	Outline *geo.Outline // nil when none is known
}

// Around reports whether the unit is a neighbour: drawn faintly for orientation, not part of the territory.
func (u Unit) Around() bool { return u.Kind == "around" }
