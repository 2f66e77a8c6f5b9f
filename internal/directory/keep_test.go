package directory

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"parvis/internal/audit"
	"parvis/internal/authz"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/hours"
	"parvis/internal/i18n"
	"parvis/internal/jobs"
	"parvis/internal/notify"
	"parvis/internal/problem"
)

// withLetters is a directory with letters: the territory signs, and its site has an address.
func withLetters(t *testing.T, f func(t *testing.T, dir *Directory, d *db.DB, c *clock.Manual)) {
	t.Helper()
	t.Parallel()
	for engine, address := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			c := clock.At(today)
			d := dbtest.Open(t, address(t), db.Options{Clock: c})
			s := north(t)
			s.House, s.Phone, s.Origin = i18n.Text{"fr": "Département du Nord", "en": "Nord"}, "03 53 01 59 59", "https://nord.example"
			dir, err := New(Options{DB: d, Setting: s, Words: bundle(t), Clock: c})
			if err != nil {
				t.Fatal(err)
			}
			f(t, dir, d, c)
		})
	}
}

// stale puts a place that nobody has confirmed for so many months.
func stale(t *testing.T, dir *Directory, id string, months int, mails ...string) Place {
	t.Helper()
	return put(t, dir, Place{ID: id, Name: fr("Lieu " + id), Hours: ReadHours("Mo-Fr 09:00-12:00; PH off"), Contact: Contact{Mails: mails, Phones: []Phone{{Number: "03 53 01 00 12"}}},
		Record: Record{Confirmed: Confirmation{At: today.AddDate(0, -months, 0)}}}, Service{ID: id + "-s", Name: fr("Aide"), Fee: FeeFree})
}

// letters are what was written, the newest last.
func letters(t *testing.T, d *db.DB) []notify.Message {
	t.Helper()
	var all []notify.Message
	if err := d.Read(t.Context(), func(tx *db.Tx) (err error) { all, err = notify.List(tx, notify.Waiting, 500); return err }); err != nil {
		t.Fatal(err)
	}
	slices.Reverse(all)
	return all
}

var inLetter = regexp.MustCompile(`https://nord\.example/keep/([A-Za-z0-9_-]{43})\?`)

// tokenIn is the link of a letter.
func tokenIn(t *testing.T, m notify.Message) string {
	t.Helper()
	found := inLetter.FindStringSubmatch(m.Text)
	if found == nil {
		t.Fatalf("no link in %q", m.Text)
	}
	return found[1]
}

func sent(t *testing.T, dir *Directory, d *db.DB, place string) string {
	t.Helper()
	if err := dir.SendLink(t.Context(), ana, place); err != nil {
		t.Fatal(err)
	}
	all := letters(t, d)
	return tokenIn(t, all[len(all)-1])
}

var ana = authz.Who{Account: "ana", Name: "Ana", Role: authz.Coordinator}

func TestALinkOpensOneRecordUntilItExpires(t *testing.T) {
	withLetters(t, func(t *testing.T, dir *Directory, d *db.DB, c *clock.Manual) {
		stale(t, dir, "a", 7, "a@nord.example")
		token := sent(t, dir, d, "a")
		var kept int
		if err := d.Read(t.Context(), func(tx *db.Tx) error {
			return tx.QueryRow("SELECT COUNT(*) FROM directory_link WHERE id = $1 OR id LIKE $2", token, token[:10]+"%").Scan(&kept)
		}); err != nil || kept != 0 {
			t.Errorf("the token is kept as it is: %d, %v", kept, err)
		}
		for range 2 { // opening uses nothing up
			if l, err := dir.OpenLink(t.Context(), token); err != nil || l.Place != "a" || l.State != LinkServes || l.Lang != "fr" {
				t.Fatalf("%+v, %v", l, err)
			}
		}
		if _, err := dir.OpenLink(t.Context(), strings.Repeat("x", 43)); !problem.Is(err, problem.NotFound) {
			t.Errorf("an invented token: %v", err)
		}
		if err := dir.SendLink(t.Context(), ana, "a"); !problem.Is(err, problem.Conflict) {
			t.Errorf("two letters within the hour: %v", err)
		}
		c.Set(today.Add(2 * time.Hour))
		newer := sent(t, dir, d, "a")
		if l, _ := dir.OpenLink(t.Context(), token); l.State != LinkReplaced {
			t.Errorf("the older link: %+v", l)
		}
		if _, err := dir.ConfirmByLink(t.Context(), token); !problem.Is(err, problem.Gone) {
			t.Errorf("the older link still confirms: %v", err)
		}
		c.Set(today.Add(2*time.Hour + linkServes - time.Minute))
		if l, _ := dir.OpenLink(t.Context(), newer); l.State != LinkServes {
			t.Errorf("a minute before: %+v", l)
		}
		c.Set(today.Add(2*time.Hour + linkServes))
		if l, _ := dir.OpenLink(t.Context(), newer); l.State != LinkExpired {
			t.Errorf("expired: %+v", l)
		}
		before := len(letters(t, d))
		for range 3 {
			if err := dir.SendAgain(t.Context(), newer); err != nil {
				t.Fatal(err)
			}
		}
		all := letters(t, d)
		if len(all) != before+1 || all[before].To != "a@nord.example" || all[before].Kind != "record.link" || !all[before].Secret {
			t.Errorf("asked three times, %d letters more", len(all)-before)
		}
		if err := dir.SendAgain(t.Context(), "nobody"); !problem.Is(err, problem.NotFound) {
			t.Errorf("an invented token gets a letter: %v", err)
		}
		c.Set(today.AddDate(2, 0, 0))
		if n, err := dir.ForgetLinks(t.Context()); err != nil || n != 3 {
			t.Errorf("forgot %d, %v", n, err)
		}
	})
}

