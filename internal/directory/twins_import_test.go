package directory

import (
	"maps"
	"testing"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
)

// pairsHere are all pairs, in the order in which they were found.
func pairsHere(t testing.TB, d *db.DB) (all []Twins) {
	t.Helper()
	if err := d.Read(t.Context(), func(tx *db.Tx) (err error) { all, err = allTwins(tx); return err }); err != nil {
		t.Fatal(err)
	}
	return all
}

const (
	registerA = "1;Médiathèque Alma;12 rue de Paris;0320000001"
	registerB = "x;MEDIATHEQUE DE L'ALMA;12 r. de Paris;+33320000001"
)

// The same name at the same address with the same number, in two registers: one place at once, whichever register is read
// again, and two again when the import is taken back.
func TestASureMatchIsMergedByTheImport(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		importText(t, dir, standardFeed(registerA, "2;Mairie;1 Grand-Place"), Feed{Source: "a"})
		alone := shownAll(t, dir)
		second := importText(t, dir, standardFeed(registerB, "y;Piscine;9 rue des Bains"), Feed{Source: "b"})
		if second.Merged != 1 || second.Twins != 0 || second.Added != 2 || len(shownAll(t, dir)) != 3 {
			t.Fatal(second.Merged, second.Twins, figures(second), len(shownAll(t, dir)))
		}
		for _, feed := range []struct{ source, text string }{{"a", standardFeed(registerA, "2;Mairie;1 Grand-Place")}, {"b", standardFeed(registerB, "y;Piscine;9 rue des Bains")}} {
			before := last(t, d)
			again := importText(t, dir, feed.text, Feed{Source: feed.source, EndMissing: true})
			if again.Same != 2 || again.Merged+again.Twins+again.Gone != 0 || last(t, d) != before || len(shownAll(t, dir)) != 3 {
				t.Error(feed.source, figures(again), again.Merged, again.Twins, len(shownAll(t, dir)))
			}
		}
		if changed := importText(t, dir, standardFeed("x;Médiathèque de l'Alma;12 rue de Paris;+33320000001"), Feed{Source: "b"}); changed.Changed != 1 || changed.Merged+changed.Twins != 0 || len(shownAll(t, dir)) != 3 {
			t.Error(figures(changed))
		}
		undo(t, dir, second.ID)
		if now := shownAll(t, dir); len(now) != 3 { // what the third import changed stays for itself
			t.Error(len(now), len(alone))
		}
	})
}

func TestUndoOfAnImportTakesItsMergesBack(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		importText(t, dir, standardFeed(registerA), Feed{Source: "a"})
		alone := shownAll(t, dir)
		second := importText(t, dir, standardFeed(registerB), Feed{Source: "b"})
		undo(t, dir, second.ID)
		if now := shownAll(t, dir); !maps.Equal(alone, now) || len(pairsHere(t, d)) != 0 {
			t.Error(differences(alone, now), pairsHere(t, d))
		}
		if again := importText(t, dir, standardFeed(registerB), Feed{Source: "b"}); again.Merged != 1 {
			t.Error("not found again", figures(again))
		}
	})
}

// A place that one register no longer has stays while another has it.
func TestAPlaceOfTwoRegistersDoesNotEndWithOne(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		others := []string{"2;Mairie;1 Grand-Place", "3;Piscine;9 rue des Bains", "4;Gare;5 place de la Gare"}
		importText(t, dir, standardFeed(append(others, registerA)...), Feed{Source: "a"})
		importText(t, dir, standardFeed(registerB), Feed{Source: "b"})
		lead := pairsHere(t, d)[0].One
		importText(t, dir, standardFeed(others...), Feed{Source: "a", EndMissing: true})
		if n := len(shownAll(t, dir)); n != 4 {
			t.Errorf("%d places are there", n)
		}
		if sheet, err := dir.Sheet(t.Context(), lead); err != nil || sheet.Place.IsGone() {
			t.Error(sheet, err)
		}
	})
}

