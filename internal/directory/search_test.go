package directory

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/geo"
	"parvis/internal/hours"
	"parvis/internal/org"
	"parvis/internal/search"
	"parvis/packs"
)

// town is a small directory: a library and a town hall in Lille, a repair shop in Roubaix, an office in Douai.
func town(t *testing.T, dir *Directory) {
	t.Helper()
	at := func(lat, lon float64) *geo.Point { return &geo.Point{Lat: lat, Lon: lon} }
	put(t, dir, Place{ID: "library", Kind: "library", Name: fr("Médiathèque du Canal"), Address: Address{Town: "Lille", Unit: "59-lille"},
		Point: at(50.632, 3.047), Hours: ReadHours("Mo-Fr 09:00-18:00"), Wheelchair: WheelchairYes, Languages: []string{"fr", "en"},
		Equipment: []Equipment{{Code: "computer", Number: 6}, {Code: "wifi"}}},
		Service{ID: "library-1", Name: fr("Ordinateurs en libre accès"), Needs: []string{"computer-access", "internet-access"}, Ways: []string{WayCounter}, Fee: FeeFree},
		Service{ID: "library-2", Name: fr("Aide aux démarches"), Needs: []string{"online-forms", "tax"}, Audiences: []string{"older"}, Ways: []string{WayCounter, WayPhone}, Fee: FeeFree})
	put(t, dir, Place{ID: "hall", Kind: "town-hall", Name: fr("Mairie de quartier"), Address: Address{Town: "Lille", Unit: "59-lille"},
		Point: at(50.640, 3.060), Hours: ReadHours("Mo-Fr 14:00-17:00; PH off"), Wheelchair: WheelchairNo},
		Service{ID: "hall-1", Name: fr("État civil"), Needs: []string{"civil-status"}, Ways: []string{WayCounter}, Fee: FeePaid})
	put(t, dir, Place{ID: "repair", Kind: "shop", Name: fr("Atelier vélo"), Address: Address{Town: "Roubaix", Unit: "59-roubaix"},
		Point: at(50.690, 3.181), Hours: ReadHours("Sa 10:00-12:00")},
		Service{ID: "repair-1", Name: fr("Réparer son vélo"), Needs: []string{"repair-reuse"}, Ways: []string{WayCounter}, Fee: FeeConditional})
	put(t, dir, Place{ID: "office", Kind: "service-centre", Name: fr("Maison des services"), Address: Address{Town: "Douai"}, Point: at(50.371, 3.080)},
		Service{ID: "office-1", Name: fr("Aide aux démarches"), Needs: []string{"online-forms"}, Ways: []string{WayCounter}})
}

func find(t *testing.T, dir *Directory, q Query) *Result {
	t.Helper()
	r, err := dir.Search(t.Context(), q)
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	return r
}

func found1(r *Result) []string { return idsOf(r.Found) }

func idsOf(found []Found) []string {
	var all []string
	for _, f := range found {
		all = append(all, f.ID)
	}
	return all
}

