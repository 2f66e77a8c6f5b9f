package mapping

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestRulesAtTheirEdges(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, rules string
		row         Row
		want        string
	}{
		{"a template with a missing column", "  name: {template: \"{a} - {b}\"}", table("b", "Lille"), "name=- Lille"},
		{"a template's text behind", "  name: {template: \"{ a }  (mairie)\"}", table("a", "Lille"), "name=Lille (mairie)"},
		{"a template of a path", "  name: {template: \"{a.b} {c[1]}\"}", object(t, `{"a":{"b":1},"c":["x","y"]}`), "name=1 y"},
		{"a template cut and looked up", "  needs: {template: \"{a};{b}\", split: \";\", table: {x: one}}", table("a", "X", "b", "z"), "needs=one|z"},
		{"a template is asked first, then a column", "  name: [{template: \"{a}!\"}, b]", table("b", "B"), "name=B"},
		{"marks are looked up as they are", "  needs: {column: a, table: {\"✓\": yes, \"✗\": \"\", \"+\": more}, otherwise: other}", table("a", " ✓ "), "needs=yes"},
		{"one mark is not another", "  needs: {column: a, table: {\"+\": more}, otherwise: other}", table("a", "-"), "needs=other"},
		{"a whole value that is a mark", "  needs: {column: a, is: \"✓\", gives: tax}", table("a", "✓"), "needs=tax"},
		{"another mark is not that value", "  needs: {column: a, is: \"✓\", gives: tax}", table("a", "✗"), ""},
		{"a whole value is not its beginning", "  needs: {column: a, is: oui, gives: tax}", table("a", "oui, parfois"), ""},
		{"unknown values are kept beside known ones", "  needs: {column: a, split: \",\", table: {x: [y, z]}}", table("a", "x,?,x"), "needs=y|z|?"},
		{"otherwise stands once", "  needs: {column: a, split: \",\", table: {x: y}, otherwise: o}", table("a", "p,q,x"), "needs=o|y"},
		{"cut at one mark, then at the other", "  phones: {column: a, split: [\" / \", \"ou\"]}", table("a", "1 / 2ou3"), "phones=1|2|3"},
		{"cut and joined again", "  name: {column: a, split: \";\", join: \"\"}", table("a", "x; y;x"), "name=xy"},
		{"a text that is cut keeps its first", "  name: {column: a, split: \";\"}", table("a", ";x;y"), "name=x"},
		{"a pattern without brackets", "  name: {column: a, extract: '[0-9]+ m'}", table("a", "à 12 m d'ici"), "name=12 m"},
		{"a pattern is tried before the cut", "  phones: {column: a, extract: 'T:(.*)', split: \",\"}", table("a", "M:x T:1,2"), "phones=1|2"},
		{"a forbidden word in another column", "  needs: {columns: [a, b], except: fermé, gives: tax}", table("a", "x", "b", "Fermée"), ""},
		{"all but a word", "  needs: {column: a, except: fermé, gives: tax}", table("a", "ouvert"), "needs=tax"},
		{"a number as long as it should be", "  postcode: {column: a, digits: 5}", table("a", "590001"), "postcode=590001"},
		{"a number with spaces", "  postcode: {column: a, digits: 5}", table("a", "1 190"), "postcode=01190"},
		{"a day in French letters", "  updated: {column: a, date: JJ/MM/AAAA}", table("a", "29/02/2024"), "updated=2024-02-29"},
		{"a day that is not", "  updated: {column: a, date: dd/mm/yyyy}", table("a", "29/02/2026"), "updated?date-form[]"},
		{"a day that is too short", "  updated: {column: a, date: dd/mm/yyyy}", table("a", "1/5/2026"), "updated?date-form[]"},
		{"a day cut within a letter", "  updated: {column: a, date: dd/mm/yyyy}", table("a", "31/05/202é"), "updated?date-form[]"},
		{"the second form", "  updated: {column: a, date: [yyyy-mm-dd, yyyymmdd]}", table("a", "20260531"), "updated=2026-05-31"},
		{"the first day that spreadsheets know", "  updated: {column: a, date: serial}", table("a", "1"), "updated=1899-12-31"},
		{"an hour of a day", "  updated: {column: a, date: serial}", table("a", "46173.99"), "updated=2026-05-31"},
		{"a day before all", "  updated: {column: a, date: serial}", table("a", "0.5"), "updated?date-form[]"},
		{"a day after all", "  updated: {column: a, date: serial}", table("a", "2958466"), "updated?date-form[]"},
		{"what programs write for no number", "  updated: {column: a, date: serial}", table("a", "nan"), "updated?date-form[]"},
		{"a truth", "  needs: {column: a, is: \"true\", gives: tax}", object(t, `{"a":true}`), "needs=tax"},
		{"null is nothing", "  name: [a, b]", object(t, `{"a":null,"b":"x"}`), "name=x"},
		{"a list in a list says nothing", "  phones: a", object(t, `{"a":["1",["2"],{"x":"3"},4]}`), "phones=1|4"},
		{"a place in what is no list", "  name: a[0]", object(t, `{"a":"x"}`), ""},
		{"a member of what is no object", "  name: a.b", object(t, `{"a":"x"}`), ""},
	} {
		if got := said(parse(t, c.rules), c.row); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestWhatJSONListsWriteForNothing(t *testing.T) {
	t.Parallel()
	m, err := Parse("m", []byte("list: {nothing: [\"-\", \"0\"]}\nplace: {id: id, phones: {column: a, split: \",\"}}\n"), tables)
	if err != nil {
		t.Fatal(err)
	}
	if got := said(m, m.Row(nil, object(t, `{"a":["-","1",0," - ","2,-"]}`).Object)); got != "phones=1|2" {
		t.Error(got)
	}
}

func TestPositionsAtTheirEdges(t *testing.T) {
	t.Parallel()
	const one, two = "  position: {column: p}", "  position: {latitude: y, longitude: x}"
	const box = "  position: {column: p, within: [41, -5, 51, 9], swapped: turn}"
	for _, c := range []struct {
		rules string
		row   Row
		want  string
	}{
		{one, table("p", "50,6,3,1"), "lat=50.6; lon=3.1"},
		{one, table("p", "(+48.5°; −2,75°)"), "lat=48.5; lon=-2.75"},
		{one, table("p", "lat 48 lon -2"), "lat=48; lon=-2"},
		{one, table("p", "180 -180"), "lat=180; lon=-180"},
		{one, table("p", "48.5, 180.01"), "lat?point-number[]"},
		{one, table("p", "48,2"), "lat?point-number[]"}, // one number or two: nobody knows
		{one, table("p", "48°51'24\" 2°21'07\""), "lat?point-number[]"},
		{one, table("p", "48.5° N, 2.1° W"), "lat?point-number[]"}, // without the letter it would lie east
		{one, table("p", "48.5 N 2.1 Ouest"), "lat?point-number[]"},
		{one, table("p", "S 33.9 E 151.2"), "lat?point-number[]"},
		{one, table("p", "N 48.5 E 2.1"), "lat=48.5; lon=2.1"},
		{one, table("p", "point(2.1 48.5)"), "lat=48.5; lon=2.1"},
		{two, table("y", "48,5°", "x", "−2"), "lat=48.5; lon=-2"},
		{two, table("y", "nan", "x", "nan"), "lat?point-number[]"},
		{two, table("y", "1e400", "x", "2"), "lat?point-number[]"},
		{two, table("x", "2"), "lat?point-number[]"},
		{box, table("p", "41, -5"), "lat=41; lon=-5"}, // the box has its edges
		{box, table("p", "51, 9"), "lat=51; lon=9"},
		{box, table("p", "51.0001, 9"), "lat?point-beyond[]"},
		{box, table("p", "9, 51"), "lat=51; lon=9; lat?point-turned[Lat 51 Lon 9]"},
		{box, table("p", "0, 0"), "lat=0; lon=0"}, // the directory itself tells of it
		{"  position: [{column: p, within: [41, -5, 51, 9]}, {latitude: y, longitude: x}]", table("p", "1, 1", "y", "48", "x", "2"), "lat?point-beyond[]"},
	} {
		if got := said(parse(t, c.rules), c.row); got != c.want {
			t.Errorf("%s of %v: %q, want %q", c.rules, c.row.Cells, got, c.want)
		}
	}
}

// However two degrees are written, they are the same; swapped ones are turned just when only their turn lies in the box.
func TestDegreesSurviveHowTheyAreWritten(t *testing.T) {
	t.Parallel()
	plainly := parse(t, "  position: {column: p}")
	boxed := parse(t, "  position: {latitude: y, longitude: x, within: [-20, -20, 51, 30], swapped: turn}")
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) float64 { return float64(rapid.IntRange(-1800000, 1800000).Draw(t, name)) / 10000 }
		y, x := draw("lat"), draw("lon")
		comma := func(v float64) string { return strings.Replace(strconv.FormatFloat(v, 'f', 4, 64), ".", ",", 1) }
		want := "lat=" + plain(y) + "; lon=" + plain(x)
		for _, text := range []string{fmt.Sprintf("%.4f,%.4f", y, x), comma(y) + " ; " + comma(x), comma(y) + "," + comma(x), fmt.Sprintf("POINT (%.4f %.4f)", x, y), fmt.Sprintf("[%v, %v]", y, x)} {
			if got := said(plainly, table("p", text)); got != want {
				t.Fatalf("%q is %q, want %q", text, got, want)
			}
		}
		in := func(y, x float64) bool { return y >= -20 && y <= 51 && x >= -20 && x <= 30 }
		switch {
		case in(y, x):
		case in(x, y):
			want = fmt.Sprintf("lat=%s; lon=%s; lat?point-turned[Lat %[1]s Lon %[2]s]", plain(x), plain(y))
		default:
			want = "lat?point-beyond[]"
		}
		if got := said(boxed, table("y", comma(y), "x", plain(x))); got != want {
			t.Fatalf("%v, %v in the box: %q, want %q", y, x, got, want)
		}
	})
}

