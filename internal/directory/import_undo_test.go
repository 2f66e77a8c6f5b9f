package directory

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/hours"
	"parvis/internal/id"
	"parvis/internal/problem"
)

// everything is all that a directory has, a state each, by kind and id.
func everything(t testing.TB, d *db.DB) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		for _, table := range []table{organisationTable, placeTable, serviceTable} {
			rows, err := tx.Query("SELECT id FROM " + table.name)
			ids, err := db.Collect(rows, err, db.One[string])
			if err != nil {
				return err
			}
			found, err := readKept(tx, table, ids)
			if err != nil {
				return err
			}
			for id, one := range found {
				all[table.subject()+" "+id] = fmt.Sprint(one.values()...)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func undo(t testing.TB, dir *Directory, id string) *Undone {
	t.Helper()
	u, err := dir.Undo(t.Context(), "tester", id)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// drawnFeed is a feed of data.inclusion by chance: places and services of a small number, each saying one thing or another.
func drawnFeed(r *rand.Rand) []byte {
	var b strings.Builder
	for i := range 12 {
		if r.IntN(3) > 0 {
			fmt.Fprintf(&b, `{"source":"s","id":"s--%d","nom":"Lieu %d %d","date_maj":"2026-01-0%d","horaires_accueil":null,"commune":"Lille","telephone":%q}`+"\n", i, i, r.IntN(2), 1+r.IntN(2), []string{"", "0320000001", "x"}[r.IntN(3)])
		}
	}
	for i := range 12 {
		if r.IntN(3) > 0 {
			fmt.Fprintf(&b, `{"source":"s","id":"s--a%d","structure_id":"s--%d","nom":"Aide %d","date_maj":"2026-01-01","adresse":%q,"commune":"Lille"}`+"\n", i, r.IntN(12), r.IntN(2), []string{"", "1 rue"}[r.IntN(2)])
		}
	}
	return []byte(b.String())
}

// An import that is taken back leaves all as it was before it, whatever was there and whatever it said; twice is once.
func TestImportThenUndoIsBefore(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		for seed := range uint64(40) {
			r := rand.New(rand.NewPCG(seed, 1))
			before := everything(t, d)
			f := Feed{Source: "x", EndMissing: r.IntN(2) > 0, Fewer: true}
			report, err := dir.Import(t.Context(), bytes.NewReader(drawnFeed(r)), f)
			if err != nil {
				t.Fatal(err)
			}
			if report.ID == "" {
				if !maps.Equal(before, everything(t, d)) {
					t.Fatalf("seed %d: an import without an id wrote something", seed)
				}
				continue
			}
			if r.IntN(3) == 0 {
				continue // let it stand: the next one finds other things
			}
			u := undo(t, dir, report.ID)
			if after := everything(t, d); !maps.Equal(before, after) || len(u.Kept) != 0 || u.Restored+u.Removed == 0 {
				t.Fatalf("seed %d: %d before, %d after; %+v\n%s", seed, len(before), len(after), u, differences(before, after))
			}
			events := last(t, d)
			if again := undo(t, dir, report.ID); again.Restored+again.Removed+len(again.Kept) != 0 || again.Past.Undone.IsZero() || last(t, d) != events {
				t.Fatalf("seed %d: twice: %+v", seed, again)
			}
		}
	})
}

func differences(before, after map[string]string) string {
	var b strings.Builder
	for _, id := range slices.Sorted(maps.Keys(before)) {
		if after[id] != before[id] {
			fmt.Fprintf(&b, "%s\n was %s\n is  %s\n", id, before[id], after[id])
		}
	}
	for _, id := range slices.Sorted(maps.Keys(after)) {
		if before[id] == "" {
			fmt.Fprintf(&b, "%s is new\n", id)
		}
	}
	return b.String()
}

// What was changed here since an import, and what something newer stands on, stays and is listed.
func TestUndoKeepsWhatWasChangedSince(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		load(t, dir)
		feed := func(word string, n int) []byte {
			var b strings.Builder
			for i := range n {
				fmt.Fprintf(&b, `{"source":"s","id":"s--%d","nom":"%s %d","date_maj":"2026-01-01","horaires_accueil":null,"commune":"Lille"}`+"\n", i, word, i)
			}
			return []byte(b.String())
		}
		first, err := dir.Import(t.Context(), bytes.NewReader(feed("Bibliothèque", 250)), Feed{Source: "x", By: "agent"})
		if err != nil {
			t.Fatal(err)
		}
		second, err := dir.Import(t.Context(), bytes.NewReader(feed("Ludothèque", 245)), Feed{Source: "x", EndMissing: true})
		if err != nil || second.Changed != 245 || second.Gone != 5 {
			t.Fatal(figures(second), err)
		}
		place := func(i int) string { return id.From("s", fmt.Sprint(i)) }
		changeSome(t, dir, place)
		u := undo(t, dir, second.ID)
		if u.Restored != 248 || u.Removed != 0 || len(u.Kept) != 2 {
			t.Errorf("%d restored, %d removed, kept %+v", u.Restored, u.Removed, u.Kept)
		}
		settled(t, dir)
		if sheet, err := dir.Sheet(t.Context(), place(9)); err != nil || sheet.Place.Name["fr"] != "Bibliothèque 9" {
			t.Error(sheet, err)
		}
		if sheet, err := dir.Sheet(t.Context(), place(248)); err != nil || sheet.Place.IsGone() {
			t.Error("what had gone is not back", err)
		}
		u = undo(t, dir, first.ID)
		if u.Removed != 246 || u.Restored != 0 || len(u.Kept) != 4 { // corrected, confirmed, closed for a day, given a service
			t.Errorf("%d removed, %d restored, kept %+v", u.Removed, u.Restored, u.Kept)
		}
		if _, err := dir.Sheet(t.Context(), place(9)); !problem.Is(err, problem.NotFound) {
			t.Error(err)
		}
		settled(t, dir)
		if entries, err := dir.Entries(t.Context(), EntryQuery{Limit: 500}); err != nil || len(entries) != 4 {
			t.Error(len(entries), err)
		}
		past, err := dir.Imports(t.Context())
		if err != nil || len(past) != 2 || past[0].ID != second.ID || past[0].Gone != 5 || past[1].Added != 250 || past[1].By != "agent" || past[1].Undone.IsZero() {
			t.Errorf("%+v %v", past, err)
		}
	})
}