// What a person decided is asked no more: not when a register changes what it says, not when an import is taken back, not when
// the record comes again, not by way of a third record.
func TestADecidedPairIsNotAskedAgain(t *testing.T) {
	t.Parallel()
	for _, same := range []bool{true, false} {
		dbtest.Each(t, func(t *testing.T, d *db.DB) {
			dir, _ := open(t, d, north(t))
			importText(t, dir, standardFeed("1;Médiathèque Alma;12 rue de Paris"), Feed{Source: "a"})
			feed := standardFeed("x;Mediatheque Alma;12 rue de Paris")
			second := importText(t, dir, feed, Feed{Source: "b"})
			pairs := pairsHere(t, d)
			if len(pairs) != 1 {
				t.Fatal(pairs)
			}
			if err := dir.DecideTwins(t.Context(), manager, pairs[0].ID, same); err != nil {
				t.Fatal(err)
			}
			places := 2
			if same {
				places = 1
			}
			asked := func(when string, r *Report) {
				t.Helper()
				if n := len(shownAll(t, dir)); r.Twins+r.Merged != 0 || len(pairsHere(t, d)) != 1 || n != places {
					t.Errorf("%s: asked %d, merged %d, %d pairs, %d shown", when, r.Twins, r.Merged, len(pairsHere(t, d)), n)
				}
			}
			asked("said otherwise", importText(t, dir, standardFeed("x;Médiathèque de l'Alma;12 rue de Paris;0320000001"), Feed{Source: "b"}))
			asked("known by the same", importText(t, dir, standardFeed(registerA), Feed{Source: "a"}))
			undo(t, dir, second.ID)
			if err := dir.EndPlace(t.Context(), "m", pairs[0].One); err != nil {
				t.Fatal(err)
			}
			if err := dir.ReopenPlace(t.Context(), "m", pairs[0].One); err != nil {
				t.Fatal(err)
			}
			asked("read again", importText(t, dir, feed, Feed{Source: "b"}))
			third := importText(t, dir, standardFeed("z;Médiathèque Alma;12 rue de Paris"), Feed{Source: "c"})
			if want := map[bool]int{true: 1, false: 2}[same]; third.Twins != want {
				t.Errorf("a third record asks %d times", third.Twins)
			}
		})
	}
}

// A record that an import brought and its undo took out is, when it comes again, what was decided of it.
func TestADecisionOutlivesItsRecord(t *testing.T) {
	t.Parallel()
	for same, places := range map[bool]int{true: 1, false: 2} {
		dbtest.Each(t, func(t *testing.T, d *db.DB) {
			dir, _ := open(t, d, north(t))
			importText(t, dir, standardFeed("1;Médiathèque Alma;12 rue de Paris"), Feed{Source: "a"})
			feed := standardFeed("x;Mediatheque Alma;12 rue de Paris;0320000001")
			second := importText(t, dir, feed, Feed{Source: "b"})
			pair := pairsHere(t, d)[0]
			if err := dir.DecideTwins(t.Context(), manager, pair.ID, same); err != nil {
				t.Fatal(err)
			}
			if u := undo(t, dir, second.ID); len(u.Kept) != 0 || len(shownAll(t, dir)) != 1 {
				t.Fatal(u, shownAll(t, dir))
			}
			if again := importText(t, dir, feed, Feed{Source: "b"}); again.Twins+again.Merged != 0 || len(shownAll(t, dir)) != places {
				t.Error(again.Twins, again.Merged, len(shownAll(t, dir)))
			}
		})
	}
}

// Asked to, an import merges nothing by itself.
func TestAnImportMayAskFirst(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		importText(t, dir, standardFeed(registerA), Feed{Source: "a"})
		if r := importText(t, dir, standardFeed(registerB), Feed{Source: "b", Ask: true}); r.Merged != 0 || r.Twins != 1 || len(shownAll(t, dir)) != 2 {
			t.Error(r.Merged, r.Twins)
		}
	})
}
