package geo

import "math"

// Radius is the earth's mean radius in metres (IUGG 1980).
const Radius = 6371008.8

// Point is a place on earth in degrees.
type Point struct {
	Lat, Lon float64
}

// Valid reports whether p lies on earth: latitude within 90 degrees, longitude within 180, neither NaN.
func (p Point) Valid() bool {
	return math.Abs(p.Lat) <= 90 && math.Abs(p.Lon) <= 180
}

// Distance is the great-circle distance in metres (haversine).
func Distance(a, b Point) float64 {
	sLat := math.Sin((b.Lat - a.Lat) * rad / 2)
	sLon := math.Sin((b.Lon - a.Lon) * rad / 2)
	h := sLat*sLat + math.Cos(a.Lat*rad)*math.Cos(b.Lat*rad)*sLon*sLon
	return 2 * Radius * math.Asin(math.Sqrt(min(h, 1)))
}

// Box is an area between two parallels and two meridians, its edges included.
type Box struct {
	South, West, North, East float64
}

// BoxOf is the smallest box that holds all points. Without points it is the zero Box.
func BoxOf(points ...Point) Box {
	if len(points) == 0 {
		return Box{}
	}
	b := Box{South: points[0].Lat, North: points[0].Lat, West: points[0].Lon, East: points[0].Lon}
	for _, p := range points[1:] {
		b.South, b.North = min(b.South, p.Lat), max(b.North, p.Lat)
		b.West, b.East = min(b.West, p.Lon), max(b.East, p.Lon)
	}
	return b
}

// Around is the smallest box that holds the circle of the given metres round p.
func Around(p Point, metres float64) Box {
	dLat := metres / Radius / rad
	dLon := 180.0
	if c := math.Cos(p.Lat * rad); math.Abs(p.Lat)+dLat < 90 && math.Sin(metres/Radius) < c {
		dLon = math.Asin(math.Sin(metres/Radius)/c) / rad
	}
	return Box{South: p.Lat - dLat, North: p.Lat + dLat, West: p.Lon - dLon, East: p.Lon + dLon}
}

// Contains reports whether p lies in b or on its edge.
func (b Box) Contains(p Point) bool {
	return p.Lat >= b.South && p.Lat <= b.North && p.Lon >= b.West && p.Lon <= b.East
}

// Centre is the middle of b.
func (b Box) Centre() Point { return Point{Lat: (b.South + b.North) / 2, Lon: (b.West + b.East) / 2} }

// Union is the smallest box that holds both.
func (b Box) Union(c Box) Box {
	return Box{South: min(b.South, c.South), West: min(b.West, c.West), North: max(b.North, c.North), East: max(b.East, c.East)}
}
