package directory

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"parvis/internal/geo"
	"parvis/internal/hours"
	"parvis/internal/i18n"
	"parvis/internal/problem"
)

// Place is somewhere a person can go, call or reach online.
type Place struct {
	ID           string
	Organisation string // who answers for it; empty when nobody said
	Kind         string // of GroupKind
	Name         i18n.Text
	About        i18n.Text
	Bring        i18n.Text // what to bring
	Address      Address
	Point        *geo.Point // nil when not known
	Approximate  bool       // the point is its town's, not its own
	Contact      Contact
	Hours        Hours
	Wheelchair   string   // of GroupWheelchair
	Access       string   // address of a page that tells how to get in, step by step
	Languages    []string // spoken there, as codes (BCP 47), the first the most
	Equipment    []Equipment
	Itinerant    bool     // it moves from village to village
	Labels       []string // programmes it belongs to, as they call themselves ("France Services")
	Register     string   // its number in the country's register
	Said         []Said   // what its source says and our vocabulary does not have
	Record
}

// Address is where a place is, as written on an envelope.
type Address struct {
	Street   string
	More     string // building, floor, "behind the church"
	Postcode string
	Town     string
	Unit     string // the administrative unit's code in the territory's pack; empty when not known
}

// Equipment is something that can be used at a place.
type Equipment struct {
	Code   string // of GroupEquipment
	Number int    // how many; 0 when nobody said
	Note   string // "fibre, 100 Mbit/s"
}

// Hours are opening hours as they were given, and as we understand them.
type Hours struct {
	Given string // the giver's own words or OpenStreetMap text
	OSM   string // the same in OpenStreetMap syntax; empty when we cannot read it
}

// ReadHours understands hours given in OpenStreetMap syntax.
func ReadHours(given string) Hours {
	h := Hours{Given: clean(given)}
	if h.Given != "" {
		if schedule, err := hours.Parse(h.Given); err == nil {
			h.OSM = schedule.Text()
		}
	}
	return h
}

// clean drops what cannot be shown, also from a remark inside what was read.
func (h *Hours) clean() {
	h.Given = clean(h.Given)
	if osm := clean(h.OSM); osm != h.OSM {
		h.OSM = ReadHours(osm).OSM
	}
}

// Schedule is what the hours mean; false when there are none or we cannot read them.
func (h Hours) Schedule() (hours.Schedule, bool) {
	if h.OSM == "" {
		return hours.Schedule{}, false
	}
	schedule, err := hours.Parse(h.OSM)
	return schedule, err == nil
}

// placeID is what a place's own id may be: an id of ours, or a short name that reads well in an address.
var placeID = regexp.MustCompile(`^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$`)

// Clean puts a place's values into their one form, and tells by field what cannot be used. Phone numbers without a
// country code are of country (ISO 3166, two letters).
func (p *Place) Clean(country string) error {
	var wrong problem.Fields
	p.Name, p.About, p.Bring = cleanText(p.Name), cleanText(p.About), cleanText(p.Bring)
	needID(&wrong, p.ID)
	needName(&wrong, p.Name)
	if p.Kind == "" {
		p.Kind = KindServicePoint
	}
	if p.Wheelchair == "" {
		p.Wheelchair = WheelchairUnknown
	}
	checkCode(&wrong, GroupKind, p.Kind)
	checkCode(&wrong, GroupWheelchair, p.Wheelchair)
	p.Address.clean()
	if p.Point != nil && !onEarth(*p.Point) {
		wrong.Add("point", "directory.wrong.point", "Value", point(*p.Point))
	}
	if p.Point == nil {
		p.Approximate = false
	}
	p.Contact.clean(&wrong, country)
	p.Languages = cleanLanguages(&wrong, p.Languages)
	p.Equipment = cleanEquipment(&wrong, p.Equipment)
	p.Access = cleanSite(&wrong, "access", p.Access)
	p.Hours.clean()
	p.Labels = cleanLabels(p.Labels)
	p.Register = oneLine(p.Register)
	return wrong.Err()
}

func (a *Address) clean() {
	for _, s := range []*string{&a.Street, &a.More, &a.Postcode, &a.Town, &a.Unit} {
		*s = oneLine(*s)
	}
}

// Line is the address on one line ("12 rue de Paris, 59000 Lille"). zh says whether it is written from the large to
// the small, without spaces.
func (a Address) Line(zh bool) string {
	if zh {
		return strings.Join(nonEmpty(a.Town, a.Street, a.More), "")
	}
	town := strings.Join(nonEmpty(a.Postcode, a.Town), " ")
	return strings.Join(nonEmpty(a.Street, a.More, town), ", ")
}

// onEarth reports whether a point can be somewhere: within the globe, and not the 0, 0 of an empty cell.
func onEarth(p geo.Point) bool {
	return p.Lat >= -90 && p.Lat <= 90 && p.Lon >= -180 && p.Lon <= 180 && (p.Lat != 0 || p.Lon != 0)
}

func point(p geo.Point) string {
	return strconv.FormatFloat(p.Lat, 'f', -1, 64) + ", " + strconv.FormatFloat(p.Lon, 'f', -1, 64)
}

// ParseEquipment reads one piece as the directory's tables write it: "computer", "computer:4", "connection:fibre".
func ParseEquipment(text string) Equipment {
	code, more, _ := strings.Cut(text, ":")
	e := Equipment{Code: strings.TrimSpace(code)}
	more = oneLine(more)
	if n, err := strconv.Atoi(more); err == nil && n > 0 {
		e.Number = n
		return e
	}
	if number, note, ok := strings.Cut(more, " "); ok {
		if n, err := strconv.Atoi(number); err == nil && n > 0 {
			e.Number, more = n, note
		}
	}
	e.Note = more
	return e
}

// String is the piece as ParseEquipment reads it.
func (e Equipment) String() string {
	switch {
	case e.Number > 0 && e.Note != "":
		return e.Code + ":" + strconv.Itoa(e.Number) + " " + e.Note
	case e.Number > 0:
		return e.Code + ":" + strconv.Itoa(e.Number)
	case e.Note != "":
		return e.Code + ":" + e.Note
	}
	return e.Code
}

func cleanEquipment(wrong *problem.Fields, all []Equipment) []Equipment {
	var kept []Equipment
	for _, e := range all {
		switch at := slices.IndexFunc(kept, func(k Equipment) bool { return k.Code == e.Code }); {
		case !Known(GroupEquipment, e.Code):
			wrong.Add("equipment", "directory.wrong.code", "Value", e.Code)
		case at < 0:
			e.Note = strings.NewReplacer("|", "/", "\n", " ").Replace(oneLine(e.Note))
			kept = append(kept, e)
		case kept[at].Number == 0 && kept[at].Note == "":
			kept[at] = e // said again, with more
		}
	}
	slices.SortStableFunc(kept, func(a, b Equipment) int {
		return slices.Index(vocabularies[GroupEquipment], a.Code) - slices.Index(vocabularies[GroupEquipment], b.Code)
	})
	return kept
}

// said is the content that a source answers for.
func (p *Place) said() []any {
	return []any{p.ID, p.Organisation, p.Kind, p.Name, p.About, p.Bring, p.Address, p.Point, p.Approximate, p.Contact,
		p.Hours, p.Wheelchair, p.Access, p.Languages, p.Equipment, p.Itinerant, p.Labels, p.Register, p.Said,
		sourceSaid(p.Source)}
}

// sourceSaid is what of a record's source takes part in its print.
func sourceSaid(s Source) []string {
	return []string{s.Name, s.ID, s.URL, s.Updated.UTC().Format(time.RFC3339)}
}
