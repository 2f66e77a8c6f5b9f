package mapping

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// What is wrong is told where it stands, not where its section begins, and with what to write there.
func TestAFaultNamesItsLineAndARemedy(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"place:\n  id:\n    - a\n    - {columns: []}", "m.yaml:4: columns is empty. Name at least one."},
		{"place:\n  id:\n    column: a\n    digits: 0", `m.yaml:4: digits is "0". Write a number from 1 to 20.`},
		{"place:\n  id:\n    column: a\n    digits: 21", `m.yaml:4: digits is "21". Write a number from 1 to 20.`},
		{"place:\n  id:\n    column: a\n    table:\n      x: y\n      X.: z", `m.yaml:6: "X." stands in the table twice. Keep one`},
		{"place:\n  id:\n    column: a\n    table:\n      ? [x]\n      : y", "m.yaml:5: a value of the list should stand here. Write one value"},
		{"place:\n  id:\n    column: a\n    table:\n      x: {y: z}", "m.yaml:5: table needs one value."},
		{"place:\n  id:\n    column: a\n    table: {x: y}\n    otherwise: [a, b]", "m.yaml:5: otherwise needs one value."},
		{"place:\n  id:\n    column: a\n    split: [\";\", [x]]", "m.yaml:4: split needs a mark. Write the mark in quotation marks"},
		{"place:\n  id:\n    column: a\n    date: [dd/mm/yyyy, dd/mm]", `m.yaml:4: "dd/mm" is no form of a day. Write it like dd/mm/yyyy`},
		{"place:\n  id:\n    column: a\n    gives: [x]", "m.yaml:4: gives needs one value."},
		{"place:\n  id: a\n  hours:\n    column: h\n    munday: x", `m.yaml:5: hours has no "munday". Is it "monday"?`},
		{"place:\n  id: a\n  hours:\n    column: h\n    monday: x", "m.yaml:4: hours should say once where its value comes from."},
		{"place:\n  id: a\n  hours:\n    column: h\n    weeks: {column: w, gives: odd}", "m.yaml:5: weeks names no column."},
		{"place:\n  id: a\n  position:\n    latitude: y\n    longitude: x\n    column: p", "m.yaml:4: the position should say where its degrees come from. Write latitude: and longitude:"},
		{"place:\n  id: a\n  position:\n    column: p\n    order: lat-lon", `m.yaml:5: order cannot be "lat-lon". Known are latitude-longitude, longitude-latitude.`},
		{"place:\n  id: a\n  position:\n    column: p\n    swapped: turned", `m.yaml:5: swapped cannot be "turned". Is it "turn"?`},
		{"place:\n  id: a\n  position:\n    column: p\n    within:\n      - 41\n      - -5\n      - .nan\n      - 9", `m.yaml:8: ".nan" is no number of degrees. Write four numbers`},
		{"place:\n  id: a\n  position:\n    column: p\n    within: [41, -5, NaN, 9]", `m.yaml:5: "NaN" is no number of degrees.`},
		{"place:\n  id: a\n  position:\n    column: p\n    within: [41, -5, 51, 181]", `"181" is no number of degrees`},
		{"place:\n  id: a\n  position:\n    column: p\n    within: [41, 9, 51, -5]", "within ends before it begins"},
		{"list:\n  header: 1001\nplace: {id: a}", `m.yaml:2: header is "1001". Write a number from 1 to 1000.`},
		{"list:\n  encoding: latin1\nplace: {id: a}", `m.yaml:2: encoding cannot be "latin1". Known are utf-16, utf-8, windows-1252.`},
		{"list:\n  nothing: []\nplace: {id: a}", "m.yaml:2: nothing is empty. Name at least one."},
		{"list: csv\nplace: {id: a}", `m.yaml:1: list should stand here. Write a line "name: value" for each of: form, rows`},
		{"leave-out:\n  - {column: a}\n  - closed\nplace: {id: a}", "m.yaml:3: leave-out should stand here."},
		{"leave-out:\n  column: a\n  because: []\nplace: {id: a}", "m.yaml:3: because needs one value."},
		{"place: {id: *x}", "m.yaml: this is not YAML: unknown anchor 'x' referenced. Check the indentation"},
		{"place: a\n", "m.yaml:1: place should stand here."},
		{"register: ' '\nplace: {id: a}", "m.yaml:1: register needs one value."},
	} {
		_, err := Parse("m.yaml", []byte(c.text), tables)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q:\n%v\nwant\n%s", c.text, err, c.want)
		}
	}
}

