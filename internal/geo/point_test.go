package geo_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"parvis/internal/geo"
)

var (
	lille   = geo.Point{Lat: 50.6292, Lon: 3.0573}
	roubaix = geo.Point{Lat: 50.6927, Lon: 3.1778}
	shang   = geo.Point{Lat: 31.2304, Lon: 121.4737}
)

// points draws places on earth.
var points = rapid.Custom(func(t *rapid.T) geo.Point {
	return geo.Point{Lat: rapid.Float64Range(-90, 90).Draw(t, "lat"), Lon: rapid.Float64Range(-180, 180).Draw(t, "lon")}
})

func TestDistance(t *testing.T) {
	t.Parallel()
	for _, v := range []struct {
		a, b     geo.Point
		want, by float64
	}{
		{lille, lille, 0, 0},
		{lille, roubaix, 11050, 100},
		{lille, shang, 9_095_000, 5_000},
		{geo.Point{}, geo.Point{Lat: 1}, 111_195, 1},
		{geo.Point{Lat: 90}, geo.Point{Lat: -90}, math.Pi * geo.Radius, 1},
		{geo.Point{Lon: 179.5}, geo.Point{Lon: -179.5}, 111_195, 1},
	} {
		if got := geo.Distance(v.a, v.b); math.Abs(got-v.want) > v.by {
			t.Errorf("%v to %v: %.0f m, want %.0f", v.a, v.b, got, v.want)
		}
	}
}

func TestDistanceIsAMetric(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := points.Draw(t, "a"), points.Draw(t, "b"), points.Draw(t, "c")
		ab, ba, bc, ac := geo.Distance(a, b), geo.Distance(b, a), geo.Distance(b, c), geo.Distance(a, c)
		if ab < 0 || math.Abs(ab-ba) > 1e-6 || ac > ab+bc+1 {
			t.Fatalf("%v %v %v: ab %g ba %g bc %g ac %g", a, b, c, ab, ba, bc, ac)
		}
	})
}

func TestValid(t *testing.T) {
	t.Parallel()
	for p, want := range map[geo.Point]bool{lille: true, {}: true, {Lat: 91}: false, {Lon: -181}: false, {Lat: math.NaN()}: false, {Lat: -90, Lon: 180}: true} {
		if p.Valid() != want {
			t.Errorf("%v: %v", p, p.Valid())
		}
	}
}

func TestBox(t *testing.T) {
	t.Parallel()
	b := geo.BoxOf(lille, roubaix)
	if !b.Contains(lille) || !b.Contains(roubaix) || !b.Contains(b.Centre()) || b.Contains(shang) {
		t.Errorf("box %v", b)
	}
	if geo.BoxOf() != (geo.Box{}) {
		t.Error("no point, no box")
	}
	if u := b.Union(geo.BoxOf(shang)); !u.Contains(shang) || !u.Contains(lille) {
		t.Errorf("union %v", u)
	}
}

func TestAroundHoldsTheCircle(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := geo.Point{Lat: rapid.Float64Range(-89, 89).Draw(t, "lat"), Lon: rapid.Float64Range(-100, 100).Draw(t, "lon")}
		metres := rapid.Float64Range(1, 500_000).Draw(t, "metres")
		b := geo.Around(p, metres)
		q := points.Draw(t, "q")
		q = geo.Point{Lat: p.Lat + (q.Lat-p.Lat)*metres/2e7, Lon: p.Lon + (q.Lon-p.Lon)*metres/1e7}
		if geo.Distance(p, q) <= metres*0.999999 && !b.Contains(q) {
			t.Fatalf("%v lies within %g m of %v and not in %v", q, metres, p, b)
		}
	})
	if b := geo.Around(lille, 1000); geo.Distance(lille, geo.Point{Lat: b.North, Lon: lille.Lon}) > 1001 || b.East-b.West > 0.03 {
		t.Errorf("too wide: %v", b)
	}
}
