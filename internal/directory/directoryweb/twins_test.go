package directoryweb_test

import (
	"strings"
	"testing"

	"parvis/internal/authz"
	"parvis/internal/directory"
)

// twice reads two registers that have one place in common, and one of which nobody can be sure.
func (w *world) twice(t *testing.T) {
	t.Helper()
	for source, rows := range map[string]string{
		"Annuaire A": "a1,Point info Alma,Roubaix,59100,12 rue de Paris,50.69,3.18,0320000001,Aider aux démarches administratives\n" +
			"a2,Maison du Lin,Roubaix,59100,3 rue du Lin,50.68,3.17,0320000002,Aider aux démarches administratives\n",
		"Annuaire B": "b1,Point infos Alma,Roubaix,59100,12 r. de Paris,50.69,3.18,+33320000001,Aider aux démarches administratives\n" +
			"b2,MAISON DU LIN (annexe),Roubaix,59100,3 rue du Lin,50.68,3.17,,Aider aux démarches administratives\n",
	} {
		feed := "id,nom,commune,code_postal,adresse,latitude,longitude,telephone,services\n" + rows
		if _, err := w.dir.Import(t.Context(), strings.NewReader(feed), directory.Feed{Source: source}); err != nil {
			t.Fatal(err)
		}
	}
	w.settle(t)
}

// The address of a record that is shown under another leads there, for good; both registers are named.
func TestOnePlaceHasOneAddress(t *testing.T) {
	desks(t, func(t *testing.T, w *world) {
		w.twice(t)
		moved := 0
		entries, err := w.dir.Entries(t.Context(), directory.EntryQuery{Limit: 500})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if strings.HasPrefix(e.Place.Name["fr"], "Point info") {
				page := w.In("en").Get("/places/" + e.Place.ID).Is(200)
				holds(t, "both registers", page.Text(".source"), "Annuaire A", "Annuaire B")
				sheet, err := w.dir.Sheet(t.Context(), e.Place.ID)
				if err != nil || len(sheet.Twins) != 1 {
					t.Fatal(sheet, err)
				}
				for range 2 { // also from the pages that are kept
					to := w.In("en").Get("/places/" + sheet.Twins[0].ID + "?x=1").Is(301).Header.Get("Location")
					if to != "/places/"+e.Place.ID+"?x=1" {
						t.Error(to)
					}
				}
				w.as(authz.Manager).Get(deskPath + "/places/" + sheet.Twins[0].ID).Is(200)
				moved++
			}
		}
		if moved != 1 {
			t.Errorf("%d places are called so", moved)
		}
	})
}
