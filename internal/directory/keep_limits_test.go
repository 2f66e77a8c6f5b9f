package directory

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/hours"
	"parvis/internal/problem"
)

// byLinks is everything that can be done with a link, each as a change that would succeed.
func byLinks(dir *Directory, t *testing.T) map[string]func(token string) error {
	day := hours.NewDate(2027, time.March, 1)
	return map[string]func(string) error{
		"confirm": func(token string) error { _, err := dir.ConfirmByLink(t.Context(), token); return err },
		"correct": func(token string) error {
			_, err := dir.CorrectByLink(t.Context(), token, "", Correction{Lang: "fr", Phones: "03 53 01 00 99"})
			return err
		},
		"close":       func(token string) error { return dir.CloseByLink(t.Context(), token, Closure{From: day, To: day}) },
		"open":        func(token string) error { return dir.OpenByLink(t.Context(), token, "any") },
		"start again": func(token string) error { return dir.StopByLink(t.Context(), token, false) },
	}
}

func TestALinkThatServesNoMoreChangesNothing(t *testing.T) {
	withLetters(t, func(t *testing.T, dir *Directory, d *db.DB, c *clock.Manual) {
		stale(t, dir, "a", 7, "a@nord.example")
		stale(t, dir, "b", 7, "b@nord.example")
		older, other := sent(t, dir, d, "a"), sent(t, dir, d, "b")
		c.Set(today.Add(2 * time.Hour))
		expires := today.Add(2*time.Hour + linkServes)
		newer := sent(t, dir, d, "a")
		refuse := func(what, token string, kind problem.Kind) {
			t.Helper()
			before := last(t, d)
			for name, do := range byLinks(dir, t) {
				if err := do(token); !problem.Is(err, kind) {
					t.Errorf("%s by %s: %v", name, what, err)
				}
			}
			if got := kinds(t, d, before); len(got) != 0 {
				t.Errorf("%s: events %v", what, got)
			}
		}
		refuse("a replaced link", older, problem.Gone)
		for _, token := range []string{"", newer[:42], newer + "A", newer + "=", strings.ToUpper(newer), strings.ToLower(newer), " " + newer, newer + "\x00", linkHash(newer), "' OR 1=1 --"} {
			refuse(fmt.Sprintf("the tampered %q", token), token, problem.NotFound)
		}
		c.Set(expires.Add(-time.Nanosecond))
		if l, err := dir.OpenLink(t.Context(), newer); err != nil || l.State != LinkServes || !l.Expires.Equal(expires) {
			t.Errorf("just before it expires: %+v, %v", l, err)
		}
		if err := dir.SetTeamMail(t.Context(), ana, "b", "neu@nord.example"); err != nil {
			t.Fatal(err)
		}
		refuse("a link to an address of before", other, problem.Gone)
		c.Set(expires)
		refuse("an expired link", newer, problem.Gone)
		if err := dir.StopByLink(t.Context(), newer, true); err != nil {
			t.Errorf("an expired link stops reminders: %v", err)
		}
		if l, err := dir.OpenLink(t.Context(), newer); err != nil || !l.Stopped || l.State != LinkExpired {
			t.Errorf("stopped by it: %+v, %v", l, err)
		}
		if err := dir.StopByLink(t.Context(), "none", true); !problem.Is(err, problem.NotFound) {
			t.Errorf("an invented token stops reminders: %v", err)
		}
	})
}

func TestOneLetterChangedOpensNothing(t *testing.T) {
	withLetters(t, func(t *testing.T, dir *Directory, d *db.DB, _ *clock.Manual) {
		stale(t, dir, "a", 7, "a@nord.example")
		token := sent(t, dir, d, "a")
		for i := range len(token) {
			changed := []byte(token)
			if changed[i]++; changed[i] == '`' {
				changed[i] = 'A'
			}
			if l, err := dir.OpenLink(t.Context(), string(changed)); !problem.Is(err, problem.NotFound) || l.Place != "" {
				t.Fatalf("letter %d of %s changed: %+v, %v", i, token, l, err)
			}
		}
	})
}

