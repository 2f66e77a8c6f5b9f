package directory

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/id"
	"parvis/internal/jobs"
)

// many is a feed of n places.
func many(n int) string {
	var b strings.Builder
	b.WriteString("id,nom,commune,code_postal,services\n")
	for i := range n {
		fmt.Fprintf(&b, "%d,Lieu %d,Lille,59000,Accéder à du matériel\n", i, i)
	}
	return b.String()
}

// Two programs that read the same feed at the same time make each place once, with one event each.
func TestOneFeedReadTwiceAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const n = 450
		dir, _ := open(t, d, north(t))
		var all sync.WaitGroup
		reports := make([]*Report, 3)
		for i := range reports {
			all.Go(func() {
				report, err := dir.Import(context.Background(), strings.NewReader(many(n)), Feed{Source: "Essai"})
				if err != nil {
					t.Errorf("reader %d: %v", i, err)
				}
				reports[i] = report
			})
		}
		all.Wait()
		added, same := 0, 0
		for _, r := range reports {
			added, same = added+r.Added, same+r.Same
		}
		if added != n || same != 2*n || last(t, d) != 2*n {
			t.Errorf("added %d, same %d, %d events", added, same, last(t, d))
		}
	})
}

func TestWhatWasReadBeforeTheCallerLeftIsIn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		ctx, cancel := context.WithCancel(t.Context())
		report, err := dir.Import(ctx, strings.NewReader(many(5*batch)), Feed{Source: "Essai", Progress: func(p Progress) {
			if p.Added >= 2*batch {
				cancel()
			}
		}})
		if err == nil || report.Added != 2*batch {
			t.Errorf("%s, %v", figures(report), err)
		}
		if err := dir.Load(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n, _ := dir.Ready(); n != 2*batch {
			t.Errorf("%d places are in", n)
		}
		rest, err := dir.Import(t.Context(), strings.NewReader(many(5*batch)), Feed{Source: "Essai"})
		if err != nil || rest.Added != 3*batch || rest.Same != 2*batch {
			t.Errorf("the second time: %s, %v", figures(rest), err)
		}
	})
}

func TestWhatASourceNoLongerHasIsEndedWhenAsked(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		importText(t, dir, "id,name,kind,source\na,A,library,One\nb,B,library,One\nc,C,library,Two\n", Feed{Source: "x"})
		importText(t, dir, "id,place,name,needs,source\ns,a,S,tax,One\nt,a,T,job,One\nu,c,U,job,Two\n", Feed{Source: "x"})
		before := last(t, d)
		report := importText(t, dir, "id,place,name,needs,source\ns,a,S,tax,One\n", Feed{Source: "x", EndMissing: true})
		if report.Gone != 1 || report.Same != 1 || !slices.Equal(kinds(t, d, before), []string{"service.gone"}) {
			t.Errorf("services: %s, %v", figures(report), kinds(t, d, before))
		}
		sheet, err := dir.Sheet(t.Context(), "a")
		if err != nil || len(sheet.Services) != 1 || sheet.Services[0].ID != "s" {
			t.Errorf("%+v, %v", sheet, err)
		}
		before = last(t, d)
		report = importText(t, dir, "id,name,kind,source\na,A,library,One\n", Feed{Source: "x", EndMissing: true})
		if report.Gone != 1 || !slices.Equal(kinds(t, d, before), []string{"place.gone"}) {
			t.Errorf("places: %s, %v", figures(report), kinds(t, d, before))
		}
		if sheet, err := dir.Sheet(t.Context(), "c"); err != nil || sheet.Place.IsGone() {
			t.Errorf("another source's place is gone: %v", err)
		}
		before = last(t, d)
		report = importText(t, dir, "id,name,kind,source\nb,B,library,One\n", Feed{Source: "x"})
		if report.Back != 1 || !slices.Equal(kinds(t, d, before), []string{"place.back"}) {
			t.Errorf("back: %s, %v", figures(report), kinds(t, d, before))
		}
	})
}

// A feed that breaks off does not say that what comes after is gone.
func TestAFeedThatBreaksOffEndsNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		one := `{"id":"1","nom":"Un","commune":"Lille"}`
		two := `{"id":"2","nom":"Deux","commune":"Lille"}`
		importText(t, dir, "["+one+","+two+"]", Feed{Source: "Essai"})
		report := importText(t, dir, "["+one+",{\"id\":", Feed{Source: "Essai", EndMissing: true})
		if report.Gone != 0 || report.Same != 1 || report.Rejected != 1 {
			t.Error(figures(report))
		}
		// A row that is wrong is not a row that is missing.
		report = importText(t, dir, "["+one+`,{"id":"2","nom":""}]`, Feed{Source: "Essai", EndMissing: true})
		if report.Gone != 0 || report.Rejected != 1 {
			t.Error(figures(report))
		}
	})
}

