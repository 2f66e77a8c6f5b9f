package account

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"

	"parvis/internal/problem"
)

// Cost is how hard a password hash is. It is written in each hash, so that it can be raised: who signs in gets a new one.
type Cost = argon2id.Params

// Strong is the cost of passwords: 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet), about a
// twentieth of a second.
var Strong = Cost{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// Hasher hashes passwords, a few at a time. One is enough for a program, and it is safe for concurrent use.
type Hasher struct {
	cost  Cost
	room  chan struct{}
	queue time.Duration // how long one waits for room

	nobody func() string // a hash that belongs to nobody
}

// NewHasher makes a hasher of a cost that works on so many passwords at once; half of the cores when zero.
func NewHasher(cost Cost, atOnce int) *Hasher {
	if atOnce <= 0 {
		atOnce = max(1, runtime.GOMAXPROCS(0)/2)
	}
	h := &Hasher{cost: cost, room: make(chan struct{}, atOnce), queue: 5 * time.Second}
	h.nobody = sync.OnceValue(func() string {
		hash, err := argon2id.CreateHash(newToken(), &h.cost)
		if err != nil {
			panic(fmt.Sprintf("account: hash: %v", err)) // crypto/rand never fails
		}
		return hash
	})
	return h
}

// everybody is the hasher of the whole program, whatever the number of its territories.
var everybody = sync.OnceValue(func() *Hasher { return NewHasher(Strong, 0) })

// enter waits for room. When there is none for too long, sign-ins are asked for faster than the machine may answer.
func (h *Hasher) enter(ctx context.Context) (leave func(), err error) {
	timer := time.NewTimer(h.queue)
	defer timer.Stop()
	select {
	case h.room <- struct{}{}:
		return func() { <-h.room }, nil
	case <-timer.C:
		return nil, &problem.Error{Kind: problem.Unavailable, Key: "signin.busy", Cause: errors.New("too many passwords to hash")}
	case <-ctx.Done():
		return nil, problem.Because(problem.Unavailable, ctx.Err())
	}
}

// Hash makes a hash of a password.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	leave, err := h.enter(ctx)
	if err != nil {
		return "", err
	}
	defer leave()
	return argon2id.CreateHash(norm.NFC.String(password), &h.cost)
}

// Check reports whether a password belongs to a hash, and whether the hash is to be made anew because the cost has
// changed. An empty hash belongs to no password, and is found so by the same work.
func (h *Hasher) Check(ctx context.Context, password, hash string) (right, old bool, err error) {
	leave, err := h.enter(ctx)
	if err != nil {
		return false, false, err
	}
	defer leave()
	against := hash
	if against == "" {
		against = h.nobody()
	}
	right, cost, err := argon2id.CheckHash(norm.NFC.String(password), against)
	if err != nil {
		return false, false, fmt.Errorf("check a password: %w", err)
	}
	return right && hash != "", *cost != h.cost, nil
}

// Sizes of a password, in characters. Length is what counts (NIST SP 800-63B, section 3.1.1.2); no rule on kinds of
// characters.
const (
	passwordLeast = 12
	passwordMost  = 200
)

// checkPassword says what to change in a new password; account and house are what everybody would try first.
func checkPassword(password string, a Account, house ...string) (key string, args []any) {
	password = norm.NFC.String(password)
	switch n := utf8.RuneCountInString(password); {
	case n < passwordLeast:
		return "signin.password-short", []any{"Least", passwordLeast}
	case n > passwordMost:
		return "signin.password-long", []any{"Most", passwordMost}
	}
	left := strings.ToLower(password)
	local, _, _ := strings.Cut(FoldMail(a.Mail), "@")
	for _, easy := range append([]string{FoldMail(a.Mail), local, strings.ToLower(a.Name), "password", "parvis"}, lower(house)...) {
		if utf8.RuneCountInString(easy) > 2 {
			left = strings.ReplaceAll(left, easy, "")
		}
	}
	if distinct(left) < 5 || runs(left) < 4 {
		return "signin.password-easy", nil
	}
	return "", nil
}

func lower(all []string) []string {
	var small []string
	for _, one := range all {
		small = append(small, strings.ToLower(one))
	}
	return small
}

func distinct(s string) int {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen)
}

// rows are neighbours on keyboards and in the alphabet.
const rows = "abcdefghijklmnopqrstuvwxyz 01234567890 qwertyuiop asdfghjkl zxcvbnm azertyuiop qsdfghjklm wxcvbn"

// runs counts the stretches of a password that do not simply go on from one neighbour to the next: "abcdef123" has two.
func runs(s string) int {
	n, last := 0, rune(-1)
	for _, r := range s {
		if last < 0 || r != last && !strings.Contains(rows, string([]rune{last, r})) && !strings.Contains(rows, string([]rune{r, last})) {
			n++
		}
		last = r
	}
	return n
}
