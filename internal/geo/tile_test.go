package geo_test

import (
	"testing"

	"github.com/paulmach/orb/encoding/mvt"

	"parvis/internal/geo"
)

const square = `{"type":"Polygon","coordinates":[[[3,50],[4,50],[4,51],[3,51],[3,50]]]}`

func TestTileHoldsWhatLiesOnIt(t *testing.T) {
	t.Parallel()
	area, err := geo.ParseOutline([]byte(square))
	if err != nil {
		t.Fatal(err)
	}
	town := geo.Point{Lat: 50.63, Lon: 3.06}
	layers := []geo.TileLayer{
		{Name: "outline", Features: []geo.TileFeature{{Area: area}}},
		{Name: "names", Features: []geo.TileFeature{{Point: &town, Properties: map[string]any{"name": "静安"}}}},
	}
	read := func(z, x, y int) mvt.Layers {
		t.Helper()
		data, err := geo.Tile(z, x, y, layers)
		if err != nil {
			t.Fatal(err)
		}
		got, err := mvt.Unmarshal(data)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	whole := read(0, 0, 0)
	if names := layerNames(whole); len(names) == 0 || names[len(names)-1] != "names" {
		t.Errorf("the world's tile has %v", names)
	}
	near := read(7, 65, 43) // 2.8 to 5.6 degrees east, 49.8 to 51.6 north
	if len(near) != 2 || near[0].Version != 2 || near[1].Features[0].Properties["name"] != "静安" {
		t.Errorf("the tile has %v", layerNames(near))
	}
	if far := read(7, 10, 10); len(far) != 0 {
		t.Errorf("a tile elsewhere has %v", layerNames(far))
	}
}

func TestTileThatDoesNotExist(t *testing.T) {
	t.Parallel()
	for _, at := range [][3]int{{-1, 0, 0}, {0, 1, 0}, {3, 0, 8}, {geo.TileZoomMax + 1, 0, 0}, {2, -1, 0}} {
		if _, err := geo.Tile(at[0], at[1], at[2], nil); err == nil {
			t.Errorf("tile %v was made", at)
		}
	}
}

func layerNames(layers mvt.Layers) []string {
	var names []string
	for _, l := range layers {
		names = append(names, l.Name)
	}
	return names
}
