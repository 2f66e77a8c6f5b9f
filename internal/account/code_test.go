package account_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parvis/internal/account"
	"parvis/internal/authz"
	"parvis/internal/problem"
)

func TestACodeIsReadAsPeopleTypeIt(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"123456", " 123 456 ", "123-456", "12.34.56", "１２３４５６", "123\u00a0456"} {
		if got := account.CleanCode(typed); got != "123456" {
			t.Errorf("%q is read as %q", typed, got)
		}
	}
	for _, typed := range []string{"", "12345", "1234567", "12345a", "O23456"} {
		if got := account.CleanCode(typed); got == "123456" || len(typed) == 6 && len(got) == 6 && !strings.Contains(got, "?") {
			t.Errorf("%q is read as %q", typed, got)
		}
	}
}

func TestCodesAreDrawnEvenly(t *testing.T) {
	t.Parallel()
	var first [10]int
	for range 20_000 {
		code := account.NewCode()
		if len(code) != 6 {
			t.Fatalf("%q", code)
		}
		first[code[0]-'0']++
	}
	for digit, n := range first {
		if n < 1700 || n > 2300 {
			t.Errorf("%d begins %d of 20,000 codes", digit, n)
		}
	}
}

func TestSignInByCode(t *testing.T) {
	each(t, func(t *town) {
		a := t.person("ana@example.org", authz.Agent, good)
		token, err := t.SendCode(ctx, from("Ana@example.org", "192.0.2.1", "b"))
		if err != nil {
			t.Fatal(err)
		}
		code := t.code()
		letter := t.letters[0]
		if letter.To != a.Mail || letter.Lang != "fr" || letter.Subject != "Votre code pour Ville d’Auch" || !letter.Secret ||
			letter.Expires.Sub(noon) != 10*time.Minute || !strings.Contains(letter.Text, "Bonjour Ana Ionescu") {
			t.Errorf("%+v", letter)
		}
		got, err := t.Code(ctx, token, code[:3]+" "+code[3:], from("", "192.0.2.1", "b"))
		if err != nil || got.ID != a.ID {
			t.Fatal(got, err)
		}
		if _, err := t.Code(ctx, token, code, from("", "192.0.2.1", "b")); !problem.Is(err, problem.Gone) {
			t.Errorf("a code serves twice: %v", err)
		}
		if l := t.trail(a.ID); l[len(l)-1] != `sign-in {"by":"code"}` {
			t.Errorf("trail %v", l)
		}
		if n, problems := t.words.Missing(); n != 0 {
			t.Errorf("words are missing: %v", problems)
		}
	})
}

func TestACodeHasFiveTries(t *testing.T) {
	each(t, func(t *town) {
		a := t.person("ana@example.org", authz.Agent, good)
		for _, mail := range []string{a.Mail, "nobody@example.org"} { // the same for an address without an account
			token, err := t.SendCode(ctx, from(mail, "192.0.2.1", ""))
			if err != nil {
				t.Fatal(err)
			}
			right := ""
			if mail == a.Mail {
				right = t.code()
			}
			wrong := "000000"
			if right == wrong {
				wrong = "000001"
			}
			for left := 4; left >= 0; left-- {
				_, err := t.Code(ctx, token, wrong, from("", "192.0.2.1", ""))
				if left > 0 && fields(err) != "code signin.code-wrong" || left == 0 && key(err) != "signin.code-gone" {
					t.Errorf("%s, %d tries left: %v", mail, left, err)
				}
			}
			if _, err := t.Code(ctx, token, right, from("", "192.0.2.1", "")); key(err) != "signin.code-gone" {
				t.Errorf("%s: a sixth try: %v", mail, err)
			}
		}
		if len(t.letters) != 1 {
			t.Errorf("%d letters, one to the one who has an account", len(t.letters))
		}
	})
}

func TestACodeServesForTenMinutesAndForItsTokenAlone(t *testing.T) {
	each(t, func(t *town) {
		a := t.person("ana@example.org", authz.Agent, good)
		first, err := t.SendCode(ctx, from(a.Mail, "192.0.2.1", ""))
		if err != nil {
			t.Fatal(err)
		}
		code := t.code()
		second, err := t.SendCode(ctx, from(a.Mail, "192.0.2.1", ""))
		if err != nil {
			t.Fatal(err)
		}
		if other := t.code(); other != code {
			if _, err := t.Code(ctx, second, code, from("", "192.0.2.1", "")); fields(err) != "code signin.code-wrong" {
				t.Errorf("a code of another letter: %v", err)
			}
		}
		if _, err := t.Code(ctx, "made up", code, from("", "192.0.2.1", "")); !problem.Is(err, problem.Gone) {
			t.Errorf("a token made up: %v", err)
		}
		t.clock.Advance(10*time.Minute - time.Second)
		if _, err := t.Code(ctx, first, code, from("", "192.0.2.1", "")); err != nil {
			t.Errorf("just in time, and a later letter does not undo it: %v", err)
		}
		t.clock.Advance(time.Second)
		if _, err := t.Code(ctx, second, t.code(), from("", "192.0.2.1", "")); !problem.Is(err, problem.Gone) {
			t.Errorf("too late: %v", err)
		}
	})
}

func TestWhoWasInvitedMayComeByCode(t *testing.T) {
	each(t, func(t *town) {
		a, _, err := t.Invite(ctx, boss, account.Newcomer{Name: "Bạch Mai", Mail: "mai@example.org", Role: authz.Helper, Lang: "vi"})
		if err != nil {
			t.Fatal(err)
		}
		token, err := t.SendCode(ctx, from(a.Mail, "192.0.2.1", ""))
		if err != nil {
			t.Fatal(err)
		}
		got, err := t.Code(ctx, token, t.code(), from("", "192.0.2.1", "b"))
		if err != nil || got.State != account.Active || !slices.Equal(t.history(a.ID), []string{"invited", "activated"}) {
			t.Errorf("%+v, %v, %v", got, err, t.history(a.ID))
		}
		if !strings.Contains(t.letters[0].Text, "Kính gửi ông/bà Bạch Mai") {
			t.Errorf("letter %q", t.letters[0].Text)
		}
	})
}

func TestNoCodeForWhoIsSuspended(t *testing.T) {
	each(t, func(t *town) {
		a := t.person("ana@example.org", authz.Agent, good)
		token, err := t.SendCode(ctx, from(a.Mail, "192.0.2.1", ""))
		if err != nil {
			t.Fatal(err)
		}
		code := t.code()
		if err := t.Suspend(ctx, boss, a.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := t.Code(ctx, token, code, from("", "192.0.2.1", "")); err == nil {
			t.Error("a code from before opens")
		}
		if _, err := t.SendCode(ctx, from(a.Mail, "192.0.2.1", "")); err != nil {
			t.Errorf("the answer tells: %v", err)
		}
		if _, err := t.post.RunDue(ctx); err != nil || len(t.letters) != 1 {
			t.Errorf("%d letters, %v", len(t.letters), err)
		}
	})
}

func TestALetterThatIsLateIsNotSent(t *testing.T) {
	each(t, func(t *town) {
		a := t.person("ana@example.org", authz.Agent, good)
		if _, err := t.SendCode(ctx, from(a.Mail, "192.0.2.1", "")); err != nil {
			t.Fatal(err)
		}
		t.clock.Advance(11 * time.Minute)
		if n, err := t.post.RunDue(ctx); n != 1 || err != nil || len(t.letters) != 0 {
			t.Errorf("%d jobs, %v, %d letters", n, err, len(t.letters))
		}
	})
}
