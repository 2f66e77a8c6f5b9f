package directory

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/id"
	"parvis/internal/jobs"
	"parvis/internal/problem"
)

func TestRemarkTellsWhatToChange(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		r    Remark
		want []string
	}{
		{Remark{Kind: "hours", Words: "Fermé le lundi"}, nil},
		{Remark{Kind: "closed"}, nil},
		{Remark{Kind: "hours"}, []string{"words"}},
		{Remark{Kind: "weather", Words: "x"}, []string{"kind"}},
		{Remark{Kind: "other", Words: strings.Repeat("é", RemarkMax)}, nil},
		{Remark{Kind: "other", Words: strings.Repeat("é", RemarkMax+1)}, []string{"words"}},
		{Remark{Kind: "other", Words: "x", Contact: "ana@example.org"}, nil},
		{Remark{Kind: "other", Words: "x", Contact: "03 53 01 00 12"}, nil},
		{Remark{Kind: "other", Words: "x", Contact: "at home"}, []string{"contact"}},
		{Remark{}, []string{"kind", "words"}},
	} {
		if got := told(t, c.r.Clean("FR")); !slices.Equal(got, c.want) {
			t.Errorf("%+v: told %v, want %v", c.r, got, c.want)
		}
	}
}

func TestARemarkIsKeptUntilItIsSettledAndThenErased(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		ctx := t.Context()
		put(t, dir, Place{ID: "p", Name: fr("Lieu")})
		before := last(t, d)
		first, err := dir.Remark(ctx, Remark{Place: "p", Kind: "hours", Words: "Fermé le lundi", Contact: "ana@example.org", Language: "fr"})
		if err != nil {
			t.Fatal(err)
		}
		if code, err := id.ParseCode(first.Code); err != nil || code != first.Code || !slices.Equal(kinds(t, d, before), []string{"remark.made"}) {
			t.Errorf("code %q, %v; events %v", first.Code, err, kinds(t, d, before))
		}
		second, err := dir.Remark(ctx, Remark{Place: "p", Kind: "closed"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := dir.Remark(ctx, Remark{Place: "none", Kind: "closed"}); !problem.Is(err, problem.NotFound) {
			t.Errorf("on nothing: %v", err)
		}
		if err := dir.SettleRemark(ctx, "clerk", second.ID, "Corrigé"); err != nil {
			t.Fatal(err)
		}
		if err := dir.SettleRemark(ctx, "other", second.ID, "x"); !problem.Is(err, problem.Conflict) {
			t.Errorf("settled twice: %v", err)
		}
		if err := dir.SettleRemark(ctx, "other", "none", "x"); !problem.Is(err, problem.NotFound) {
			t.Errorf("settling nothing: %v", err)
		}
		waiting, err := dir.Remarks(ctx, false, 0, 0)
		if err != nil || len(waiting) != 1 || waiting[0].ID != first.ID || waiting[0].Words != "Fermé le lundi" {
			t.Errorf("waiting %+v, %v", waiting, err)
		}
		all, err := dir.Remarks(ctx, true, 0, 0)
		if err != nil || len(all) != 2 || all[0].ID != second.ID || all[0].By != "clerk" || all[0].Answer != "Corrigé" {
			t.Errorf("all %+v, %v", all, err)
		}
		if n, err := dir.EraseRemarks(ctx); n != 0 || err != nil {
			t.Errorf("erased %d at once, %v", n, err)
		}
	})
}

func TestRemarksAreErasedWhenTheirTimeHasCome(t *testing.T) {
	t.Parallel()
	made := time.Date(2026, time.January, 31, 12, 0, 0, 0, time.UTC)
	r := Remark{Made: made}
	if got := r.EraseAfter(); !got.Equal(made.AddDate(0, 12, 0)) {
		t.Errorf("nobody settled it: %v", got)
	}
	r.Settled = made.AddDate(0, 1, 0)
	if got := r.EraseAfter(); !got.Equal(r.Settled.AddDate(0, 3, 0)) {
		t.Errorf("settled after a month: %v", got)
	}
	r.Settled = made.AddDate(0, 11, 0)
	if got := r.EraseAfter(); !got.Equal(made.AddDate(0, 12, 0)) {
		t.Errorf("settled after eleven months: %v", got)
	}
	for name, address := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := clock.At(today)
			d := dbtest.Open(t, address(t), db.Options{Clock: c})
			dir, _ := open(t, d, north(t))
			put(t, dir, Place{ID: "p", Name: fr("Lieu")})
			for i := range eraseAtOnce + 5 {
				if _, err := dir.Remark(t.Context(), Remark{Place: "p", Kind: "hours", Words: strconv.Itoa(i), Contact: "ana@example.org"}); err != nil {
					t.Fatal(err)
				}
			}
			c.Advance(366 * 24 * time.Hour)
			before := last(t, d)
			runner := jobs.NewRunner(d, jobs.RunnerOptions{Clock: c})
			dir.Jobs(runner)
			if n, err := dir.EraseRemarks(t.Context()); n != eraseAtOnce+5 || err != nil {
				t.Errorf("erased %d, %v", n, err)
			}
			if got := kinds(t, d, before); len(got) != eraseAtOnce+5 || got[0] != "remark.erased" {
				t.Errorf("%d events", len(got))
			}
			all, err := dir.Remarks(t.Context(), true, 500, 0)
			if err != nil || len(all) != eraseAtOnce+5 || slices.ContainsFunc(all, func(r Remark) bool { return r.Words != "" || r.Contact != "" || !r.Erased || r.Kind != "hours" }) {
				t.Errorf("%d remarks, %v", len(all), err)
			}
			if n, err := dir.EraseRemarks(t.Context()); n != 0 || err != nil {
				t.Errorf("erased %d again, %v", n, err)
			}
		})
	}
}

func TestARemarkSentTwiceIsKeptOnce(t *testing.T) {
	t.Parallel()
	twice := func(t *testing.T, address string) {
		c := clock.At(today)
		d := dbtest.Open(t, address, db.Options{Clock: c})
		dir, _ := open(t, d, north(t))
		put(t, dir, Place{ID: "p", Name: fr("Lieu")})
		send := func(r Remark) string {
			kept, err := dir.Remark(t.Context(), r)
			if err != nil {
				t.Fatal(err)
			}
			return kept.Code
		}
		first := Remark{Place: "p", Kind: "hours", Words: "Fermé le lundi", Contact: "ana@example.org", Language: "fr"}
		code, before := send(first), last(t, d)
		c.Advance(time.Minute)
		if again := send(first); again != code || len(kinds(t, d, before)) != 0 {
			t.Errorf("sent twice: %s, then %s; events %v", code, again, kinds(t, d, before))
		}
		for name, change := range map[string]func(*Remark){
			"kind": func(r *Remark) { r.Kind = "other" }, "words": func(r *Remark) { r.Words = "Fermé le mardi" }, "contact": func(r *Remark) { r.Contact = "" },
		} {
			other := first
			if change(&other); send(other) == code {
				t.Errorf("another %s is another remark", name)
			}
		}
		c.Advance(sentTwice)
		if send(first) == code {
			t.Error("the same, said again later, is said again")
		}
	}
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); twice(t, dbtest.SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); twice(t, dbtest.Postgres(t)) })
}
