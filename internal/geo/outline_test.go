package geo_test

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"parvis/internal/geo"
)

// island is a square with a hole, and a second square to its east, in a feature collection beside a point.
const island = `{"type":"FeatureCollection","features":[
 {"type":"Feature","properties":{"nom":"Ouest"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]],[[4,4],[6,4],[6,6],[4,6],[4,4]]]}},
 {"type":"Feature","properties":{"nom":"Est"},"geometry":{"type":"MultiPolygon","coordinates":[[[[20,0],[22,0],[22,2],[20,2],[20,0]]]]}},
 {"type":"Feature","properties":{"nom":"Phare"},"geometry":{"type":"Point","coordinates":[30,1]}}]}`

func outline(t *testing.T, text string) *geo.Outline {
	t.Helper()
	o, err := geo.ParseOutline([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestOutlineContains(t *testing.T) {
	t.Parallel()
	o := outline(t, island)
	for p, want := range map[geo.Point]bool{
		{Lat: 1, Lon: 1}: true, {Lat: 5, Lon: 5}: false, {Lat: 1, Lon: 21}: true, {Lat: 1, Lon: 15}: false, {Lat: 0, Lon: 5}: true, {Lat: 50, Lon: 3}: false,
	} {
		if o.Contains(p) != want {
			t.Errorf("%v inside: %v", p, !want)
		}
	}
	if b := o.Box(); b != (geo.Box{South: 0, West: 0, North: 10, East: 22}) {
		t.Errorf("box %v", b)
	}
	if len(o.Rings()) != 3 {
		t.Errorf("%d rings", len(o.Rings()))
	}
	var none *geo.Outline
	if !none.Empty() || none.Contains(lille) || none.Box() != (geo.Box{}) || none.Rings() != nil || none.Centre() != (geo.Point{}) || none.Simplify(10) != nil {
		t.Error("a nil outline is empty")
	}
}

func TestParseFeatures(t *testing.T) {
	t.Parallel()
	features, err := geo.ParseFeatures([]byte(island))
	if err != nil || len(features) != 3 || features[1].Properties["nom"] != "Est" || features[2].Outline != nil {
		t.Fatalf("%v %v", features, err)
	}
	for text, want := range map[string]string{
		`{"type":"Feature","properties":{},"geometry":` + square + `}`: "feature",
		square: "geometry",
		`{"type":"GeometryCollection","geometries":[` + square + `]}`: "collection",
	} {
		if outline(t, text).Empty() {
			t.Errorf("%s: nothing read", want)
		}
	}
}

func TestParseOutlineTellsFaults(t *testing.T) {
	t.Parallel()
	if _, err := geo.ParseOutline([]byte(`{"type":"Point","coordinates":[1,2]}`)); !errors.Is(err, geo.ErrNoArea) {
		t.Errorf("a point: %v", err)
	}
	for _, text := range []string{"", "{}", `{"type":"Polygon","coordinates":[[[200,0],[201,0],[201,1],[200,0]]]}`, `[1]`} {
		if _, err := geo.ParseOutline([]byte(text)); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}

func TestCentreLiesInside(t *testing.T) {
	t.Parallel()
	crescent := `{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,8],[8,8],[8,2],[0,2],[0,0]]]}`
	for _, text := range []string{island, crescent, square} {
		if o := outline(t, text); !o.Contains(o.Centre()) {
			t.Errorf("centre %v of %s lies outside", o.Centre(), text)
		}
	}
}

// wavy is a ring of n points round the origin whose radius waves.
func wavy(n int) string {
	text := ""
	for i := range n + 1 {
		a := float64(i%n) / float64(n) * 2 * math.Pi
		r := 1 + 0.001*math.Sin(40*a)
		text += fmt.Sprintf("[%.6f,%.6f],", r*math.Cos(a), r*math.Sin(a))
	}
	return `{"type":"Polygon","coordinates":[[` + text[:len(text)-1] + `]]}`
}

func TestSimplify(t *testing.T) {
	t.Parallel()
	o := outline(t, wavy(2000))
	s := o.Simplify(500)
	if before, after := len(o.Rings()[0]), len(s.Rings()[0]); after > before/10 || after < 8 {
		t.Errorf("%d points of %d", after, before)
	}
	if len(o.Rings()[0]) != 2001 {
		t.Error("the outline itself was changed")
	}
	if o.Simplify(0) != o {
		t.Error("0 metres changes nothing")
	}
	if tiny := outline(t, square).Simplify(1e9); tiny.Empty() {
		t.Error("it vanished as a whole")
	}
}

func TestHull(t *testing.T) {
	t.Parallel()
	if geo.Hull(nil, 100) != nil || geo.Hull([]geo.Point{lille, roubaix}, 0) != nil {
		t.Error("a hull without area")
	}
	if one := geo.Hull([]geo.Point{lille}, 100); !one.Contains(lille) {
		t.Error("one point and a margin make a hull")
	}
	rapid.Check(t, func(t *rapid.T) {
		around := rapid.Custom(func(t *rapid.T) geo.Point {
			return geo.Point{Lat: rapid.Float64Range(31, 31.5).Draw(t, "lat"), Lon: rapid.Float64Range(121, 121.6).Draw(t, "lon")}
		})
		all := rapid.SliceOfN(around, 1, 30).Draw(t, "points")
		o := geo.Hull(all, 200)
		for _, p := range all {
			if !o.Contains(p) {
				t.Fatalf("%v lies outside of its hull", p)
			}
		}
		a, b := rapid.SampledFrom(all).Draw(t, "a"), rapid.SampledFrom(all).Draw(t, "b")
		if middle := (geo.Point{Lat: (a.Lat + b.Lat) / 2, Lon: (a.Lon + b.Lon) / 2}); !o.Contains(middle) {
			t.Fatalf("not convex: %v between %v and %v", middle, a, b)
		}
	})
}

func TestClip(t *testing.T) {
	t.Parallel()
	o := outline(t, square)
	b := o.Box()
	half := geo.Box{South: b.South, West: b.West, North: b.North, East: (b.West + b.East) / 2}
	got := o.Clip(half)
	if got.Box() != half || o.Box() != b {
		t.Errorf("half of %v is %v", b, got.Box())
	}
	if c := half.Centre(); !got.Contains(c) || got.Contains(geo.Point{Lat: c.Lat, Lon: b.East - 1e-6}) {
		t.Error("what lies in the box stays, what lies beyond goes")
	}
	if away := o.Clip(geo.Box{South: b.North + 1, West: b.West, North: b.North + 2, East: b.East}); !away.Empty() {
		t.Errorf("beside the box: %v", away.Rings())
	}
	if (*geo.Outline)(nil).Clip(half) != nil {
		t.Error("nothing stays nothing")
	}
}
