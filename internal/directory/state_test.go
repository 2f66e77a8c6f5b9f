package directory

import (
	"slices"
	"testing"
	"time"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/hours"
)

// stated tells a state as a page would: open or closed until when.
func stated(s State, zone *time.Location) string {
	const form = "Mon 2 Jan 15:04 MST"
	switch {
	case !s.Known:
		return "unknown"
	case s.Always:
		return "always"
	case s.Open && s.Until.IsZero():
		return "open"
	case s.Open:
		return "open until " + s.Until.In(zone).Format(form)
	case s.Next.IsZero():
		return "closed"
	}
	return "closed until " + s.Next.In(zone).Format(form)
}

func TestStateIsThatOfTheClockOnTheWall(t *testing.T) {
	t.Parallel()
	s := north(t)
	at := func(text string) time.Time {
		when, err := time.ParseInLocation("2006-01-02 15:04", text, s.Zone)
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	for _, c := range []struct{ hours, at, want string }{
		{"Mo-Fr 09:00-12:00", "2026-11-23 10:00", "open until Mon 23 Nov 12:00 CET"},
		{"Mo-Fr 09:00-12:00", "2026-11-23 12:00", "closed until Tue 24 Nov 09:00 CET"},
		{"Mo-Fr 09:00-12:00", "2026-11-28 10:00", "closed until Mon 30 Nov 09:00 CET"},
		{"24/7", "2026-11-28 10:00", "always"},
		{"quand on veut", "2026-11-28 10:00", "unknown"},
		{"", "2026-11-28 10:00", "unknown"},
		{"Mo-Fr 09:00-12:00; PH off", "2026-12-25 10:00", "closed until Mon 28 Dec 09:00 CET"},
		{"Mo-Fr 09:00-12:00", "2026-12-25 10:00", "unknown"}, // the hours do not speak of holidays
		{`Mo-Fr 09:00-12:00 "sur rendez-vous"`, "2026-11-23 10:00", "unknown"},
		// The clocks go forward on 29 March 2026 at 2:00 and back on 25 October 2026 at 3:00.
		{"Sa-Su 09:00-12:00", "2026-03-28 13:00", "closed until Sun 29 Mar 09:00 CEST"},
		{"Sa-Su 09:00-12:00", "2026-03-29 09:30", "open until Sun 29 Mar 12:00 CEST"},
		{"Sa 22:00-06:00", "2026-03-29 01:30", "open until Sun 29 Mar 06:00 CEST"},
		{"Sa 22:00-06:00", "2026-10-25 01:30", "open until Sun 25 Oct 06:00 CET"},
		{"Su 08:00-10:00", "2026-10-24 23:00", "closed until Sun 25 Oct 08:00 CET"},
		{"Su 08:00-10:00", "2026-10-25 08:30", "open until Sun 25 Oct 10:00 CET"},
	} {
		h := ReadHours(c.hours)
		schedule, ok := h.Schedule()
		if got := stated(s.state(schedule, ok, nil, at(c.at)), s.Zone); got != c.want {
			t.Errorf("%q at %s: %s, want %s", c.hours, c.at, got, c.want)
		}
	}
}

func TestAClosureHoldsAtOnceAndOnlyOnItsDays(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, c := open(t, d, north(t))
		ctx := t.Context()
		put(t, dir, Place{ID: "p", Name: fr("Lieu"), Hours: ReadHours("Mo-Fr 09:00-12:00")})
		put(t, dir, Place{ID: "q", Name: fr("Sans horaires")})
		monday := hours.DateOf(today)
		state := func(place string) string {
			t.Helper()
			sheet, err := dir.Sheet(ctx, place)
			if err != nil {
				t.Fatal(err)
			}
			return stated(sheet.State, dir.Setting().Zone)
		}
		if got := state("p"); got != "open until Mon 23 Nov 12:00 CET" {
			t.Error(got)
		}
		closed, err := dir.Close(ctx, "a", Closure{Place: "p", From: monday, To: monday + 1, Reason: fr("Travaux")})
		if err != nil {
			t.Fatal(err)
		}
		if got := state("p"); got != "closed until Wed 25 Nov 09:00 CET" {
			t.Error(got)
		}
		sheet, err := dir.Sheet(ctx, "p")
		if err != nil || sheet.State.Closure == nil || sheet.State.Closure.Reason["fr"] != "Travaux" || len(sheet.Closures) != 1 ||
			!sheet.Week[0].Except || !sheet.Week[0].Closed() || sheet.Week[2].Closed() {
			t.Errorf("%+v, %v", sheet, err)
		}
		if _, err := dir.Close(ctx, "a", Closure{Place: "p", From: monday, To: monday, Hours: "10:00-11:00"}); err != nil {
			t.Fatal(err)
		}
		if got := state("p"); got != "open until Mon 23 Nov 11:00 CET" {
			t.Errorf("the later exception does not win: %s", got)
		}
		c.Advance(48 * time.Hour)
		if sheet, _ = dir.Sheet(ctx, "p"); len(sheet.Closures) != 0 || stated(sheet.State, dir.Setting().Zone) != "open until Wed 25 Nov 12:00 CET" {
			t.Errorf("two days later: %+v", sheet)
		}
		c.Advance(-48 * time.Hour)
		if err := dir.RemoveClosure(ctx, "a", closed.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := dir.Close(ctx, "a", Closure{Place: "q", From: monday, To: monday}); err != nil {
			t.Fatal(err)
		}
		if got := state("q"); got != "closed" {
			t.Errorf("hours not known, closed today: %s", got)
		}
	})
}

func TestClosureTellsWhatToChange(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		c    Closure
		want []string
	}{
		{Closure{From: 20000, To: 20000}, nil},
		{Closure{From: 20000, To: 20000, Hours: "10:00-12:00, 14:00-15:00"}, nil},
		{Closure{}, []string{"from"}},
		{Closure{From: 20001, To: 20000}, []string{"to"}},
		{Closure{From: 20000, To: 20367}, []string{"to"}},
		{Closure{From: 20000, To: 20000, Hours: "Mo 10:00-12:00"}, []string{"hours"}},
		{Closure{From: 20000, To: 20000, Hours: "matin"}, []string{"hours"}},
		{Closure{From: 20000, To: 20000, Hours: "25:00-26:00"}, []string{"hours"}},
	} {
		if got := told(t, c.c.Clean()); !slices.Equal(got, c.want) {
			t.Errorf("%+v: told %v, want %v", c.c, got, c.want)
		}
	}
}