func TestHoursInOddForms(t *testing.T) {
	t.Parallel()
	const days = "  hours: {monday: lu, sunday: di}"
	const weeks = "  hours: {column: h, weekdays: j, weeks: {column: w, table: {paire: even, impaire: odd}, otherwise: \"\"}}"
	for _, c := range []struct {
		rules string
		row   Row
		want  string
	}{
		{days, table("lu", "8h30-12h/13h30-17h"), "hours=lundi : 8h30-12h/13h30-17h; hours read=Mo 08:30-12:00,13:30-17:00"},
		{days, table("lu", "de 9 h à midi puis de 14 heures à 18 heures"), "hours=lundi : de 9 h à midi puis de 14 heures à 18 heures; hours read=Mo 09:00-12:00,14:00-18:00"},
		{days, table("lu", "FERMÉE.", "di", "closed"), "hours=lundi : FERMÉE. ; dimanche : closed; hours read=Mo off; Su off"},
		{days, table("lu", "休息"), "hours=lundi : 休息; hours read=Mo off"},
		{days, table("lu", "fermé le matin"), "hours=lundi : fermé le matin; hours?hours-day[Column lu]"},
		{days, table("lu", "9h"), "hours=lundi : 9h; hours?hours-day[Column lu]"},
		{days, table("lu", "14h-9h"), "hours=lundi : 14h-9h; hours?hours-day[Column lu]"},
		{days, table("lu", "x", "di", "y"), "hours=lundi : x ; dimanche : y; hours?hours-day[Column lu]; hours?hours-day[Column di]"},
		{"  hours: [{monday: lu}, {column: h}]", table("h", "Mo 09:00-12:00"), "hours=Mo 09:00-12:00"},
		{weeks, table("h", "9h-12h", "j", "Du lundi au vendredi"), "hours=Du lundi au vendredi 9h-12h"},
		{weeks, table("h", "9h-12h", "j", "mardis - jeudis"), "hours=mardis - jeudis 9h-12h"},
		{weeks, table("h", "9h-12h", "j", "mardi et jeudi"), "hours=mardi, jeudi 9h-12h"},
		{weeks, table("h", "9h-12h", "j", "parfois"), "hours=9h-12h"},
		{weeks, table("h", "9h-12h", "j", "mardi", "w", "Paire"), "hours=mardi 9h-12h (Paire)"}, // not those of each Tuesday
		{weeks, table("h", "Mo 09:00-12:00", "w", "toutes"), "hours=Mo 09:00-12:00"},
		{"  hours: {monday: lu, weeks: {column: w, table: {B: even}}}", table("lu", "9h-12h", "w", "B"), "hours=lundi : 9h-12h (B); hours read=week 02-53/2 Mo 09:00-12:00"},
		{weeks, table("w", "paire"), ""},
	} {
		if got := said(parse(t, c.rules), c.row); got != c.want {
			t.Errorf("%s of %v:\n%q, want\n%q", c.rules, c.row.Cells, got, c.want)
		}
	}
}

