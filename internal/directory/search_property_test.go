package directory

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/geo"
	"parvis/internal/hours"
	"parvis/internal/search"
)

// made is a place with its services, and what a reader of the records would say of it.
type made struct {
	place    Place
	services []Service
	closures []Closure
}

// facets are what the place can be filtered by, worked out from the records alone.
func (m *made) facets() map[string][]string {
	all := map[string][]string{FacetKind: {m.place.Kind}, FacetWheelchair: {m.place.Wheelchair}, FacetSpoken: m.place.Languages}
	add := func(name string, values ...string) {
		for _, v := range values {
			if v != "" && !slices.Contains(all[name], v) {
				all[name] = append(all[name], v)
			}
		}
	}
	add(FacetUnit, m.place.Address.Unit)
	for _, e := range m.place.Equipment {
		add(FacetEquipment, e.Code)
	}
	for _, s := range m.services {
		add(FacetNeed, s.Needs...)
		add(FacetWay, s.Ways...)
		add(FacetFee, s.Fee)
		if len(s.Audiences) == 0 {
			add(FacetAudience, AudienceEveryone)
		}
		add(FacetAudience, s.Audiences...)
	}
	return all
}

// passes reports whether the place passes a filter.
func (m *made) passes(name string, values []string) bool {
	if len(values) == 0 {
		return true
	}
	has := m.facets()[name]
	return slices.ContainsFunc(values, func(v string) bool { return slices.Contains(has, v) })
}

// fits reports whether a query finds the place; one filter may be left out.
func (m *made) fits(dir *Directory, q Query, without string) bool {
	for name, values := range q.Filters {
		if name != without && !m.passes(name, values) {
			return false
		}
	}
	p := m.place.Point
	if q.Box != nil && (p == nil || !q.Box.Contains(*p)) {
		return false
	}
	if q.Here != nil && q.Within > 0 && (p == nil || geo.Distance(*q.Here, *p) > q.Within) {
		return false
	}
	if !q.OpenAt.IsZero() && !dir.State(m.place.Hours, m.closures, q.OpenAt).Open {
		return false
	}
	return !q.Social || social(m.place.Kind, m.facets()[FacetNeed])
}

// some draws up to n of a list's codes.
func some(r *rand.Rand, from []string, n int) []string {
	var drawn []string
	for range r.IntN(n + 1) {
		drawn = append(drawn, from[r.IntN(len(from))])
	}
	return drawn
}

// village draws places with services and closures and puts them into the directory.
func village(t *testing.T, dir *Directory, r *rand.Rand, n int) []made {
	t.Helper()
	week := []string{"Mo-Fr 09:00-12:00", "Sa 10:00-16:00", "24/7", "Mo-Su 18:00-02:00", "", "Mo-Fr 09:00-17:00; PH off"}
	all := make([]made, n)
	for i := range all {
		m := made{place: Place{
			ID: fmt.Sprintf("v-%03d", i), Name: fr(fmt.Sprint("Lieu ", i)), Kind: Codes(GroupKind)[r.IntN(5)], Wheelchair: Codes(GroupWheelchair)[r.IntN(4)],
			Languages: slices.Compact(slices.Sorted(slices.Values(some(r, []string{"fr", "en", "ro"}, 2)))), Hours: ReadHours(week[r.IntN(len(week))]),
			Itinerant: r.IntN(7) == 0,
			Address: Address{Street: []string{"", fmt.Sprint(i, " rue des Écoles")}[r.IntN(2)], More: []string{"", "1er étage"}[r.IntN(2)],
				Postcode: []string{"", "59000"}[r.IntN(2)], Town: []string{"", "Lille"}[r.IntN(2)], Unit: []string{"", "59-lille", "59-roubaix"}[r.IntN(3)]},
		}}
		if r.IntN(5) > 0 {
			m.place.Point = &geo.Point{Lat: 50.5 + r.Float64()/5, Lon: 3 + r.Float64()/5}
		}
		for _, code := range some(r, Codes(GroupEquipment)[:4], 2) {
			m.place.Equipment = append(m.place.Equipment, Equipment{Code: code})
		}
		for k := range r.IntN(3) {
			m.services = append(m.services, Service{
				ID: fmt.Sprintf("v-%03d-%d", i, k), Place: m.place.ID, Name: fr("Aide"), Needs: some(r, Codes(GroupNeed)[:8], 3),
				Audiences: some(r, Codes(GroupAudience)[1:5], 2), Ways: some(r, Codes(GroupWay), 2), Fee: Codes(GroupFee)[r.IntN(4)],
			})
		}
		m.place = put(t, dir, m.place)
		for k := range m.services {
			s, err := dir.PutService(t.Context(), "", m.services[k])
			if err != nil {
				t.Fatal(err)
			}
			m.services[k] = s
		}
		if r.IntN(6) == 0 {
			c, err := dir.Close(t.Context(), "", Closure{Place: m.place.ID, From: hours.DateOf(today), To: hours.DateOf(today) + 3})
			if err != nil {
				t.Fatal(err)
			}
			m.closures = append(m.closures, c)
		}
		all[i] = m
	}
	return all
}

