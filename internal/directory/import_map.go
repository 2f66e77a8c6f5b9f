package directory

import (
	"bufio"
	"bytes"
	"io"
	"maps"
	"slices"
	"strings"

	"parvis/internal/directory/mapping"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/problem"
)

// The sections that a mapping file may have: the French national standard, or a place and a service in our own words.
const (
	sectionStandard = "standard"
	sectionPlace    = "place"
	sectionService  = "service"
)

// ownLists are the columns of our tables that hold several values.
var ownLists = []string{"phones", "mails", "sites", "languages", "equipment", "labels", "needs", "audiences", "ways", "entry"}

// standardTexts are the columns of the standard that hold one value; the others hold several.
var standardTexts = []string{"id", "pivot", "nom", "commune", "code_postal", "code_insee", "adresse", "complement_adresse",
	"latitude", "longitude", "presentation_resume", "presentation_detail", "source", "structure_parente", "date_maj",
	"fiche_acces_libre", "prise_rdv"}

// mappingTables are the sections with their fields.
func mappingTables() []mapping.Table {
	standard := mapping.Table{Name: sectionStandard, Needs: []string{"id", "nom"},
		Fields: []mapping.Field{{Name: "position", Kind: mapping.Position, Into: [2]string{"latitude", "longitude"}}}}
	for _, column := range standardColumns {
		f := mapping.Field{Name: column, Kind: mapping.List}
		switch {
		case column == "horaires":
			f.Kind = mapping.Hours
		case slices.Contains(standardTexts, column):
			f.Kind = mapping.Text
		}
		standard.Fields = append(standard.Fields, f)
	}
	place := ownTable(sectionPlace, placeColumns, "approximate", "confirmed", "confirmed_by")
	place.Needs = []string{"id", "name"}
	place.Fields = append(place.Fields, mapping.Field{Name: "position", Kind: mapping.Position, Into: [2]string{"lat", "lon"}})
	service := ownTable(sectionService, serviceColumns, "confirmed", "confirmed_by")
	service.Needs = []string{"name", "needs"}
	return []mapping.Table{standard, place, service}
}

func ownTable(name string, columns []string, without ...string) mapping.Table {
	t := mapping.Table{Name: name}
	for _, column := range columns {
		f := mapping.Field{Name: column}
		switch {
		case slices.Contains(without, column):
			continue
		case column == "hours":
			f.Kind = mapping.Hours
		case slices.Contains(ownLists, column):
			f.Kind = mapping.List
		}
		t.Fields = append(t.Fields, f)
		if slices.Contains(textColumns, column) {
			for _, lang := range i18n.Languages {
				t.Fields = append(t.Fields, mapping.Field{Name: column + "_" + lang})
			}
		}
	}
	return t
}

// ReadMapping reads a mapping file. The error is mapping.Faults, each with its line and what to write instead.
func ReadMapping(file string, data []byte) (*mapping.Mapping, error) {
	m, err := mapping.Parse(file, data, mappingTables())
	if err != nil {
		return nil, err
	}
	fault := func(what, remedy string) (*mapping.Mapping, error) {
		return nil, mapping.Faults{{File: file, What: what, Remedy: remedy}}
	}
	standard, place, service := m.Section(sectionStandard), m.Section(sectionPlace), m.Section(sectionService)
	switch {
	case standard != nil && (place != nil || service != nil):
		return fault("it has standard beside place or service", "Keep the one whose words fit the list: standard has a place and its service in one.")
	case service != nil && place == nil && (service.From("place") == nil || service.From("id") == nil):
		return fault("its services stand alone and do not say where", "Add id: and place: to the section service; place is the id that the place has in its own list.")
	}
	return m, nil
}

// How spreadsheets begin: a zip archive, and the older form.
const (
	xlsxBegins = "PK\x03\x04"
	xlsBegins  = "\xd0\xcf\x11\xe0"
)