func TestSearchFindsByWordsPlaceAndFilters(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		town(t, dir)
		load(t, dir)
		lille := geo.Point{Lat: 50.6311, Lon: 3.0468}
		tuesday := time.Date(2026, time.November, 24, 15, 0, 0, 0, dir.Setting().Zone)
		for _, c := range []struct {
			name string
			q    Query
			want string
		}{
			{"a name", Query{Words: "médiathèque"}, "library"},
			{"a slip", Query{Words: "mediateque"}, "library"},
			{"an everyday word", Query{Words: "ordi"}, "library"},
			{"another language of the territory", Query{Words: "bike"}, "repair"},
			{"a language that is not the territory's", Query{Words: "buletin"}, "hall"},
			{"half a word", Query{Words: "répa", Typing: true}, "repair"},
			{"a town in the words", Query{Words: "démarches douai"}, "office"},
			{"near a town", Query{Words: "démarches", Near: "Douai"}, "office library"},
			{"near oneself", Query{Words: "démarches", Here: &lille}, "library office"},
			{"within", Query{Near: "Roubaix", Within: 3000}, "repair"},
			{"a need", Query{Filters: map[string][]string{FacetNeed: {"tax"}}}, "library"},
			{"a need or another", Query{Filters: map[string][]string{FacetNeed: {"tax", "repair-reuse"}}}, "library repair"},
			{"a need and a fee", Query{Filters: map[string][]string{FacetNeed: {"tax"}, FacetFee: {FeePaid}}}, ""},
			{"a door", Query{Filters: map[string][]string{FacetWay: {WayPhone}}}, "library"},
			{"a wheelchair", Query{Filters: map[string][]string{FacetWheelchair: {WheelchairYes}}}, "library"},
			{"a language spoken", Query{Filters: map[string][]string{FacetSpoken: {"en"}}}, "library"},
			{"equipment", Query{Filters: map[string][]string{FacetEquipment: {"wifi"}}}, "library"},
			{"a kind in an area", Query{Filters: map[string][]string{FacetKind: {"town-hall", "shop"}, FacetUnit: {"59-roubaix"}}}, "repair"},
			{"an audience", Query{Filters: map[string][]string{FacetAudience: {"older"}}}, "library"},
			{"open now", Query{OpenAt: today}, "library"},
			{"open on Tuesday at three", Query{OpenAt: tuesday}, "hall library"},
			{"open on Christmas", Query{OpenAt: time.Date(2026, time.December, 25, 15, 0, 0, 0, dir.Setting().Zone)}, ""},
			{"the social economy", Query{Social: true}, "repair"},
			{"the social economy, open", Query{Social: true, OpenAt: today}, ""},
			{"a part of the map", Query{Box: &geo.Box{South: 50.6, West: 3.1, North: 50.8, East: 3.3}}, "repair"},
		} {
			r := find(t, dir, c.q)
			got := found1(r)
			if c.q.Near == "" && c.q.Here == nil {
				slices.Sort(got)
			}
			if strings.Join(got, " ") != c.want || r.Total != len(got) {
				t.Errorf("%s: %v of %d, want %s", c.name, got, r.Total, c.want)
			}
		}
		r := find(t, dir, Query{Words: "ordi"})
		if f := r.Found[0]; len(f.Fees) != 2 || !f.State.Open || f.Distance != -1 || len(f.Reasons) != 1 ||
			f.Reasons[0] != (Reason{Word: "ordi", Field: FieldNeed, Kind: search.Exact, Group: GroupNeed, Code: "computer-access"}) {
			t.Errorf("%+v", f)
		}
		if r.Counts[FacetKind][0] != (search.Count{Value: "library", N: 1}) || r.OpenCount != 1 || r.Translated != nil {
			t.Errorf("%+v", r)
		}
		if r := find(t, dir, Query{Words: "buletin"}); r.Translated == nil || *r.Translated != (Translation{Asked: "buletin", Group: GroupNeed, Code: "civil-status"}) {
			t.Errorf("translated: %+v", r.Translated)
		}
	})
}

func TestSearchGivesPagesWithATotal(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		for i := range 25 {
			put(t, dir, Place{ID: fmt.Sprintf("p-%02d", i), Name: fr("Lieu")})
		}
		load(t, dir)
		var all []string
		for page := range 4 {
			r := find(t, dir, Query{Limit: 10, Offset: page * 10})
			if r.Total != 25 {
				t.Errorf("page %d: total %d", page, r.Total)
			}
			all = append(all, found1(r)...)
		}
		if len(all) != 25 || len(slices.Compact(slices.Sorted(slices.Values(all)))) != 25 {
			t.Errorf("pages leave gaps or overlap: %v", all)
		}
		if r := find(t, dir, Query{}); len(r.Found) != usualLimit {
			t.Errorf("%d places without a limit", len(r.Found))
		}
	})
}