// draw draws a query.
func draw(r *rand.Rand) Query {
	q := Query{Filters: map[string][]string{}, Limit: 200}
	choices := map[string][]string{
		FacetNeed: Codes(GroupNeed)[:8], FacetKind: Codes(GroupKind)[:5], FacetFee: Codes(GroupFee), FacetWay: Codes(GroupWay),
		FacetAudience: Codes(GroupAudience)[:5], FacetSpoken: {"fr", "en", "ro"}, FacetWheelchair: Codes(GroupWheelchair),
		FacetEquipment: Codes(GroupEquipment)[:4], FacetUnit: {"59-lille", "59-roubaix"},
	}
	for _, name := range slices.Sorted(maps.Keys(choices)) {
		if r.IntN(5) == 0 {
			q.Filters[name] = slices.Compact(slices.Sorted(slices.Values(some(r, choices[name], 2))))
		}
	}
	if r.IntN(3) == 0 {
		q.OpenAt = today.Add(time.Duration(r.IntN(7*24*60)) * time.Minute)
	}
	if r.IntN(4) == 0 {
		q.Here, q.Within = &geo.Point{Lat: 50.6, Lon: 3.1}, float64(1000+r.IntN(8000))
	}
	if r.IntN(4) == 0 {
		q.Box = &geo.Box{South: 50.5, West: 3, North: 50.5 + r.Float64()/5, East: 3 + r.Float64()/5}
	}
	q.Social = r.IntN(6) == 0
	return q
}

// Whatever is asked, a search gives the places that the records say it must, counts what each further choice would give,
// and says of each whether it is open as its page does.
func TestSearchIsWhatTheRecordsSay(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		r := rand.New(rand.NewPCG(11, 12))
		places := village(t, dir, r, 120)
		load(t, dir)
		for range 150 {
			q := draw(r)
			result := find(t, dir, q)
			var want []string
			for i := range places {
				if places[i].fits(dir, q, "") {
					want = append(want, places[i].place.ID)
				}
			}
			got := found1(result)
			slices.Sort(got)
			if !slices.Equal(got, want) || result.Total != len(want) {
				t.Fatalf("%+v\nfinds %v\nwant  %v", q, got, want)
			}
			checkCounts(t, dir, q, result, places)
			checkStates(t, dir, q, result, places)
			checkRelaxed(t, dir, q, result, places)
			checkMatching(t, dir, q, result)
		}
	})
}

// checkMatching compares what a table of a search has with the list of the same search.
func checkMatching(t *testing.T, dir *Directory, q Query, result *Result) {
	t.Helper()
	entries, total, err := dir.Matching(t.Context(), q)
	if err != nil || total != result.Total || len(entries) != len(result.Found) {
		t.Fatalf("%+v: %d of %d entries, %v; the list has %d", q, len(entries), total, err, result.Total)
	}
	for i := range entries {
		if brief := entries[i].Brief(); !reflect.DeepEqual(brief, result.Found[i].Brief) {
			t.Fatalf("in the table\n%+v, in the list\n%+v", brief, result.Found[i].Brief)
		}
	}
}

// checkCounts compares the counts beside the filters with the records.
func checkCounts(t *testing.T, dir *Directory, q Query, result *Result, places []made) {
	t.Helper()
	if result.Total == 0 && len(result.Counts) == 0 {
		return
	}
	for _, name := range []string{FacetNeed, FacetKind, FacetFee, FacetWay, FacetAudience, FacetSpoken, FacetEquipment, FacetUnit} {
		want := map[string]int{}
		for i := range places {
			if places[i].fits(dir, q, name) {
				for _, v := range places[i].facets()[name] {
					want[v]++
				}
			}
		}
		got := map[string]int{}
		for _, c := range result.Counts[name] {
			if c.N > 0 {
				got[c.Value] = c.N
			}
		}
		if !maps.Equal(got, want) {
			t.Fatalf("%+v: counts of %s are %v, want %v", q, name, got, want)
		}
	}
}

