package account_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"parvis/internal/account"
	"parvis/internal/audit"
	"parvis/internal/authz"
	"parvis/internal/db"
	"parvis/internal/event"
	"parvis/internal/problem"
)

// history is what happened to an account, in order.
func (t *town) history(id string) (kinds []string) {
	t.Helper()
	events, err := event.NewLog(t.db).After(context.Background(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		if e.SubjectID == id {
			kinds = append(kinds, strings.TrimPrefix(e.Kind, "account."))
		}
		if e.Data != "{}" {
			t.Errorf("an event says %s", e.Data)
		}
	}
	return kinds
}

// trail is what the trail says of an account, in order.
func (t *town) trail(id string) (lines []string) {
	t.Helper()
	err := t.db.Read(context.Background(), func(tx *db.Tx) error {
		if _, err := audit.Verify(tx); err != nil {
			return err
		}
		all, err := audit.TrailOf(tx, "account", id, 100)
		for _, e := range slices.Backward(all) {
			lines = append(lines, strings.TrimPrefix(e.Action, "account.")+" "+e.Data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

func TestSomebodyIsInvitedAndComesIn(t *testing.T) {
	each(t, func(t *town) {
		a, link, err := t.Invite(context.Background(), boss, account.Newcomer{Name: " Ana Ionescu ", Mail: "Ana@Example.org", Role: authz.Agent, Lang: "ro"})
		if err != nil || a.State != account.Invited || a.Name != "Ana Ionescu" {
			t.Fatal(a, err)
		}
		if !strings.HasPrefix(link.Path(), "/invitation/") || link.Expires.Sub(noon) != 7*24*time.Hour {
			t.Errorf("%+v", link)
		}
		for range 2 { // opening uses nothing up
			if who, purpose, err := t.OpenLink(context.Background(), link.Token); err != nil || who.ID != a.ID || purpose != account.Invitation {
				t.Fatal(who, purpose, err)
			}
		}
		in, err := t.Accept(context.Background(), link.Token, account.Choice{Name: "Ana I.", Password: good, Lang: "fr", Browser: "b"})
		if err != nil || in.State != account.Active || in.Name != "Ana I." || in.Lang != "fr" {
			t.Fatal(in, err)
		}
		if got, err := t.Find(context.Background(), "ANA@example.org"); err != nil || got.State != account.Active || got.Mail != "Ana@Example.org" || got.LastSeen.IsZero() {
			t.Errorf("%+v, %v", got, err)
		}
		if _, err := t.Accept(context.Background(), link.Token, account.Choice{Password: good}); key(err) != "signin.link-gone" {
			t.Errorf("a link serves twice: %v", err)
		}
		if want := []string{"invited", "activated", "password-set"}; !slices.Equal(t.history(a.ID), want) {
			t.Errorf("history %v, want %v", t.history(a.ID), want)
		}
		want := []string{`invite {"role":"agent"}`, "password {}", `sign-in {"by":"link"}`}
		if !slices.Equal(t.trail(a.ID), want) {
			t.Errorf("trail %v, want %v", t.trail(a.ID), want)
		}
	})
}

func TestWhatIsWrongWithANewAccount(t *testing.T) {
	each(t, func(t *town) {
		t.person("ana@example.org", authz.Agent, good)
		fine := account.Newcomer{Name: "Bo", Mail: "bo@example.org", Role: authz.Helper}
		for want, spoil := range map[string]func(*account.Newcomer){
			"name signin.name-form":   func(n *account.Newcomer) { n.Name = " " },
			"mail signin.mail-form":   func(n *account.Newcomer) { n.Mail = "bo@example" },
			"role signin.role-form":   func(n *account.Newcomer) { n.Role = authz.Visitor },
			"lang signin.lang-form":   func(n *account.Newcomer) { n.Lang = "de" },
			"mail signin.mail-taken":  func(n *account.Newcomer) { n.Mail = "ANA@example.org" },
			"name signin.name-form, ": func(n *account.Newcomer) { n.Name, n.Mail = strings.Repeat("n", 81), "Bo <bo@example.org>" },
		} {
			n := fine
			spoil(&n)
			if _, _, err := t.Invite(context.Background(), boss, n); !problem.Is(err, problem.Invalid) || !strings.HasPrefix(fields(err), want) {
				t.Errorf("%+v: %v, want %s", n, fields(err), want)
			}
		}
		if _, _, err := t.Invite(context.Background(), authz.Who{}, fine); err != nil {
			t.Error(err)
		}
	})
}

func TestALinkServesForItsTime(t *testing.T) {
	each(t, func(t *town) {
		a := t.person("ana@example.org", authz.Agent, good)
		first, err := t.NewLink(context.Background(), boss, a.ID)
		if err != nil || first.Purpose != account.NewPassword {
			t.Fatal(first, err)
		}
		second, err := t.NewLink(context.Background(), boss, a.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, token := range []string{first.Token, "", "made up", second.Token + "x"} {
			if _, _, err := t.OpenLink(context.Background(), token); !problem.Is(err, problem.Gone) {
				t.Errorf("%q opens: %v", token, err)
			}
		}
		if _, err := t.Accept(context.Background(), second.Token, account.Choice{Password: "short"}); fields(err) != "password signin.password-short" {
			t.Errorf("a short password: %v", err)
		}
		t.clock.Advance(24*time.Hour - time.Millisecond)
		if _, _, err := t.OpenLink(context.Background(), second.Token); err != nil {
			t.Errorf("what was wrong used it up, or it went early: %v", err)
		}
		t.clock.Advance(time.Millisecond)
		if _, err := t.Accept(context.Background(), second.Token, account.Choice{Password: good}); !problem.Is(err, problem.Gone) {
			t.Errorf("it serves too long: %v", err)
		}
	})
}

func TestRolesChangeAndTheLastManagerStays(t *testing.T) {
	each(t, func(t *town) {
		ctx := context.Background()
		ana := t.person("ana@example.org", authz.Manager, good)
		if err := t.SetRole(ctx, boss, ana.ID, authz.Agent); key(err) != "signin.last-manager" || !problem.Is(err, problem.Conflict) {
			t.Errorf("the last manager goes: %v", err)
		}
		if err := t.Suspend(ctx, boss, ana.ID); key(err) != "signin.last-manager" {
			t.Errorf("the last manager is suspended: %v", err)
		}
		bo := t.person("bo@example.org", authz.Helper, good)
		if err := t.SetRole(ctx, boss, bo.ID, authz.Manager); err != nil {
			t.Fatal(err)
		}
		if err := t.SetRole(ctx, boss, ana.ID, authz.Agent); err != nil {
			t.Errorf("now there are two: %v", err)
		}
		if got, err := t.Get(ctx, ana.ID); err != nil || got.Role != authz.Agent {
			t.Error(got, err)
		}
		for _, role := range []authz.Role{authz.Visitor, "emperor", ""} {
			if err := t.SetRole(ctx, boss, ana.ID, role); !problem.Is(err, problem.Invalid) {
				t.Errorf("role %q: %v", role, err)
			}
		}
		if err := t.SetRole(ctx, boss, "nobody", authz.Agent); !problem.Is(err, problem.NotFound) {
			t.Errorf("nobody: %v", err)
		}
		if h := t.history(ana.ID); h[len(h)-1] != "role-changed" {
			t.Errorf("history %v", h)
		}
		if l := t.trail(ana.ID); l[len(l)-1] != `role {"from":"manager","to":"agent"}` {
			t.Errorf("trail %v", l)
		}
	})
}

// Two managers who remove each other at the same moment: one of them stays.
func TestOneManagerStaysWhoeverIsFaster(t *testing.T) {
	each(t, func(t *town) {
		ana, bo := t.person("ana@example.org", authz.Manager, good), t.person("bo@example.org", authz.Manager, good)
		ended := make(chan error, 2)
		for _, id := range []string{ana.ID, bo.ID} {
			go func() { ended <- t.Suspend(context.Background(), boss, id) }()
		}
		first, second := <-ended, <-ended
		if (first == nil) == (second == nil) {
			t.Errorf("%v and %v", first, second)
		}
	})
}

func TestWhoIsSuspendedIsOutUntilRestored(t *testing.T) {
	each(t, func(t *town) {
		ctx := context.Background()
		a := t.person("ana@example.org", authz.Agent, good)
		session, err := t.Begin(ctx, account.Session{ID: "s", Account: a.ID, Proof: account.ByPassword}, false)
		if err != nil {
			t.Fatal(err)
		}
		link, err := t.NewLink(ctx, boss, a.ID)
		if err != nil {
			t.Fatal(err)
		}
		if err := t.Suspend(ctx, boss, a.ID); err != nil {
			t.Fatal(err)
		}
		if _, _, ok, err := t.Resume(ctx, session.ID); ok || err != nil {
			t.Errorf("the session goes on: %v, %v", ok, err)
		}
		if _, _, err := t.OpenLink(ctx, link.Token); !problem.Is(err, problem.Gone) {
			t.Errorf("the link serves: %v", err)
		}
		if _, err := t.Password(ctx, from("ana@example.org", "192.0.2.1", "b"), good); fields(err) != "password signin.wrong" {
			t.Errorf("the password opens: %v", err)
		}
		if _, err := t.NewLink(ctx, boss, a.ID); key(err) != "signin.is-suspended" {
			t.Errorf("a link is made: %v", err)
		}
		if err := t.Restore(ctx, boss, a.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := t.Password(ctx, from("ana@example.org", "192.0.2.1", "b"), good); err != nil {
			t.Errorf("restored, and still out: %v", err)
		}
		if h := t.history(a.ID); !slices.Equal(h[3:], []string{"suspended", "restored"}) {
			t.Errorf("history %v", h)
		}
	})
}

func TestListsAndNames(t *testing.T) {
	each(t, func(t *town) {
		ctx := context.Background()
		ana := t.person("ana@example.org", authz.Manager, good)
		t.person("bo@example.org", authz.Agent, good)
		all, err := t.List(ctx, "")
		if err != nil || len(all) != 2 {
			t.Error(all, err)
		}
		if some, err := t.List(ctx, authz.Agent); err != nil || len(some) != 1 || some[0].Mail != "bo@example.org" {
			t.Error(some, err)
		}
		if names, err := t.Names(ctx, []string{ana.ID, "nobody"}); err != nil || len(names) != 1 || names[ana.ID] != "Ana Ionescu" {
			t.Error(names, err)
		}
		if err := t.SetLang(ctx, ana.Who(), ana.ID, "zh"); err != nil {
			t.Error(err)
		}
		if err := t.SetLang(ctx, ana.Who(), ana.ID, "de"); !problem.Is(err, problem.Invalid) {
			t.Errorf("a language that is not offered: %v", err)
		}
		if got, err := t.Get(ctx, ana.ID); err != nil || got.Lang != "zh" || got.Who().Name != "Ana Ionescu" {
			t.Error(got, err)
		}
	})
}
