package directory

import (
	"fmt"
	"testing"
	"time"

	"parvis/internal/clock"
	"parvis/internal/db"
)

// remind runs the day's reminders and says to whom they went.
func remind(t *testing.T, dir *Directory, d *db.DB) (to []string) {
	t.Helper()
	before := len(letters(t, d))
	n, err := dir.Remind(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range letters(t, d)[before:] {
		to = append(to, m.To)
	}
	if len(to) != n {
		t.Errorf("%d reminders are said, %d letters written", n, len(to))
	}
	return to
}

func TestOneAddressIsWrittenToOnceADay(t *testing.T) {
	withLetters(t, func(t *testing.T, dir *Directory, d *db.DB, c *clock.Manual) {
		for i := range 3 {
			stale(t, dir, fmt.Sprint("s", i), 7+i, "shared@nord.example")
		}
		stale(t, dir, "own", 7, "own@nord.example")
		sent(t, dir, d, "own") // the desk wrote this morning
		if to := remind(t, dir, d); len(to) != 1 || to[0] != "shared@nord.example" {
			t.Errorf("the first day: %v", to)
		}
		c.Set(time.Date(2026, time.November, 23, 22, 59, 59, 0, time.UTC)) // a second before midnight in Lille
		if to := remind(t, dir, d); len(to) != 0 {
			t.Errorf("late that day: %v", to)
		}
		c.Set(time.Date(2026, time.November, 23, 23, 0, 0, 0, time.UTC))
		if to := remind(t, dir, d); len(to) != 2 {
			t.Errorf("the next day, a letter to each address: %v", to)
		}
	})
}

func TestTheDayHasFiftyReminders(t *testing.T) {
	withLetters(t, func(t *testing.T, dir *Directory, d *db.DB, c *clock.Manual) {
		for i := range 2*RemindersDaily + 1 {
			stale(t, dir, fmt.Sprintf("p%03d", i), 7, fmt.Sprintf("p%03d@nord.example", i))
		}
		seen := map[string]bool{}
		for day, want := range []int{50, 50, 1, 0} {
			c.Set(today.AddDate(0, 0, day))
			to := remind(t, dir, d)
			for _, one := range to {
				if seen[one] {
					t.Errorf("day %d: %s again", day, one)
				}
				seen[one] = true
			}
			if len(to) != want || len(remind(t, dir, d)) != 0 {
				t.Errorf("day %d: %d reminders, want %d, and none at a second run", day, len(to), want)
			}
		}
	})
}

func TestARoundEndsAfterThreeAndBeginsWhenConfirmed(t *testing.T) {
	withLetters(t, func(t *testing.T, dir *Directory, d *db.DB, c *clock.Manual) {
		stale(t, dir, "a", 7, "a@nord.example")
		for _, one := range []struct{ day, want int }{{0, 1}, {13, 0}, {14, 1}, {43, 0}, {44, 1}, {74, 0}, {400, 0}} {
			c.Set(today.AddDate(0, 0, one.day))
			if to := remind(t, dir, d); len(to) != one.want {
				t.Errorf("day %d: %v, want %d", one.day, to, one.want)
			}
		}
		if err := dir.Confirm(t.Context(), "ana", "Nord", "a"); err != nil {
			t.Fatal(err)
		}
		if to := remind(t, dir, d); len(to) != 0 {
			t.Errorf("just confirmed: %v", to)
		}
		for _, one := range []struct{ months, days, want int }{{5, -1, 0}, {5, 1, 1}, {5, 14, 0}, {5, 15, 1}, {5, 45, 1}, {5, 90, 0}} {
			c.Set(today.AddDate(0, 0, 400).AddDate(0, one.months, one.days))
			if to := remind(t, dir, d); len(to) != one.want {
				t.Errorf("%d months and %d days after: %v, want %d", one.months, one.days, to, one.want)
			}
		}
	})
}

func TestWhoWantsNoRemindersGetsNoneUntilTheyDo(t *testing.T) {
	withLetters(t, func(t *testing.T, dir *Directory, d *db.DB, c *clock.Manual) {
		stale(t, dir, "a", 7, "a@nord.example")
		if to := remind(t, dir, d); len(to) != 1 {
			t.Fatalf("%v", to)
		}
		token := tokenIn(t, letters(t, d)[0])
		if err := dir.StopByLink(t.Context(), token, true); err != nil {
			t.Fatal(err)
		}
		c.Set(today.AddDate(0, 0, 20))
		if to := remind(t, dir, d); len(to) != 0 {
			t.Errorf("stopped: %v", to)
		}
		if one, err := dir.DeskPlace(t.Context(), "a"); err != nil || !one.Stopped {
			t.Errorf("the desk sees it: %+v, %v", one, err)
		}
		if err := dir.StopByLink(t.Context(), token, false); err != nil {
			t.Fatal(err)
		}
		if to := remind(t, dir, d); len(to) != 1 {
			t.Errorf("wanted again: %v", to)
		}
	})
}

func TestQualityNeedsEveryServiceAndSomeWayToTheDoor(t *testing.T) {
	t.Parallel()
	for name, one := range map[string]struct {
		change func(*Place, []Service)
		fresh  Freshness
		gain   string
		points int
	}{
		"one service without a price":   {func(_ *Place, s []Service) { s[1].Fee = FeeUnknown }, Fresh, "fee", 8},
		"one service without an entry":  {func(_ *Place, s []Service) { s[0].Entry = nil }, Fresh, "entry", 5},
		"a town without a street":       {func(p *Place, _ []Service) { p.Address.Street = "" }, Fresh, "address", 7},
		"a street without a town":       {func(p *Place, _ []Service) { p.Address.Town = "" }, Fresh, "address", 7},
		"a van has no street":           {func(p *Place, _ []Service) { p.Itinerant, p.Address = true, Address{} }, Fresh, "", 0},
		"a phone line has none":         {func(p *Place, _ []Service) { p.Kind, p.Address = "phone-line", Address{} }, Fresh, "", 0},
		"a site alone reaches them":     {func(p *Place, _ []Service) { p.Contact.Phones, p.Contact.Mails = nil, nil }, Fresh, "", 0},
		"no wheels is an answer too":    {func(p *Place, _ []Service) { p.Wheelchair = WheelchairNo }, Fresh, "", 0},
		"to confirm soon is still true": {func(*Place, []Service) {}, ToConfirm, "", 0},
		"nobody ever said":              {func(*Place, []Service) {}, Undated, "confirmed", 20},
	} {
		p, services := entireRecord()
		p.Itinerant = false
		services[1].Fee, services[1].Entry = FeeFree, []string{EntryWalkIn}
		one.change(&p, services)
		q := QualityOf(&p, services, one.fresh)
		switch {
		case one.gain == "" && (q.Score != 100 || len(q.Gains) != 0):
			t.Errorf("%s: %+v", name, q)
		case one.gain != "" && (len(q.Gains) != 1 || q.Gains[0] != Gain{one.gain, one.points} || q.Score != 100-one.points):
			t.Errorf("%s: %+v, want %s for %d", name, q, one.gain, one.points)
		}
		p.Gone = today
		if q := QualityOf(&p, services, one.fresh); len(q.Gains) != 0 {
			t.Errorf("%s: a place that is gone can gain %+v", name, q.Gains)
		}
	}
}