func isSpreadsheet(head []byte) bool {
	return bytes.HasPrefix(head, []byte(xlsxBegins)) || bytes.HasPrefix(head, []byte(xlsBegins))
}

// mappedRows are a feed's rows with the mapping that turns them into records.
type mappedRows struct {
	rows
	mapping  *mapping.Mapping
	standard *standardReader
	table    *tableReader
	missing  []mapping.Named // columns that no row had so far
	any      bool            // a row was read
}

// openMapped reads a feed as a mapping says. r is the feed itself, in the same behind a buffer that begins with
// head, or without the marks and spaces before its first letter with begins.
func openMapped(r io.Reader, in *bufio.Reader, m *mapping.Mapping, head, begins []byte, standard *standardReader, table *tableReader) (rows, func(row) draft, error) {
	mapped := &mappedRows{mapping: m, standard: standard, table: table, missing: m.Columns()}
	form := m.Reading.Form
	switch {
	case form != "":
	case isSpreadsheet(head):
		form = mapping.FormXLSX
	case begins[0] == '[' || begins[0] == '{':
		form = mapping.FormJSON
	default:
		form = mapping.FormCSV
	}
	var err error
	switch form {
	case mapping.FormJSON:
		mapped.rows, err = newJSON(in, true, m.Reading.Rows.Members())
	case mapping.FormXLSX:
		file := io.Reader(in)
		if _, ok := r.(io.ReaderAt); ok {
			file = r
		}
		mapped.rows, err = newXLSX(file, m.Reading.Sheet, m.Reading.Header)
	default:
		named := map[string]bool{}
		for _, c := range m.Columns() {
			named[c.Path.Column()] = true
		}
		mapped.rows, err = newCSV(in, csvForm{want: func(name string) bool { return named[name] }, comma: m.Reading.Separator,
			encoding: m.Reading.Encoding, header: m.Reading.Header})
	}
	if err != nil {
		return nil, nil, feedError(err)
	}
	return mapped, mapped.draft, mapped.check()
}

// check tells when the mapping names columns that a table does not have.
func (m *mappedRows) check() error {
	columns := m.columns()
	if columns == nil {
		return nil
	}
	m.missing = slices.DeleteFunc(m.missing, func(c mapping.Named) bool { return slices.Contains(columns, c.Path.Column()) })
	if len(m.missing) == 0 {
		return nil
	}
	return problem.New(problem.Invalid, "directory.import.map-column", "Column", m.missing[0].Path.Text, "File", m.mapping.File,
		"Line", m.missing[0].Line, "Columns", strings.Join(nonEmpty(columns...), ", "))
}

// unmet lists the columns that the mapping names and no row has: a misspelt path says nothing, for ever.
func (m *mappedRows) unmet(r *Report) {
	if !m.any {
		return
	}
	for _, c := range m.missing {
		f := Finding{Line: c.Line, Field: c.Path.Text, Key: "directory.import.map-unmet", Args: []any{"File", m.mapping.File, "Line", c.Line}}
		r.Findings = append(r.Findings, f)
		if r.Reasons == nil {
			r.Reasons = map[string]int{}
		}
		r.Reasons[f.Key]++
	}
}

// draft turns a row into records.
func (m *mappedRows) draft(r row) draft {
	in := m.mapping.Row(r.cells, r.object)
	if m.any = true; len(m.missing) > 0 {
		m.missing = slices.DeleteFunc(m.missing, func(c mapping.Named) bool { return in.Has(c.Path) })
	}
	if because, out := m.mapping.Without(in); out {
		d := draft{line: r.line}
		if because == "" {
			d.reject("", "directory.import.left-out")
		} else {
			d.reject("", "directory.import.left-out-because", "Why", because)
		}
		return d
	}
	if s := m.mapping.Section(sectionStandard); s != nil {
		cells, remarks := s.Cells(in)
		d := m.standard.read(row{line: r.line, cells: cells})
		m.tell(&d, s, remarks)
		return d
	}
	return m.own(in, r.line)
}