// Of a spreadsheet's days each is read as the day it is, and a number that lost its zeros gets just these back.
func TestNumbersOfSpreadsheets(t *testing.T) {
	t.Parallel()
	m := parse(t, "  updated: {column: d, date: serial}\n  postcode: {column: p, digits: 5}")
	rapid.Check(t, func(t *rapid.T) {
		serial := rapid.IntRange(1, 2958465).Draw(t, "day")
		hour := rapid.SampledFrom([]string{"", ".0", ".25", ".9999"}).Draw(t, "hour")
		day := time.Unix(int64(serial-25569)*86400, 0).UTC().Format(time.DateOnly) // 25569 is 1970-01-01
		code := rapid.IntRange(0, 99999).Draw(t, "postcode")
		got := said(m, table("d", strconv.Itoa(serial)+hour, "p", strconv.Itoa(code)+rapid.SampledFrom([]string{"", ".0"}).Draw(t, "end")))
		if want := fmt.Sprintf("postcode=%05d; updated=%s", code, day); got != want {
			t.Fatalf("%q, want %q", got, want)
		}
	})
}

// What is cut and joined by the same mark has each of its values once, in their order; as a list it has the same ones.
func TestCutAndJoined(t *testing.T) {
	t.Parallel()
	m := parse(t, "  name: {column: a, split: \";\", join: \";\"}\n  phones: {column: a, split: \";\"}")
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.SampledFrom([]string{"", " ", "a", "b", "é", "a b", "1"}), 1, 6).Draw(t, "values")
		var want []string
		for _, v := range values {
			if v = strings.TrimSpace(v); v != "" && !slices.Contains(want, v) {
				want = append(want, v)
			}
		}
		cells, _ := m.Sections[0].Cells(table("a", strings.Join(values, ";")))
		if cells["name"] != strings.Join(want, ";") || cells["phones"] != strings.Join(want, "|") {
			t.Fatalf("%q is %v", values, cells)
		}
	})
}
