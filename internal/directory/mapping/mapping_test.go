package mapping

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

var tables = []Table{
	{Name: "place", Needs: []string{"id"}, Fields: []Field{
		{Name: "id"}, {Name: "name"}, {Name: "postcode"}, {Name: "updated"}, {Name: "phones", Kind: List}, {Name: "needs", Kind: List},
		{Name: "hours", Kind: Hours}, {Name: "lat"}, {Name: "lon"},
		{Name: "position", Kind: Position, Into: [2]string{"lat", "lon"}},
	}},
	{Name: "service", Fields: []Field{{Name: "fee"}}},
}

func parse(t testing.TB, rules string) *Mapping {
	t.Helper()
	m, err := Parse("m.yaml", []byte("register: R\nplace:\n  id: id\n"+rules), tables)
	if err != nil {
		t.Fatalf("%s\n%v", rules, err)
	}
	return m
}

// said is what a row becomes: cells in the order of their names, then remarks.
func said(m *Mapping, r Row) string {
	cells, remarks := m.Sections[0].Cells(r)
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(cells)) {
		if name != "id" {
			parts = append(parts, name+"="+cells[name])
		}
	}
	for _, r := range remarks {
		parts = append(parts, fmt.Sprintf("%s?%s%v", r.Field, r.Kind, r.Args))
	}
	return strings.Join(parts, "; ")
}

func table(pairs ...string) Row {
	cells := map[string]string{"id": "1"}
	for i := 0; i < len(pairs); i += 2 {
		cells[ColumnName(pairs[i])] = pairs[i+1]
	}
	return Row{Cells: cells}
}

