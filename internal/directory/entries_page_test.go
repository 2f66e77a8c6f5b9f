package directory

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/id"
)

// stock is a directory of ten places, entered one a minute, with a service each and two organisations.
func stock(t *testing.T, address string) (*Directory, *clock.Manual) {
	t.Helper()
	c := clock.At(today)
	dir, err := New(Options{DB: dbtest.Open(t, address, db.Options{Clock: c}), Setting: north(t), Words: bundle(t), Clock: c})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"one", "two"} {
		if _, err := dir.PutOrganisation(t.Context(), "tester", Organisation{ID: name, Name: fr(name)}); err != nil {
			t.Fatal(err)
		}
		c.Advance(time.Minute)
	}
	for i := range 10 {
		p := Place{ID: fmt.Sprintf("p-%d", 9-i), Name: fr("Lieu"), Organisation: []string{"one", "two", ""}[i%3]}
		put(t, dir, p, Service{ID: fmt.Sprintf("s-%d", 9-i), Name: fr("Aide"), Needs: []string{[]string{"food", "job"}[i%2]}})
		c.Advance(time.Minute)
	}
	return dir, c
}

func TestPagesStandInTheOrderOfEntry(t *testing.T) {
	t.Parallel()
	for engine, address := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			dir, c := stock(t, address(t))
			for _, want := range []struct {
				q     PageQuery
				ids   string
				total int
			}{
				{PageQuery{Size: 3}, "s-9 s-8 s-7", 10},
				{PageQuery{Page: 4, Size: 3}, "s-0", 10},
				{PageQuery{Page: 5, Size: 3}, "", 10},
				{PageQuery{Organisation: "one"}, "s-9 s-6 s-3 s-0", 4},
				{PageQuery{Organisation: "none"}, "", 0},
				{PageQuery{Need: "job", Size: 2}, "s-8 s-6", 5},
				{PageQuery{Need: "jo"}, "", 0},
				{PageQuery{Need: "job", Organisation: "one"}, "s-6 s-0", 2},
				{PageQuery{ModifiedAfter: c.Now()}, "", 0},
			} {
				entries, total, err := dir.ServicePage(t.Context(), want.q)
				var ids []string
				for _, e := range entries {
					ids = append(ids, e.Services[0].ID)
					if strings.TrimPrefix(e.Place.ID, "p") != strings.TrimPrefix(e.Services[0].ID, "s") || (e.Place.Organisation == "") != (e.Organisation == nil) {
						t.Errorf("%+v stands at another place", e)
					}
				}
				if got := strings.Join(ids, " "); err != nil || got != want.ids || total != want.total {
					t.Errorf("%+v: %s of %d, %v", want.q, got, total, err)
				}
			}
			before, _, err := dir.PlacePage(t.Context(), PageQuery{Page: 2, Size: 4})
			if err != nil {
				t.Fatal(err)
			}
			if err := dir.EndPlace(t.Context(), "tester", "p-9"); err != nil {
				t.Fatal(err)
			}
			put(t, dir, Place{ID: "a", Name: fr("Neuf")})
			after, total, err := dir.PlacePage(t.Context(), PageQuery{Page: 2, Size: 4})
			if err != nil || total != 11 || entryIDs(before) != entryIDs(after) || entryIDs(after) != "p-5+s-5 p-4+s-4 p-3+s-3 p-2+s-2" {
				t.Errorf("%s; before %s; %d, %v", entryIDs(after), entryIDs(before), total, err)
			}
			changed, total, err := dir.PlacePage(t.Context(), PageQuery{ModifiedAfter: c.Now().Add(-time.Second)})
			if err != nil || total != 2 || entryIDs(changed) != "p-9+s-9 a" {
				t.Errorf("changed: %s of %d, %v", entryIDs(changed), total, err)
			}
			if _, total, err := dir.ServicePage(t.Context(), PageQuery{ModifiedAfter: c.Now().Add(-time.Second)}); err != nil || total != 1 {
				t.Errorf("a service whose place is gone has not changed: %d, %v", total, err)
			}
		})
	}
}

func TestOrganisationsAndSingleRecords(t *testing.T) {
	t.Parallel()
	for engine, address := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			dir, c := stock(t, address(t))
			list, total, err := dir.OrganisationPage(t.Context(), PageQuery{Page: 2, Size: 1})
			if err != nil || total != 2 || len(list) != 1 || list[0].ID != "two" {
				t.Errorf("%v of %d, %v", list, total, err)
			}
			if _, total, err = dir.OrganisationPage(t.Context(), PageQuery{ModifiedAfter: c.Now()}); err != nil || total != 0 {
				t.Errorf("%d, %v", total, err)
			}
			e, found, err := dir.ServiceEntry(t.Context(), "s-9")
			if err != nil || !found || e.Place.ID != "p-9" || e.Organisation == nil || e.Organisation.ID != "one" || len(e.Services) != 1 {
				t.Errorf("%+v %v %v", e, found, err)
			}
			if _, found, err := dir.ServiceEntry(t.Context(), "nowhere"); found || err != nil {
				t.Errorf("%v %v", found, err)
			}
			named := func(own string) string { return id.From("name of", own) }
			kinds := map[string]string{SubjectPlace: "p-3", SubjectService: "s-3", SubjectOrganisation: "two"}
			for kind, own := range kinds {
				for _, name := range []string{own, named(own)} {
					if got, err := dir.OwnID(t.Context(), kind, name, named); err != nil || got != own {
						t.Errorf("%s %s: %q, %v", kind, name, got, err)
					}
				}
				if got, err := dir.OwnID(t.Context(), kind, id.New(), named); err != nil || got != "" {
					t.Errorf("%s: %q, %v", kind, got, err)
				}
			}
			long := id.New()
			put(t, dir, Place{ID: long, Name: fr("Long")})
			if got, err := dir.OwnID(t.Context(), SubjectPlace, long, named); err != nil || got != long {
				t.Errorf("%q, %v", got, err)
			}
			codes := dir.TownCodes()
			got := []string{codes(Address{Town: "LILLE", Postcode: "59000"}), codes(Address{Town: "Ailleurs"}), codes(Address{Unit: "59512"})}
			if !slices.Equal(got, []string{"59350", "", "59512"}) {
				t.Error(got)
			}
		})
	}
}