func TestConfirmingByLinkIsSaidOnceADay(t *testing.T) {
	withLetters(t, func(t *testing.T, dir *Directory, d *db.DB, c *clock.Manual) {
		stale(t, dir, "a", 7, "a@nord.example")
		token := sent(t, dir, d, "a")
		was, _ := dir.Sheet(t.Context(), "a")
		before := last(t, d)
		if changed, err := dir.ConfirmByLink(t.Context(), token); err != nil || !changed {
			t.Fatalf("%v, %v", changed, err)
		}
		if got := kinds(t, d, before); !slices.Equal(got, []string{"place.confirmed"}) {
			t.Errorf("events %v", got)
		}
		sheet, err := dir.Sheet(t.Context(), "a")
		if err != nil || sheet.Freshness != Fresh || sheet.Place.Confirmed.By != ByTeam || !sheet.Place.Confirmed.At.Equal(today) || !sheet.Services[0].Confirmed.At.Equal(today) {
			t.Errorf("%+v, %v", sheet.Place.Record, err)
		}
		sheet.Place.Record, was.Place.Record = Record{}, Record{}
		if text(sheet.Place) != text(was.Place) {
			t.Errorf("confirming changed the record\n%s\n%s", text(sheet.Place), text(was.Place))
		}
		before = last(t, d)
		c.Set(today.Add(time.Hour))
		if changed, err := dir.ConfirmByLink(t.Context(), token); err != nil || changed || len(kinds(t, d, before)) != 0 {
			t.Errorf("the second time: %v, %v, %v", changed, err, kinds(t, d, before))
		}
		c.Set(today.AddDate(0, 0, 1))
		if changed, err := dir.ConfirmByLink(t.Context(), token); err != nil || !changed {
			t.Errorf("a day later: %v, %v", changed, err)
		}
		var trail []audit.Entry
		if err := d.Read(t.Context(), func(tx *db.Tx) (err error) { trail, err = audit.TrailOf(tx, SubjectPlace, "a", 10); return err }); err != nil {
			t.Fatal(err)
		}
		var actions []string
		for _, e := range trail {
			actions = append(actions, e.Action+"/"+e.Actor)
		}
		if !slices.Equal(actions, []string{"record.confirmed/", "record.confirmed/", "record.link-sent/ana"}) {
			t.Errorf("the trail says %v", actions)
		}
	})
}

