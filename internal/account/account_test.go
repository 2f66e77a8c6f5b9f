package account_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/netip"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"parvis/internal/account"
	"parvis/internal/authz"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/i18n"
	"parvis/internal/i18n/i18ntest"
	"parvis/internal/jobs"
	"parvis/internal/notify"
	"parvis/internal/org"
	"parvis/internal/problem"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// light is a cost for tests: the rules are the same, the work is not.
var light = account.Cost{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}

const good = "vent galet lampe quatre"

var boss = authz.Who{Account: "boss", Name: "Boss", Role: authz.Manager}

// town is a territory with a clock that stands still, and a postman who keeps the letters.
type town struct {
	*testing.T
	*account.Service
	db      *db.DB
	clock   *clock.Manual
	words   *i18n.Bundle
	log     *safeBuffer
	letters []notify.Message
	post    *jobs.Runner
}

// safeBuffer is a log that several write.
type safeBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

func (t *town) Send(_ context.Context, m notify.Message) (notify.State, error) {
	t.letters = append(t.letters, m)
	return notify.Sent, nil
}

func each(t *testing.T, f func(t *town)) {
	t.Helper()
	t.Parallel()
	for name, address := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f(open(t, address(t)))
		})
	}
}

var wordsRead = sync.OnceValues(func() (*i18n.Bundle, error) {
	words := i18n.NewBundle()
	return words, words.Add(account.Locales)
})

func open(t *testing.T, address string) *town {
	t.Helper()
	read, err := wordsRead()
	if err != nil {
		t.Fatal(err)
	}
	words := read.Clone()
	c, log := clock.At(noon), &safeBuffer{}
	logger := slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	d := dbtest.Open(t, address, db.Options{Clock: c, Log: logger})
	w := &town{T: t, db: d, clock: c, words: words, log: log}
	w.Service = account.New(account.Options{DB: d, Words: words, Hasher: account.NewHasher(light, 4), Territory: &org.Territory{
		ID: "auch", Name: i18n.Text{"fr": "Ville d’Auch", "en": "Town of Auch"}, Languages: []string{"fr", "en", "vi", "ro", "zh"}, Currency: "EUR",
	}})
	w.post = jobs.NewRunner(d, jobs.RunnerOptions{Clock: c, Log: logger})
	w.post.Handle(notify.Sending(d, w))
	w.post.Handle(w.Sweep())
	return w
}

// person makes an active account with a password.
func (t *town) person(mail string, role authz.Role, password string) account.Account {
	t.Helper()
	_, link, err := t.Invite(context.Background(), boss, account.Newcomer{Name: "Ana Ionescu", Mail: mail, Role: role, Lang: "fr"})
	if err != nil {
		t.Fatal(err)
	}
	a, err := t.Accept(context.Background(), link.Token, account.Choice{Password: password})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// from is somebody at an address of the network, with a browser.
func from(mail, network, browser string) account.Try {
	return account.Try{Mail: mail, Network: netip.MustParseAddr(network), Browser: browser}
}

var codeInLetter = regexp.MustCompile(`(?m)^(\d{3}) (\d{3})$`)

// code is what the last letter says, once it has been delivered.
func (t *town) code() string {
	t.Helper()
	if _, err := t.post.RunDue(context.Background()); err != nil {
		t.Fatal(err)
	}
	if len(t.letters) == 0 {
		t.Fatal("no letter came")
	}
	found := codeInLetter.FindStringSubmatch(t.letters[len(t.letters)-1].Text)
	if found == nil {
		t.Fatalf("no code in %q", t.letters[len(t.letters)-1].Text)
	}
	return found[1] + found[2]
}

// fields are the names and keys of what is wrong.
func fields(err error) string {
	var e *problem.Error
	if !errors.As(err, &e) {
		return ""
	}
	var all []string
	for _, f := range e.Fields {
		all = append(all, f.Name+" "+f.Key)
	}
	return strings.Join(all, ", ")
}

// key is the message of an error.
func key(err error) string {
	var e *problem.Error
	errors.As(err, &e)
	if e == nil {
		return ""
	}
	return e.Key
}

func TestWords(t *testing.T) {
	t.Parallel()
	i18ntest.Check(t, account.Locales)
}

func TestAnAddressIsComparedFolded(t *testing.T) {
	t.Parallel()
	for written, folded := range map[string]string{" Ana@Example.ORG ": "ana@example.org", "ＡＮＡ@example.org": "ana@example.org",
		"du\u031bo\u031bng@example.org": "d\u01b0\u01a1ng@example.org"} {
		if got := account.FoldMail(written); got != folded {
			t.Errorf("%q is %q, want %q", written, got, folded)
		}
	}
}

// withCost is the same service with another cost of hashing.
func (t *town) withCost(cost account.Cost) *account.Service {
	return account.New(account.Options{DB: t.db, Words: t.words, Hasher: account.NewHasher(cost, 4), Territory: &org.Territory{
		ID: "auch", Name: i18n.Text{"fr": "Ville d’Auch"}, Languages: []string{"fr"}, Currency: "EUR",
	}})
}