// own turns a row into a place, a service at it, or both.
func (m *mappedRows) own(in mapping.Row, line int) draft {
	place, service := m.mapping.Section(sectionPlace), m.mapping.Section(sectionService)
	var d draft
	source := ""
	if place != nil {
		cells, remarks := place.Cells(in)
		d = m.table.begin(row{line: line, cells: cells})
		m.table.place(&d, row{line: line, cells: cells})
		source = d.place.Source.Name
		d.place.ID = id.From(source, d.row)
		m.answering(&d)
		m.table.cleaned(&d, d.place.Clean(m.table.setting.Country))
		m.tell(&d, place, remarks)
	}
	if service == nil {
		return d
	}
	cells, remarks := service.Cells(in)
	s := draft{line: line, row: d.row, cells: cells}
	if place == nil {
		s = m.table.begin(row{line: line, cells: cells})
	}
	m.table.service(&s, row{line: line, cells: cells})
	own := s.row
	if place != nil && cells["id"] == "" {
		own += "\x00service"
	} else if place != nil {
		own = oneLine(cells["id"])
	}
	if source == "" {
		source = s.service.Source.Name
	}
	s.service.Source.Name, s.service.Source.ID = source, strings.TrimSuffix(own, "\x00service")
	s.service.ID = id.From(source, own, "service")
	if place != nil {
		s.service.Place = d.place.ID
	} else {
		s.service.Place = id.From(source, oneLine(cells["place"]))
	}
	m.table.cleaned(&s, s.service.Clean())
	m.tell(&s, service, remarks)
	d.line, d.row, d.service = line, s.row, s.service
	d.findings = append(d.findings, s.findings...)
	if d.cells == nil {
		d.cells = map[string]string{}
	}
	maps.Copy(d.cells, cells)
	return d
}

// answering makes the organisation that a place names by its name.
func (m *mappedRows) answering(d *draft) {
	name := d.place.Organisation
	if name == "" {
		return
	}
	source := d.place.Source.Name
	o := &Organisation{ID: id.From(source, "organisation", valueKey(name)), Name: i18n.Text{m.table.setting.Languages[0]: name}}
	o.Source = Source{Name: source, ID: valueKey(name)}
	d.organisation, d.place.Organisation = o, o.ID
}

// remarkKeys are the messages of what a mapping remarks.
var remarkKeys = map[mapping.RemarkKind]string{
	mapping.PointUnread: "directory.import.point-number", mapping.PointTurned: "directory.import.point-turned",
	mapping.PointBeyond: "directory.import.point-beyond", mapping.DateUnread: "directory.import.date-form",
	mapping.HoursUnread: "directory.import.hours-day",
}

// tell names the columns of the list, which its keeper knows, before our own, and adds what the mapping remarks.
func (m *mappedRows) tell(d *draft, s *mapping.Section, remarks []mapping.Remark) {
	day := func(r mapping.Remark) bool { return r.Kind == mapping.HoursUnread }
	switch {
	case !slices.ContainsFunc(remarks, day):
	case slices.ContainsFunc(d.findings, func(f Finding) bool { return f.Key == "directory.import.hours-prose" }):
		remarks = slices.DeleteFunc(remarks, day) // read after all, as a sentence
	default:
		d.findings = slices.DeleteFunc(d.findings, func(f Finding) bool { return f.Key == "directory.import.hours-unread" })
	}
	for _, r := range remarks {
		d.findings = append(d.findings, Finding{Line: d.line, Row: d.row, Field: r.Field, Value: shorten(r.Value), Key: remarkKeys[r.Kind], Args: r.Args})
	}
	for i := range d.findings {
		f := &d.findings[i]
		var from []string
		for _, p := range s.From(f.Field) {
			if !slices.Contains(from, p.Text) && len(from) < 3 {
				from = append(from, p.Text)
			}
		}
		if len(from) > 0 && columnName(from[0]) != columnName(f.Field) {
			f.Field = strings.Join(from, ", ") + " → " + f.Field
		}
	}
}
