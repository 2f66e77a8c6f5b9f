package directory

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/event"
	"parvis/internal/geo"
	"parvis/internal/hours"
	"parvis/internal/search"
)

func TestADocumentSaysWhatThePlaceSays(t *testing.T) {
	t.Parallel()
	x := newIndex(&words{}, north(t))
	lat, lon := 50.63, 3.06
	doc := x.doc(&found{
		id: "p", organisation: "club", organisationName: "Le Club", kind: "library", name: `{"en":"Library","fr":"Médiathèque"}`,
		about: `{"fr":"Deux \"écrans\""}`, street: "1 rue Neuve", more: "2e étage", postcode: "59000", town: "Lille", unit: "59-lille",
		hours: "24/7", wheelchair: "yes", languages: "fr|en", equipment: "computer:4|wifi", labels: "France Services\nAidants", lat: &lat, lon: &lon,
		services: []offered{
			{name: `{"fr":"Aide"}`, details: `{"fr":"Sur place"}`, needs: "tax|job", audiences: "", ways: "counter|phone", entry: "walk-in", fee: "free", languages: "ro|fr"},
			{name: `{"fr":"Cours"}`, needs: "job", audiences: "older", ways: "counter", fee: "paid"},
		},
	})
	for name, want := range map[string][]string{
		FacetKind: {"library"}, FacetWheelchair: {"yes"}, FacetNeed: {"tax", "job"}, FacetAudience: {"everyone", "older"}, FacetWay: {"counter", "phone"},
		FacetEntry: {"walk-in"}, FacetFee: {"free", "paid"}, FacetEquipment: {"computer", "wifi"}, FacetSpoken: {"fr", "en", "ro"},
		FacetUnit: {"59-lille"}, FacetOrganisation: {"club"},
	} {
		if !slices.Equal(doc.Facets[name], want) {
			t.Errorf("%s: %v, want %v", name, doc.Facets[name], want)
		}
	}
	texts := map[string]string{}
	for _, f := range doc.Fields {
		texts[f.Name] += f.Text + "\n"
	}
	for name, words := range map[string][]string{
		FieldName: {"Library. Médiathèque"}, FieldNeed: {"Aide. Cours"}, FieldPlace: {"1 rue Neuve", "2e étage", "59000", "Lille"},
		FieldAbout: {`Deux "écrans"`, "Le Club", "France Services", "Aidants", "Sur place"},
	} {
		for _, word := range words {
			if !strings.Contains(texts[name], word) {
				t.Errorf("%s lacks %q: %q", name, word, texts[name])
			}
		}
	}
	if doc.Fields[0].Name != FieldName || doc.Point == nil || doc.Point.Lat != lat {
		t.Errorf("%+v", doc)
	}
	bare := x.doc(&found{id: "q", kind: "shop", name: `{"fr":"Q"}`, wheelchair: "unknown"})
	if bare.Point != nil || len(bare.Fields) != 1 || len(bare.Facets) != 2 {
		t.Errorf("a place that says nothing: %+v", bare)
	}
}

func TestATextInAllItsLanguagesIsSearched(t *testing.T) {
	t.Parallel()
	for column, want := range map[string]string{
		"": "", `{"fr":"Mairie"}`: "Mairie", `{"fr":"Le \"Pont\""}`: `Le "Pont"`, `{"en":"Bridge","fr":"Pont"}`: "Bridge. Pont",
		`{"fr":"a\nb"}`: "a\nb", `no json`: "",
	} {
		if got := every(column); got != want {
			t.Errorf("%s is searched as %q, want %q", column, got, want)
		}
	}
}

func TestARowOfOneTextIsCutIntoItsColumns(t *testing.T) {
	t.Parallel()
	var a, b string
	if err := cut("x"+unit+"", unit, &a, &b); err != nil || a != "x" || b != "" {
		t.Errorf("%q %q %v", a, b, err)
	}
	if err := cut("x", unit, &a, &b); err == nil {
		t.Error("too few columns pass")
	}
	if err := cut("x"+unit+"y"+unit+"z", unit, &a, &b); err == nil {
		t.Error("too many columns pass")
	}
}

