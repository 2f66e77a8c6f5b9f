package geo

import (
	"math"
	"strconv"
)

// maxLat is where Web Mercator ends, so that the world is a square.
const maxLat = 85.0511287798066

// leastSide is the smallest side, in metres, that Fit gives a map, so that a single place is seen with its surroundings.
const leastSide = 400

// Projection draws places on a flat picture (Web Mercator, EPSG:3857): x to the right, y down, in units of the viewBox.
type Projection struct {
	Width, Height float64 // of the picture
	scale         float64 // units for one radian of longitude
	left, top     float64 // Mercator radians at the picture's corner
}

// Fit is the projection that shows all of b, as large as can be, in the middle of a picture, with padding units free on
// each side. Width and height must be above twice the padding; else the padding is left out.
func Fit(b Box, width, height, padding float64) Projection {
	if width <= 2*padding || height <= 2*padding {
		padding = 0
	}
	if least := Around(b.Centre(), leastSide/2); b.North-b.South < least.North-least.South && b.East-b.West < least.East-least.West {
		b = least
	}
	west, north := mercator(Point{Lat: b.North, Lon: b.West})
	east, south := mercator(Point{Lat: b.South, Lon: b.East})
	scale := min((width-2*padding)/max(east-west, 1e-9), (height-2*padding)/max(south-north, 1e-9))
	return Projection{
		Width: width, Height: height, scale: scale,
		left: (west+east)/2 - width/2/scale,
		top:  (north+south)/2 - height/2/scale,
	}
}

// mercator is x to the east and y to the south, in radians.
func mercator(p Point) (x, y float64) {
	lat := max(-maxLat, min(maxLat, p.Lat)) * rad
	return p.Lon * rad, -math.Asinh(math.Tan(lat))
}

// XY is where p lies on the picture; outside of it the numbers go on.
func (p Projection) XY(at Point) (x, y float64) {
	mx, my := mercator(at)
	return (mx - p.left) * p.scale, (my - p.top) * p.scale
}

// Point is what lies at x, y of the picture.
func (p Projection) Point(x, y float64) Point {
	if p.scale == 0 {
		return Point{}
	}
	return Point{Lat: math.Atan(math.Sinh(-(y/p.scale + p.top))) / rad, Lon: (x/p.scale + p.left) / rad}
}

// View is the box that the picture shows.
func (p Projection) View() Box {
	nw, se := p.Point(0, 0), p.Point(p.Width, p.Height)
	return Box{South: se.Lat, West: nw.Lon, North: nw.Lat, East: se.Lon}
}

// Metres is how many metres one unit of the picture is, in its middle.
func (p Projection) Metres() float64 {
	if p.scale == 0 {
		return 0
	}
	return Radius / p.scale * math.Cos(p.Point(p.Width/2, p.Height/2).Lat*rad)
}

// Path is the outline as the d attribute of an SVG path, to a tenth of a unit, in relative steps so that it is short.
// Parts that shrink to less than a triangle are left out. Draw it with fill-rule evenodd, for the holes.
func (p Projection) Path(o *Outline) string { return p.path(o, 1) }

// RoughPath is Path to a whole unit: about a third shorter, and no different to the eye where a unit is about a pixel.
func (p Projection) RoughPath(o *Outline) string { return p.path(o, 10) }

// path writes the outline on a grid of so many tenths of a unit.
func (p Projection) path(o *Outline, grid int) string {
	var d []byte
	for _, ring := range o.Rings() {
		d = p.appendRing(d, ring, grid)
	}
	return string(d)
}

type tenths struct{ x, y int }

func (p Projection) appendRing(d []byte, ring []Point, grid int) []byte {
	onGrid := func(v float64) int { return int(math.Round(v*10/float64(grid))) * grid }
	var steps []tenths
	for _, point := range ring[:max(len(ring)-1, 0)] {
		x, y := p.XY(point)
		at := tenths{onGrid(x), onGrid(y)}
		if len(steps) == 0 || steps[len(steps)-1] != at {
			steps = append(steps, at)
		}
	}
	if len(steps) < 3 {
		return d
	}
	d = appendPair(append(d, 'M'), steps[0])
	for i, at := range steps[1:] {
		step := tenths{at.x - steps[i].x, at.y - steps[i].y}
		d = appendPair(append(d, 'l'), step)
	}
	return append(d, 'z')
}

func appendPair(d []byte, at tenths) []byte {
	d = appendTenth(d, at.x)
	if at.y >= 0 {
		d = append(d, ' ')
	}
	return appendTenth(d, at.y)
}

// appendTenth writes 15 as 1.5, 5 as .5, 20 as 2.
func appendTenth(d []byte, v int) []byte {
	if v < 0 {
		d, v = append(d, '-'), -v
	}
	if v >= 10 || v == 0 {
		d = strconv.AppendInt(d, int64(v/10), 10)
	}
	if v%10 != 0 {
		d = append(d, '.', byte('0'+v%10))
	}
	return d
}
