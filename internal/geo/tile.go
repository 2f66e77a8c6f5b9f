package geo

import (
	"fmt"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/maptile"
	"github.com/paulmach/orb/simplify"
)

// TileZoomMax is the deepest zoom at which tiles are made; a map enlarges them beyond.
const TileZoomMax = 14

// TileLayer is one named layer of a vector tile: areas, or points, each with what a map writes beside it.
type TileLayer struct {
	Name     string
	Features []TileFeature
}

// TileFeature is an area or a point with its properties (texts, numbers or truth values).
type TileFeature struct {
	Area       *Outline
	Point      *Point
	Properties map[string]any
}

// Tile draws the layers into the square z/x/y of the Web Mercator pyramid, as a Mapbox vector tile of version 2, not
// compressed. A tile on which nothing lies is empty, and a tile that does not exist is an error.
func Tile(z, x, y int, layers []TileLayer) ([]byte, error) {
	if z < 0 || z > TileZoomMax || x < 0 || y < 0 || x >= 1<<z || y >= 1<<z {
		return nil, fmt.Errorf("there is no tile %d/%d/%d", z, x, y)
	}
	tile := maptile.New(uint32(x), uint32(y), maptile.Zoom(z)) //nolint:gosec // checked above
	drawn := make(mvt.Layers, 0, len(layers))
	for _, layer := range layers {
		collection := geojson.NewFeatureCollection()
		for _, f := range layer.Features {
			if feature := f.within(tile); feature != nil {
				collection.Append(feature)
			}
		}
		if len(collection.Features) == 0 {
			continue
		}
		one := mvt.NewLayer(layer.Name, collection)
		one.Version = 2
		drawn = append(drawn, one)
	}
	drawn.ProjectToTile(tile)
	drawn.Clip(mvt.MapboxGLDefaultExtentBound)
	drawn.Simplify(simplify.DouglasPeucker(1)) // one of 4096 steps: not seen
	drawn.RemoveEmpty(0, 0)
	data, err := mvt.Marshal(drawn)
	if err != nil {
		return nil, fmt.Errorf("encode tile %d/%d/%d: %w", z, x, y, err)
	}
	return data, nil
}

// within is the feature where it may touch the tile, nil where it cannot.
func (f TileFeature) within(tile maptile.Tile) *geojson.Feature {
	bound := tile.Bound(0.1)
	var shape orb.Geometry
	switch {
	case f.Area != nil && f.Area.shape.Bound().Intersects(bound):
		shape = f.Area.shape.Clone()
	case f.Point != nil && bound.Contains(orb.Point{f.Point.Lon, f.Point.Lat}):
		shape = orb.Point{f.Point.Lon, f.Point.Lat}
	default:
		return nil
	}
	feature := geojson.NewFeature(shape)
	feature.Properties = f.Properties
	return feature
}