func TestARowTellsOfItsOrganisationOnce(t *testing.T) {
	t.Parallel()
	const head = "id,nom,commune,structure_parente\n"
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		before := last(t, d)
		importText(t, dir, head+"1,Un,Lille,Ville\n2,Deux,Lille,VILLE\n3,Trois,Lille,\n", Feed{Source: "Essai"})
		got := kinds(t, d, before)
		if n := len(slices.DeleteFunc(slices.Clone(got), func(k string) bool { return k != "organisation.added" })); n != 1 {
			t.Errorf("%d organisations: %v", n, got)
		}
		listed, total, err := dir.Organisations(t.Context(), OrganisationQuery{})
		if err != nil || total != 1 || listed[0].Places != 2 {
			t.Errorf("%+v, %v", listed, err)
		}
		before = last(t, d)
		importText(t, dir, head+"1,Un,Lille,Ville\n2,Deux,Lille,VILLE\n3,Trois,Lille,\n", Feed{Source: "Essai"})
		if got := kinds(t, d, before); len(got) != 0 {
			t.Errorf("again: %v", got)
		}
	})
}

func TestAReportListsSoManyFindingsAndCountsAll(t *testing.T) {
	t.Parallel()
	var r Report
	for i := range findingsKept + 10 {
		r.note([]Finding{{Line: i, Key: "directory.import.date"}, {Line: i, Key: "directory.import.no-id", Rejected: i%2 == 0}})
	}
	if len(r.Findings) != findingsKept || r.Beyond != findingsKept+20 || r.Rejected != findingsKept/2+5 || r.Warned != findingsKept/2+5 {
		t.Errorf("%d listed, %d beyond, %d rejected, %d warned", len(r.Findings), r.Beyond, r.Rejected, r.Warned)
	}
	if r.Reasons["directory.import.date"] != findingsKept+10 {
		t.Errorf("%v", r.Reasons)
	}
	r.note(nil)
	if r.Warned != findingsKept/2+5 {
		t.Error("a row without findings is warned of")
	}
	if (&Finding{Line: 3, Field: "nom", Key: "k"}).Error() != "line 3: nom: k" {
		t.Error("what the log gets")
	}
}

// What a feed brings is found at once by whoever follows.
func TestWhatAFeedBringsIsFound(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		load(t, dir)
		importText(t, dir, many(3*batch), Feed{Source: "Essai"})
		settled(t, dir)
		if r := find(t, dir, Query{Words: "ordi", Limit: 1}); r.Total != 3*batch {
			t.Errorf("%d of %d", r.Total, 3*batch)
		}
		if r := find(t, dir, Query{Words: "lieu 77", Limit: 3}); len(r.Found) == 0 || r.Found[0].ID != id.From("Essai", "77") {
			t.Errorf("%v", found1(r))
		}
	})
}

func TestTheNightlyWorkErasesRemarks(t *testing.T) {
	t.Parallel()
	c := clock.At(today)
	d := dbtest.Open(t, dbtest.SQLite(t), db.Options{Clock: c})
	dir, _ := open(t, d, north(t))
	put(t, dir, Place{ID: "p", Name: fr("Lieu")})
	if _, err := dir.Remark(t.Context(), Remark{Place: "p", Kind: "hours", Words: "x", Contact: "ana@example.org"}); err != nil {
		t.Fatal(err)
	}
	runner := jobs.NewRunner(d, jobs.RunnerOptions{Clock: c})
	dir.Jobs(runner)
	erased := func() bool {
		all, err := dir.Remarks(t.Context(), true, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		return all[0].Erased
	}
	night := func() {
		t.Helper()
		for range 3 {
			if _, err := runner.RunDue(t.Context()); err != nil && !errors.Is(err, context.Canceled) {
				t.Fatal(err)
			}
		}
	}
	c.Advance(24 * time.Hour)
	night()
	if erased() {
		t.Error("erased after a day")
	}
	c.Advance(370 * 24 * time.Hour)
	night()
	if !erased() {
		t.Error("not erased after a year")
	}
}
