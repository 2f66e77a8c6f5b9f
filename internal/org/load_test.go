package org_test

import (
	"testing"

	"parvis/internal/org"
	"parvis/packs"
)

func TestTheFivePacksLoad(t *testing.T) {
	t.Parallel()
	for _, id := range packs.IDs() {
		dir, err := packs.Open(id)
		if err != nil {
			t.Fatal(err)
		}
		p, err := org.LoadPack(dir)
		if err != nil {
			t.Errorf("%s:\n%v", id, err)
			continue
		}
		if p.ID != id || p.Outline.Empty() || len(p.Units) == 0 || p.Gazetteer.Len() < 14 {
			t.Errorf("%s: id %q, %d units, %d towns", id, p.ID, len(p.Units), p.Gazetteer.Len())
		}
	}
}