func TestNothingFoundIsNeverADeadEnd(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		town(t, dir)
		load(t, dir)
		names := func(r *Result) string {
			var all []string
			for _, x := range r.Relaxed {
				all = append(all, fmt.Sprintf("%s=%d", x.Name, x.Total))
			}
			return strings.Join(all, " ")
		}
		r := find(t, dir, Query{Words: "démarches", Near: "Douai", Filters: map[string][]string{FacetFee: {FeeFree}, FacetKind: {"service-centre"}}})
		if r.Total != 0 || names(r) != "fee=1 kind=1" || len(r.Nearest) == 0 || r.Nearest[0].ID != "office" {
			t.Errorf("%s, nearest %v", names(r), idsOf(r.Nearest))
		}
		r = find(t, dir, Query{OpenAt: today, Filters: map[string][]string{FacetKind: {"shop"}}})
		if names(r) != "kind=1 open=1" && names(r) != "open=1 kind=1" {
			t.Error(names(r))
		}
		r = find(t, dir, Query{Words: "xylophone", Filters: map[string][]string{FacetKind: {"shop"}}})
		if names(r) != "words=1" || len(r.Nearest) == 0 {
			t.Errorf("%s, nearest %v", names(r), idsOf(r.Nearest))
		}
		r = find(t, dir, Query{OpenAt: today, Near: "Douai", Within: 100, Filters: map[string][]string{FacetKind: {"shop"}, FacetNeed: {"tax"}}})
		if names(r) != "all=4" {
			t.Error(names(r))
		}
		r = find(t, dir, Query{Near: "Lille", Within: 10, Box: &geo.Box{South: 1, North: 2, West: 1, East: 2}, Words: "vélo"})
		if r.Total != 0 || len(r.Nearest) == 0 {
			t.Errorf("%+v", r)
		}
	})
}

func TestNearTellsWhatItTookANameFor(t *testing.T) {
	t.Parallel()
	s := north(t)
	for _, c := range []struct {
		asked        string
		known, exact bool
		town         string
	}{
		{"Lille", true, true, "Lille"}, {"lille", true, true, "Lille"}, {"59100", true, true, "Roubaix"}, {"roubais", true, false, "Roubaix"},
		{"St Jans Cappel", true, true, "Saint-Jans-Cappel"}, {"12 rue de Paris, Douai", true, false, "Douai"}, {"Tombouctou", false, false, ""},
	} {
		got := s.near(c.asked)
		if got.Known != c.known || got.Exact != c.exact || got.Town.Name != c.town || got.Asked != c.asked {
			t.Errorf("%q: %+v", c.asked, got)
		}
		if !got.Known && (len(got.Others) == 0 || got.Others[0].Name != "Lille") {
			t.Errorf("%q: nothing is suggested: %v", c.asked, got.Others)
		}
	}
	s.Units = append(s.Units, Unit{Code: "59178"})
	if got := s.near("nowhere at all"); got.Others[0].Name != "Douai" || got.Others[1].Name != "Lille" {
		t.Errorf("what is part of the territory is suggested first: %v", got.Others)
	}
	none := Setting{}.near("Lille")
	if none.Known || len(none.Others) != 0 {
		t.Errorf("without a gazetteer: %+v", none)
	}
}

