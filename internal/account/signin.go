package account

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"parvis/internal/authz"
	"parvis/internal/db"
	"parvis/internal/problem"
)

// Proof is how somebody proved who they are.
type Proof string

// The proofs.
const (
	ByPassword Proof = "password"
	ByCode     Proof = "code"
	ByLink     Proof = "link"
	ByDemo     Proof = "demo"
)

// known browsers are forgotten when they have not signed in for so long.
const browserKept = 180 * 24 * time.Hour

// Password signs in by password. The answer to a wrong password, to an address without an account and to an account
// without a password is the same: Invalid on the field "password". Too fast a try is problem.TooMany with the seconds
// to wait ("N").
func (s *Service) Password(ctx context.Context, t Try, password string) (Account, error) {
	a, charged, err := s.begin(ctx, t, false)
	if err != nil {
		return Account{}, err
	}
	var hash string
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		err := tx.QueryRow(`SELECT secret FROM credential WHERE account = $1 AND kind = 'password'`, a.ID).Scan(&hash)
		if problem.Is(err, problem.NotFound) {
			return nil
		}
		return err
	})
	if err != nil {
		return Account{}, err
	}
	right, old, err := s.hasher.Check(ctx, password, hash)
	if err != nil {
		return Account{}, err
	}
	if !right || a.State != Active {
		return Account{}, errWrong()
	}
	fresh := ""
	if old {
		if fresh, err = s.hasher.Hash(ctx, password); err != nil {
			return Account{}, err
		}
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(`UPDATE credential SET used = $1, secret = CASE WHEN $2 = '' THEN secret ELSE $2 END
			WHERE account = $3 AND kind = 'password' AND secret = $4`, tx.Now(), fresh, a.ID, hash)
		if err != nil {
			return err
		}
		if n == 0 {
			return errWrong() // the password was changed meanwhile
		}
		if err := s.refund(tx, charged); err != nil {
			return err
		}
		return s.enter(tx, a, ByPassword, t.Browser)
	})
	return a, err
}

func errWrong() error {
	var wrong problem.Fields
	wrong.Add("password", "signin.wrong")
	return wrong.Err()
}

// begin charges a try and finds the account behind it, the zero Account when there is none.
func (s *Service) begin(ctx context.Context, t Try, code bool) (a Account, charged []counter, err error) {
	if !validMail(t.Mail) {
		var wrong problem.Fields
		wrong.Add("mail", "signin.mail-form")
		return a, nil, wrong.Err()
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		a, err = get(tx, "mail_folded", FoldMail(t.Mail))
		if err != nil && !problem.Is(err, problem.NotFound) {
			return err
		}
		knows, err := knows(tx, a.ID, t.Browser)
		if err != nil {
			return err
		}
		if charged, err = s.charge(tx, t, knows, code); err != nil {
			return err
		}
		if n := charged[0].now; !code && a.ID != "" && slices.Contains([]int{guessAccount.free, 100, 1000, 10000}, n) {
			return s.note(tx, authz.Who{}, "account.guessed", a.ID, fmt.Sprintf(`{"failures":%d}`, n))
		}
		return nil
	})
	return a, charged, err
}

// knows reports whether an account has signed in from a browser.
func knows(tx *db.Tx, account, browser string) (bool, error) {
	if account == "" || browser == "" {
		return false, nil
	}
	var seen db.Time
	err := tx.QueryRow(`SELECT seen FROM known_browser WHERE id = $1`, hashToken(account, browser)).Scan(&seen)
	if problem.Is(err, problem.NotFound) {
		return false, nil
	}
	return err == nil && tx.Now().Sub(seen.Time) < browserKept, err
}

// enter writes down that somebody came in: in the trail, on the account, and that it knows this browser.
func (s *Service) enter(tx *db.Tx, a Account, by Proof, browser string) error {
	day := db.At(tx.Now().Truncate(24 * time.Hour))
	if _, err := tx.Exec(`UPDATE account SET last_seen = $1 WHERE id = $2`, day, a.ID); err != nil {
		return err
	}
	if browser != "" && by != ByDemo {
		_, err := tx.Exec(`INSERT INTO known_browser (id, account, seen) VALUES ($1, $2, $3)
			ON CONFLICT (id) DO UPDATE SET seen = excluded.seen`, hashToken(a.ID, browser), a.ID, tx.Now())
		if err != nil {
			return err
		}
	}
	return s.note(tx, a.Who(), "account.sign-in", a.ID, fmt.Sprintf(`{"by":%q}`, by))
}

// setPassword stores a new password's hash, and ends all sessions: whoever is in must come in anew.
func (s *Service) setPassword(tx *db.Tx, by authz.Who, account, hash string) error {
	_, err := tx.Exec(`INSERT INTO credential (id, account, kind, secret, created) VALUES ($1, $2, 'password', $3, $4)
		ON CONFLICT (account, kind) DO UPDATE SET secret = excluded.secret, created = excluded.created, used = NULL`,
		account+":password", account, hash, tx.Now())
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`DELETE FROM session WHERE account = $1`, account); err != nil {
		return err
	}
	if err := changed(tx, by, "password-set", account); err != nil {
		return err
	}
	return s.note(tx, by, "account.password", account, "")
}

// HasPassword reports whether an account has a password.
func (s *Service) HasPassword(ctx context.Context, id string) (bool, error) {
	var n int
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(`SELECT COUNT(*) FROM credential WHERE account = $1 AND kind = 'password'`, id).Scan(&n)
	})
	return n > 0, err
}

// ChangePassword sets a new password for who is signed in. The old one is asked for, unless the session began a short
// while ago by a code or a link, which is how somebody who forgot it gets a new one. All sessions end.
func (s *Service) ChangePassword(ctx context.Context, session Session, t Try, old, fresh string) error {
	a, err := s.Get(ctx, session.Account)
	if err != nil {
		return err
	}
	has, err := s.HasPassword(ctx, a.ID)
	if err != nil {
		return err
	}
	if has && !session.Fresh {
		t.Mail = a.Mail
		if _, err := s.Password(ctx, t, old); err != nil {
			return oldPassword(err)
		}
	}
	hash, err := s.newPassword(ctx, a, &Newcomer{Name: a.Name, Mail: a.Mail, Lang: a.Lang, Role: a.Role}, fresh)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error { return s.setPassword(tx, a.Who(), a.ID, hash) })
}

// oldPassword puts a wrong password beside the field of the old one.
func oldPassword(err error) error {
	fields := fieldsOf(err)
	if len(fields) == 0 {
		return err
	}
	var wrong problem.Fields
	wrong.Add("old", "signin.old-wrong")
	return wrong.Err()
}

func fieldsOf(err error) problem.Fields {
	var e *problem.Error
	if errors.As(err, &e) {
		return e.Fields
	}
	return nil
}