func TestACorrectionIsSeenAtOnce(t *testing.T) {
	withLetters(t, func(t *testing.T, dir *Directory, d *db.DB, _ *clock.Manual) {
		load(t, dir)
		stale(t, dir, "a", 7, "a@nord.example")
		token := sent(t, dir, d, "a")
		form := func() Correction {
			sheet, err := dir.Sheet(t.Context(), "a")
			if err != nil {
				t.Fatal(err)
			}
			return dir.setting.CorrectionOf(&sheet.Place, sheet.Services, "fr")
		}
		c := form()
		seen := c.Seen()
		c.Phones = "12"
		before := last(t, d)
		if _, err := dir.CorrectByLink(t.Context(), token, seen, c); !slices.Equal(told(t, err), []string{"phones"}) || last(t, d) != before {
			t.Errorf("a wrong phone: %v", err)
		}
		c.Phones, c.Days[5], c.Services[0].Fee = "03 53 01 00 77", "10h-12h", FeePaid
		if moved, err := dir.CorrectByLink(t.Context(), token, seen, c); err != nil || moved {
			t.Fatalf("%v, %v", moved, err)
		}
		if got := kinds(t, d, before); !slices.Equal(got, []string{"place.changed", "service.changed", "place.confirmed"}) {
			t.Errorf("events %v", got)
		}
		settled(t, dir)
		found, err := dir.Search(t.Context(), Query{Words: "Lieu a", Language: "fr", OpenAt: time.Date(2026, 11, 28, 10, 30, 0, 0, dir.setting.Zone)})
		if err != nil || len(found.Found) != 1 {
			t.Errorf("search: %+v, %v", found, err)
		}
		sheet, _ := dir.Sheet(t.Context(), "a")
		if sheet.Place.Hours.OSM != "Mo-Fr 09:00-12:00; Sa 10:00-12:00; PH off" || sheet.Place.Contact.Phones[0].Number != "+33353010077" || sheet.Services[0].Fee != FeePaid || sheet.Place.Confirmed.By != ByTeam {
			t.Errorf("%+v", sheet.Place)
		}
		if _, err := dir.CorrectByLink(t.Context(), token, seen, c); !problem.Is(err, problem.Conflict) {
			t.Errorf("a form of before the change: %v", err)
		}
		c = form()
		seen, c.Mails = c.Seen(), "neu@nord.example"
		moved, err := dir.CorrectByLink(t.Context(), token, seen, c)
		all := letters(t, d)
		if err != nil || !moved || all[len(all)-1].To != "a@nord.example" || all[len(all)-1].Kind != "record.moved" || strings.Contains(all[len(all)-1].Text, "neu@") {
			t.Errorf("a new address: %v, %v, %+v", moved, err, all[len(all)-1])
		}
		if l, _ := dir.OpenLink(t.Context(), token); l.State != LinkMoved {
			t.Errorf("the link to the old address: %+v", l)
		}
		for range 2 {
			if err := dir.SendAgain(t.Context(), token); err != nil {
				t.Fatal(err)
			}
		}
		if again := letters(t, d); len(again) != len(all)+1 || again[len(all)].To != "neu@nord.example" {
			t.Errorf("a new link for the new address, once: %+v", again[len(all):])
		}
	})
}

func TestATeamClosesForSomeDays(t *testing.T) {
	withLetters(t, func(t *testing.T, dir *Directory, d *db.DB, _ *clock.Manual) {
		stale(t, dir, "a", 7, "a@nord.example")
		stale(t, dir, "b", 7, "b@nord.example")
		token := sent(t, dir, d, "a")
		day := hours.NewDate(2026, time.December, 24)
		closure := Closure{Place: "b", From: day, To: day, Reason: fr("Inventaire")}
		if err := dir.CloseByLink(t.Context(), token, Closure{From: day, To: day - 1}); !slices.Equal(told(t, err), []string{"to"}) {
			t.Errorf("backwards: %v", err)
		}
		for range 2 {
			if err := dir.CloseByLink(t.Context(), token, closure); err != nil {
				t.Fatal(err)
			}
		}
		a, _ := dir.Sheet(t.Context(), "a")
		b, _ := dir.Sheet(t.Context(), "b")
		if len(a.Closures) != 1 || len(b.Closures) != 0 || a.Closures[0].By != "team:a" {
			t.Fatalf("%+v, %+v", a.Closures, b.Closures)
		}
		other, err := dir.Close(t.Context(), "ana", Closure{Place: "b", From: day, To: day})
		if err != nil {
			t.Fatal(err)
		}
		if err := dir.OpenByLink(t.Context(), token, other.ID); !problem.Is(err, problem.NotFound) {
			t.Errorf("another place's closure: %v", err)
		}
		if b, _ := dir.Sheet(t.Context(), "b"); len(b.Closures) != 1 {
			t.Error("another place's closure is gone")
		}
		for range 2 {
			if err := dir.OpenByLink(t.Context(), token, a.Closures[0].ID); err != nil {
				t.Fatal(err)
			}
		}
		if a, _ := dir.Sheet(t.Context(), "a"); len(a.Closures) != 0 {
			t.Error("still closed")
		}
	})
}

