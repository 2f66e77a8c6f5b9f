package mapping

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// box is where positions lie: degrees.
type box struct{ south, west, north, east float64 }

func (b *box) has(lat, lon float64) bool {
	return lat >= b.south && lat <= b.north && lon >= b.west && lon <= b.east
}

var degrees = regexp.MustCompile(`[-+−]?\d+(?:[.,]\d+)?`)

// otherSide finds degrees south or west that are told by a letter: without it they would lie elsewhere on the globe.
var otherSide = regexp.MustCompile(`(?i)\d\s*°?\s*[swo]|\b[swo]\s*\d`)

// position writes a place's degrees. Coordinates in one text, decimal commas, "POINT (2.35 48.85)" are read.
func (f *fieldRule) position(r Row, cells map[string]string) []Remark {
	for i := range f.rules {
		u := &f.rules[i]
		var text string
		var lat, lon string
		if u.latitude.IsZero() {
			if text = r.Text(u.columns[0]); text == "" {
				continue
			}
			found := degrees.FindAllString(text, -1)
			if len(found) != 2 || otherSide.MatchString(text) {
				return []Remark{{Field: f.Into[0], Value: text, Kind: PointUnread}}
			}
			lat, lon = found[0], found[1]
			if u.lonFirst || strings.HasPrefix(strings.ToUpper(strings.TrimSpace(text)), "POINT") {
				lat, lon = lon, lat
			}
		} else {
			lat, lon = r.Text(u.latitude), r.Text(u.longitude)
			if lat == "" && lon == "" {
				continue
			}
			text = lat + ", " + lon
		}
		return u.place(f, lat, lon, text, cells)
	}
	return nil
}

// place checks degrees against the mapping's box and turns round those that were swapped, when the mapping says so.
func (u *rule) place(f *fieldRule, lat, lon, text string, cells map[string]string) []Remark {
	y, ok1 := degree(lat)
	x, ok2 := degree(lon)
	if !ok1 || !ok2 {
		return []Remark{{Field: f.Into[0], Value: text, Kind: PointUnread}}
	}
	var remarks []Remark
	if b := u.within; b != nil && !b.has(y, x) && (x != 0 || y != 0) {
		if !b.has(x, y) || !u.turn {
			return []Remark{{Field: f.Into[0], Value: text, Kind: PointBeyond}}
		}
		y, x = x, y
		remarks = append(remarks, Remark{Field: f.Into[0], Value: text, Kind: PointTurned, Args: []any{"Lat", plain(y), "Lon", plain(x)}})
	}
	cells[f.Into[0]], cells[f.Into[1]] = plain(y), plain(x)
	return remarks
}

func degree(text string) (float64, bool) {
	text = strings.NewReplacer(",", ".", "−", "-").Replace(strings.TrimSuffix(strings.TrimSpace(text), "°"))
	v, err := strconv.ParseFloat(text, 64)
	return v, err == nil && v >= -180 && v <= 180
}

func plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// serialForm is a day as spreadsheets count it: days since 1899-12-30 (ECMA-376, 18.17.4.1).
const serialForm = "serial"

func serialDay(v string) (string, bool) {
	n, err := strconv.ParseFloat(v, 64)
	if err != nil || !(n >= 1 && n < 2958466) {
		return "", false
	}
	return time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(n)).Format(time.DateOnly), true
}
