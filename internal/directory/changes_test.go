package directory

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/geo"
	"parvis/internal/hours"
	"parvis/internal/i18n"
	"parvis/internal/problem"
)

func TestARecordComesBackAsItWasPut(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		ctx := t.Context()
		o, err := dir.PutOrganisation(ctx, "a", Organisation{Name: i18n.Text{"fr": "Le \"Club\"", "en": "The Club"}, Kind: "association",
			About: fr("Aide"), Needs: []string{"job", "tax"}, Town: "Lille", Register: "W1", Contact: Contact{Mails: []string{"club@example.org"}}})
		if err != nil {
			t.Fatal(err)
		}
		p, err := dir.PutPlace(ctx, "a", Place{
			Organisation: o.ID, Kind: "library", Name: i18n.Text{"fr": "Médiathèque", "zh": "图书馆"}, About: fr("Deux\nlignes"), Bring: fr("Rien"),
			Address: Address{Street: "1 rue", More: "2e", Postcode: "59000", Town: "Lille", Unit: "59-lille"}, Point: &geo.Point{Lat: 50.5, Lon: -3.25},
			Approximate: true, Contact: Contact{Phones: []Phone{{Number: "03 53 01 00 12", Note: "le matin"}}, Sites: []string{"https://example.org"}},
			Hours: ReadHours("Mo 09:00-12:00"), Wheelchair: WheelchairPartly, Access: "https://example.org/a", Languages: []string{"fr", "vi"},
			Equipment: []Equipment{{Code: "computer", Number: 2}, {Code: "connection", Note: "fibre"}}, Itinerant: true, Labels: []string{"Un", "Deux"},
			Register: "R", Said: []Said{{"typologie", "AUTRE"}},
		})
		if err != nil {
			t.Fatal(err)
		}
		until := today.Add(48 * time.Hour)
		s, err := dir.PutService(ctx, "a", Service{Place: p.ID, Name: fr("Aide"), Details: fr("Détails"), Needs: []string{"tax"}, Audiences: []string{"women"},
			Ways: []string{WayPhone}, Entry: []string{EntryAppointment}, Fee: FeePaid, FeeNote: fr("5 €"), Languages: []string{"en"}, Hours: ReadHours("Tu 10:00-11:00"),
			Booking: "https://example.org/rdv", Capacity: Capacity{Left: 2, Said: today, Until: until}})
		if err != nil {
			t.Fatal(err)
		}
		sheet, err := dir.Sheet(ctx, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		sheet.Place.Changed, sheet.Organisation.Changed, sheet.Services[0].Changed = time.Time{}, time.Time{}, time.Time{}
		if !slices.Equal([]string{text(sheet.Place), text(*sheet.Organisation), text(sheet.Services[0])}, []string{text(p), text(o), text(s)}) {
			t.Errorf("read %s\n%s\n%s\nput %s\n%s\n%s", text(sheet.Place), text(*sheet.Organisation), text(sheet.Services[0]), text(p), text(o), text(s))
		}
		if one, err := dir.Service(ctx, s.ID); err != nil || one.Place != p.ID {
			t.Errorf("%+v, %v", one, err)
		}
		places, services, err := dir.Places(ctx, "nowhere", p.ID)
		if err != nil || len(places) != 1 || len(services[p.ID]) != 1 {
			t.Errorf("%v, %v, %v", places, services, err)
		}
		of, err := dir.Organisation(ctx, o.ID)
		if err != nil || len(of.Places) != 1 || len(of.Services[p.ID]) != 1 || of.Freshness != Undated {
			t.Errorf("%+v, %v", of, err)
		}
	})
}

// text is a record in a form that can be compared.
func text(v any) string { return jsonColumn(v) }