func object(t testing.TB, text string) Row {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	r := Row{Object: map[string]any{}}
	if err := dec.Decode(&r.Object); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRulesTurnColumnsIntoFields(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, rules string
		row         Row
		want        string
	}{
		{"a column", "  name: Nom du lieu", table("nom du lieu ", "Mairie"), "name=Mairie"},
		{"an empty column", "  name: nom", table("nom", ""), ""},
		{"the first that says something", "  name: [a, b]", table("b", "B"), "name=B"},
		{"a list takes all", "  phones: [a, b, a]", table("a", "1", "b", "2"), "phones=1|2"},
		{"a fixed value", "  name: {value: Bus}", table(), "name=Bus"},
		{"a template", "  name: {template: \"{a}, {b} !\"}", table("a", "Ici", "b", "Lille"), "name=Ici, Lille !"},
		{"a template without anything", "  name: {template: \"{a}, {b}\"}", table(), ""},
		{"joined", "  name: {columns: [a, b], join: \" / \"}", table("a", "x", "b", "y"), "name=x / y"},
		{"cut", "  needs: {column: a, split: [\";\", \",\"]}", table("a", "x; y ,x,"), "needs=x|y"},
		{"cut at spaces", "  needs: {column: a, split: \" \"}", table("a", "x  y"), "needs=x|y"},
		{"a table", "  needs: {column: a, split: \",\", table: {Impôts: [tax, online-forms], Rien: \"\"}}", table("a", "impots,rien,autre"), "needs=tax|online-forms|autre"},
		{"a table with an end", "  needs: {column: a, table: {x: y}, otherwise: other}", table("a", "z"), "needs=other"},
		{"a table that keeps no other", "  needs: {column: a, table: {x: y}, otherwise: \"\"}", table("a", "z"), ""},
		{"words", "  needs: [{columns: [a, b], contains: [Démarche, \"€\"], except: payant, gives: online-forms}, {column: a, is: oui, gives: tax}]",
			table("a", "Oui", "b", "aide aux demarches"), "needs=online-forms|tax"},
		{"words that forbid", "  needs: {columns: [a, b], contains: aide, except: payant, gives: x}", table("a", "aide", "b", "payante"), ""},
		{"a short word stands alone", "  needs: {column: a, contains: cv, gives: job}", table("a", "CVL"), ""},
		{"a column that is filled", "  needs: {column: a, gives: job}", table("a", "0"), "needs=job"},
		{"a part", "  postcode: {column: a, extract: '(\\d{5}) '}", table("a", "12 rue X 59000 Lille"), "postcode=59000"},
		{"no such part", "  postcode: {column: a, extract: '(\\d{5}) '}", table("a", "Lille"), ""},
		{"a number's zeros", "  postcode: {column: a, digits: 5}", table("a", "1190"), "postcode=01190"},
		{"a spreadsheet's number", "  postcode: {column: a, digits: 5}", table("a", "1190.0"), "postcode=01190"},
		{"no number", "  postcode: {column: a, digits: 5}", table("a", "2A04"), "postcode=2A04"},
		{"a day", "  updated: {column: a, date: [dd/mm/yyyy, serial]}", table("a", "31/05/2026 14:16:50.898"), "updated=2026-05-31"},
		{"a spreadsheet's day", "  updated: {column: a, date: serial}", table("a", "46173"), "updated=2026-05-31"},
		{"no day", "  updated: {column: a, date: yyyy-mm-dd}", table("a", "hier"), "updated?date-form[]"},
		{"a path", "  name: lieu.nom", object(t, `{"lieu":{"Nom":"A"}}`), "name=A"},
		{"a path into a list", "  phones: tel[].n", object(t, `{"tel":[{"n":"1"},{"n":2},{}]}`), "phones=1|2"},
		{"one of a list", "  phones: tel[1].n", object(t, `{"tel":[{"n":"1"},{"n":2}]}`), "phones=2"},
		{"beyond a list", "  phones: tel[7].n", object(t, `{"tel":[]}`), ""},
		{"a list without brackets", "  phones: tel.n", object(t, `{"tel":[{"n":"1"},{"n":2}]}`), "phones=1|2"},
		{"a member with a dot", "  name: a.b", object(t, `{"a.b":"x"}`), "name=x"},
		{"an object says nothing", "  name: a", object(t, `{"a":{"b":1}}`), ""},
		{"a number as it is written", "  postcode: a", object(t, `{"a":59000}`), "postcode=59000"},
	} {
		if got := said(parse(t, c.rules), c.row); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestPositions(t *testing.T) {
	t.Parallel()
	const one, lonFirst = "  position: {column: p}", "  position: {column: p, order: longitude-latitude}"
	const two = "  position: {latitude: y, longitude: x, within: [41, -6, 52, 10], swapped: turn}"
	for _, c := range []struct {
		rules string
		row   Row
		want  string
	}{
		{one, table("p", "50.6371, 3.0630"), "lat=50.6371; lon=3.063"},
		{one, table("p", "50,6371 ; 3,0630"), "lat=50.6371; lon=3.063"},
		{one, table("p", "48.85,2.35"), "lat=48.85; lon=2.35"},
		{one, table("p", "POINT (3.0630 50.6371)"), "lat=50.6371; lon=3.063"},
		{lonFirst, table("p", "[3.0630, 50.6371]"), "lat=50.6371; lon=3.063"},
		{one, table("p", "50.6371"), "lat?point-number[]"},
		{one, table("p", "50.6, 3.0, 12"), "lat?point-number[]"},
		{one, table("p", "500, 900"), "lat?point-number[]"},
		{one, table(), ""},
		{two, table("y", "50,6", "x", "3,1"), "lat=50.6; lon=3.1"},
		{two, table("y", "3.1", "x", "50.6"), "lat=50.6; lon=3.1; lat?point-turned[Lat 50.6 Lon 3.1]"},
		{two, table("y", "-33", "x", "151"), "lat?point-beyond[]"},
		{two, table("y", "50.6"), "lat?point-number[]"},
		{strings.Replace(two, "turn", "report", 1), table("y", "3.1", "x", "50.6"), "lat?point-beyond[]"},
		{"  position: [{latitude: y, longitude: x}, {column: p}]", table("p", "1, 2"), "lat=1; lon=2"},
		{"  position: {column: g}", object(t, `{"g":[50.5, 3]}`), "lat=50.5; lon=3"},
	} {
		if got := said(parse(t, c.rules), c.row); got != c.want {
			t.Errorf("%s of %v: %q, want %q", c.rules, c.row, got, c.want)
		}
	}
}

func TestHours(t *testing.T) {
	t.Parallel()
	const days = "  hours: {monday: lu, tuesday: ma, sunday: di}"
	const weeks = "  hours: {column: h, weeks: {column: w, table: {paire: even, impaire: odd}}}"
	for _, c := range []struct {
		rules string
		row   Row
		want  string
	}{
		{"  hours: h", table("h", "Mo 09:00-12:00"), "hours=Mo 09:00-12:00"},
		{days, table("lu", "9h-12h et 14h à 17h", "di", "fermé"), "hours=lundi : 9h-12h et 14h à 17h ; dimanche : fermé; hours read=Mo 09:00-12:00,14:00-17:00; Su off"},
		{days, table("lu", "7 : 30 - 11 : 30"), "hours=lundi : 7 : 30 - 11 : 30; hours read=Mo 07:30-11:30"},
		{days, table("lu", "9h-12h", "ma", "9h-12h sauf vacances"), "hours=lundi : 9h-12h ; mardi : 9h-12h sauf vacances; hours?hours-day[Column ma]"},
		{days, table(), ""},
		{"  hours: {column: h, weekdays: j}", table("h", "9h-17h", "j", "{Mardi,Lundi}"), "hours=lundi, mardi 9h-17h"},
		{"  hours: {column: h, weekdays: j}", table("h", "le lundi 9h-17h", "j", "Mardi"), "hours=le lundi 9h-17h"},
		{"  hours: {column: h, weekdays: j}", table("h", "sur rendez-vous", "j", "Mardi"), "hours=sur rendez-vous"},
		{weeks, table("h", "Mo 09:30-12:30; PH off", "w", "Impaire"), "hours=Mo 09:30-12:30; PH off (Impaire); hours read=week 01-53/2 Mo 09:30-12:30; PH off"},
		{weeks, table("h", "Mo 09:30-12:30", "w", "toutes"), "hours=Mo 09:30-12:30"},
		{weeks, table("h", "le matin", "w", "paire"), "hours=le matin (paire)"},
	} {
		if got := said(parse(t, c.rules), c.row); got != c.want {
			t.Errorf("%s of %v:\n%q, want\n%q", c.rules, c.row.Cells, got, c.want)
		}
	}
}

func TestWhatAListSaysForNothing(t *testing.T) {
	t.Parallel()
	m, err := Parse("m", []byte("register: R\nlist: {nothing: [\"-\", n/a]}\nleave-out: [{column: s, is: fermé, because: closed}, {column: t}]\nplace: {id: id, name: [a, b]}\n"), tables)
	if err != nil {
		t.Fatal(err)
	}
	if got := said(m, m.Row(map[string]string{"a": "-", "b": " n/a "}, nil)); got != "" {
		t.Error(got)
	}
	if because, out := m.Without(m.Row(map[string]string{"s": "Ferme"}, nil)); !out || because != "closed" {
		t.Error(because, out)
	}
	if _, out := m.Without(m.Row(map[string]string{"t": "-"}, nil)); out {
		t.Error("a column that says nothing leaves a row out")
	}
	if got := m.Columns(); len(got) != 5 || got[1].Path.Text != "a" || got[1].Line != 4 {
		t.Errorf("%+v", got)
	}
	if from := m.Sections[0].From("name"); len(from) != 2 {
		t.Errorf("%+v", from)
	}
}

func TestHowTheListIsRead(t *testing.T) {
	t.Parallel()
	m, err := Parse("m", []byte("list: {form: csv, rows: data.items, sheet: S, header: 3, separator: \"\\t\", encoding: windows-1252}\nplace: {id: id}\n"), tables)
	if err != nil {
		t.Fatal(err)
	}
	r := m.Reading
	if r.Form != FormCSV || !slices.Equal(r.Rows.Members(), []string{"data", "items"}) || r.Sheet != "S" || r.Header != 3 || r.Separator != '\t' || r.Encoding != EncodingWindows {
		t.Errorf("%+v", r)
	}
}

// Each fault tells its line, what is wrong and what to write instead.
func TestFaults(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"", "m.yaml: there is nothing in this file. Begin with register:"},
		{"register: R", "no section says which fields"},
		{"a: [", "m.yaml:1: this is not YAML"},
		{"x\n", "m.yaml:1: a mapping file should stand here"},
		{"plcae: {id: a}", `m.yaml:1: a mapping file has no "plcae". Is it "place"?`},
		{"place: {name: a}", "m.yaml:1: place needs id. Add id:"},
		{"place:\n  id: a\n  nmae: b", `m.yaml:3: place has no "nmae". Is it "name"?`},
		{"place:\n  id: a\n  id: b", `m.yaml:3: "id" stands in line 2 already`},
		{"place:\n  id: {colunm: b}", `id has no "colunm". Is it "column"?`},
		{"place:\n  id: {split: b}", "id should say once where its value comes from"},
		{"place:\n  id: {column: a, value: b}", "id should say once where its value comes from"},
		{"place:\n  id: {column: a, contains: b}", "choose nothing here. Add gives:"},
		{"place:\n  id: {value: a, gives: b}", "gives has no column"},
		{"place:\n  id: {column: a, split: \"\"}", "split needs a mark"},
		{"place:\n  id: {column: a, otherwise: b}", "otherwise has no table"},
		{"place:\n  id: {column: a, extract: '('}", "extract is no pattern"},
		{"place:\n  id: {column: a, digits: many}", `digits is "many". Write a number from 1 to 20.`},
		{"place:\n  id: {column: a, date: mm/yy}", `"mm/yy" is no form of a day`},
		{"place:\n  id: {column: a, table: [x]}", "a table should stand here"},
		{"place:\n  id: {column: a, table: {É: x, e: y}}", `"e" stands in the table twice`},
		{"place:\n  id: {template: abc}", "the template names no column"},
		{"place:\n  id: {template: 'a{}'}", "the template has empty braces"},
		{"place:\n  id: []", "id has no rule"},
		{"place:\n  id: &a x\n  name: *a", "anchors and aliases are not read"},
		{"place:\n  id: a\n  position: x", "position should stand here"},
		{"place:\n  id: a\n  position: {latitude: x}", "should say where its degrees come from"},
		{"place:\n  id: a\n  position: {column: x, swapped: turn}", "nobody can tell what is swapped"},
		{"place:\n  id: a\n  position: {column: x, within: [1, 2, 3]}", "within is no box"},
		{"place:\n  id: a\n  position: {column: x, within: [9, 2, 3, 4]}", "ends before it begins"},
		{"place:\n  id: a\n  position: {column: x, within: [north, 2, 3, 4]}", `"north" is no number`},
		{"place:\n  id: a\n  hours: {column: h, weeks: {value: odd}}", "weeks names no column"},
		{"list: {form: pdf}\nplace: {id: a}", `form cannot be "pdf". Known are csv, json, xlsx.`},
		{"list: {separator: x}\nplace: {id: a}", `"x" separates no cells`},
		{"list: {header: 0}\nplace: {id: a}", `header is "0"`},
		{"leave-out: {is: x}\nplace: {id: a}", "leave-out names no column"},
		{"register: [a]\nplace: {id: a}", "register needs one value"},
		{strings.Repeat("#", mostBytes+1), "larger than 1 MB"},
	} {
		_, err := Parse("m.yaml", []byte(c.text), tables)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.60q: %v, want %q", c.text, err, c.want)
		}
	}
}

func TestFaultsAreListedByLineAndNotForEver(t *testing.T) {
	t.Parallel()
	_, err := Parse("m.yaml", []byte("place:\n  id: {digits: x, column: a}\n"+strings.Repeat("  wrong: x\n", 200)+"x: y\n"), tables)
	faults, ok := err.(Faults)
	if !ok || len(faults) != mostFaults || !slices.IsSortedFunc(faults, func(a, b Fault) int { return a.Line - b.Line }) {
		t.Errorf("%d faults: %v", len(faults), err)
	}
}
