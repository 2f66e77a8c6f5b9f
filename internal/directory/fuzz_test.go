package directory

import (
	"bytes"
	"errors"
	"io"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// fuzzedBytes is how long the texts are that a fuzz target looks at: enough for some rows, and quick. Long ones have tests of
// their own.
const fuzzedBytes = 4 << 10

// fuzzFeed reads a feed to its end and checks what must hold of each row, whatever the feed says. The same feed opened
// once more must give the same rows: an import that changes nothing says so.
func fuzzFeed(t *testing.T, feed, again rows, size int, read func(row) draft) {
	t.Helper()
	before, endless := 0, size+10
	for range endless {
		one, err := feed.next()
		if other, otherErr := again.next(); !reflect.DeepEqual(one, other) || !reflect.DeepEqual(err, otherErr) {
			t.Fatalf("read twice it is two things: %+v, %v\n%+v, %v", one, err, other, otherErr)
		}
		if n := feed.read(); n < 0 || n > int64(size) {
			t.Fatalf("%d bytes of %d are read", n, size)
		}
		var finding *Finding
		switch {
		case errors.Is(err, io.EOF):
			return
		case errors.As(err, &finding):
			if finding.Line < before || finding.Key == "" || !finding.Rejected {
				t.Fatalf("after line %d: %+v", before, finding)
			}
			before = finding.Line
			continue
		case err != nil:
			t.Fatal(err)
		}
		if one.line < before || one.line > size+1 {
			t.Fatalf("line %d after line %d", one.line, before)
		}
		before = one.line
		for name, value := range one.cells {
			if value == "" || !utf8.ValidString(value) || !utf8.ValidString(name) {
				t.Fatalf("cell %q is %q", name, value)
			}
		}
		checkDraft(t, read(one))
	}
	t.Fatalf("%d bytes give more than %d rows", size, endless)
}

// checkDraft checks that a row either stays out with a reason or makes records that can be kept as they are.
func checkDraft(t *testing.T, d draft) {
	t.Helper()
	for _, f := range d.findings {
		if f.Line != d.line || !strings.HasPrefix(f.Key, "directory.") || len(f.Args)%2 != 0 || utf8.RuneCountInString(f.Value) > 81 {
			t.Fatalf("%+v", f)
		}
	}
	if d.rejected() {
		return
	}
	if p := d.place; p != nil {
		clean := *p
		if err := clean.Clean("FR"); err != nil {
			t.Fatalf("a place that is not told as wrong cannot be kept: %v\n%+v", err, *p)
		}
	}
	if s := d.service; s != nil && d.place != nil {
		clean := *s
		if err := clean.Clean(); err != nil {
			t.Fatalf("a service that is not told as wrong cannot be kept: %v\n%+v", err, *s)
		}
	}
	d.print()
}

// readers are what turns a row into records, made anew for each feed.
func readers(s Setting, places *towns) (standard *standardReader, table *tableReader) {
	standard = &standardReader{setting: s, source: "Essai", now: today, service: fr("Aide"), towns: places, previous: map[string]int{}}
	return standard, &tableReader{setting: s, source: "Essai", now: today, previous: map[string]int{}}
}

// FuzzCSV: no table makes trouble, whatever its form; each of its rows stays out with a reason or can be kept.
func FuzzCSV(f *testing.F) {
	for _, name := range []string{"testdata/standard.csv", "testdata/windows.csv"} {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		header, rest, _ := bytes.Cut(data, []byte("\n"))
		for line := range bytes.Lines(rest) { // one by one: what is short is quick
			f.Add(slices.Concat(header, []byte("\n"), line))
		}
	}
	for _, text := range []string{"id,nom\n1,\"a\n2,b", "id;nom\r\n1;\"a\"\"b\";;\r\n", "\xff\xfei\x00d\x00", "id\tname\tkind\tlat\n1\tA\tlibrary\t95\n",
		"id,place,name,needs,capacity,capacity_until\ns,p,A,tax|gold,3,2026-13-01\n", "id,nom,horaires\n1,a,lundi au vendredi 9h-12h sur rdv\n",
		"id,nom,latitude,longitude\n1,a,1e309,NaN\n", "id,nom\n" + strings.Repeat("\"", 99)} {
		f.Add([]byte(text))
	}
	s := north(f)
	places := newTowns(s.Towns)
	want := func(name string) bool { _, ok := standardColumn(name); return ok }
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > fuzzedBytes {
			return
		}
		feed, err := newCSV(bytes.NewReader(data), csvForm{want: want})
		if err != nil {
			return
		}
		again, err := newCSV(bytes.NewReader(data), csvForm{want: want})
		if err != nil || !slices.Equal(again.columns(), feed.columns()) {
			t.Fatalf("columns %q, then %v", feed.columns(), err)
		}
		standard, table := readers(s, places)
		fuzzFeed(t, feed, again, len(data), func(r row) draft {
			for name := range r.cells {
				if !slices.Contains(feed.columns(), name) {
					t.Fatalf("column %q is not among %q", name, feed.columns())
				}
			}
			checkDraft(t, table.readPlace(r))
			checkDraft(t, table.readService(r))
			return standard.read(r)
		})
	})
}

// FuzzJSON: as FuzzCSV, for objects.
func FuzzJSON(f *testing.F) {
	data, err := os.ReadFile("testdata/older.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	for _, text := range []string{`[{"id":"1","nom":"a","services":["x",1,null]}]`, `{"lieux":[{"id":1}]}`, "{\"id\":\"1\"}\n{\"id\":\"2\"}", `[1,{},"x"`, `[{"a":{"b":{"c":1}}}]`,
		`{"a":1}[`, `[[{"id":"1"}]]`, "\ufeff[]", `{"x":{},"y":[{"id":1}]}`, `[{"id":"` + "\xff" + `"}]`, `[{"id":"1","ID":"2","a_b":1,"a":{"b":2}}]`} {
		f.Add([]byte(text))
	}
	s := north(f)
	places := newTowns(s.Towns)
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > fuzzedBytes {
			return
		}
		feed, err := newJSON(bytes.NewReader(data), false, nil)
		if err != nil {
			return
		}
		again, err := newJSON(bytes.NewReader(data), false, nil)
		if err != nil {
			t.Fatal(err)
		}
		standard, _ := readers(s, places)
		fuzzFeed(t, feed, again, len(data), standard.read)
	})
}

// FuzzFrenchHours: no words make trouble, and what is read of them is opening hours in their one form.
func FuzzFrenchHours(f *testing.F) {
	for _, text := range []string{"Du lundi au vendredi de 9h à 12h et de 14h à 17h30", "mardi, jeudi : 14h - 17h", "Tous les jours 8h-20h sur rendez-vous", "lundi fermé"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		osm, ok := proseHours(text)
		if !ok {
			return
		}
		if h := ReadHours(osm); osm == "" || h.OSM != osm {
			t.Fatalf("%q is read as %q, which is read as %q", text, osm, h.OSM)
		}
	})
}
