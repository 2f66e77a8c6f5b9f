package directory

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parvis/internal/authz"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/hours"
	"parvis/internal/id"
	"parvis/internal/problem"
)

var manager = authz.Who{Account: "m", Role: authz.Manager}

// rowsOf is every row of some tables, as texts.
func rowsOf(t testing.TB, d *db.DB, columns map[string]string) (all []string) {
	t.Helper()
	for _, table := range slices.Sorted(maps.Keys(columns)) {
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			rows, err := tx.Query("SELECT " + columns[table] + " FROM " + table + " ORDER BY 1")
			found, err := db.Collect(rows, err, db.One[string])
			for _, row := range found {
				all = append(all, table+" "+row)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// kin is all that may hang on a record beside its own row and its services.
var kin = map[string]string{
	"directory_closure": "id || ' ' || place || ' ' || starts || ' ' || ends || ' ' || hours || ' ' || reason",
	"directory_remark":  "id || ' ' || place || ' ' || words || ' ' || contact || ' ' || answer",
	"directory_keeper":  "place || ' ' || mail || ' ' || lang",
	"directory_link":    "id || ' ' || place || ' ' || mail",
}

// shownAll is what everybody is shown, but for when it last changed here.
func shownAll(t testing.TB, dir *Directory) map[string]string {
	t.Helper()
	entries, err := dir.Entries(t.Context(), EntryQuery{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, e := range entries {
		text := fmt.Sprint(e.Place.values()...)
		for _, s := range e.Services {
			text += "\n" + fmt.Sprint(s.values()...)
		}
		all[e.Place.ID] = text
	}
	return all
}

// family enters places that say one thing or another, with services, closures, remarks, links, and a waiting pair for each two.
func family(t testing.TB, dir *Directory, d *db.DB, n int) (ids []string, pairs []Twins) {
	t.Helper()
	for i := range n {
		p := Place{ID: fmt.Sprintf("kin-%d", i), Name: fr(fmt.Sprint("Lieu numéro ", i)), Address: Address{Town: "Lille"}}
		switch i % 3 {
		case 0:
			p.Contact.Phones, p.Hours = []Phone{{Number: fmt.Sprint("+3332000000", i)}}, ReadHours("Mo 09:00-12:00")
		case 1:
			p.Contact.Mails, p.Bring, p.Wheelchair = []string{fmt.Sprint("p", i, "@nord.example")}, fr("une carte"), WheelchairYes
		case 2:
			p.Address.Street, p.Languages, p.Equipment = "1 rue Neuve", []string{"fr"}, []Equipment{{Code: "computer", Number: i}}
		}
		put(t, dir, p, Service{ID: fmt.Sprint("s-", i), Name: fr(fmt.Sprint("Aide ", i)), Needs: []string{"tax"}}, Service{ID: fmt.Sprint("t-", i), Name: fr("Accueil"), Needs: []string{"tax"}})
		ids = append(ids, p.ID)
		if _, err := dir.Close(t.Context(), "m", Closure{Place: p.ID, From: hours.DateOf(today), To: hours.DateOf(today)}); err != nil {
			t.Fatal(err)
		}
		if _, err := dir.Remark(t.Context(), Remark{Place: p.ID, Kind: "hours", Words: "Fermé", Contact: "a@nord.example"}); err != nil {
			t.Fatal(err)
		}
		if err := dir.SetTeamMail(t.Context(), manager, p.ID, fmt.Sprint("team", i, "@nord.example")); err != nil {
			t.Fatal(err)
		}
		if err := dir.SendLink(t.Context(), manager, p.ID); err != nil {
			t.Fatal(err)
		}
		for _, other := range ids[:i] {
			pairs = append(pairs, Twins{ID: id.New(), One: other, Other: p.ID, State: TwinsWaiting})
		}
	}
	if err := d.Write(t.Context(), func(tx *db.Tx) error { return addTwins(tx, pairs) }); err != nil {
		t.Fatal(err)
	}
	return ids, pairs
}

// In whatever order pairs are merged and taken apart: no row of any record is touched, each service is shown once and at one
// place, and once all is taken apart everybody is shown what was there at the beginning.
func TestMergesTakenBackAreAsBefore(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		load(t, dir)
		ids, pairs := family(t, dir, d, 6)
		rows, related, shown := everything(t, d), rowsOf(t, d, kin), shownAll(t, dir)
		rapid.Check(t, func(r *rapid.T) {
			same := map[string]bool{} // by pair
			for range rapid.IntRange(1, 12).Draw(r, "steps") {
				pair := pairs[rapid.IntRange(0, len(pairs)-1).Draw(r, "pair")]
				merge := rapid.Bool().Draw(r, "merge")
				switch err := dir.DecideTwins(t.Context(), manager, pair.ID, merge); {
				case err == nil:
					same[pair.ID] = merge
				case !problem.Is(err, problem.Conflict):
					r.Fatal(err)
				}
				asJoined(r, t, dir, ids, pairs, same)
			}
			for _, at := range rapid.Permutation(pairs).Draw(r, "back") {
				if err := dir.DecideTwins(t.Context(), manager, at.ID, false); err != nil {
					r.Fatal(err)
				}
			}
			if now := everything(t, d); !maps.Equal(rows, now) {
				r.Fatal(differences(rows, now))
			}
			if now := rowsOf(t, d, kin); !slices.Equal(related, now) {
				r.Fatal(related, now)
			}
			if now := shownAll(t, dir); !maps.Equal(shown, now) {
				r.Fatal(differences(shown, now))
			}
			forgetDecisions(t, d)
		})
	})
}

func forgetDecisions(t testing.TB, d *db.DB) {
	t.Helper()
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE directory_twin SET state = 'waiting', decided = NULL, decided_by = ''")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// asJoined checks that everybody is shown the records as they were joined.
func asJoined(r *rapid.T, t testing.TB, dir *Directory, ids []string, pairs []Twins, same map[string]bool) {
	group := map[string]string{}
	for _, one := range ids {
		group[one] = one
	}
	for _, p := range pairs {
		if same[p.ID] {
			from, to := group[p.Other], group[p.One]
			for one, g := range group {
				if g == from {
					group[one] = to
				}
			}
		}
	}
	groups := map[string]bool{}
	for _, g := range group {
		groups[g] = true
	}
	shown := shownAll(t, dir)
	if len(shown) != len(groups) {
		r.Fatalf("%d shown, %d places", len(shown), len(groups))
	}
	all := strings.Join(slices.Collect(maps.Values(shown)), "\n")
	for i, one := range ids {
		sheet, err := dir.Sheet(t.Context(), one)
		if err != nil || shown[sheet.Place.ID] == "" || group[sheet.Place.ID] != group[one] {
			r.Fatal("the sheet of", one, "is", sheet, err)
		}
		if n := strings.Count(all, fmt.Sprint("s-", i, "kin-")); n != 1 {
			r.Fatalf("what is offered at %s is shown %d times", one, n)
		}
		if len(sheet.Closures) != 1+len(sheet.Twins) {
			r.Fatal(len(sheet.Closures), "closures of", 1+len(sheet.Twins), "records")
		}
	}
	settled(t, dir)
	result, err := dir.Search(t.Context(), Query{})
	if err != nil || result.Total != len(groups) {
		r.Fatalf("%d found, %d places: %v", result.Total, len(groups), err)
	}
}

// What one record does not say, the others do; what it says itself stays.
func TestTwinsAreShownAsOne(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		load(t, dir)
		_, pairs := family(t, dir, d, 3)
		before := last(t, d)
		for _, p := range pairs[:2] {
			if err := dir.DecideTwins(t.Context(), manager, p.ID, true); err != nil {
				t.Fatal(err)
			}
		}
		if got := kinds(t, d, before); !slices.Equal(got, []string{"place.merged", "place.changed", "place.merged", "place.changed"}) {
			t.Error(got)
		}
		if err := dir.DecideTwins(t.Context(), manager, pairs[2].ID, true); !problem.Is(err, problem.Conflict) {
			t.Error("the third pair says nothing new", err)
		}
		sheet, err := dir.Sheet(t.Context(), "kin-0")
		if err != nil {
			t.Fatal(err)
		}
		p := sheet.Place
		if p.ID != "kin-1" || p.Bring["fr"] != "une carte" || len(p.Contact.Phones) != 1 || p.Hours.OSM == "" || p.Address.Street != "1 rue Neuve" || len(p.Equipment) != 1 {
			t.Errorf("%+v", p)
		}
		if len(sheet.Twins) != 2 || len(sheet.Services) != 4 || len(sheet.Closures) != 3 {
			t.Error(len(sheet.Twins), "twins,", len(sheet.Services), "services,", len(sheet.Closures), "closures")
		}
		settled(t, dir)
		for _, words := range []string{"numéro 0", "numéro 2", "Aide 2", "rue Neuve"} {
			found, err := dir.Search(t.Context(), Query{Words: words})
			if err != nil || found.Total != 1 || found.Found[0].ID != "kin-1" {
				t.Error(words, found, err)
			}
		}
		desk, total, err := dir.DeskPlaces(t.Context(), DeskStale, DeskFilter{}, 10, 0)
		if err != nil || total != 1 || desk[0].Place.ID != "kin-1" {
			t.Error(total, err)
		}
		services, total, err := dir.ServicePage(t.Context(), PageQuery{})
		if err != nil || total != 4 || slices.ContainsFunc(services, func(e Entry) bool { return e.Place.ID != "kin-1" || e.Services[0].Place != "kin-1" }) {
			t.Error(total, err)
		}
		if e, found, err := dir.Entry(t.Context(), "kin-2"); err != nil || !found || e.Place.ID != "kin-1" || len(e.Services) != 4 {
			t.Error(e, found, err)
		}
	})
}

// What a team corrects by the link of one record is shown, and the other records keep what they said.
func TestATeamCorrectsThePlaceAsItIsShown(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		_, pairs := family(t, dir, d, 2)
		token := newLinkToken()
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			return addLink(tx, token, "kin-0", "team0@nord.example", "fr", today.Add(linkServes))
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := dir.DecideTwins(t.Context(), manager, pairs[0].ID, true); err != nil {
			t.Fatal(err)
		}
		l, err := dir.OpenLink(t.Context(), token)
		if err != nil || l.State != LinkServes || l.Place != "kin-1" {
			t.Fatal(l, err)
		}
		sheet, err := dir.Sheet(t.Context(), l.Place)
		if err != nil {
			t.Fatal(err)
		}
		form := dir.setting.CorrectionOf(&sheet.Place, sheet.Services, "fr")
		seen := form.Seen()
		form.Days[1] = "14:00-18:00"
		if moved, err := dir.CorrectByLink(t.Context(), token, seen, form); err != nil || moved {
			t.Fatal(moved, err)
		}
		after, err := dir.Sheet(t.Context(), "kin-1")
		if err != nil || after.Place.Hours.OSM != "Mo 09:00-12:00; Tu 14:00-18:00" || len(after.Place.Contact.Phones) != 1 {
			t.Errorf("%+v %v", after.Place, err)
		}
		if err := dir.DecideTwins(t.Context(), manager, pairs[0].ID, false); err != nil {
			t.Fatal(err)
		}
		apart, _, err := dir.Places(t.Context(), "kin-0", "kin-1")
		if err != nil || apart[0].Hours.OSM != "Mo 09:00-12:00" || len(apart[1].Contact.Phones) != 0 || apart[1].Hours.OSM == "" {
			t.Errorf("%+v %v", apart, err)
		}
	})
}