func TestAnEventTouchesItsPlace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		e                   event.Event
		place, organisation string
	}{
		{event.Event{Subject: SubjectPlace, SubjectID: "p"}, "p", ""},
		{event.Event{Subject: SubjectService, SubjectID: "s", Data: `{"place":"p"}`}, "p", ""},
		{event.Event{Subject: SubjectClosure, SubjectID: "c", Data: `{"place":"p"}`}, "p", ""},
		{event.Event{Subject: SubjectOrganisation, SubjectID: "o"}, "", "o"},
		{event.Event{Subject: SubjectRemark, SubjectID: "r", Data: `{"place":"p"}`}, "", ""},
		{event.Event{Subject: "account", SubjectID: "a"}, "", ""},
		{event.Event{Subject: SubjectService, SubjectID: "s", Data: `broken`}, "", ""},
	} {
		if place, organisation := touched(c.e); place != c.place || organisation != c.organisation {
			t.Errorf("%+v touches %q, %q", c.e, place, organisation)
		}
	}
	if got := Kind(SubjectPlace, Changed); got != "place.changed" {
		t.Error(got)
	}
}

func TestHoursAreReadOnceForAllWhoHaveThem(t *testing.T) {
	t.Parallel()
	s := newSchedules()
	first := s.number("Mo 09:00-12:00")
	if again := s.number("Mo 09:00-12:00"); first == 0 || first != again || s.number("Tu 09:00-12:00") == first {
		t.Error("the same hours are two schedules, or two hours are one")
	}
	for _, text := range []string{"", "when it rains", "when it rains"} {
		if n := s.number(text); n != 0 || !s.all[n].IsZero() {
			t.Errorf("%q can be read", text)
		}
	}
}

// What is told of a minute is told anew for hours that came since, and for another minute.
func TestOpeningsFollowTheClockAndNewHours(t *testing.T) {
	t.Parallel()
	x := newIndex(&words{}, north(t))
	put := func(id, osm string, closures ...Closure) uint32 {
		tag := x.newTag()
		x.note(tag, entry{schedule: x.schedules.number(osm), closures: closures})
		return tag
	}
	shut := Closure{From: hours.DateOf(today), To: hours.DateOf(today)}
	day, unknown, closed := put("day", "Mo-Su 08:00-20:00"), put("unknown", ""), put("closed", "Mo-Su 08:00-20:00", shut)
	noon := time.Date(today.Year(), today.Month(), today.Day(), 12, 0, 0, 0, today.Location())
	before := x.openings(noon)
	first := before.open(day) // and is told again
	if !first || !before.open(day) || before.open(unknown) || before.open(closed) {
		t.Error("at noon the day's place alone is open")
	}
	if x.openings(noon.Add(59*time.Second)) != before {
		t.Error("the same minute is told anew")
	}
	late := put("late", "Mo-Su 11:00-23:00")
	if after := x.openings(noon); after == before || !after.open(late) || !after.open(day) || before.open(late) {
		t.Error("hours that came are not known")
	}
	if night := x.openings(noon.Add(9 * time.Hour)); night.open(day) || !night.open(late) {
		t.Error("at nine in the evening only the late place is open")
	}
}

// However many organisations help with a need, the list of those who do has them all.
func TestNoOrganisationThatHelpsIsLeftOut(t *testing.T) {
	t.Parallel()
	x := newIndex(&words{}, north(t))
	x.loaded = true
	const many = 250
	docs := make([]search.Doc, many)
	for i := range docs {
		docs[i] = search.Doc{ID: fmt.Sprint("p", i), Facets: map[string][]string{FacetNeed: {"tax"}, FacetOrganisation: {fmt.Sprint("o", i)}}}
	}
	x.docs.Put(docs...)
	if got := x.organisationsFor("tax"); len(got) != many {
		t.Errorf("%d organisations of %d", len(got), many)
	}
	if got := x.organisationsFor("job"); len(got) != 0 {
		t.Errorf("%v help with what nobody offers", got)
	}
}

