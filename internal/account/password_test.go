package account_test

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"parvis/internal/account"
	"parvis/internal/problem"
)

func TestAPasswordBelongsToItsHash(t *testing.T) {
	t.Parallel()
	h := account.NewHasher(light, 2)
	hash, err := h.Hash(t.Context(), "Đường phố ấm áp")
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=64,t=1,p=1$") || strings.Contains(hash, "phố") {
		t.Fatal(hash, err)
	}
	other, err := h.Hash(t.Context(), "Đường phố ấm áp")
	if err != nil || other == hash {
		t.Error("two hashes are the same: no salt")
	}
	for password, want := range map[string]bool{"Đường phố ấm áp": true, "Đường phố âm áp": false, "": false,
		"\u0110u\u031bo\u031b\u0300ng pho\u0302\u0301 a\u0302\u0301m a\u0301p": true} { // as another keyboard sends it
		right, old, err := h.Check(t.Context(), password, hash)
		if err != nil || right != want || old {
			t.Errorf("%q: %v, old %v, %v", password, right, old, err)
		}
	}
	if right, _, err := h.Check(t.Context(), "", ""); right || err != nil {
		t.Errorf("no password opens an account without one: %v, %v", right, err)
	}
	if _, _, err := h.Check(t.Context(), "x", "not a hash"); err == nil {
		t.Error("a broken hash passes")
	}
}

func TestAHashOfAnotherCostIsOld(t *testing.T) {
	t.Parallel()
	hash, err := account.NewHasher(light, 1).Hash(t.Context(), good)
	if err != nil {
		t.Fatal(err)
	}
	dearer := light
	dearer.Iterations = 2
	if right, old, err := account.NewHasher(dearer, 1).Check(t.Context(), good, hash); !right || !old || err != nil {
		t.Errorf("right %v, old %v, %v", right, old, err)
	}
}

// The work for an address without an account is the work for one with a password.
func TestTheStrongCostIsAsSaid(t *testing.T) {
	t.Parallel()
	if c := account.Strong; c.Memory < 19*1024 || c.Iterations < 2 || c.SaltLength < 16 || c.KeyLength < 32 {
		t.Errorf("%+v is less than what is recommended", c)
	}
	params, _, _, err := argon2id.DecodeHash(account.Nobody(account.NewHasher(account.Strong, 1)))
	if err != nil || *params != account.Strong {
		t.Errorf("who has no account is checked at the cost %+v, %v", params, err)
	}
}

func TestHashingIsCapped(t *testing.T) {
	t.Parallel()
	slow := light
	slow.Memory, slow.Iterations = 2048, 20
	h := account.NewHasher(slow, 1)
	account.SetQueue(h, 20*time.Millisecond)
	var busy, done atomic.Int64
	var all sync.WaitGroup
	for range 30 {
		all.Go(func() {
			switch _, err := h.Hash(context.Background(), good); {
			case err == nil:
				done.Add(1)
			case problem.Is(err, problem.Unavailable) && key(err) == "signin.busy":
				busy.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	all.Wait()
	if busy.Load() == 0 || done.Load() == 0 {
		t.Errorf("%d done, %d told to come back", done.Load(), busy.Load())
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	account.Fill(h)
	if _, err := h.Hash(gone, good); !problem.Is(err, problem.Unavailable) {
		t.Errorf("for somebody who left: %v", err)
	}
}

func TestWhichPasswordsServe(t *testing.T) {
	t.Parallel()
	ana := account.Account{Name: "Ana Ionescu", Mail: "ana.ionescu@example.org"}
	for password, want := range map[string]string{
		good: "", "ñandú über piñata 7": "", "靜安區的四個詞語要長一點": "", "mười hai ký tự là đủ": "", "correct-horse-battery": "",
		"short": "signin.password-short", strings.Repeat("é", 11): "signin.password-short", "": "signin.password-short",
		strings.Repeat("abc ", 51):      "signin.password-long",
		"aaaaaaaaaaaaaaaa":              "signin.password-easy",
		"123456789012":                  "signin.password-easy",
		"abcdefghijklmnop":              "signin.password-easy",
		"qwertyuiop123":                 "signin.password-easy",
		"azertyuiop123456":              "signin.password-easy",
		"ana.ionescu@example.org":       "signin.password-easy",
		"Ana Ionescu 1":                 "signin.password-easy",
		"passwordpassword":              "signin.password-easy",
		"Ville d'Auch!":                 "signin.password-easy",
		"ababababababababab":            "signin.password-easy",
		"Ana Ionescu aime les galettes": "",
	} {
		if got := account.CheckPassword(password, ana, "Ville d'Auch"); got != want {
			t.Errorf("%q: %q, want %q", password, got, want)
		}
	}
}
