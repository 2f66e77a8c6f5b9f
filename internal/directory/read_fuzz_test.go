package directory

import (
	"bytes"
	"strings"
	"testing"
)

// FuzzInclusion: no feed of data.inclusion makes trouble, and each of its objects stays out with a reason or can be kept.
func FuzzInclusion(f *testing.F) {
	for line := range strings.Lines(inclusionFeed) {
		f.Add([]byte(strings.TrimRight(line, ",\n")))
	}
	for _, text := range []string{`{"structures":[{"id":"s--1","source":"s","nom":"a"}],"services":[{"structure_id":"s--1"}]}`, `{"items":[{"service":{"id":1},"distance":2}]}{"items":[`, "\xff\xfe{\x00}\x00"} {
		f.Add([]byte(text))
	}
	s := north(f)
	places := newTowns(s.Towns)
	words, err := newWords(bundle(f), s)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > fuzzedBytes {
			return
		}
		paged := shapeOf(data).paged()
		first, err := newLists(bytes.NewReader(data), paged)
		if err != nil {
			return
		}
		again, err := newLists(bytes.NewReader(data), paged)
		if err != nil {
			t.Fatal(err)
		}
		r := &inclusionReader{setting: s, source: "Essai", now: today, towns: places, words: words, previous: map[string]int{}, places: map[string]inclusionPlace{},
			lookup: func(string) (inclusionPlace, bool) { return inclusionPlace{}, false }}
		fuzzFeed(t, &inclusionRows{first}, &inclusionRows{again}, len(data), r.read)
	})
}

// FuzzHSDS: no feed of HSDS makes trouble, as pages or as tables, and each record stays out with a reason or can be kept.
func FuzzHSDS(f *testing.F) {
	tables := hsdsTablesFor()
	f.Add([]byte(tables["services.csv"]), []byte(tables["locations.csv"]), []byte(tables["service_at_location.csv"]), []byte(tables["schedules.csv"]))
	f.Add([]byte(`{"contents":[{"id":"a","name":"b","status":"active","service_at_locations":[{"location":{"id":"c","name":"d","latitude":1,"longitude":2}}]}]}`), []byte{}, []byte{}, []byte{})
	f.Add([]byte(`{"id":1,"name":[],"organization":{"id":"o","name":"p"},"cost_options":[{"amount":-1}],"phones":{}}`), []byte("id\n"), []byte("id,service_id\n"), []byte("id,\"\n"))
	s := north(f)
	places := newTowns(s.Towns)
	words, err := newWords(bundle(f), s)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, first, locations, pairs, schedules []byte) {
		if len(first)+len(locations)+len(pairs)+len(schedules) > fuzzedBytes {
			return
		}
		h := &hsdsReader{feed: newHSDSFeed(), setting: s, source: "Essai", now: today, towns: places, words: words}
		if shape := shapeOf(first); len(shape.members) > 0 {
			if err := h.feed.pages(bytes.NewReader(first), shape.paged(), "", &h.ends); err != nil {
				return
			}
		} else if err := h.feed.table(bytes.NewReader(first), "service", "services.csv"); err != nil {
			t.Fatal(err)
		}
		for _, table := range []struct {
			name string
			data []byte
		}{{"location", locations}, {"service_at_location", pairs}, {"schedule", schedules}} {
			if err := h.feed.table(bytes.NewReader(table.data), table.name, table.name); err != nil {
				t.Fatal(err)
			}
		}
		h.drafts()
		for _, finding := range h.feed.findings {
			if finding.Line < 1 || !strings.HasPrefix(finding.Key, "directory.") || len(finding.Args)%2 != 0 {
				t.Fatalf("%+v", finding)
			}
		}
		for _, d := range h.made {
			checkDraft(t, d)
		}
	})
}
