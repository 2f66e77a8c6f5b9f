package directory

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
)

// entryIDs are the places of entries, with their services.
func entryIDs(entries []Entry) string {
	var all []string
	for _, e := range entries {
		text := e.Place.ID
		for _, s := range e.Services {
			text += "+" + s.ID
		}
		all = append(all, text)
	}
	return strings.Join(all, " ")
}

func TestEntriesAreReadFromAnId(t *testing.T) {
	t.Parallel()
	for engine, address := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			c := clock.At(today)
			store := dbtest.Open(t, address(t), db.Options{Clock: c})
			dir, err := New(Options{DB: store, Setting: north(t), Words: bundle(t), Clock: c})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := dir.PutOrganisation(t.Context(), "tester", Organisation{ID: "o", Name: fr("O")}); err != nil {
				t.Fatal(err)
			}
			put(t, dir, Place{ID: "c", Name: fr("C")}, Service{ID: "c1", Name: fr("C1")})
			put(t, dir, Place{ID: "a", Name: fr("A"), Organisation: "o"})
			put(t, dir, Place{ID: "b", Name: fr("B")})
			put(t, dir, Place{ID: "z", Name: fr("Z")})
			if err := dir.EndPlace(t.Context(), "tester", "z"); err != nil {
				t.Fatal(err)
			}
			says := func(q EntryQuery, want string) []Entry {
				t.Helper()
				entries, err := dir.Entries(t.Context(), q)
				if got := entryIDs(entries); err != nil || got != want {
					t.Errorf("%+v gives %s, %v; want %s", q, got, err, want)
				}
				return entries
			}
			if all := says(EntryQuery{}, "a b c+c1"); all[0].Organisation == nil || all[1].Organisation != nil {
				t.Error("who answers for them is not told")
			}
			says(EntryQuery{Limit: 2}, "a b")
			says(EntryQuery{Limit: 2, After: "b"}, "c+c1")
			says(EntryQuery{Gone: true}, "a b c+c1 z")
			c.Advance(time.Hour)
			since := c.Now()
			says(EntryQuery{ModifiedAfter: since, Gone: true}, "")
			c.Advance(time.Hour)
			if _, err := dir.PutService(t.Context(), "tester", Service{ID: "c1", Place: "c", Name: fr("Autre")}); err != nil {
				t.Fatal(err)
			}
			says(EntryQuery{ModifiedAfter: since}, "c+c1")
			if _, err := dir.PutOrganisation(t.Context(), "tester", Organisation{ID: "o", Name: fr("Autre")}); err != nil {
				t.Fatal(err)
			}
			if all := says(EntryQuery{ModifiedAfter: since}, "a c+c1"); !all[0].Changed().Equal(c.Now()) {
				t.Errorf("changed %s", all[0].Changed())
			}
			if err := dir.EndPlace(t.Context(), "tester", "b"); err != nil {
				t.Fatal(err)
			}
			says(EntryQuery{ModifiedAfter: since, Gone: true}, "a b c+c1")
			e, found, err := dir.Entry(t.Context(), "b")
			if err != nil || !found || !e.Place.IsGone() {
				t.Errorf("%+v %v %v", e.Place, found, err)
			}
			if _, found, err := dir.Entry(t.Context(), "nowhere"); found || err != nil {
				t.Errorf("%v %v", found, err)
			}
		})
	}
}

func TestEachEntryReadsAllAndStops(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		var rows strings.Builder
		rows.WriteString("id,name,kind\n")
		var want []string
		for i := range 1100 {
			want = append(want, fmt.Sprintf("p-%04d", i))
			fmt.Fprintf(&rows, "p-%04d,Lieu %d,library\n", i, i)
		}
		importText(t, dir, rows.String(), Feed{})
		var got []string
		parts := 0
		err := dir.EachEntry(t.Context(), func(entries []Entry) error {
			parts++
			for _, e := range entries {
				got = append(got, e.Place.ID)
			}
			return nil
		})
		if err != nil || !slices.Equal(got, want) || parts != 3 {
			t.Errorf("%d entries in %d parts, %v", len(got), parts, err)
		}
		enough := errors.New("enough")
		if err := dir.EachEntry(t.Context(), func([]Entry) error { return enough }); !errors.Is(err, enough) {
			t.Error(err)
		}
	})
}
