package org

import (
	"io/fs"

	"parvis/internal/geo"
)

// Pack is a territory with its data.
type Pack struct {
	Territory
	Outline       *geo.Outline
	Units         []Unit
	Organisations []Organisation
	FS            fs.FS // the pack's folder
}