// changeSome does here what people do to four places.
func changeSome(t *testing.T, dir *Directory, place func(int) string) {
	t.Helper()
	corrected, _, err := dir.Places(t.Context(), place(1))
	if err != nil {
		t.Fatal(err)
	}
	corrected[0].Bring = fr("une carte")
	put(t, dir, corrected[0])
	if err := dir.Confirm(t.Context(), "agent", "Une équipe", place(2)); err != nil {
		t.Fatal(err)
	}
	if _, err := dir.Close(t.Context(), "agent", Closure{Place: place(3), From: hours.DateOf(today), To: hours.DateOf(today)}); err != nil {
		t.Fatal(err)
	}
	if _, err := dir.PutService(t.Context(), "agent", Service{Place: place(4), Name: fr("Aide")}); err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsNoImportIsNotTakenBack(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		if _, err := dir.Undo(t.Context(), "", "nothing"); !problem.Is(err, problem.NotFound) {
			t.Error(err)
		}
		report := importFile(t, dir, "testdata/standard.csv", Feed{Source: "Essai"})
		if dry := importFile(t, dir, "testdata/older.json", Feed{Source: "Essai", DryRun: true}); dry.ID != "" {
			t.Error("a dry run can be taken back")
		}
		if again := importFile(t, dir, "testdata/standard.csv", Feed{Source: "Essai"}); again.ID != "" {
			t.Error("an import that changed nothing can be taken back")
		}
		if n, err := dir.ForgetImports(context.Background()); err != nil || n != 0 {
			t.Error("forgotten at once", n, err)
		}
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec("UPDATE directory_import SET made = $1", db.At(tx.Now().AddDate(0, 0, -pastDays-1)))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if n, err := dir.ForgetImports(context.Background()); err != nil || n != 1 {
			t.Error(n, err)
		}
		if _, err := dir.Undo(t.Context(), "", report.ID); !problem.Is(err, problem.NotFound) {
			t.Error("it can be taken back for ever", err)
		}
	})
}