// A mapping that is right, with its lines anywhere: one wrong rule put into it is told at its own line and nowhere else.
func TestAFaultIsToldWhereItWasMade(t *testing.T) {
	t.Parallel()
	good := []string{"name: a", "updated: {column: a, date: serial}", "phones: {column: a, split: \";\"}", "hours: {monday: a}", "position: {column: a}", "postcode: {column: a, digits: 5}"}
	wrong := []string{"nom: a", "name: {colum: a}", "phones: {column: a, digits: x}", "needs: {column: a, date: x}", "hours: {lundi: a}", "position: {lat: a, column: b}"}
	rapid.Check(t, func(t *rapid.T) {
		at := rapid.IntRange(0, len(good)).Draw(t, "at")
		bad := rapid.SampledFrom(wrong).Draw(t, "wrong")
		name, _, _ := strings.Cut(bad, ":")
		lines := slices.Insert(rapid.Permutation(good).Draw(t, "rules"), at, bad)
		text, line := "place:\n  id: a\n", 0
		for i, one := range lines {
			text += strings.Repeat("\n", rapid.IntRange(0, 2).Draw(t, "empty lines"))
			if i != at && strings.HasPrefix(one, name+":") {
				continue // a field stands once
			}
			text += "  " + one + "\n"
			if i == at {
				line = strings.Count(text, "\n")
			}
		}
		_, err := Parse("m.yaml", []byte(text), tables)
		faults, _ := err.(Faults)
		elsewhere := func(f Fault) bool {
			return f.Line != line || f.Remedy == "" || !strings.HasPrefix(f.Error(), fmt.Sprintf("m.yaml:%d: ", line))
		}
		if len(faults) == 0 || slices.ContainsFunc(faults, elsewhere) {
			t.Fatalf("%v, want faults in line %d alone of\n%s", err, line, text)
		}
	})
}

func TestAMappingHasNotEndlessRules(t *testing.T) {
	t.Parallel()
	text := func(n int) []byte {
		return []byte("place:\n  id: a\n  phones: [" + strings.Repeat("a, ", n-2) + "a]\n")
	}
	if _, err := Parse("m", text(mostRules), tables); err != nil {
		t.Error(err)
	}
	if _, err := Parse("m", text(mostRules+1), tables); err == nil || err.Error() != "m:3: there are more than "+strconv.Itoa(mostRules)+" rules. Use value tables instead." {
		t.Error(err)
	}
}

// What a mapping names is known before a row is read, each column once, with the line that names it first.
func TestWhatAMappingReads(t *testing.T) {
	t.Parallel()
	m, err := Parse("m", []byte("leave-out: {column: état, is: x}\nplace:\n  id: {template: \"{a}-{b}\"}\n  position: {latitude: y, longitude: x}\n"+
		"  hours: {column: h, weekdays: j, weeks: {column: w, table: {p: even}}}\n  needs: {columns: [a, c], contains: x, gives: y}\nservice: {fee: a}\n"), tables)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range m.Columns() {
		got = append(got, fmt.Sprintf("%d %s", c.Line, c.Path.Column()))
	}
	if want := "3 a, 3 b, 4 y, 4 x, 5 h, 5 j, 5 w, 6 c, 1 etat"; strings.Join(got, ", ") != want {
		t.Errorf("%s\nwant\n%s", strings.Join(got, ", "), want)
	}
	place := m.Section("place")
	if place == nil || m.Section("service") == nil || m.Section("standard") != nil {
		t.Fatal("a section is not found by its name")
	}
	if lat, lon := place.From("lat"), place.From("lon"); len(lat) != 2 || len(lon) != 2 || place.From("name") != nil {
		t.Error(lat, lon, place.From("name"))
	}
}
