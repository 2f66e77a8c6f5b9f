package geo_test

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parvis/internal/geo"
)

func TestFitShowsTheWholeBox(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := geo.Point{Lat: rapid.Float64Range(-70, 70).Draw(t, "lat"), Lon: rapid.Float64Range(-170, 170).Draw(t, "lon")}
		b := geo.Point{Lat: a.Lat + rapid.Float64Range(0, 10).Draw(t, "high"), Lon: a.Lon + rapid.Float64Range(0, 9).Draw(t, "wide")}
		box := geo.BoxOf(a, b)
		p := geo.Fit(box, 600, 400, 20)
		for _, corner := range []geo.Point{a, b} {
			x, y := p.XY(corner)
			if x < 20-1e-6 || x > 580+1e-6 || y < 20-1e-6 || y > 380+1e-6 {
				t.Fatalf("%v lies at %g %g", corner, x, y)
			}
			back := p.Point(x, y)
			if math.Abs(back.Lat-corner.Lat) > 1e-9 || math.Abs(back.Lon-corner.Lon) > 1e-9 {
				t.Fatalf("%v comes back as %v", corner, back)
			}
		}
		if v := p.View(); !v.Contains(a) || !v.Contains(b) {
			t.Fatalf("view %v of %v", v, box)
		}
	})
}

func TestFitKeepsShapeAndScale(t *testing.T) {
	t.Parallel()
	p := geo.Fit(geo.Around(lille, 5000), 500, 500, 0)
	if m := p.Metres(); math.Abs(m-20) > 0.2 {
		t.Errorf("%.2f m a unit, want 20", m)
	}
	x, y := p.XY(lille)
	if math.Abs(x-250) > 0.5 || math.Abs(y-250) > 0.5 {
		t.Errorf("the middle lies at %g %g", x, y)
	}
	one := geo.Fit(geo.BoxOf(lille), 400, 400, 0)
	if m := one.Metres(); math.Abs(m-1) > 0.02 {
		t.Errorf("a single place is shown at %.3f m a unit, want 1", m)
	}
	if tight := geo.Fit(geo.Around(lille, 5000), 30, 30, 20); math.IsInf(tight.Metres(), 0) || tight.Metres() < 0 {
		t.Error("too much padding must be left out")
	}
	var zero geo.Projection
	if zero.Metres() != 0 || zero.Point(1, 1) != (geo.Point{}) {
		t.Error("the zero projection shows nothing")
	}
}

func TestPath(t *testing.T) {
	t.Parallel()
	o := outline(t, square)
	p := geo.Fit(o.Box(), 100, 100, 0)
	d := p.Path(o)
	if !regexp.MustCompile(`^M[-0-9. ]+(l[-0-9. ]+)+z$`).MatchString(d) || len(d) > 60 {
		t.Errorf("path %q", d)
	}
	if got := p.Path(outline(t, island)); strings.Count(got, "M") != 3 || strings.Count(got, "z") != 3 {
		t.Errorf("three rings: %q", got)
	}
	far := geo.Fit(geo.Box{South: -80, West: -180, North: 80, East: 180}, 20, 20, 0)
	if got := far.Path(outline(t, `{"type":"Polygon","coordinates":[[[3,50],[3.1,50],[3.1,50.1],[3,50]]]}`)); got != "" {
		t.Errorf("smaller than a triangle: %q", got)
	}
	if p.Path(nil) != "" {
		t.Error("no outline, no path")
	}
}

// TestPathSteps walks the relative steps back and compares with the points themselves.
func TestPathSteps(t *testing.T) {
	t.Parallel()
	o := outline(t, wavy(50))
	p := geo.Fit(o.Box(), 320, 200, 10)
	numbers := regexp.MustCompile(`-?\d*\.?\d+`)
	var x, y float64
	for i, part := range strings.FieldsFunc(strings.Trim(p.Path(o), "Mz"), func(r rune) bool { return r == 'l' }) {
		pair := numbers.FindAllString(part, -1)
		if len(pair) != 2 {
			t.Fatalf("step %q", part)
		}
		x, y = x+number(t, pair[0]), y+number(t, pair[1])
		wantX, wantY := p.XY(o.Rings()[0][i])
		if math.Abs(x-wantX) > 0.051 || math.Abs(y-wantY) > 0.051 {
			t.Fatalf("point %d at %g %g, want %g %g", i, x, y, wantX, wantY)
		}
	}
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	var v float64
	sign := 1.0
	frac := 0.0
	for _, r := range text {
		switch {
		case r == '-':
			sign = -1
		case r == '.':
			frac = 1
		case frac > 0:
			frac /= 10
			v += frac * float64(r-'0')
		default:
			v = v*10 + float64(r-'0')
		}
	}
	return sign * v
}

func TestClusters(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.Custom(func(t *rapid.T) geo.Point {
			return geo.Point{Lat: rapid.Float64Range(50, 51).Draw(t, "lat"), Lon: rapid.Float64Range(2.5, 3.5).Draw(t, "lon")}
		})
		all := rapid.SliceOfN(in, 0, 60).Draw(t, "points")
		p := geo.Fit(geo.Box{South: 50, West: 2.5, North: 51, East: 3.5}, 300, 300, 10)
		clusters := p.Clusters(all, 40)
		var members []int
		for i, c := range clusters {
			members = append(members, c.Members...)
			if i > 0 && len(clusters[i-1].Members) < len(c.Members) {
				t.Fatal("the fullest does not come first")
			}
			for _, o := range clusters[:i] {
				if math.Hypot(c.X-o.X, c.Y-o.Y) < 40 {
					t.Fatalf("%v and %v lie too near", c, o)
				}
			}
		}
		slices.Sort(members)
		for i, m := range members {
			if i != m {
				t.Fatalf("members %v of %d points", members, len(all))
			}
		}
		if len(members) != len(all) {
			t.Fatalf("%d members of %d points", len(members), len(all))
		}
	})
}

func TestClustersLeaveOutWhatIsNotShown(t *testing.T) {
	t.Parallel()
	p := geo.Fit(geo.Around(lille, 5000), 300, 300, 0)
	got := p.Clusters([]geo.Point{lille, shang, {Lat: lille.Lat + 0.0001, Lon: lille.Lon}}, 20)
	if len(got) != 1 || !slices.Equal(got[0].Members, []int{0, 2}) || math.Abs(got[0].X-150) > 1 {
		t.Errorf("clusters %v", got)
	}
}

func TestRoughPathIsShorterAndOffByLessThanAUnit(t *testing.T) {
	t.Parallel()
	o := outline(t, wavy(50))
	p := geo.Fit(o.Box(), 320, 200, 10)
	rough := p.RoughPath(o)
	if strings.Contains(rough, ".") || len(rough) >= len(p.Path(o)) {
		t.Errorf("rough %q", rough)
	}
	numbers := regexp.MustCompile(`-?\d+`)
	var x, y float64
	for i, part := range strings.FieldsFunc(strings.Trim(rough, "Mz"), func(r rune) bool { return r == 'l' }) {
		pair := numbers.FindAllString(part, -1)
		x, y = x+number(t, pair[0]), y+number(t, pair[1])
		if wantX, wantY := p.XY(o.Rings()[0][i]); math.Abs(x-wantX) > 0.51 || math.Abs(y-wantY) > 0.51 {
			t.Fatalf("point %d at %g %g, want %g %g", i, x, y, wantX, wantY)
		}
	}
}
