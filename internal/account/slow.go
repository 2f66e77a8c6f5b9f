package account

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/netip"
	"time"

	"parvis/internal/db"
	"parvis/internal/problem"
)

// Try is somebody who wants in: the address they give, where they come from, and their browser.
type Try struct {
	Mail    string
	Network netip.Addr // of the person: an IPv4 address, or the first of an IPv6 /64
	Browser string     // the token in the browser's long-lived cookie
}

// pace is how fast tries may follow each other: some are free, then each doubles the wait.
type pace struct {
	free    int
	first   time.Duration
	longest time.Duration
}

// after is the wait behind the nth try in a row.
func (p pace) after(n int) time.Duration {
	over := n - p.free
	switch {
	case over <= 0:
		return 0
	case over > 20:
		return p.longest
	}
	return min(p.first<<(over-1), p.longest)
}

// The paces. A stranger gets at most about 70 guesses an hour at one account, from all networks together. One network
// may be a village hall or a whole carrier: it is slowed late and little.
var (
	guessBrowser = pace{5, time.Second, time.Minute}       // a browser that the account knows, counted by itself
	guessPair    = pace{5, time.Second, 5 * time.Minute}   // one network at one account
	guessAccount = pace{10, 2 * time.Second, time.Minute}  // all strangers at one account
	guessNetwork = pace{60, time.Second, 30 * time.Second} // one network at all accounts

	mailBrowser = pace{5, 30 * time.Second, 5 * time.Minute}
	mailPair    = pace{3, 30 * time.Second, 10 * time.Minute}
	mailAccount = pace{6, time.Minute, 15 * time.Minute}
	mailNetwork = pace{40, 5 * time.Second, time.Minute}
)

// quiet is how long after the last try a count begins anew.
const quiet = time.Hour

// counter is one count that a try is charged to.
type counter struct {
	name string
	pace pace
	all  bool // counts what others do, too: a success takes back one try, not all
	now  int  // with this try
}

// counters are those that a try is charged to. A browser that the account knows is counted apart, whatever others do.
func (s *Service) counters(key []byte, t Try, knows, code bool) []counter {
	browser, pair, account, network, what := guessBrowser, guessPair, guessAccount, guessNetwork, "password"
	if code {
		browser, pair, account, network, what = mailBrowser, mailPair, mailAccount, mailNetwork, "code"
	}
	name := func(parts ...string) string {
		mac := hmac.New(sha256.New, key)
		for _, part := range append([]string{what}, parts...) {
			mac.Write([]byte(part))
			mac.Write([]byte{0})
		}
		return hex.EncodeToString(mac.Sum(nil))
	}
	mail, from := FoldMail(t.Mail), t.Network.String()
	if knows {
		return []counter{{name("browser", mail, t.Browser), browser, false, 0}}
	}
	return []counter{
		{name("account", mail), account, true, 0},
		{name("network", from), network, true, 0},
		{name("pair", mail, from), pair, false, 0},
	}
}

// charge counts a try before it is made, or refuses it with the time to wait. It gives what to take back on success; the
// first of them has the count of tries at the account.
func (s *Service) charge(tx *db.Tx, t Try, knows, code bool) ([]counter, error) {
	key, err := s.loginKey(tx)
	if err != nil {
		return nil, err
	}
	all := s.counters(key, t, knows, code)
	var wait time.Duration
	for i := range all {
		c := &all[i]
		if err := tx.Lock("login", c.name); err != nil {
			return nil, err
		}
		var seen, until db.Time
		err := tx.QueryRow(`SELECT failures, seen, blocked_until FROM login_attempt WHERE name = $1`, c.name).
			Scan(&c.now, &seen, &until)
		switch {
		case problem.Is(err, problem.NotFound):
		case err != nil:
			return nil, err
		case until.After(tx.Now().Time) && until.Sub(tx.Now().Time) <= c.pace.longest: // no clock that was ahead set it
			wait = max(wait, until.Sub(tx.Now().Time))
		case tx.Now().Sub(seen.Time).Abs() > quiet:
			c.now = 0
		}
		c.now++
	}
	if wait > 0 {
		seconds := int((wait + time.Second - 1) / time.Second)
		return nil, problem.New(problem.TooMany, "signin.wait", "N", seconds)
	}
	for _, c := range all {
		_, err := tx.Exec(`INSERT INTO login_attempt (name, failures, seen, blocked_until) VALUES ($1, $2, $3, $4)
			ON CONFLICT (name) DO UPDATE SET failures = excluded.failures, seen = excluded.seen, blocked_until = excluded.blocked_until`,
			c.name, c.now, tx.Now(), db.At(tx.Now().Add(c.pace.after(c.now))))
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// refund takes a try back that succeeded. What counts others too loses this one only: who owns an account cannot use it
// to hide guesses at others.
func (s *Service) refund(tx *db.Tx, charged []counter) error {
	for _, c := range charged {
		query := `DELETE FROM login_attempt WHERE name = $1`
		if c.all {
			query = `UPDATE login_attempt SET failures = failures - 1 WHERE name = $1 AND failures > 0`
		}
		if _, err := tx.Exec(query, c.name); err != nil {
			return err
		}
	}
	return nil
}

// loginKey keys the names of counts, so that neither addresses nor networks can be read from them.
func (s *Service) loginKey(tx *db.Tx) ([]byte, error) {
	if key := s.key.Load(); key != nil {
		return *key, nil
	}
	var key string
	err := tx.QueryRow(`SELECT value FROM setting WHERE name = 'login-key'`).Scan(&key)
	if problem.Is(err, problem.NotFound) {
		err = tx.QueryRow(`INSERT INTO setting (name, value, changed) VALUES ('login-key', $1, $2)
			ON CONFLICT (name) DO UPDATE SET value = setting.value RETURNING value`, newToken(), tx.Now()).Scan(&key)
	}
	if err != nil {
		return nil, err
	}
	bytes := []byte(key)
	tx.AfterCommit(func() { s.key.Store(&bytes) })
	return bytes, nil
}
