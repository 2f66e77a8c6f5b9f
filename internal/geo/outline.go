package geo

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/planar"
	"github.com/paulmach/orb/simplify"
)

// ErrNoArea says that a GeoJSON text has no polygon in it.
var ErrNoArea = errors.New("no polygon in it")

// Outline is the edge of an area: one or several polygons, each with holes. It is never changed after it was made, so
// it may be shared. A nil Outline is empty.
type Outline struct {
	shape orb.MultiPolygon
	box   Box
}

// ParseOutline reads a GeoJSON geometry, feature or feature collection and joins all polygons in it. Anything else
// than polygons is passed over; a text without one gives ErrNoArea, and one with a point off the earth an error.
func ParseOutline(data []byte) (*Outline, error) {
	features, err := ParseFeatures(data)
	if err != nil {
		return nil, err
	}
	var shape orb.MultiPolygon
	for _, f := range features {
		if f.Outline != nil {
			shape = append(shape, f.Outline.shape...)
		}
	}
	if len(shape) == 0 {
		return nil, ErrNoArea
	}
	return newOutline(shape), nil
}

// Feature is one feature of a GeoJSON text: its properties and its area (nil when it has no polygon).
type Feature struct {
	Properties map[string]any
	Outline    *Outline
}

// ParseFeatures reads a GeoJSON geometry, feature or feature collection.
func ParseFeatures(data []byte) ([]Feature, error) {
	var features []*geojson.Feature
	if collection, err := geojson.UnmarshalFeatureCollection(data); err == nil {
		features = collection.Features
	} else if one, err := geojson.UnmarshalFeature(data); err == nil {
		features = []*geojson.Feature{one}
	} else if g, err := geojson.UnmarshalGeometry(data); err == nil {
		features = []*geojson.Feature{geojson.NewFeature(g.Geometry())}
	} else {
		return nil, fmt.Errorf("read GeoJSON: %w", err)
	}
	read := make([]Feature, 0, len(features))
	for i, f := range features {
		if f == nil {
			continue
		}
		shape := polygons(f.Geometry)
		if err := check(shape); err != nil {
			return nil, fmt.Errorf("feature %d: %w", i+1, err)
		}
		feature := Feature{Properties: f.Properties}
		if len(shape) > 0 {
			feature.Outline = newOutline(shape)
		}
		read = append(read, feature)
	}
	return read, nil
}

func polygons(g orb.Geometry) orb.MultiPolygon {
	var shape orb.MultiPolygon
	switch g := g.(type) {
	case orb.Polygon:
		shape = orb.MultiPolygon{g}
	case orb.MultiPolygon:
		shape = g
	case orb.Collection:
		for _, part := range g {
			shape = append(shape, polygons(part)...)
		}
	}
	return slices.DeleteFunc(slices.Clone(shape), func(p orb.Polygon) bool { return len(p) == 0 || len(p[0]) < 4 })
}

func check(shape orb.MultiPolygon) error {
	for _, polygon := range shape {
		for _, ring := range polygon {
			for _, p := range ring {
				if !(Point{Lat: p.Lat(), Lon: p.Lon()}).Valid() {
					return fmt.Errorf("longitude %g, latitude %g is not on earth", p.Lon(), p.Lat())
				}
			}
		}
	}
	return nil
}

func newOutline(shape orb.MultiPolygon) *Outline {
	b := shape.Bound()
	return &Outline{shape: shape, box: Box{South: b.Min.Lat(), West: b.Min.Lon(), North: b.Max.Lat(), East: b.Max.Lon()}}
}

// Contains reports whether p lies inside, in no hole. A point on the very edge counts as inside.
func (o *Outline) Contains(p Point) bool {
	return o != nil && o.box.Contains(p) && planar.MultiPolygonContains(o.shape, orb.Point{p.Lon, p.Lat})
}

// Box is the smallest box that holds the outline.
func (o *Outline) Box() Box {
	if o == nil {
		return Box{}
	}
	return o.box
}

// Empty reports whether there is nothing inside.
func (o *Outline) Empty() bool { return o == nil || len(o.shape) == 0 }

// Rings gives every ring, outer ones and holes, closed (its last point is its first).
func (o *Outline) Rings() [][]Point {
	if o == nil {
		return nil
	}
	var rings [][]Point
	for _, polygon := range o.shape {
		for _, ring := range polygon {
			points := make([]Point, len(ring))
			for i, p := range ring {
				points[i] = Point{Lat: p.Lat(), Lon: p.Lon()}
			}
			rings = append(rings, points)
		}
	}
	return rings
}

// Simplify returns the outline with fewer points: none was moved, and those left out lay within the given metres
// (measured at the outline's middle) of the new edge. Parts and holes smaller than that vanish, but never the whole.
func (o *Outline) Simplify(metres float64) *Outline {
	if o.Empty() || metres <= 0 {
		return o
	}
	degrees := metres / (Radius * rad)
	simpler := simplify.DouglasPeucker(degrees).MultiPolygon(o.shape.Clone())
	kept := make(orb.MultiPolygon, 0, len(simpler))
	for _, polygon := range simpler {
		if len(polygon) == 0 || len(polygon[0]) < 4 {
			continue
		}
		holes := slices.DeleteFunc(polygon[1:], func(r orb.Ring) bool { return len(r) < 4 })
		kept = append(kept, append(orb.Polygon{polygon[0]}, holes...))
	}
	if len(kept) == 0 {
		return o
	}
	return newOutline(kept)
}

// Clip is what of the outline lies in a box, for a drawing that shows no more. The new edges run along the box.
func (o *Outline) Clip(b Box) *Outline {
	if o.Empty() {
		return o
	}
	bound := orb.Bound{Min: orb.Point{b.West, b.South}, Max: orb.Point{b.East, b.North}}
	return newOutline(clip.MultiPolygon(bound, o.shape.Clone()))
}

// Centre is a point to put a label on: the centre of mass where that lies inside, else the middle of the widest stretch
// inside on the parallel through it. It is inside the outline unless the outline is empty.
func (o *Outline) Centre() Point {
	if o.Empty() {
		return Point{}
	}
	largest := slices.MaxFunc(o.shape, func(a, b orb.Polygon) int {
		return cmp.Compare(abs(planar.Area(a)), abs(planar.Area(b)))
	})
	c, _ := planar.CentroidArea(largest)
	if planar.PolygonContains(largest, c) {
		return Point{Lat: c.Lat(), Lon: c.Lon()}
	}
	return widest(largest, c.Lat())
}
