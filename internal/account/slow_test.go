package account_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parvis/internal/account"
	"parvis/internal/authz"
	"parvis/internal/problem"
)

// seconds is how long an answer asks to wait; 0 when it does not.
func seconds(err error) int {
	var e *problem.Error
	if errors.As(err, &e) && e.Kind == problem.TooMany && e.Key == "signin.wait" {
		return e.Args[1].(int)
	}
	return 0
}

func TestWaitsGrowAndAreBounded(t *testing.T) {
	t.Parallel()
	waits := account.Waits(60)
	for i, w := range waits {
		if i < 10 && w != 0 {
			t.Errorf("try %d waits %v: a few slips are free", i+1, w)
		}
		if i > 0 && w < waits[i-1] || w > time.Minute {
			t.Errorf("try %d waits %v after %v", i+1, w, waits[i-1])
		}
	}
	if waits[59] != time.Minute || waits[10] != 2*time.Second {
		t.Errorf("%v", waits)
	}
}

// A guesser with as many networks as they like gets few guesses an hour at one account, and no more by being quick.
func TestGuessersAreSlowed(t *testing.T) {
	each(t, func(t *town) {
		t.person("ana@example.org", authz.Agent, good)
		answered := 0
		for end := t.clock.Now().Add(time.Hour); t.clock.Now().Before(end); {
			network := fmt.Sprintf("198.51.%d.%d", answered/200, answered%200+1) // a new one each time
			_, err := t.Password(ctx, from("ana@example.org", network, ""), "guess number one")
			wait := seconds(err)
			switch {
			case fields(err) == "password signin.wrong":
				answered++
			case wait == 0:
				t.Fatal(err)
			}
			t.clock.Advance(time.Duration(wait)*time.Second + 10*time.Millisecond)
		}
		if answered > 100 || answered < 20 {
			t.Errorf("%d guesses an hour", answered)
		}
		lines := strings.Join(t.trail(must(t.Find(ctx, "ana@example.org")).ID), "; ")
		if !strings.Contains(lines, `guessed {"failures":10}`) || strings.Count(lines, "guessed") != 1 {
			t.Errorf("the trail says %s", lines)
		}
	})
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// A lock is a weapon: while others guess, the owner still comes in.
func TestTheOwnerStillComesIn(t *testing.T) {
	each(t, func(t *town) {
		a := t.person("ana@example.org", authz.Agent, good)
		if _, err := t.Password(ctx, from(a.Mail, "192.0.2.1", "her own browser"), good); err != nil {
			t.Fatal(err)
		}
		attack := func() {
			for i := range 40 {
				_, _ = t.Password(ctx, from(a.Mail, "203.0.113.7", ""), "guess number one")
				_, _ = t.Password(ctx, from(a.Mail, fmt.Sprintf("198.51.100.%d", i+1), ""), "guess number one")
				t.clock.Advance(2 * time.Second)
			}
		}
		attack()
		if _, err := t.Password(ctx, from(a.Mail, "203.0.113.7", "her own browser"), good); err != nil {
			t.Errorf("her own browser, even from the guesser's network: %v", err)
		}
		attack()
		token, err := t.SendCode(ctx, from(a.Mail, "192.0.2.77", "a new browser"))
		if err != nil {
			t.Fatalf("a code, from anywhere else: %v", err)
		}
		if _, err := t.Code(ctx, token, t.code(), from("", "192.0.2.77", "a new browser")); err != nil {
			t.Errorf("the code: %v", err)
		}
		attack()
		_, err = t.Password(ctx, from(a.Mail, "192.0.2.88", "another new browser"), good)
		if wait := seconds(err); err != nil && (wait == 0 || wait > 60) {
			t.Errorf("the password, from anywhere else: %v", err)
		} else {
			t.clock.Advance(time.Duration(wait) * time.Second)
			if _, err := t.Password(ctx, from(a.Mail, "192.0.2.88", "another new browser"), good); err != nil {
				t.Errorf("after %d seconds: %v", wait, err)
			}
		}
	})
}

// A browser that somebody made up, or that another account knows, is a stranger.
func TestOnlyOnesOwnBrowserIsKnown(t *testing.T) {
	each(t, func(t *town) {
		ana, bo := t.person("ana@example.org", authz.Agent, good), t.person("bo@example.org", authz.Agent, good)
		if _, err := t.Password(ctx, from(bo.Mail, "192.0.2.1", "bo's browser"), good); err != nil {
			t.Fatal(err)
		}
		answered := 0
		for i := range 60 {
			browser := "bo's browser"
			if i%2 == 0 {
				browser = fmt.Sprint("made up ", i)
			}
			if _, err := t.Password(ctx, from(ana.Mail, "192.0.2.1", browser), "guess number one"); seconds(err) == 0 {
				answered++
			}
		}
		if answered != 6 {
			t.Errorf("%d guesses at once", answered)
		}
	})
}

func TestOneNetworkAtManyAccountsIsSlowedToo(t *testing.T) {
	each(t, func(t *town) {
		answered := 0
		for i := range 100 {
			if _, err := t.Password(ctx, from(fmt.Sprintf("p%d@example.org", i), "203.0.113.7", ""), "guess number one"); seconds(err) == 0 {
				answered++
			}
		}
		if answered != 61 {
			t.Errorf("%d guesses at once", answered)
		}
		if _, err := t.Password(ctx, from("p200@example.org", "203.0.113.8", ""), "guess number one"); seconds(err) != 0 {
			t.Errorf("the neighbour is slowed: %v", err)
		}
	})
}

// Who owns an account cannot use it to hide guesses at others.
func TestOnesOwnSuccessHidesNoGuesses(t *testing.T) {
	each(t, func(t *town) {
		t.person("eve@example.org", authz.Resident, good)
		answered := 0
		for i := range 100 {
			if _, err := t.Password(ctx, from(fmt.Sprintf("p%d@example.org", i), "203.0.113.7", ""), "guess number one"); seconds(err) == 0 {
				answered++
			}
			_, _ = t.Password(ctx, from("eve@example.org", "203.0.113.7", ""), good)
		}
		if answered > 61 {
			t.Errorf("%d guesses at once", answered)
		}
	})
}

// Tries at the same moment count like tries one after another.
func TestHasteHelpsNoGuesser(t *testing.T) {
	each(t, func(t *town) {
		var answered atomic.Int64
		var all sync.WaitGroup
		for range 40 {
			all.Go(func() {
				if _, err := t.Password(ctx, from("ana@example.org", "203.0.113.7", ""), "guess number one"); seconds(err) == 0 {
					answered.Add(1)
				}
			})
		}
		all.Wait()
		if answered.Load() != 6 {
			t.Errorf("%d guesses at once", answered.Load())
		}
	})
}

func TestSlipsAreForgotten(t *testing.T) {
	each(t, func(t *town) {
		a := t.person("ana@example.org", authz.Agent, good)
		me := from(a.Mail, "192.0.2.1", "b")
		for round := range 4 {
			for range 4 {
				if _, err := t.Password(ctx, me, "a slip of the hand"); fields(err) != "password signin.wrong" {
					t.Fatalf("round %d: %v", round, err)
				}
			}
			if _, err := t.Password(ctx, me, good); err != nil {
				t.Fatalf("round %d: %v", round, err)
			}
		}
		stranger := from("nobody@example.org", "192.0.2.2", "")
		for seconds(errOf(t.Password(ctx, stranger, "guess number one"))) == 0 {
		}
		t.clock.Advance(time.Hour + time.Minute)
		for i := range 5 {
			if _, err := t.Password(ctx, stranger, "guess number one"); seconds(err) != 0 {
				t.Errorf("after an hour of quiet, try %d: %v", i, err)
			}
		}
	})
}

func errOf(_ account.Account, err error) error { return err }

func TestLettersAreSentSparingly(t *testing.T) {
	each(t, func(t *town) {
		a := t.person("ana@example.org", authz.Agent, good)
		for end := t.clock.Now().Add(time.Hour); t.clock.Now().Before(end); {
			_, err := t.SendCode(ctx, from(a.Mail, "203.0.113.7", ""))
			if err == nil {
				t.code()
			}
			t.clock.Advance(time.Duration(seconds(err))*time.Second + 10*time.Millisecond)
		}
		if n := len(t.letters); n < 4 || n > 15 {
			t.Errorf("%d letters in an hour", n)
		}
	})
}

// A clock that was a year ahead slows nobody for a year once it is right.
func TestAClockThatWasAheadLocksNobodyOut(t *testing.T) {
	each(t, func(t *town) {
		t.person("ana@example.org", authz.Agent, good)
		right := t.clock.Now()
		t.clock.Set(right.AddDate(1, 0, 0))
		for seconds(must1(t.Password(ctx, from("ana@example.org", "198.51.100.7", ""), "a wrong guess"))) == 0 {
		}
		t.clock.Set(right)
		if _, err := t.Password(ctx, from("ana@example.org", "198.51.100.7", ""), good); err != nil {
			t.Errorf("the owner is told %v", err)
		}
	})
}

func must1[T any](_ T, err error) error { return err }