func TestTeamsAreRemindedThreeTimesAtMost(t *testing.T) {
	withLetters(t, func(t *testing.T, dir *Directory, d *db.DB, c *clock.Manual) {
		stale(t, dir, "a", 5, "a@nord.example") // to confirm: five months to the day
		stale(t, dir, "fresh", 4, "f@nord.example")
		stale(t, dir, "mute", 9)
		stale(t, dir, "gone", 9, "g@nord.example")
		if err := dir.EndPlace(t.Context(), "ana", "gone"); err != nil {
			t.Fatal(err)
		}
		runner := jobs.NewRunner(d, jobs.RunnerOptions{Clock: c})
		dir.Jobs(runner)
		var days []int
		for day := range 120 {
			c.Set(today.Add(time.Duration(day) * 24 * time.Hour))
			n := len(letters(t, d))
			for range 2 { // the second run of a day writes to nobody
				if _, err := dir.Remind(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if all := letters(t, d); len(all) > n {
				for _, m := range all[n:] {
					if m.To == "a@nord.example" {
						days = append(days, day)
					}
				}
			}
		}
		if !slices.Equal(days, []int{1, 15, 45}) {
			t.Errorf("asked on days %v", days)
		}
		for _, m := range letters(t, d) {
			if m.To != "a@nord.example" && m.To != "f@nord.example" {
				t.Errorf("a letter to %s", m.To)
			}
		}
		var token string
		for _, m := range letters(t, d) {
			if m.To == "a@nord.example" {
				token = tokenIn(t, m)
			}
		}
		c.Set(today.AddDate(0, 0, 46)) // before the last link expires
		if _, err := dir.ConfirmByLink(t.Context(), token); err != nil {
			t.Fatal(err)
		}
		c.Set(today.AddDate(0, 6, 20))
		if n, err := dir.Remind(t.Context()); err != nil || n == 0 {
			t.Errorf("confirmed, a new round begins: %d, %v", n, err)
		}
	})
}

func TestRemindersAreFewAndCanBeStopped(t *testing.T) {
	withLetters(t, func(t *testing.T, dir *Directory, d *db.DB, c *clock.Manual) {
		for i := range RemindersDaily + 5 {
			stale(t, dir, "p"+string(rune('a'+i/26))+string(rune('a'+i%26)), 7, "p"+string(rune('a'+i/26))+string(rune('a'+i%26))+"@nord.example")
		}
		for _, id := range []string{"x1", "x2", "x3"} { // one address for three, the longest unconfirmed
			stale(t, dir, id, 11, "x@nord.example")
		}
		if n, err := dir.Remind(t.Context()); err != nil || n != RemindersDaily {
			t.Errorf("the first day %d, %v", n, err)
		}
		if n, err := dir.Remind(t.Context()); err != nil || n != 0 {
			t.Errorf("again %d, %v", n, err)
		}
		count := map[string]int{}
		for _, m := range letters(t, d) {
			count[m.To]++
			if !strings.Contains(m.Text, "/stop?hl=fr") || !strings.Contains(m.Text, "Lundi") || m.Lang != "fr" || !m.Secret {
				t.Errorf("a letter without what it needs: %s", m.Text)
			}
		}
		if count["x@nord.example"] != 1 {
			t.Errorf("%d letters to one address on one day", count["x@nord.example"])
		}
		var first notify.Message
		for _, m := range letters(t, d) {
			if m.To == "x@nord.example" {
				first = m
			}
		}
		token := tokenIn(t, first)
		for range 2 {
			if err := dir.StopByLink(t.Context(), token, true); err != nil {
				t.Fatal(err)
			}
		}
		l, _ := dir.OpenLink(t.Context(), token)
		if !l.Stopped {
			t.Error("not stopped")
		}
		for day := range 60 {
			c.Set(today.AddDate(0, 0, day+1))
			if _, err := dir.Remind(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		n := 0
		for _, m := range letters(t, d) {
			if m.To == "x@nord.example" && strings.Contains(m.Subject, "Lieu "+l.Place) {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%d letters about %s, which wants none", n, l.Place)
		}
	})
}