func TestEveryChangeAppendsItsEventAndTheSameAgainNone(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		ctx := t.Context()
		expect := func(what string, want string, do func() error) {
			t.Helper()
			before := last(t, d)
			if err := do(); err != nil {
				t.Errorf("%s: %v", what, err)
			}
			if got := strings.Join(kinds(t, d, before), " "); got != want {
				t.Errorf("%s appends %q, want %q", what, got, want)
			}
		}
		place := Place{ID: "p", Name: fr("Lieu")}
		putPlace := func() error { _, err := dir.PutPlace(ctx, "a", place); return err }
		expect("a new place", "place.added", putPlace)
		expect("the same", "", putPlace)
		place.Labels = []string{"x"}
		expect("a changed place", "place.changed", putPlace)
		service := Service{ID: "s", Place: "p", Name: fr("Aide")}
		putService := func() error { _, err := dir.PutService(ctx, "a", service); return err }
		expect("a new service", "service.added", putService)
		expect("the same service", "", putService)
		service.Fee = FeeFree
		expect("a changed service", "service.changed", putService)
		put(t, dir, Place{ID: "q", Name: fr("Autre")})
		service.Place = "q"
		expect("a service that moves", "place.changed service.changed", putService)
		organisation := Organisation{ID: "o", Name: fr("Club")}
		putOrganisation := func() error { _, err := dir.PutOrganisation(ctx, "a", organisation); return err }
		expect("a new organisation", "organisation.added", putOrganisation)
		expect("the same organisation", "", putOrganisation)
		organisation.Town = "Lille"
		expect("a changed organisation", "organisation.changed", putOrganisation)
		expect("a confirmation", "place.confirmed", func() error { return dir.Confirm(ctx, "a", "Le lieu", "p") })
		expect("a capacity", "service.changed", func() error { return dir.SetCapacity(ctx, "a", "s", 3, time.Now().Add(time.Hour)) })
		var closure Closure
		expect("a closure", "closure.added", func() (err error) {
			closure, err = dir.Close(ctx, "a", Closure{Place: "p", From: hours.DateOf(today), To: hours.DateOf(today)})
			return err
		})
		expect("a closure taken back", "closure.removed", func() error { return dir.RemoveClosure(ctx, "a", closure.ID) })
		end, reopen := func() error { return dir.EndPlace(ctx, "a", "p") }, func() error { return dir.ReopenPlace(ctx, "a", "p") }
		expect("the end", "place.gone", end)
		expect("the end again", "", end)
		expect("back", "place.back", reopen)
		expect("back again", "", reopen)
	})
}

func TestWhatCannotBePutChangesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		ctx := t.Context()
		put(t, dir, Place{ID: "p", Name: fr("Lieu")}, Service{ID: "s", Name: fr("Aide")})
		before := last(t, d)
		for what, c := range map[string]struct {
			do   func() error
			kind problem.Kind
		}{
			"a place without a name": {func() error { _, err := dir.PutPlace(ctx, "", Place{ID: "x"}); return err }, problem.Invalid},
			"a place of nobody": {func() error {
				_, err := dir.PutPlace(ctx, "", Place{ID: "x", Name: fr("X"), Organisation: "none"})
				return err
			}, problem.Invalid},
			"a service nowhere": {func() error {
				_, err := dir.PutService(ctx, "", Service{ID: "x", Place: "none", Name: fr("X")})
				return err
			}, problem.NotFound},
			"a service without a name":       {func() error { _, err := dir.PutService(ctx, "", Service{ID: "x", Place: "p"}); return err }, problem.Invalid},
			"an organisation without a name": {func() error { _, err := dir.PutOrganisation(ctx, "", Organisation{}); return err }, problem.Invalid},
			"confirming nothing":             {func() error { return dir.Confirm(ctx, "", "x", "none") }, problem.NotFound},
			"ending nothing":                 {func() error { return dir.EndPlace(ctx, "", "none") }, problem.NotFound},
			"a capacity of nothing":          {func() error { return dir.SetCapacity(ctx, "", "none", 1, time.Now().Add(time.Hour)) }, problem.NotFound},
			"a capacity of yesterday":        {func() error { return dir.SetCapacity(ctx, "", "s", 1, time.Now().Add(-time.Hour)) }, problem.Invalid},
			"a closure of nothing":           {func() error { _, err := dir.Close(ctx, "", Closure{Place: "none", From: 20000, To: 20000}); return err }, problem.NotFound},
			"a closure backwards":            {func() error { _, err := dir.Close(ctx, "", Closure{Place: "p", From: 20001, To: 20000}); return err }, problem.Invalid},
			"taking back no closure":         {func() error { return dir.RemoveClosure(ctx, "", "none") }, problem.NotFound},
			"reading nothing":                {func() error { _, err := dir.Sheet(ctx, "none"); return err }, problem.NotFound},
			"reading no organisation":        {func() error { _, err := dir.Organisation(ctx, "none"); return err }, problem.NotFound},
			"reading no service":             {func() error { _, err := dir.Service(ctx, "none"); return err }, problem.NotFound},
		} {
			if err := c.do(); !problem.Is(err, c.kind) {
				t.Errorf("%s: %v, want %v", what, err, c.kind)
			}
		}
		if last(t, d) != before {
			t.Errorf("events %v", kinds(t, d, before))
		}
		var wrong *problem.Error
		if _, err := dir.PutPlace(ctx, "", Place{ID: "x"}); !errors.As(err, &wrong) || len(wrong.Fields) != 1 || wrong.Fields[0].Name != "name" {
			t.Errorf("%v", wrong)
		}
	})
}

func TestOrganisationsAreListedByNameAndNeed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		ctx := t.Context()
		for _, o := range []Organisation{
			{ID: "1", Name: fr("Épicerie solidaire"), Kind: "shop", Needs: []string{"food"}, Town: "Lille"},
			{ID: "2", Name: i18n.Text{"fr": "Club", "en": "Zebra"}, Kind: "association", Town: "Roubaix"},
			{ID: "3", Name: fr("Ateliers"), Kind: "association", About: fr("Vélos réparés")},
		} {
			if _, err := dir.PutOrganisation(ctx, "", o); err != nil {
				t.Fatal(err)
			}
		}
		put(t, dir, Place{ID: "p", Name: fr("Local"), Organisation: "3"}, Service{ID: "s", Name: fr("Aide"), Needs: []string{"repair-reuse"}})
		load(t, dir)
		for _, c := range []struct {
			q    OrganisationQuery
			want string
			n    int
		}{
			{OrganisationQuery{Language: "fr"}, "3 2 1", 3},
			{OrganisationQuery{Language: "en"}, "3 1 2", 3},
			{OrganisationQuery{Need: "food"}, "1", 1},
			{OrganisationQuery{Need: "repair-reuse"}, "3", 1},
			{OrganisationQuery{Need: "tax"}, "", 0},
			{OrganisationQuery{Kind: "association", Language: "fr"}, "3 2", 2},
			{OrganisationQuery{Words: "epic soli"}, "1", 1},
			{OrganisationQuery{Words: "roubaix"}, "2", 1},
			{OrganisationQuery{Words: "velo"}, "3", 1},
			{OrganisationQuery{Words: "x"}, "", 0},
			{OrganisationQuery{Language: "fr", Limit: 1, Offset: 1}, "2", 3},
			{OrganisationQuery{Offset: 9}, "", 3},
		} {
			listed, n, err := dir.Organisations(ctx, c.q)
			var ids []string
			for _, l := range listed {
				ids = append(ids, l.ID)
				if (l.ID == "3") != (l.Places == 1) {
					t.Errorf("%s answers for %d places", l.ID, l.Places)
				}
			}
			if err != nil || strings.Join(ids, " ") != c.want || n != c.n {
				t.Errorf("%+v: %v of %d, %v", c.q, ids, n, err)
			}
		}
	})
}