func TestALinkIsOfItsPlaceAlone(t *testing.T) {
	withLetters(t, func(t *testing.T, dir *Directory, d *db.DB, _ *clock.Manual) {
		stale(t, dir, "a", 7, "shared@nord.example")
		stale(t, dir, "b", 7, "shared@nord.example") // one team, two places
		a, b := sent(t, dir, d, "a"), sent(t, dir, d, "b")
		was, err := dir.Sheet(t.Context(), "b")
		if err != nil {
			t.Fatal(err)
		}
		c := dir.setting.CorrectionOf(&was.Place, was.Services, "fr")
		if _, err := dir.CorrectByLink(t.Context(), a, c.Seen(), c); !problem.Is(err, problem.Conflict) {
			t.Errorf("the form of another place: %v", err)
		}
		mine, err := dir.Sheet(t.Context(), "a")
		if err != nil {
			t.Fatal(err)
		}
		form := dir.setting.CorrectionOf(&mine.Place, mine.Services, "fr")
		seen := form.Seen()
		form.Services = append(form.Services, ServiceCorrection{ID: "b-s", Fee: FeePaid, FeeNote: "100 €"})
		if _, err := dir.CorrectByLink(t.Context(), a, seen, form); err != nil {
			t.Fatal(err)
		}
		now, err := dir.Sheet(t.Context(), "b")
		if err != nil || text(now.Place) != text(was.Place) || now.Services[0].Fee != FeeFree || now.Services[0].FeeNote != nil {
			t.Errorf("the other place: %+v, %v", now, err)
		}
		for token, place := range map[string]string{a: "a", b: "b"} {
			if l, err := dir.OpenLink(t.Context(), token); err != nil || l.Place != place || l.State != LinkServes {
				t.Errorf("the link of %s: %+v, %v", place, l, err)
			}
		}
	})
}

func TestAClosureThatIsOverIsRefused(t *testing.T) {
	withLetters(t, func(t *testing.T, dir *Directory, d *db.DB, c *clock.Manual) {
		stale(t, dir, "a", 7, "a@nord.example")
		token := sent(t, dir, d, "a")
		now := dir.today()
		for _, one := range []struct {
			closure Closure
			wrong   []string
		}{
			{Closure{From: now - 1, To: now - 1}, []string{"from"}},
			{Closure{From: now - 9, To: now - 1}, []string{"to"}},
			{Closure{From: now + 2, To: now + 1}, []string{"to"}},
			{Closure{From: now, To: now + longest + 1}, []string{"to"}},
			{Closure{To: now}, []string{"from"}},
			{Closure{}, []string{"from"}},
			{Closure{From: now, To: now, Hours: "26:00-27:00"}, []string{"hours"}},
			{Closure{From: now + 2, To: now, Hours: "soir"}, []string{"to", "hours"}},
		} {
			before := last(t, d)
			if err := dir.CloseByLink(t.Context(), token, one.closure); !slices.Equal(told(t, err), one.wrong) {
				t.Errorf("%v to %v %q: %v, want %v", one.closure.From, one.closure.To, one.closure.Hours, err, one.wrong)
			}
			one.closure.Place = "a"
			if _, err := dir.Close(t.Context(), "ana", one.closure); !slices.Equal(told(t, err), one.wrong) || last(t, d) != before {
				t.Errorf("%v to %v at the desk: %v, want %v", one.closure.From, one.closure.To, err, one.wrong)
			}
		}
		c.Set(time.Date(2026, time.November, 24, 22, 59, 0, 0, time.UTC)) // a minute before midnight in Lille
		if err := dir.CloseByLink(t.Context(), token, Closure{From: now - 3, To: now + 1}); err != nil {
			t.Errorf("it lasts until tonight: %v", err)
		}
		c.Set(time.Date(2026, time.November, 24, 23, 0, 0, 0, time.UTC))
		if err := dir.CloseByLink(t.Context(), token, Closure{From: now - 3, To: now + 1}); !slices.Equal(told(t, err), []string{"to"}) {
			t.Errorf("it was over at midnight: %v", err)
		}
	})
}