func TestTheIndexFollowsEveryChangeOnEveryNode(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		here, _ := open(t, d, north(t))
		there, _ := open(t, d, north(t))
		if _, ready := there.Ready(); ready {
			t.Error("an index is ready before it was made")
		}
		town(t, here)
		load(t, here)
		load(t, there)
		check := func(what string, q Query, want string) {
			t.Helper()
			settled(t, there)
			if got := strings.Join(found1(find(t, there, q)), " "); got != want {
				t.Errorf("%s: the other node finds %q, want %q", what, got, want)
			}
		}
		ctx := t.Context()
		if n, ready := there.Ready(); n != 4 || !ready {
			t.Errorf("%d places, %v", n, ready)
		}
		put(t, here, Place{ID: "new", Kind: "canteen", Name: fr("Cantine du Pont")})
		check("a new place", Query{Words: "cantine"}, "new")
		put(t, here, Place{ID: "new", Kind: "canteen", Name: fr("Bistrot du Pont")}, Service{ID: "new-1", Name: fr("Repas"), Needs: []string{"meals"}})
		check("another name, and a service", Query{Words: "bistrot", Filters: map[string][]string{FacetNeed: {"meals"}}}, "new")
		if _, err := here.Close(ctx, "", Closure{Place: "library", From: hours.NewDate(2026, time.November, 23), To: hours.NewDate(2026, time.November, 24)}); err != nil {
			t.Fatal(err)
		}
		check("a closure", Query{OpenAt: today}, "")
		if _, err := here.PutOrganisation(ctx, "", Organisation{ID: "club", Name: fr("Le Club")}); err != nil {
			t.Fatal(err)
		}
		put(t, here, Place{ID: "new", Kind: "canteen", Name: fr("Bistrot du Pont"), Organisation: "club"})
		check("an organisation", Query{Words: "club"}, "new")
		if _, err := here.PutOrganisation(ctx, "", Organisation{ID: "club", Name: fr("La Guilde")}); err != nil {
			t.Fatal(err)
		}
		check("an organisation's new name", Query{Words: "guilde"}, "new")
		if err := here.EndPlace(ctx, "", "new"); err != nil {
			t.Fatal(err)
		}
		check("a place that has closed for good", Query{Filters: map[string][]string{FacetKind: {"canteen"}}}, "")
		if err := here.ReopenPlace(ctx, "", "new"); err != nil {
			t.Fatal(err)
		}
		check("a place that is back", Query{Filters: map[string][]string{FacetKind: {"canteen"}}}, "new")
	})
}

func TestSearchingWhileThingsChange(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		town(t, dir)
		load(t, dir)
		var all sync.WaitGroup
		for i := range 4 {
			all.Go(func() {
				for j := range 10 {
					if i == 0 {
						put(t, dir, Place{ID: fmt.Sprintf("more-%d", j), Name: fr("Lieu de plus"), Hours: ReadHours("24/7")})
						continue
					}
					find(t, dir, Query{Words: "lieu", OpenAt: today})
					dir.Pins(Query{})
				}
			})
		}
		all.Wait()
		settled(t, dir)
		if r := find(t, dir, Query{Words: "lieu de plus", OpenAt: today}); r.Total != 10 {
			t.Errorf("%d of 10", r.Total)
		}
	})
}

// What a search gives depends on the records alone, not on the engine that keeps them.
func TestBothEnginesAnswerAlike(t *testing.T) {
	t.Parallel()
	folder, err := fs.Sub(packs.FS, "auch")
	if err != nil {
		t.Fatal(err)
	}
	pack, err := org.LoadPack(folder)
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	answers := map[db.Engine]string{}
	t.Run("engines", func(t *testing.T) {
		dbtest.Each(t, func(t *testing.T, d *db.DB) {
			dir, _ := open(t, d, SettingOf(pack))
			if _, err := dir.ImportPack(t.Context(), pack, Feed{}); err != nil {
				t.Fatal(err)
			}
			load(t, dir)
			var b strings.Builder
			for _, words := range []string{"", "cantine", "ordi", "impots", "mediateque", "看病", "carte identité", "rue", "qqqq", "aide papiers"} {
				for _, q := range []Query{{Words: words}, {Words: words, Near: "Auch"}, {Words: words, OpenAt: today},
					{Words: words, Filters: map[string][]string{FacetFee: {FeeFree}}}} {
					r := find(t, dir, q)
					fmt.Fprintf(&b, "%q %d %d %v %v %v %v\n", words, r.Total, r.OpenCount, found1(r), r.Counts, r.Relaxed, idsOf(r.Nearest))
				}
			}
			mu.Lock()
			defer mu.Unlock()
			answers[d.Engine()] = b.String()
		})
	})
	if len(answers) == 2 && answers[db.SQLite] != answers[db.Postgres] {
		t.Errorf("SQLite:\n%s\nPostgreSQL:\n%s", answers[db.SQLite], answers[db.Postgres])
	}
}
