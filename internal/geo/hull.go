package geo

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

const rad = math.Pi / 180 // one degree in radians

func abs(v float64) float64 { return max(v, -v) }

// widest is the middle of the longest stretch of the parallel that lies inside the polygon.
func widest(polygon orb.Polygon, lat float64) Point {
	var cuts []float64
	for _, ring := range polygon {
		for i := 1; i < len(ring); i++ {
			a, b := ring[i-1], ring[i]
			if (a.Lat() > lat) != (b.Lat() > lat) {
				cuts = append(cuts, a.Lon()+(lat-a.Lat())/(b.Lat()-a.Lat())*(b.Lon()-a.Lon()))
			}
		}
	}
	slices.Sort(cuts)
	best, width := Point{Lat: polygon[0][0].Lat(), Lon: polygon[0][0].Lon()}, 0.0
	for i := 1; i < len(cuts); i += 2 {
		if w := cuts[i] - cuts[i-1]; w > width {
			best, width = Point{Lat: lat, Lon: (cuts[i] + cuts[i-1]) / 2}, w
		}
	}
	return best
}

// Hull is the convex outline round points (Andrew's monotone chain), widened by margin metres on every side so that the
// outermost points lie well inside. Fewer than three points, or points in one line, need a margin above 0; else the
// hull has no area and is nil.
func Hull(points []Point, margin float64) *Outline {
	corners := make([]orb.Point, 0, len(points)*8)
	for _, p := range points {
		if margin <= 0 {
			corners = append(corners, orb.Point{p.Lon, p.Lat})
			continue
		}
		corners = append(corners, circle(p, margin)...)
	}
	slices.SortFunc(corners, func(a, b orb.Point) int {
		return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
	})
	corners = slices.Compact(corners)
	if len(corners) < 3 {
		return nil
	}
	ring := append(half(corners), half(reversed(corners))...)
	if len(ring) < 3 {
		return nil
	}
	return newOutline(orb.MultiPolygon{{append(ring, ring[0])}})
}

// circle gives eight points round p.
func circle(p Point, metres float64) []orb.Point {
	b := Around(p, metres)
	const s = 0.70710678
	var corners []orb.Point
	for _, d := range [8][2]float64{{1, 0}, {s, s}, {0, 1}, {-s, s}, {-1, 0}, {-s, -s}, {0, -1}, {s, -s}} {
		corners = append(corners, orb.Point{p.Lon + d[0]*(b.East-p.Lon), p.Lat + d[1]*(b.North-p.Lat)})
	}
	return corners
}

// half is one side of the hull of sorted points, without its last point.
func half(points []orb.Point) orb.Ring {
	var chain orb.Ring
	for _, p := range points {
		for len(chain) > 1 && cross(chain[len(chain)-2], chain[len(chain)-1], p) <= 0 {
			chain = chain[:len(chain)-1]
		}
		chain = append(chain, p)
	}
	return chain[:len(chain)-1]
}

func cross(o, a, b orb.Point) float64 {
	return (a[0]-o[0])*(b[1]-o[1]) - (a[1]-o[1])*(b[0]-o[0])
}

func reversed(points []orb.Point) []orb.Point {
	back := slices.Clone(points)
	slices.Reverse(back)
	return back
}
