package account_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"parvis/internal/account"
	"parvis/internal/authz"
	"parvis/internal/db"
	"parvis/internal/problem"
)

var ctx = context.Background()

func TestSignInByPassword(t *testing.T) {
	each(t, func(t *town) {
		a := t.person("ana@example.org", authz.Agent, good)
		got, err := t.Password(ctx, from("ANA@example.org ", "192.0.2.1", "b"), good)
		if fields(err) != "mail signin.mail-form" { // the page trims; the service takes addresses as they are
			t.Errorf("%v", err)
		}
		got, err = t.Password(ctx, from("ANA@example.org", "192.0.2.1", "b"), good)
		if err != nil || got.ID != a.ID {
			t.Fatal(got, err)
		}
		if l := t.trail(a.ID); l[len(l)-1] != `sign-in {"by":"password"}` {
			t.Errorf("trail %v", l)
		}
		if h := t.history(a.ID); slices.Contains(h, "sign-in") {
			t.Errorf("a sign-in changes no row that others follow: %v", h)
		}
	})
}

// Nobody finds out who has an account.
func TestTheAnswerIsTheSame(t *testing.T) {
	each(t, func(t *town) {
		t.person("ana@example.org", authz.Agent, good)
		if _, _, err := t.Invite(ctx, boss, account.Newcomer{Name: "Bo", Mail: "bo@example.org", Role: authz.Agent}); err != nil {
			t.Fatal(err)
		}
		suspended := t.person("cy@example.org", authz.Agent, good)
		if err := t.Suspend(ctx, boss, suspended.ID); err != nil {
			t.Fatal(err)
		}
		var answers []string
		for _, mail := range []string{"ana@example.org", "bo@example.org", "cy@example.org", "nobody@example.org"} {
			for i := range 7 {
				_, err := t.Password(ctx, from(mail, "192.0.2.9", "x"), "wrong password")
				answer := problem.KindOf(err).String() + " " + fields(err) + key(err)
				if mail == "ana@example.org" {
					answers = append(answers, answer)
				} else if answer != answers[i] {
					t.Errorf("try %d at %s: %q; at an account: %q", i, mail, answer, answers[i])
				}
			}
		}
		if !strings.Contains(answers[6], "too many") || !strings.Contains(answers[0], "signin.wrong") {
			t.Errorf("answers %v", answers)
		}
	})
}

func TestAHashIsMadeAnewWhenTheCostRises(t *testing.T) {
	each(t, func(t *town) {
		a := t.person("ana@example.org", authz.Agent, good)
		hash := func() (secret string) {
			err := t.db.Read(ctx, func(tx *db.Tx) error {
				return tx.QueryRow(`SELECT secret FROM credential WHERE account = $1`, a.ID).Scan(&secret)
			})
			if err != nil {
				t.Fatal(err)
			}
			return secret
		}
		before := hash()
		if _, err := t.Password(ctx, from(a.Mail, "192.0.2.1", "b"), good); err != nil || hash() != before {
			t.Errorf("a hash of today's cost is made anew: %v", err)
		}
		dearer := light
		dearer.Iterations = 3
		t.Service = t.withCost(dearer)
		if _, err := t.Password(ctx, from(a.Mail, "192.0.2.1", "b"), "wrong password"); err == nil || hash() != before {
			t.Errorf("a wrong password makes a hash: %v", err)
		}
		if _, err := t.Password(ctx, from(a.Mail, "192.0.2.1", "b"), good); err != nil || !strings.Contains(hash(), ",t=3,") {
			t.Errorf("the hash is still %s, %v", hash(), err)
		}
		if _, err := t.Password(ctx, from(a.Mail, "192.0.2.1", "b"), good); err != nil {
			t.Errorf("and the password no longer opens: %v", err)
		}
	})
}

func TestAPasswordIsChanged(t *testing.T) {
	each(t, func(t *town) {
		a := t.person("ana@example.org", authz.Resident, good)
		session, err := t.Begin(ctx, account.Session{ID: "s", Account: a.ID, Proof: account.ByPassword}, false)
		if err != nil {
			t.Fatal(err)
		}
		try := from("", "192.0.2.1", "b")
		const fresh = "nuage orange tapis onze"
		for old, want := range map[string]string{"wrong password": "old signin.old-wrong", good: "password signin.password-short"} {
			password := fresh
			if old == good {
				password = "short"
			}
			if err := t.ChangePassword(ctx, session, try, old, password); fields(err) != want {
				t.Errorf("%q to %q: %v, want %s", old, password, err, want)
			}
		}
		if err := t.ChangePassword(ctx, session, try, good, fresh); err != nil {
			t.Fatal(err)
		}
		if _, _, ok, _ := t.Resume(ctx, "s"); ok {
			t.Error("a session from before goes on")
		}
		if _, err := t.Password(ctx, from(a.Mail, "192.0.2.1", "b"), good); err == nil {
			t.Error("the old one still opens")
		}
		if _, err := t.Password(ctx, from(a.Mail, "192.0.2.1", "b"), fresh); err != nil {
			t.Errorf("the new one does not open: %v", err)
		}
	})
}

// Who forgot the password comes in by a code and sets a new one, for a short while.
func TestAForgottenPasswordIsReplaced(t *testing.T) {
	each(t, func(t *town) {
		a := t.person("ana@example.org", authz.Resident, good)
		token, err := t.SendCode(ctx, from(a.Mail, "192.0.2.1", "b"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := t.Code(ctx, token, t.code(), from("", "192.0.2.1", "b")); err != nil {
			t.Fatal(err)
		}
		if _, err := t.Begin(ctx, account.Session{ID: "s", Account: a.ID, Proof: account.ByCode}, false); err != nil {
			t.Fatal(err)
		}
		session, _, ok, err := t.Resume(ctx, "s")
		if err != nil || !ok || !session.Fresh {
			t.Fatal(session, ok, err)
		}
		t.clock.Advance(10 * time.Minute)
		late, _, _, err := t.Resume(ctx, "s")
		if err != nil || late.Fresh {
			t.Errorf("fresh for too long: %+v, %v", late, err)
		}
		if err := t.ChangePassword(ctx, late, from("", "192.0.2.1", "b"), "", "nuage orange tapis onze"); fields(err) != "old signin.old-wrong" {
			t.Errorf("late, without the old one: %v", err)
		}
		if err := t.ChangePassword(ctx, session, from("", "192.0.2.1", "b"), "", "nuage orange tapis onze"); err != nil {
			t.Error(err)
		}
	})
}
