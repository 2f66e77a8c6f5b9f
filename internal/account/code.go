package account

import (
	"context"
	"time"

	"parvis/internal/db"
	"parvis/internal/notify"
	"parvis/internal/problem"
)

// A code serves for ten minutes and five tries.
const (
	codeServes = 10 * time.Minute
	codeTries  = 5
)

// SendCode writes a code to the address, when it has an account, and gives the token that goes with it. Without an
// account the answer is the same, and no code will ever fit.
func (s *Service) SendCode(ctx context.Context, t Try) (token string, err error) {
	a, _, err := s.begin(ctx, t, true)
	if err != nil {
		return "", err
	}
	token = newToken()
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		code, expires := newCode(), db.At(tx.Now().Add(codeServes))
		var account *string
		if a.ID != "" && a.State != Suspended {
			account = &a.ID
			if err := s.mailCode(tx, a, code, expires); err != nil {
				return err
			}
		}
		_, err := tx.Exec(`INSERT INTO one_time_code (id, account, purpose, hash, tries, created, expires)
			VALUES ($1, $2, 'sign-in', $3, 0, $4, $5)`, hashToken(token), account, codeHash(token, code), tx.Now(), expires)
		return err
	})
	return token, err
}

// mailCode writes the letter that holds a code.
func (s *Service) mailCode(tx *db.Tx, a Account, code string, expires db.Time) error {
	p := s.printer(a.Lang)
	spoken := code[:3] + " " + code[3:]
	_, err := notify.Write(tx, notify.Message{
		To: a.Mail, Account: a.ID, Lang: p.Lang(), Kind: "account.code", Secret: true, Expires: expires,
		Subject: p.T("signin.mail-subject", "House", s.house(p.Lang())),
		Text: p.T("signin.mail-text", "Name", a.Name, "Code", spoken, "Minutes", int(codeServes/time.Minute),
			"House", s.house(p.Lang())),
	})
	return err
}

// Code signs in by the code that goes with a token. A wrong code is Invalid on the field "code" and says how many tries
// are left; a code that is too old, used, or tried too often is problem.Gone.
func (s *Service) Code(ctx context.Context, token, typed string, t Try) (a Account, err error) {
	var outcome error
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		outcome = nil
		var account *string
		var hash string
		var tries int
		err := tx.QueryRow(`UPDATE one_time_code SET tries = tries + 1 WHERE id = $1 AND purpose = 'sign-in' AND tries < $2
			AND used IS NULL AND expires > $3 RETURNING account, hash, tries`, hashToken(token), codeTries, tx.Now()).
			Scan(&account, &hash, &tries)
		if problem.Is(err, problem.NotFound) {
			outcome = problem.New(problem.Gone, "signin.code-gone")
			return nil
		}
		if err != nil {
			return err
		}
		if account == nil || !sameHash(hash, codeHash(token, cleanCode(typed))) {
			outcome = errCode(codeTries - tries)
			return nil // the try counts
		}
		if a, err = get(tx, "id", *account); err != nil {
			return err
		}
		if a.State == Suspended {
			outcome = errCode(codeTries - tries)
			return nil
		}
		return s.come(tx, &a, token, t)
	})
	if err == nil {
		err = outcome
	}
	if err != nil {
		return Account{}, err
	}
	return a, nil
}

// come ends a code that was right. Who was invited has shown that the address is theirs, and is in.
func (s *Service) come(tx *db.Tx, a *Account, token string, t Try) error {
	if _, err := tx.Exec(`UPDATE one_time_code SET used = $1 WHERE id = $2`, tx.Now(), hashToken(token)); err != nil {
		return err
	}
	if a.State == Invited {
		a.State = Active
		if _, err := tx.Exec(`UPDATE account SET state = 'active', changed = $1 WHERE id = $2`, tx.Now(), a.ID); err != nil {
			return err
		}
		if err := changed(tx, a.Who(), "activated", a.ID); err != nil {
			return err
		}
	}
	if err := s.forgive(tx, a.Mail, t); err != nil {
		return err
	}
	return s.enter(tx, *a, ByCode, t.Browser)
}

// forgive forgets the counts of this browser and network at the account: its owner is here.
func (s *Service) forgive(tx *db.Tx, mail string, t Try) error {
	key, err := s.loginKey(tx)
	if err != nil {
		return err
	}
	t.Mail = mail
	for _, code := range []bool{false, true} {
		for _, knows := range []bool{false, true} {
			for _, c := range s.counters(key, t, knows, code) {
				if c.all {
					continue
				}
				if _, err := tx.Exec(`DELETE FROM login_attempt WHERE name = $1`, c.name); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// errCode says that a code is not the right one. When no try is left, a new code is needed.
func errCode(left int) error {
	if left <= 0 {
		return problem.New(problem.Gone, "signin.code-gone")
	}
	var wrong problem.Fields
	wrong.Add("code", "signin.code-wrong", "N", left)
	return wrong.Err()
}
