package mapping

// Mapping says how somebody's list is read.
type Mapping struct {
	File     string    // name of the mapping file
	Register string    // the register that the list comes from; each record shows it
	Reading  Reading   // how the list's file is read
	Sections []Section // the tables that each row is turned into
	without  []condition
	empty    map[string]bool // values that say nothing
}

// Reading is what a mapping says of the list's file. What is empty is found by looking at the file.
type Reading struct {
	Form      string // FormCSV, FormJSON or FormXLSX
	Rows      Path   // JSON: where the rows are
	Sheet     string // XLSX: the sheet's name
	Header    int    // CSV and XLSX: the header's line, from 1
	Separator byte   // CSV
	Encoding  string // CSV: EncodingUTF8, EncodingWindows or EncodingUTF16
}

// The forms of a list's file.
const (
	FormCSV  = "csv"
	FormJSON = "json"
	FormXLSX = "xlsx"
)

// The encodings of a CSV file.
const (
	EncodingUTF8    = "utf-8"
	EncodingWindows = "windows-1252"
	EncodingUTF16   = "utf-16"
)

// Kind says what a field holds.
type Kind int

// The kinds of fields.
const (
	Text     Kind = iota // one value: the first that says something
	List                 // several, parted by a bar
	Hours                // opening hours
	Position             // degrees north and degrees east, which two other fields hold
)

// Field is a field of a section.
type Field struct {
	Name string
	Kind Kind
	Into [2]string // of a Position: the fields for degrees north and degrees east
}

// Table is a section that mapping files may have.
type Table struct {
	Name   string
	Fields []Field
	Needs  []string // fields without which there is no record
}

// Section is what a mapping says of one table.
type Section struct {
	Name  string
	rules []fieldRule
}

type fieldRule struct {
	Field
	line  int
	rules []rule
}

// HoursRead is the cell that holds opening hours in OpenStreetMap syntax where a mapping's rule could read them; the
// field itself holds them as they were given. No column is called so.
const HoursRead = "hours read"

// Remark is something about a row that its reader should know.
type Remark struct {
	Field string
	Value string
	Kind  RemarkKind
	Args  []any // name and value in turn
}

// RemarkKind is what a remark says.
type RemarkKind string

// The kinds of remarks.
const (
	PointUnread RemarkKind = "point-number" // no two numbers
	PointTurned RemarkKind = "point-turned" // latitude and longitude were swapped, and turned round
	PointBeyond RemarkKind = "point-beyond" // outside the mapping's box
	DateUnread  RemarkKind = "date-form"    // not in the mapping's form
	HoursUnread RemarkKind = "hours-day"    // a weekday's hours could not be read
)

// Cells turns a row into the cells of a section, with what is remarkable about it.
func (s *Section) Cells(r Row) (map[string]string, []Remark) {
	cells := map[string]string{}
	var remarks []Remark
	for i := range s.rules {
		f := &s.rules[i]
		switch f.Kind {
		case Position:
			remarks = append(remarks, f.position(r, cells)...)
		case Hours:
			remarks = append(remarks, f.hours(r, cells)...)
		case List:
			set(cells, f.Name, joined(f.values(r, &remarks), "|"))
		default:
			if all := f.values(r, &remarks); len(all) > 0 {
				set(cells, f.Name, all[0])
			}
		}
	}
	return cells, remarks
}

func set(cells map[string]string, name, value string) {
	if value != "" {
		cells[name] = value
	}
}

// values are a field's values, each once. A text stops at the first rule that says something.
func (f *fieldRule) values(r Row, remarks *[]Remark) []string {
	var all []string
	for i := range f.rules {
		all = append(all, f.rules[i].values(r, f.Name, remarks)...)
		if f.Kind != List && len(all) > 0 {
			break
		}
	}
	return unique(all)
}

// From names the columns that a section's field is read from.
func (s *Section) From(field string) []Path {
	for i := range s.rules {
		f := &s.rules[i]
		if f.Name == field || f.Kind == Position && (f.Into[0] == field || f.Into[1] == field) {
			return f.paths()
		}
	}
	return nil
}

func (f *fieldRule) paths() []Path {
	var all []Path
	for i := range f.rules {
		all = append(all, f.rules[i].paths()...)
	}
	return all
}

// Columns are all columns that the mapping reads, each once, with the line of the mapping file that names it first.
func (m *Mapping) Columns() []Named {
	var all []Named
	known := map[string]bool{}
	note := func(line int, paths []Path) {
		for _, p := range paths {
			if !known[p.Text] {
				known[p.Text] = true
				all = append(all, Named{Path: p, Line: line})
			}
		}
	}
	for i := range m.Sections {
		for j := range m.Sections[i].rules {
			f := &m.Sections[i].rules[j]
			for k := range f.rules {
				note(f.rules[k].line, f.rules[k].paths())
			}
		}
	}
	for _, c := range m.without {
		note(c.line, c.columns)
	}
	return all
}

// Named is a column with the line that names it.
type Named struct {
	Path Path
	Line int
}

// Row is a row as the mapping reads it: what its list writes for nothing is nothing.
func (m *Mapping) Row(cells map[string]string, object map[string]any) Row {
	return Row{Cells: cells, Object: object, empty: m.empty}
}

// Without reports whether the mapping leaves a row out, and what it says about that.
func (m *Mapping) Without(r Row) (because string, out bool) {
	for _, c := range m.without {
		if c.holds(r) {
			return c.because, true
		}
	}
	return "", false
}

// Section is the section of a name; nil when the mapping has none such.
func (m *Mapping) Section(name string) *Section {
	for i := range m.Sections {
		if m.Sections[i].Name == name {
			return &m.Sections[i]
		}
	}
	return nil
}
