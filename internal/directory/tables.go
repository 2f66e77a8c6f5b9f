package directory

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"parvis/internal/directory/mapping"
	"parvis/internal/geo"
	"parvis/internal/i18n"
	"parvis/internal/problem"
)

// The directory's own tables, as packs carry them and as anybody can fill them in with a spreadsheet: places.csv has a
// row a place, services.csv a row a service. Values of a list are parted by "|". Texts may be in several languages:
// "name" is in the territory's first language, "name_en" in English. docs/develop/directory-tables.md tells every column.

var placeColumns = []string{"id", "organisation", "kind", "name", "address", "more", "postcode", "town", "unit", "lat", "lon",
	"approximate", "phones", "mails", "sites", "hours", "wheelchair", "access", "languages", "equipment", "itinerant",
	"labels", "register", "about", "bring", "source", "source_id", "source_url", "updated", "confirmed", "confirmed_by"}

var serviceColumns = []string{"id", "place", "name", "needs", "audiences", "ways", "entry", "fee", "fee_note", "languages",
	"hours", "booking", "details", "capacity", "capacity_until", "source", "source_id", "source_url", "updated", "confirmed",
	"confirmed_by"}

// textColumns are those that may be there once more for each language.
var textColumns = []string{"name", "about", "bring", "details", "fee_note"}

// tableColumn reports whether a column is one of a table's, or a text of it in a language.
func tableColumn(columns []string, name string) bool {
	if slices.Contains(columns, name) {
		return true
	}
	at := strings.LastIndexByte(name, '_')
	if at < 0 {
		return false
	}
	text, lang := name[:at], name[at+1:]
	return slices.Contains(textColumns, text) && slices.Contains(columns, text) && slices.Contains(i18n.Languages, lang)
}

// tableReader turns rows of the directory's own tables into records.
type tableReader struct {
	setting  Setting
	source   string
	now      time.Time
	previous map[string]int // by id: the line where it stood first
}

func (t *tableReader) begin(r row) draft {
	d := draft{line: r.line, row: oneLine(r.cells["id"]), cells: r.cells}
	if d.row == "" {
		d.reject("id", "directory.import.no-id")
	} else if line, twice := t.previous[d.row]; twice {
		d.reject("id", "directory.import.same-id", "Line", line)
	} else {
		t.previous[d.row] = d.line
	}
	return d
}

// readPlace turns a row of places.csv into a place.
func (t *tableReader) readPlace(r row) draft {
	d := t.begin(r)
	t.place(&d, r)
	t.cleaned(&d, d.place.Clean(t.setting.Country))
	return d
}

func (t *tableReader) place(d *draft, r row) {
	p := &Place{
		ID: d.row, Organisation: oneLine(r.cells["organisation"]), Kind: oneLine(r.cells["kind"]),
		Name: t.text(r, "name"), About: t.text(r, "about"), Bring: t.text(r, "bring"),
		Address: Address{Street: r.cells["address"], More: r.cells["more"], Postcode: r.cells["postcode"], Town: r.cells["town"],
			Unit: r.cells["unit"]},
		Wheelchair: oneLine(r.cells["wheelchair"]), Access: r.cells["access"], Languages: bars(r.cells["languages"]),
		Labels: bars(r.cells["labels"]), Register: r.cells["register"],
		Itinerant: d.yes("itinerant"), Approximate: d.yes("approximate"),
		Contact: Contact{Mails: bars(r.cells["mails"]), Sites: bars(r.cells["sites"])},
	}
	d.place = p
	for _, number := range bars(r.cells["phones"]) {
		p.Contact.Phones = append(p.Contact.Phones, Phone{Number: number})
	}
	for _, piece := range bars(r.cells["equipment"]) {
		p.Equipment = append(p.Equipment, ParseEquipment(piece))
	}
	p.Hours = d.hours()
	p.Point = d.point()
	p.Record = t.record(d)
}

// readService turns a row of services.csv into a service.
func (t *tableReader) readService(r row) draft {
	d := t.begin(r)
	t.service(&d, r)
	t.cleaned(&d, d.service.Clean())
	return d
}

func (t *tableReader) service(d *draft, r row) {
	s := &Service{
		ID: d.row, Place: oneLine(r.cells["place"]), Name: t.text(r, "name"), Details: t.text(r, "details"),
		Needs: bars(r.cells["needs"]), Audiences: bars(r.cells["audiences"]), Ways: bars(r.cells["ways"]),
		Entry: bars(r.cells["entry"]), Fee: oneLine(r.cells["fee"]), FeeNote: t.text(r, "fee_note"),
		Languages: bars(r.cells["languages"]), Booking: r.cells["booking"], Hours: d.hours(),
	}
	d.service = s
	s.Record = t.record(d)
	if text := r.cells["capacity"]; text != "" {
		left, err := strconv.Atoi(text)
		until, ok := t.moment(d, "capacity_until")
		switch {
		case err != nil || left < 0:
			d.warn("capacity", "directory.wrong.number", "Value", text)
		case ok && !until.IsZero():
			s.Capacity = Capacity{Left: left, Said: s.Source.Updated, Until: until}
			if s.Capacity.Said.IsZero() {
				s.Capacity.Said = t.now
			}
		}
	}
}

