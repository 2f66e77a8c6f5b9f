package mapping

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// rows are what a mapping that can be read is tried on: a table's row and a JSON object, with what lists have.
func rowsToTry(t testing.TB, text string) []Row {
	t.Helper()
	all := []Row{table("a", "Oui; non, -", "b", text, "lundi", "9h-12h", "p", "50,6 ; 3,1", "w", "paire")}
	var object map[string]any
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	if dec.Decode(&object) == nil && object != nil {
		all = append(all, Row{Object: object})
	}
	return all
}

// FuzzMapping: no mapping file makes trouble. Each has faults, with a line and a remedy, or turns any row into cells, and
// the same row always into the same.
func FuzzMapping(f *testing.F) {
	for _, text := range []string{
		"register: R\nlist: {form: csv, separator: \";\", nothing: [\"-\"]}\nleave-out: {column: a, is: x}\nplace: {id: a}",
		"place:\n  id: {template: \"{a} {b.c[0]}\"}\n  needs: [{columns: [a, b], contains: [oui, \"€\"], except: non, gives: x}, {column: b, split: \";\", table: {x: [y, z]}, otherwise: \"\"}]",
		"place:\n  id: b\n  position: {column: p, order: longitude-latitude, within: [41, -6, 52, 10], swapped: turn}\n  hours: {monday: lundi, tuesday: b}",
		"place:\n  id: b\n  hours: {column: b, weekdays: a, weeks: {column: w, table: {paire: even}}}\n  updated: {column: b, date: [dd/mm/yyyy, serial]}",
		"place:\n  id: {column: b, extract: '(\\d+)', digits: 5, join: \", \"}", "place: &a {id: *a}", "? [a]\n: b", "a: !!binary x", "place: {id: [[a]]}",
	} {
		f.Add(text, `{"a":[{"c":1}],"b":{"c":["x",null,true]}}`)
	}
	files, err := filepath.Glob("../testdata/mappings/*.yaml")
	if err != nil || len(files) == 0 {
		f.Fatal("no mapping files to begin with")
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(strings.Replace(string(data), "standard:", "place:", 1), "x")
	}
	f.Fuzz(func(t *testing.T, text, row string) {
		if len(text) > 4<<10 || len(row) > 4<<10 || len(row) > 0 && !utf8.ValidString(row) {
			return
		}
		m, err := Parse("m.yaml", []byte(text), tables)
		if err != nil {
			faults, ok := err.(Faults)
			if !ok || len(faults) == 0 || len(faults) > mostFaults {
				t.Fatalf("%T %v", err, err)
			}
			for _, fault := range faults {
				if fault.Line < 0 || fault.What == "" || fault.Remedy == "" || fault.File != "m.yaml" {
					t.Fatalf("%+v", fault)
				}
			}
			return
		}
		if len(m.Sections) == 0 {
			t.Fatal("a mapping without a section")
		}
		for _, r := range rowsToTry(t, row) {
			r = m.Row(r.Cells, r.Object)
			_, _ = m.Without(r)
			for _, c := range m.Columns() {
				if c.Path.IsZero() || c.Line < 1 {
					t.Fatalf("column %+v", c)
				}
				_ = r.Has(c.Path)
			}
			for i := range m.Sections {
				checkCells(t, &m.Sections[i], r)
			}
		}
	})
}

func checkCells(t *testing.T, s *Section, r Row) {
	t.Helper()
	before := maps.Clone(r.Cells)
	cells, remarks := s.Cells(r)
	again, remarksAgain := s.Cells(r)
	if !reflect.DeepEqual(cells, again) || !reflect.DeepEqual(remarks, remarksAgain) || !maps.Equal(before, r.Cells) {
		t.Fatalf("read twice it is two things: %v %v, %v %v", cells, remarks, again, remarksAgain)
	}
	for name, value := range cells {
		if value == "" {
			t.Fatalf("%s is empty and there", name)
		}
	}
	for _, remark := range remarks {
		if remark.Kind == "" || remark.Field == "" || len(remark.Args)%2 != 0 {
			t.Fatalf("%+v", remark)
		}
	}
	if cells["lat"] != "" && cells["lon"] != "" && len(s.From("lat")) > 0 {
		for _, name := range []string{"lat", "lon"} {
			if _, ok := degree(cells[name]); !ok && strings.Trim(cells[name], "-.0123456789") == "" && len(s.rules) == 2 {
				t.Fatalf("%s is %q", name, cells[name])
			}
		}
	}
}

// FuzzPath: any path can be asked of any object, and says the same each time.
func FuzzPath(f *testing.F) {
	for _, path := range []string{"a", "a.b", "a[].b", "a[0].b[1]", "a[[]]", "..", "[]", "a[x]", "a[-1]", "é.B c"} {
		f.Add(path, `{"a":[{"b":[1,{"b":2}]},[3]],"É":{"b_c":"x"}}`)
	}
	f.Fuzz(func(t *testing.T, path, text string) {
		if len(path) > 200 || len(text) > 4<<10 {
			return
		}
		p := ParsePath(path)
		for _, r := range rowsToTry(t, text) {
			found := r.Values(p)
			if !reflect.DeepEqual(found, r.Values(p)) {
				t.Fatalf("%q of %s is two things", path, text)
			}
			if len(found) > 0 && !r.Has(p) {
				t.Fatalf("%q says %q and is not there", path, found)
			}
			for _, v := range found {
				if strings.TrimSpace(v) == "" && r.Object != nil {
					t.Fatalf("%q says %q", path, v)
				}
			}
		}
		for _, name := range p.Members() {
			if name == "" {
				t.Fatalf("%q goes by a member without a name", path)
			}
		}
	})
}
