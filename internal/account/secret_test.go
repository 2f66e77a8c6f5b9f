package account_test

import (
	"fmt"
	"strings"
	"testing"

	"parvis/internal/account"
	"parvis/internal/authz"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/problem"
)

// everything is all text that a store holds.
func (t *town) everything() string {
	t.Helper()
	var all strings.Builder
	err := t.db.Read(ctx, func(tx *db.Tx) error {
		for _, table := range []string{"event", "job", "job_effect", "audit", "look", "message", "setting", "account", "credential", "session",
			"known_browser", "one_time_code", "login_attempt"} {
			rows, err := tx.Query(`SELECT * FROM ` + table)
			if err != nil {
				return err
			}
			names, err := rows.Columns()
			if err != nil {
				return err
			}
			for rows.Next() {
				values, to := make([]any, len(names)), make([]any, len(names))
				for i := range values {
					to[i] = &values[i]
				}
				if err := rows.Scan(to...); err != nil {
					return err
				}
				fmt.Fprintln(&all, table, values)
			}
			if err := rows.Err(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// No password, code, link or token is in the store or in the log, whatever went right or wrong.
func TestSecretsAreNowhere(t *testing.T) {
	each(t, func(t *town) {
		const canary, wrong, browser = "canary birds sing at dawn", "canary that is wrong", "canary-browser"
		_, link, err := t.Invite(ctx, boss, account.Newcomer{Name: "Ana", Mail: "ana@example.org", Role: authz.Agent})
		if err != nil {
			t.Fatal(err)
		}
		a, err := t.Accept(ctx, link.Token, account.Choice{Password: canary, Browser: browser})
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for i := range 8 {
			_, err := t.Password(ctx, from(a.Mail, "192.0.2.1", ""), fmt.Sprint(wrong, i))
			said = append(said, err.Error())
		}
		token, err := t.SendCode(ctx, from(a.Mail, "192.0.2.1", browser))
		if err != nil {
			t.Fatal(err)
		}
		code := t.code()
		_, err = t.Code(ctx, token, "123 canary", from("", "192.0.2.1", browser))
		said = append(said, err.Error())
		if _, err := t.Code(ctx, token, code, from("", "192.0.2.1", browser)); err != nil {
			t.Fatal(err)
		}
		places := map[string]string{"the store": t.everything(), "the log": t.log.String(), "an error": strings.Join(said, "\n")}
		if !strings.Contains(places["the store"], a.ID) {
			t.Fatal("the store was not read")
		}
		for where, text := range places {
			for what, secret := range map[string]string{"a password": canary, "a wrong password": wrong, "a link": link.Token, "a token": token,
				"a browser": browser, "what was typed as code": "123 canary", "a code": code[:3] + " " + code[3:], "a network": "192.0.2.1"} {
				if strings.Contains(text, secret) {
					t.Errorf("%s is in %s", what, where)
				}
			}
		}
	})
}

func TestDemoPeopleAreInDemosOnly(t *testing.T) {
	each(t, func(t *town) {
		for _, role := range authz.Roles() {
			if _, err := t.EnterDemo(ctx, role, "fr"); !problem.Is(err, problem.NotFound) {
				t.Errorf("a %s comes into the real thing: %v", role, err)
			}
		}
		if strings.Contains(t.everything(), "auch.example") {
			t.Error("a made-up person is in the real thing")
		}
	})
}

func TestInADemoOneIsWhomOneChooses(t *testing.T) {
	each(t, func(t *town) {
		if err := t.db.Write(ctx, func(tx *db.Tx) error { return tx.Set(db.SettingDemo, "true") }); err != nil {
			t.Fatal(err)
		}
		for _, role := range authz.Roles()[1:] {
			a, err := t.EnterDemo(ctx, role, "fr")
			if err != nil || a.Role != role || a.Mail != string(role)+"@auch.example" || !strings.Contains(a.Name, "démonstration") {
				t.Errorf("%s: %+v, %v", role, a, err)
			}
			again, err := t.EnterDemo(ctx, role, "vi")
			if err != nil || again.ID != a.ID || again.Lang != "vi" || !strings.Contains(again.Name, "trình diễn") {
				t.Errorf("a second %s: %+v, %v", role, again, err)
			}
			if l := t.trail(a.ID); l[len(l)-1] != `sign-in {"by":"demo"}` {
				t.Errorf("trail %v", l)
			}
		}
		for _, role := range []authz.Role{authz.Visitor, "emperor"} {
			if _, err := t.EnterDemo(ctx, role, "fr"); !problem.Is(err, problem.NotFound) {
				t.Errorf("a %s: %v", role, err)
			}
		}
		manager, err := t.Find(ctx, "manager@auch.example")
		if err != nil {
			t.Fatal(err)
		}
		t.person("real@example.org", authz.Manager, good)
		if err := t.Suspend(ctx, boss, manager.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := t.EnterDemo(ctx, authz.Manager, "fr"); key(err) != "signin.demo-changed" {
			t.Errorf("a suspended one: %v", err)
		}
	})
}

// Each territory has its own key, made once.
func TestCountsCannotBeReadAcrossTerritories(t *testing.T) {
	t.Parallel()
	names := func() string {
		w := open(t, dbtest.SQLite(t))
		_, _ = w.Password(ctx, from("ana@example.org", "192.0.2.1", ""), "guess number one")
		_, _ = w.Password(ctx, from("ana@example.org", "192.0.2.1", ""), "guess number one")
		var all []string
		err := w.db.Read(ctx, func(tx *db.Tx) error {
			rows, err := tx.Query(`SELECT name FROM login_attempt ORDER BY name`)
			all, err = db.Collect(rows, err, db.One[string])
			return err
		})
		if err != nil || len(all) != 3 {
			t.Fatal(all, err)
		}
		return strings.Join(all, " ")
	}
	if first, second := names(), names(); first == second {
		t.Error("two territories name their counts alike")
	}
}
