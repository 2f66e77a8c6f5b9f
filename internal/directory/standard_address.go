package directory

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"parvis/internal/geo"
)

var fivedigits = regexp.MustCompile(`^\d{5}$`)

func (s *standardReader) address(d *draft) {
	a := &d.place.Address
	a.Street, a.More, a.Town = oneLine(d.cells["adresse"]), oneLine(d.cells["complement_adresse"]), oneLine(d.cells["commune"])
	code := strings.TrimSuffix(strings.Join(strings.Fields(d.cells["code_postal"]), ""), ".0")
	switch {
	case code == "" || fivedigits.MatchString(code):
		a.Postcode = code
	case len(code) == 4 && digits(code) == code && !strings.Contains(d.cells["code_postal"], " "):
		a.Postcode = "0" + code
		d.warn("code_postal", "directory.import.postcode-zero", "Read", a.Postcode)
	default:
		d.warn("code_postal", "directory.import.postcode")
	}
	if a.Town == "" {
		if a.Postcode == "" && d.cells["latitude"] == "" {
			d.reject("commune", "directory.import.no-town")
		} else {
			d.warn("commune", "directory.import.no-town-kept")
		}
	}
	town := s.towns.find(a.Town, a.Postcode, strings.TrimSpace(d.cells["code_insee"]))
	if town != nil {
		a.Town = town.Name
	} else {
		a.Town = calmer(a.Town)
	}
	a.Unit = s.setting.unit(strings.TrimSpace(d.cells["code_insee"]), a.Town, town)
}

// France is where a position of the standard can be: the mainland with Corsica, and each part overseas.
var france = []geo.Box{
	{South: 41.2, West: -5.3, North: 51.2, East: 9.7}, {South: 15.7, West: -61.9, North: 18.2, East: -60.9}, // Guadeloupe, Saint-Martin
	{South: 14.3, West: -61.3, North: 14.95, East: -60.75}, {South: 2.0, West: -54.7, North: 5.9, East: -51.5}, // Martinique, Guyane
	{South: -21.5, West: 55.1, North: -20.8, East: 55.9}, {South: -13.1, West: 44.9, North: -12.5, East: 45.4}, // La Réunion, Mayotte
	{South: 46.7, West: -56.5, North: 47.2, East: -56.0}, {South: -23.0, West: 163.5, North: -19.5, East: 168.2}, // St-Pierre, N.-Calédonie
	{South: -28.0, West: -155.0, North: -7.8, East: -134.0}, {South: -14.5, West: -178.3, North: -13.1, East: -176.0}, // Polynésie, Wallis
	{South: 17.8, West: -63.2, North: 18.2, East: -62.7}, // Saint-Barthélemy
}

func inFrance(p geo.Point) bool {
	return slices.ContainsFunc(france, func(b geo.Box) bool { return b.Contains(p) })
}

// position reads where the place is. A position that cannot be right is left out and listed; the place goes in, at its
// town's point when that is known.
func (s *standardReader) position(d *draft) {
	defer s.approximate(d)
	lat, lon := d.cells["latitude"], d.cells["longitude"]
	if lat == "" && lon == "" {
		return
	}
	y, ok1 := number(lat)
	x, ok2 := number(lon)
	p := geo.Point{Lat: y, Lon: x}
	switch {
	case !ok1 || lat == "":
		d.warn("latitude", "directory.import.point-number")
	case !ok2 || lon == "":
		d.warn("longitude", "directory.import.point-number")
	case y == 0 && x == 0:
		d.warn("latitude", "directory.import.point-zero")
	case inFrance(p):
		d.place.Point = &p
	case inFrance(geo.Point{Lat: x, Lon: y}):
		d.warn("latitude", "directory.import.point-swapped", "Lat", lon, "Lon", lat)
	default:
		d.warn("latitude", "directory.import.point-outside", "Point", point(p))
	}
}

// approximate gives a place without a point its town's, and says so on the record.
func (s *standardReader) approximate(d *draft) {
	if d.place.Point != nil {
		return
	}
	if town := s.towns.find(d.place.Address.Town, d.place.Address.Postcode, strings.TrimSpace(d.cells["code_insee"])); town != nil {
		at := town.Point
		d.place.Point, d.place.Approximate = &at, true
	}
}

// number reads degrees, with a point or a comma.
func number(s string) (float64, bool) {
	v, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(s), ",", ".", 1), 64)
	return v, err == nil && v >= -180 && v <= 180
}