func TestAFormIsRefusedWholeOrTakenWhole(t *testing.T) {
	withLetters(t, func(t *testing.T, dir *Directory, d *db.DB, _ *clock.Manual) {
		stale(t, dir, "a", 7, "a@nord.example")
		token := sent(t, dir, d, "a")
		was, err := dir.Sheet(t.Context(), "a")
		if err != nil {
			t.Fatal(err)
		}
		before := last(t, d)
		for name, one := range map[string]struct {
			change func(*Correction)
			wrong  string
		}{
			"two times that overlap":     {func(c *Correction) { c.Days[0] = "9h-12h, 11h-14h" }, "day-1"},
			"one time inside another":    {func(c *Correction) { c.Days[1] = "8h-18h, 10h-11h" }, "day-2"},
			"times in the wrong order":   {func(c *Correction) { c.Days[2] = "14h-18h, 9h-12h" }, "day-3"},
			"a time that ends at once":   {func(c *Correction) { c.Days[3] = "9h-9h" }, "day-4"},
			"the evening twice":          {func(c *Correction) { c.Days[4] = "20h-2h, 21h-3h" }, "day-5"},
			"digits nobody has":          {func(c *Correction) { c.Days[5] = "९-१२" }, "day-6"},
			"a phone with letters":       {func(c *Correction) { c.Phones = "03 53 AB 00 12" }, "phones"},
			"5,000 characters of phones": {func(c *Correction) { c.Phones = strings.Repeat("1", 5000) }, "phones"},
			"5,000 characters to bring":  {func(c *Correction) { c.Bring = strings.Repeat("字", 5000) }, "bring"},
			"5,000 characters of hours":  {func(c *Correction) { c.Words = strings.Repeat("a ", 2500) }, "words"},
			"5,000 characters of a note": {func(c *Correction) { c.Services[0].FeeNote = strings.Repeat("é", 5000) }, "s-a-s-note"},
			"two addresses on one line":  {func(c *Correction) { c.Mails = "a@nord.example, b@nord.example" }, "mails"},
			"a letter's head in a line":  {func(c *Correction) { c.Mails = "a@nord.example\rBcc: b@nord.example" }, "mails"},
			"a site that runs":           {func(c *Correction) { c.Sites = "javascript:alert(1)" }, "sites"},
		} {
			c := dir.setting.CorrectionOf(&was.Place, was.Services, "fr")
			seen := c.Seen()
			c.Services[0].Fee = FeePaid // right by itself
			one.change(&c)
			if _, err := dir.CorrectByLink(t.Context(), token, seen, c); !slices.Equal(told(t, err), []string{one.wrong}) {
				t.Errorf("%s: %v", name, err)
			}
		}
		now, err := dir.Sheet(t.Context(), "a")
		if err != nil || text(now) != text(was) || last(t, d) != before {
			t.Errorf("a form that was refused changed something: %+v, %v", now, kinds(t, d, before))
		}
		c := dir.setting.CorrectionOf(&was.Place, was.Services, "fr")
		seen := c.Seen()
		c.Days[0], c.Phones = "9h-12h, 12h-14h", "03 53 01 00 12\n+33 3 53 01 00 12\n03.53.01.00.12" // one after the other; one number thrice
		if _, err := dir.CorrectByLink(t.Context(), token, seen, c); err != nil {
			t.Fatal(err)
		}
		now, _ = dir.Sheet(t.Context(), "a")
		if phones := now.Place.Contact.Phones; len(phones) != 1 || !strings.HasPrefix(now.Place.Hours.OSM, "Mo 09:00-") {
			t.Errorf("%+v, %q", phones, now.Place.Hours.OSM)
		}
	})
}
