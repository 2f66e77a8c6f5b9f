package authz_test

import (
	"testing"

	"parvis/internal/authz"
)

// least is the first role that may do each action: written a second time on purpose, so that a slip in the table shows.
var least = map[authz.Action]authz.Role{
	authz.ReadPublic:        authz.Visitor,
	authz.SignIn:            authz.Visitor,
	authz.SuggestCorrection: authz.Visitor,
	authz.OwnAccount:        authz.Resident,
	authz.ReadDirectory:     authz.Helper,
	authz.ReadDesk:          authz.Agent,
	authz.EditDirectory:     authz.Coordinator,
	authz.ImportDirectory:   authz.Coordinator,
	authz.ManageUsers:       authz.Manager,
	authz.Operate:           authz.Manager,
}

func TestEachActionBeginsAtItsRole(t *testing.T) {
	t.Parallel()
	if len(least) != len(authz.Actions()) {
		t.Fatalf("the table has %d actions, this test %d", len(authz.Actions()), len(least))
	}
	for _, action := range authz.Actions() {
		first, known := least[action]
		if !known {
			t.Errorf("%q: nobody wrote down who may do it", action)
			continue
		}
		reached := false
		for _, role := range authz.Roles() {
			reached = reached || role == first
			if got := authz.Can(role, action); got != reached {
				t.Errorf("may a %s %s? %v, want %v", role, action, got, reached)
			}
		}
	}
}

func TestTheUnknownIsRefused(t *testing.T) {
	t.Parallel()
	for _, role := range []authz.Role{"", "admin", "Manager"} {
		if role.Valid() || authz.Can(role, authz.ReadPublic) {
			t.Errorf("role %q passes", role)
		}
	}
	for _, role := range authz.Roles() {
		if !role.Valid() {
			t.Errorf("role %q is not known", role)
		}
		for _, action := range []authz.Action{"", "read everything"} {
			if authz.Can(role, action) {
				t.Errorf("a %s may %q, which the table does not know", role, action)
			}
		}
	}
}

func TestARoleNeedsAnAccountBehindIt(t *testing.T) {
	t.Parallel()
	if who := authz.Anybody(); who.SignedIn() || !who.Can(authz.ReadPublic) || who.Can(authz.OwnAccount) {
		t.Errorf("a visitor reads public pages and no more: %+v", who)
	}
	if (authz.Who{}).Can(authz.ReadPublic) {
		t.Error("the zero Who is nobody")
	}
	if (authz.Who{Role: authz.Manager}).Can(authz.Operate) {
		t.Error("a manager without an account operates")
	}
	ana := authz.Who{Account: "a-1", Name: "Ana", Role: authz.Manager}
	if !ana.SignedIn() || !ana.Can(authz.Operate) {
		t.Error("a signed-in manager may operate")
	}
}