// mustHave are the columns without which a row is no record.
var mustHave = []string{"id", "name", "kind", "place", "needs"}

// columnOf is the column that a wrong field of a record was read from.
var columnOf = map[string]string{"need": "needs", "audience": "audiences", "way": "ways", "point": "lat"}

// cleaned lists what cannot be used, and leaves it out; a row without what a record must have stays out.
func (t *tableReader) cleaned(d *draft, err error) {
	var wrong *problem.Error
	if !errors.As(err, &wrong) {
		return
	}
	for _, f := range wrong.Fields {
		column := f.Name
		if other, ok := columnOf[column]; ok {
			column = other
		}
		known := column != "needs" && slices.Contains(mustHave, column)
		if column == "id" && d.row == "" { // told already
			continue
		}
		d.find(known, column, f.Key, f.Args...)
		switch {
		case column == "lat":
			d.place.Point = nil
		case column == "wheelchair":
			d.place.Wheelchair = WheelchairUnknown
		case column == "fee":
			d.service.Fee = FeeUnknown
		}
	}
}

// text gathers a text from its column and those of its languages.
func (t *tableReader) text(r row, column string) i18n.Text {
	text := i18n.Text{}
	for _, lang := range i18n.Languages {
		if s := r.cells[column+"_"+lang]; s != "" {
			text[lang] = s
		}
	}
	if s := r.cells[column]; s != "" {
		text[t.setting.Languages[0]] = s
	}
	return cleanText(text)
}

func (t *tableReader) record(d *draft) Record {
	source := Source{Name: oneLine(d.cells["source"]), ID: oneLine(d.cells["source_id"]), URL: oneLine(d.cells["source_url"])}
	if source.Name == "" {
		source.Name = t.source
	}
	if source.ID == "" {
		source.ID = d.row
	}
	if source.URL != "" {
		url, ok := ParseSite(source.URL)
		if !ok {
			d.warn("source_url", "directory.wrong.site", "Value", source.URL)
		}
		source.URL = url
	}
	source.Updated, _ = t.moment(d, "updated")
	confirmed, _ := t.moment(d, "confirmed")
	r := Record{Source: source}
	if !confirmed.IsZero() {
		r.Confirmed = Confirmation{By: oneLine(d.cells["confirmed_by"]), At: confirmed}
	}
	return r
}

// moment reads a day, or a day with a time, by the territory's clock. Only how long a capacity holds may be to come.
func (t *tableReader) moment(d *draft, column string) (time.Time, bool) {
	text := d.cells[column]
	if text == "" {
		return time.Time{}, true
	}
	for _, form := range []string{"2006-01-02", "2006-01-02T15:04", "2006-01-02 15:04", time.RFC3339} {
		at, err := time.ParseInLocation(form, text, t.setting.Zone)
		switch {
		case err != nil:
		case at.After(t.now) && column != "capacity_until":
			d.warn(column, "directory.import.date-to-come")
			return time.Time{}, false
		default:
			return at.UTC(), true
		}
	}
	d.warn(column, "directory.import.date")
	return time.Time{}, false
}

// hours reads hours, which are in OpenStreetMap's syntax in the directory's own tables; others are kept as text.
func (d *draft) hours() Hours {
	h := ReadHours(d.cells["hours"])
	if read := ReadHours(d.cells[mapping.HoursRead]); h.Given != "" && read.OSM != "" {
		h.OSM = read.OSM
	}
	if osm, ok := proseHours(h.Given); h.OSM == "" && ok {
		h.OSM = osm
		d.warn("hours", "directory.import.hours-prose", "Read", osm)
	}
	if h.Given != "" && h.OSM == "" {
		d.warn("hours", "directory.import.hours-unread")
	}
	return h
}

func (d *draft) point() *geo.Point {
	lat, lon := d.cells["lat"], d.cells["lon"]
	if lat == "" && lon == "" {
		return nil
	}
	y, ok1 := number(lat)
	x, ok2 := number(lon)
	if !ok1 || !ok2 {
		column := "lat"
		if ok1 {
			column = "lon"
		}
		d.warn(column, "directory.import.point-number")
		return nil
	}
	return &geo.Point{Lat: y, Lon: x}
}

// yes reads what spreadsheets write for yes.
func (d *draft) yes(column string) bool {
	switch text := strings.ToLower(d.cells[column]); text {
	case "yes", "true", "1", "x", "oui", "da", "có", "是":
		return true
	case "", "no", "false", "0", "non", "nu", "không", "否":
		return false
	default:
		d.warn(column, "directory.wrong.yes", "Value", text)
		return false
	}
}

// bars cuts a list at its bars.
func bars(cell string) []string {
	var all []string
	for value := range strings.SplitSeq(cell, "|") {
		if value = oneLine(value); value != "" && !slices.Contains(all, value) {
			all = append(all, value)
		}
	}
	return all
}
