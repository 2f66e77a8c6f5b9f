package search

import (
	"context"
	"encoding/json"
	"os"
	"slices"
	"testing"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/directory"
	"parvis/packs"
)

// vector is a search as somebody writes it, and the places of which one must be among the first three. They were
// chosen by what they offer and where, not by what an engine answers.
type vector struct {
	Territory string   `json:"territory"`
	Lang      string   `json:"lang"`
	Query     string   `json:"query"`
	Near      string   `json:"near"`
	Mistake   string   `json:"mistake"` // typo, no-accents, no-marks, half-word, pinyin, spaces, joined; empty for none
	Shows     string   `json:"shows"`   // the first wanted place, for whoever reads the file
	Want      []string `json:"want"`
}

// floor is how many searches of a hundred must find.
const floor = 95

func vectors(t *testing.T) []vector {
	t.Helper()
	data, err := os.ReadFile("vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []vector
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestTheVectorsAreWhole promises enough searches, in five languages, a third of them with mistakes, each for places
// that the packs still have under the name that the file shows.
func TestTheVectorsAreWhole(t *testing.T) {
	t.Parallel()
	names, offered := map[string]string{}, map[string][]string{}
	for _, id := range packs.IDs() {
		offered[id] = pack(t, id).Languages
		for _, row := range places(t, id) {
			name := row["name"]
			if row["town"] != "" {
				name += ", " + row["town"]
			}
			names[row["id"]] = name
		}
	}
	all := vectors(t)
	langs, mistakes, seen := map[string]int{}, map[string]int{}, map[string]bool{}
	wrong := 0
	for _, v := range all {
		langs[v.Lang]++
		if v.Mistake != "" {
			wrong++
			mistakes[v.Mistake]++
		}
		if !slices.Contains(offered[v.Territory], v.Lang) {
			t.Errorf("%q in %s: %s does not offer it", v.Query, v.Lang, v.Territory)
		}
		if key := v.Territory + v.Query + v.Near; seen[key] {
			t.Errorf("%q is there twice", v.Query)
		} else {
			seen[key] = true
		}
		if len(v.Want) == 0 || names[v.Want[0]] != v.Shows {
			t.Errorf("%q wants %v, shown as %q, which the pack calls %q", v.Query, v.Want, v.Shows, names[v.Want[0]])
		}
		for _, id := range v.Want {
			if names[id] == "" {
				t.Errorf("%q wants %s, which is nowhere", v.Query, id)
			}
		}
	}
	if len(all) < 220 || wrong*3 < len(all) || len(langs) != 5 || len(mistakes) < 6 {
		t.Errorf("%d searches, %d with mistakes %v, languages %v", len(all), wrong, mistakes, langs)
	}
}

// TestPeopleFind promises that 95 of 100 searches have a wanted place among the first three, and that both engines
// answer alike.
func TestPeopleFind(t *testing.T) {
	if testing.Short() {
		t.Skip("it fills ten stores")
	}
	t.Parallel()
	answers := make(chan map[string][]string, 2)
	t.Run("engines", func(t *testing.T) {
		dbtest.Each(t, func(t *testing.T, d *db.DB) { answers <- ask(t, d) })
	})
	close(answers)
	var first map[string][]string
	for a := range answers {
		if first == nil {
			first = a
			continue
		}
		for query, ids := range a {
			if !slices.Equal(ids, first[query]) {
				t.Errorf("%q: one engine answers %v, the other %v", query, ids, first[query])
			}
		}
	}
}

// ask puts every vector to the directories of the five territories, one after the other in one store, and gives the
// first three of each answer.
func ask(t *testing.T, d *db.DB) map[string][]string {
	t.Helper()
	all := vectors(t)
	answers := map[string][]string{}
	found, missed := 0, 0
	for _, id := range packs.IDs() {
		dir, _ := open(t, fresh(t, d), pack(t, id))
		for _, v := range all {
			if v.Territory != id {
				continue
			}
			r, err := dir.Search(context.Background(), directory.Query{Words: v.Query, Near: v.Near, Language: v.Lang, Limit: 3})
			if err != nil {
				t.Fatalf("%q: %v", v.Query, err)
			}
			var ids, names []string
			hit := false
			for _, f := range r.Found {
				ids, names = append(ids, f.ID), append(names, f.Name.In(v.Lang)+" @ "+f.Address.Line(false))
				hit = hit || slices.Contains(v.Want, f.ID)
			}
			answers[id+" "+v.Query+" "+v.Near] = ids
			if hit {
				found++
			} else {
				missed++
				t.Logf("missed: %s %s %q near %q (%s), wanted %s; got %q", id, v.Lang, v.Query, v.Near, v.Mistake, v.Shows, names)
			}
		}
	}
	t.Logf("%d of %d searches have a wanted place among the first three", found, found+missed)
	if found*100 < floor*(found+missed) {
		t.Errorf("%d of %d searches find: less than %d %%", found, found+missed, floor)
	}
	return answers
}

// fresh gives a new store on the engine of d.
func fresh(t *testing.T, d *db.DB) *db.DB {
	t.Helper()
	if d.Engine() == db.Postgres {
		return dbtest.Open(t, dbtest.Postgres(t), db.Options{})
	}
	return dbtest.Open(t, dbtest.SQLite(t), db.Options{})
}
