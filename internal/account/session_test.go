package account_test

import (
	"testing"
	"time"

	"parvis/internal/account"
	"parvis/internal/authz"
	"parvis/internal/db"
	"parvis/internal/jobs"
	"parvis/internal/problem"
)

func (t *town) begin(id string, a account.Account, stay bool) account.Session {
	t.Helper()
	s, err := t.Begin(ctx, account.Session{ID: id, Account: a.ID, Browser: "Firefox, Linux", Proof: account.ByPassword}, stay)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (t *town) alive(id string) bool {
	t.Helper()
	_, _, ok, err := t.Resume(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	return ok
}

func TestASessionRestsAndEnds(t *testing.T) {
	each(t, func(t *town) {
		resident, agent := t.person("ana@example.org", authz.Resident, good), t.person("bo@example.org", authz.Agent, good)
		for _, c := range []struct {
			id          string
			who         account.Account
			stay        bool
			rest, whole time.Duration
		}{
			{"a", agent, false, 2 * time.Hour, 12 * time.Hour},
			{"b", agent, true, 2 * time.Hour, 12 * time.Hour}, // who works here cannot ask
			{"c", resident, false, 2 * time.Hour, 12 * time.Hour},
			{"d", resident, true, 30 * 24 * time.Hour, 180 * 24 * time.Hour},
		} {
			t.begin(c.id, c.who, c.stay)
			t.clock.Advance(c.rest - time.Millisecond)
			if !t.alive(c.id) {
				t.Errorf("%s ends before it rested %v", c.id, c.rest)
			}
			t.clock.Advance(c.rest)
			if t.alive(c.id) {
				t.Errorf("%s rests longer than %v", c.id, c.rest)
			}
			t.begin(c.id+"2", c.who, c.stay)
			for spent := time.Duration(0); spent < c.whole; spent += c.rest / 2 {
				if !t.alive(c.id + "2") {
					t.Errorf("%s ends after %v although it is used", c.id, spent)
				}
				t.clock.Advance(c.rest / 2)
			}
			if t.alive(c.id + "2") {
				t.Errorf("%s goes on after %v", c.id, c.whole)
			}
		}
	})
}

func TestASessionKnowsItsAccountAndWhenItServed(t *testing.T) {
	each(t, func(t *town) {
		a := t.person("ana@example.org", authz.Agent, good)
		t.begin("s", a, false)
		t.clock.Advance(59 * time.Second)
		s, who, ok, err := t.Resume(ctx, "s")
		if err != nil || !ok || who.ID != a.ID || who.Name != a.Name || s.Browser != "Firefox, Linux" || !s.Seen.Equal(noon) || s.Fresh {
			t.Errorf("%+v, %+v, %v, %v", s, who, ok, err)
		}
		t.clock.Advance(time.Second)
		t.alive("s")
		if s, _, _, err := t.Resume(ctx, "s"); err != nil || !s.Seen.Equal(noon.Add(time.Minute)) {
			t.Errorf("seen %v, %v", s.Seen, err)
		}
		if err := t.SetRole(ctx, boss, a.ID, authz.Coordinator); err != nil {
			t.Fatal(err)
		}
		if _, who, _, err := t.Resume(ctx, "s"); err != nil || who.Role != authz.Coordinator {
			t.Errorf("a new role counts at once: %v, %v", who.Role, err)
		}
		if t.alive("made up") || t.alive("") {
			t.Error("a session that never was")
		}
	})
}

func TestOneEndsOnesOwnSessionsAndNoOthers(t *testing.T) {
	each(t, func(t *town) {
		ana, bo := t.person("ana@example.org", authz.Agent, good), t.person("bo@example.org", authz.Agent, good)
		for _, id := range []string{"a1", "a2", "a3"} {
			t.begin(id, ana, false)
			t.clock.Advance(time.Second)
		}
		t.begin("b1", bo, false)
		all, err := t.Sessions(ctx, ana.ID)
		if err != nil || len(all) != 3 || all[0].ID != "a3" {
			t.Fatal(all, err)
		}
		if err := t.EndOwn(ctx, bo.Who(), "a1"); !problem.Is(err, problem.NotFound) || !t.alive("a1") {
			t.Errorf("another's session: %v", err)
		}
		if err := t.EndOwn(ctx, ana.Who(), "a1"); err != nil || t.alive("a1") {
			t.Error(err)
		}
		if err := t.EndOthers(ctx, ana.Who(), "a2"); err != nil || t.alive("a3") || !t.alive("a2") || !t.alive("b1") {
			t.Errorf("ended too much or too little: %v", err)
		}
		for range 2 {
			if err := t.End(ctx, "a2"); err != nil {
				t.Error(err)
			}
		}
		if t.alive("a2") {
			t.Error("signed out, and still in")
		}
	})
}

func TestNoSessionForWhoMayNotComeIn(t *testing.T) {
	each(t, func(t *town) {
		a, _, err := t.Invite(ctx, boss, account.Newcomer{Name: "Bo", Mail: "bo@example.org", Role: authz.Agent})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := t.Begin(ctx, account.Session{ID: "s", Account: a.ID}, false); !problem.Is(err, problem.Unauthenticated) {
			t.Errorf("invited only: %v", err)
		}
		if _, err := t.Begin(ctx, account.Session{ID: "s", Account: "nobody"}, false); !problem.Is(err, problem.NotFound) {
			t.Errorf("nobody: %v", err)
		}
	})
}

func TestWhatIsOverIsSwept(t *testing.T) {
	each(t, func(t *town) {
		a := t.person("ana@example.org", authz.Resident, good)
		t.begin("short", a, false)
		t.begin("long", a, true)
		if _, err := t.Password(ctx, from(a.Mail, "192.0.2.1", "b"), good); err != nil {
			t.Fatal(err)
		}
		_, _ = t.Password(ctx, from("nobody@example.org", "192.0.2.1", ""), "guess number one")
		if _, err := t.SendCode(ctx, from(a.Mail, "192.0.2.1", "b")); err != nil {
			t.Fatal(err)
		}
		count := func() (n [4]int) {
			for i, table := range []string{"session", "one_time_code", "login_attempt", "known_browser"} {
				err := t.db.Read(ctx, func(tx *db.Tx) error { return tx.QueryRow(`SELECT COUNT(*) FROM ` + table).Scan(&n[i]) })
				if err != nil {
					t.Fatal(err)
				}
			}
			return n
		}
		sweep := func() {
			if err := t.db.Write(ctx, func(tx *db.Tx) error { _, err := jobs.Enqueue(tx, "account.sweep", nil, jobs.Options{}); return err }); err != nil {
				t.Fatal(err)
			}
			if _, err := t.post.RunDue(ctx); err != nil {
				t.Fatal(err)
			}
		}
		sweep()
		if n := count(); n[0] != 2 || n[1] != 2 || n[2] < 4 || n[3] != 1 {
			t.Errorf("too early: %v", n)
		}
		t.clock.Advance(48 * time.Hour)
		sweep()
		if n := count(); n != [4]int{1, 0, 0, 1} {
			t.Errorf("after two days: %v", n)
		}
		t.clock.Advance(200 * 24 * time.Hour)
		sweep()
		if n := count(); n != [4]int{} {
			t.Errorf("after a long time: %v", n)
		}
	})
}