// checkStates compares what a list says of opening with what each place's record says.
func checkStates(t *testing.T, dir *Directory, q Query, result *Result, places []made) {
	t.Helper()
	open := 0
	for _, f := range result.Found {
		i := slices.IndexFunc(places, func(m made) bool { return m.place.ID == f.ID })
		state := dir.State(places[i].place.Hours, places[i].closures, result.At)
		if f.State.Open != state.Open || f.State.Known != state.Known || !f.State.Until.Equal(state.Until) {
			t.Fatalf("%s is %+v in the list, %+v on its own", f.ID, f.State, state)
		}
		entry := Entry{Place: places[i].place, Services: places[i].services}
		if want := entry.Brief(); !reflect.DeepEqual(f.Brief, want) {
			t.Fatalf("in the list\n%+v, on its own\n%+v", f.Brief, want)
		}
		if state.Open {
			open++
		}
	}
	if result.Total > 0 && result.OpenCount != open {
		t.Fatalf("%+v: %d open, told %d", q, open, result.OpenCount)
	}
}

// checkRelaxed compares what is offered where nothing fits with the records.
func checkRelaxed(t *testing.T, dir *Directory, q Query, result *Result, places []made) {
	t.Helper()
	if result.Total > 0 {
		if len(result.Relaxed) > 0 || len(result.Nearest) > 0 {
			t.Fatalf("%+v finds %d and still offers others", q, result.Total)
		}
		return
	}
	if len(result.Nearest) == 0 {
		t.Fatalf("%+v is a dead end", q)
	}
	for _, relaxed := range result.Relaxed {
		other := q
		other.Filters = maps.Clone(q.Filters)
		switch relaxed.Name {
		case RelaxOpen:
			other.OpenAt = time.Time{}
		case RelaxDistance:
			other.Within = 0
		case RelaxArea:
			other.Box = nil
		case RelaxAll:
			other = Query{Social: q.Social}
		default:
			delete(other.Filters, relaxed.Name)
		}
		want := 0
		for i := range places {
			if places[i].fits(dir, other, "") {
				want++
			}
		}
		if relaxed.Total != want || want == 0 {
			t.Fatalf("%+v without %s: %d offered, %d there", q, relaxed.Name, relaxed.Total, want)
		}
	}
}

func TestNearerComesFirst(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		village(t, dir, rand.New(rand.NewPCG(3, 4)), 40)
		load(t, dir)
		here := geo.Point{Lat: 50.6, Lon: 3.1}
		near := find(t, dir, Query{Here: &here, Limit: 10}).Found
		if len(near) != 10 {
			t.Fatalf("%d places", len(near))
		}
		before := 0.0
		for _, f := range near {
			if f.Distance < before || f.Distance != geo.Distance(here, *f.Point) {
				t.Errorf("%s at %.0f m after %.0f m", f.ID, f.Distance, before)
			}
			before = f.Distance
		}
	})
}

func TestReasonsAreTold(t *testing.T) {
	t.Parallel()
	got := reasons([]search.Reason{
		{Word: "ordi", Field: "need", Matched: "ordi", Kind: search.Exact, Facet: "need", Value: "computer-access"},
		{Word: "mediateque", Field: "name", Matched: "mediatheque", Kind: search.Spelling},
		{Word: "ordi", Field: "about", Matched: "ordi", Kind: search.Exact},
		{Word: "thuế", Field: "need:vi", Matched: "thue", Kind: search.Exact, Facet: "need", Value: "tax"},
	})
	want := []Reason{
		{Word: "ordi", Field: FieldNeed, Kind: search.Exact, Group: GroupNeed, Code: "computer-access"},
		{Word: "mediateque", Field: FieldName, Matched: "mediatheque", Kind: search.Spelling},
		{Word: "thuế", Field: FieldNeed, Kind: search.Exact, Group: GroupNeed, Code: "tax"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	for _, c := range []struct {
		reasons []search.Reason
		want    *Translation
	}{
		{nil, nil},
		{[]search.Reason{{Word: "ordi", Field: "need", Facet: "need", Value: "x"}}, nil},
		{[]search.Reason{{Word: "bảo", Field: "need:vi", Facet: "need", Value: "health"}, {Word: "hiểm", Field: "need:vi", Facet: "need", Value: "health"}},
			&Translation{Asked: "bảo hiểm", Group: GroupNeed, Code: "health"}},
		{[]search.Reason{{Word: "看", Field: "need:zh", Facet: "need", Value: "health"}, {Word: "病", Field: "need:zh", Facet: "need", Value: "health"}},
			&Translation{Asked: "看病", Group: GroupNeed, Code: "health"}},
	} {
		got := translation([]search.Hit{{Reasons: c.reasons}})
		if (got == nil) != (c.want == nil) || got != nil && *got != *c.want {
			t.Errorf("%+v is translated %+v, want %+v", c.reasons, got, c.want)
		}
	}
}