// The index is the same whether it is made from the database at once or has followed every change.
func TestMakingTheIndexAnewChangesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		followed, _ := open(t, d, north(t))
		load(t, followed)
		town(t, followed)
		if _, err := followed.Close(t.Context(), "", Closure{Place: "hall", From: hours.DateOf(today), To: hours.DateOf(today)}); err != nil {
			t.Fatal(err)
		}
		if err := followed.EndPlace(t.Context(), "", "office"); err != nil {
			t.Fatal(err)
		}
		settled(t, followed)
		anew, _ := open(t, d, north(t))
		if err := anew.Load(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, q := range []Query{{}, {Words: "lille"}, {Words: "ordi"}, {OpenAt: today}, {Filters: map[string][]string{FacetFee: {FeeFree}}}} {
			a, b := find(t, followed, q), find(t, anew, q)
			if !slices.Equal(found1(a), found1(b)) || a.OpenCount != b.OpenCount || !sameCounts(a.Counts, b.Counts) {
				t.Errorf("%+v: followed %v %v, made anew %v %v", q, found1(a), a.Counts, found1(b), b.Counts)
			}
		}
		if err := anew.CatchUp(t.Context()); err != nil {
			t.Errorf("an index that knows all waits: %v", err)
		}
	})
}

func sameCounts(a, b map[string][]search.Count) bool {
	for name := range a {
		if !slices.Equal(a[name], b[name]) {
			return false
		}
	}
	return len(a) == len(b)
}

// The state of hours that the index has read is the one that a page reads for itself.
func TestHoursOfTheIndexSayTheSame(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		for _, osm := range []string{"", "Mo-Fr 09:00-12:00", "24/7", "Mo-Fr 09:00-12:00; PH off", "when it rains", "Sa 22:00-06:00"} {
			for _, closures := range [][]Closure{nil, {{From: hours.DateOf(today), To: hours.DateOf(today)}}} {
				for hour := range 30 {
					at := today.Add(time.Duration(hour) * time.Hour)
					got, want := dir.index.stateOf(&entry{schedule: dir.index.schedules.number(osm), closures: closures}, at), dir.State(Hours{OSM: osm}, closures, at)
					if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
						t.Fatalf("%q at %v: %+v, want %+v", osm, at, got, want)
					}
				}
			}
		}
	})
}

// A number that a place had is given again once the place is gone, and no pin shows the one for the other.
func TestNumbersOfPlacesThatWentAreGivenAgain(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		load(t, dir)
		town(t, dir)
		settled(t, dir)
		before := len(dir.index.entries)
		for round := range 3 {
			id := fmt.Sprint("stand-", round)
			put(t, dir, Place{ID: id, Name: fr("Stand " + id), Kind: "service-point", Point: &geo.Point{Lat: 50.6, Lon: 3 + float64(round)/10}})
			settled(t, dir)
			seen := map[string]bool{}
			for _, pin := range dir.Pins(Query{}) {
				if seen[pin.ID] {
					t.Errorf("%s has two pins", pin.ID)
				}
				seen[pin.ID] = true
				if pin.ID == id && (pin.Name["fr"] != "Stand "+id || pin.Point.Lon != 3+float64(round)/10) {
					t.Errorf("%+v", pin)
				}
			}
			if !seen[id] {
				t.Errorf("%s has no pin", id)
			}
			if err := dir.EndPlace(t.Context(), "", id); err != nil {
				t.Fatal(err)
			}
			settled(t, dir)
		}
		if n := len(dir.index.entries); n != before+1 {
			t.Errorf("%d numbers were given for one place more at a time, want %d", n, before+1)
		}
	})
}

// Who searches while the index is being made finds nothing, and holds nothing up.
func TestSearchingWhileTheIndexIsMade(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		town(t, dir)
		parts := make(chan []search.Doc)
		made := make(chan struct{})
		go func() {
			defer close(made)
			dir.index.docs.Fill(1, func(yield func([]search.Doc) bool) {
				for docs := range parts {
					yield(docs)
				}
			})
		}()
		parts <- nil // it has begun, and waits for more
		asked := make(chan int)
		go func() {
			n, ready := dir.Ready()
			if ready {
				n = -1
			}
			r, err := dir.Search(t.Context(), Query{})
			if err != nil {
				n = -1
			}
			asked <- n + r.Total + len(dir.Pins(Query{}))
		}()
		select {
		case n := <-asked:
			if n != 0 {
				t.Errorf("%d found before the index was made", n)
			}
		case <-time.After(10 * time.Second):
			close(parts)
			<-made
			t.Fatal("a search waits for the index, and holds it up")
		}
		dir.index.grow(1) // nobody holds the lock that the load needs
		close(parts)
		<-made
		load(t, dir)
		if r := find(t, dir, Query{}); r.Total != 4 {
			t.Errorf("%d found once it was made, want 4", r.Total)
		}
	})
}
