package account

import (
	"context"
	"fmt"
	"time"

	"parvis/internal/authz"
	"parvis/internal/db"
	"parvis/internal/problem"
)

// Session is an account signed in on a browser. Its id is the hash of a token that only the browser has.
type Session struct {
	ID      string
	Account string
	Browser string // browser and system in two words
	Proof   Proof
	Created db.Time
	Seen    db.Time
	Rest    time.Duration // how long it may rest before it ends
	Expires db.Time       // when it ends at the latest
	Fresh   bool          // it began a short while ago by a code or a link
}

// Times of sessions. Many people share a browser, at a counter or in a library, so that sessions are short unless a
// resident asks to stay signed in; who works here cannot ask.
const (
	restUsual  = 2 * time.Hour
	wholeUsual = 12 * time.Hour
	restKept   = 30 * 24 * time.Hour
	wholeKept  = 180 * 24 * time.Hour

	freshFor = 10 * time.Minute
	touch    = time.Minute // how exactly it is known when a session last served
)

// MayStay reports whether somebody of this role may stay signed in on a browser.
func MayStay(role authz.Role) bool { return role == authz.Resident }

// Begin stores a new session of an account, and gives it with its times.
func (s *Service) Begin(ctx context.Context, session Session, stay bool) (Session, error) {
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		a, err := get(tx, "id", session.Account)
		if err != nil {
			return err
		}
		if a.State != Active {
			return problem.New(problem.Unauthenticated, "")
		}
		session.Rest, session.Expires = restUsual, db.At(tx.Now().Add(wholeUsual))
		if stay && MayStay(a.Role) {
			session.Rest, session.Expires = restKept, db.At(tx.Now().Add(wholeKept))
		}
		session.Created, session.Seen = tx.Now(), tx.Now()
		_, err = tx.Exec(`INSERT INTO session (id, account, browser, proof, created, seen, rest, expires)
			VALUES ($1, $2, $3, $4, $5, $5, $6, $7)`, session.ID, session.Account, session.Browser, string(session.Proof), session.Created,
			session.Rest.Milliseconds(), session.Expires)
		return err
	})
	if err != nil {
		return Session{}, fmt.Errorf("begin a session: %w", err)
	}
	return session, nil
}

// alive is what holds of a session that serves; $1 is now.
const alive = `session.expires > $1 AND session.seen + session.rest > $1 AND account.state = 'active'`

// Resume gives a session that serves, with its account, and notes that it served. ok is false when there is none.
func (s *Service) Resume(ctx context.Context, id string) (session Session, a Account, ok bool, err error) {
	var now db.Time
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		now = tx.Now()
		var rest int64
		fields := append([]any{&session.ID, &session.Account, &session.Browser, &session.Proof, &session.Created, &session.Seen, &rest,
			&session.Expires}, a.fields()...)
		err := tx.QueryRow(`SELECT session.id, session.account, session.browser, session.proof, session.created, session.seen,
			session.rest, session.expires, `+columns+` FROM session JOIN account ON account.id = session.account
			WHERE `+alive+` AND session.id = $2`, now, id).Scan(fields...)
		session.Rest = time.Duration(rest) * time.Millisecond
		return err
	})
	if problem.Is(err, problem.NotFound) {
		return Session{}, Account{}, false, nil
	}
	if err != nil {
		return Session{}, Account{}, false, err
	}
	session.Fresh = session.fresh(now)
	if now.Sub(session.Seen.Time) >= touch {
		err = s.db.Write(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE session SET seen = $1 WHERE id = $2 AND seen < $1`, tx.Now(), id)
			return err
		})
	}
	return session, a, err == nil, err
}

func (s *Session) fresh(now db.Time) bool {
	return (s.Proof == ByCode || s.Proof == ByLink) && now.Sub(s.Created.Time) < freshFor
}

// Sessions gives where an account is signed in, the last one seen first.
func (s *Service) Sessions(ctx context.Context, account string) (all []Session, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		rows, err := tx.Query(`SELECT session.id, session.account, session.browser, session.proof, session.created, session.seen,
			session.rest, session.expires FROM session JOIN account ON account.id = session.account
			WHERE `+alive+` AND session.account = $2 ORDER BY session.seen DESC, session.id`, tx.Now(), account)
		all, err = db.Collect(rows, err, func(r *db.Rows) (Session, error) {
			var one Session
			var rest int64
			err := r.Scan(&one.ID, &one.Account, &one.Browser, &one.Proof, &one.Created, &one.Seen, &rest, &one.Expires)
			one.Rest, one.Fresh = time.Duration(rest)*time.Millisecond, one.fresh(tx.Now())
			return one, err
		})
		return err
	})
	return all, err
}

// End ends a session, whoever's it is. To end what is over is no error.
func (s *Service) End(ctx context.Context, id string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(`DELETE FROM session WHERE id = $1`, id)
		return err
	})
}

// EndOwn ends one of an account's own sessions; problem.NotFound when it is not one.
func (s *Service) EndOwn(ctx context.Context, who authz.Who, id string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(`DELETE FROM session WHERE id = $1 AND account = $2`, id, who.Account)
		if err != nil {
			return err
		}
		if n == 0 {
			return problem.Because(problem.NotFound, fmt.Errorf("session of account %s", who.Account))
		}
		return s.note(tx, who, "account.session-ended", who.Account, "")
	})
}

// EndOthers ends all of an account's sessions but one.
func (s *Service) EndOthers(ctx context.Context, who authz.Who, keep string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(`DELETE FROM session WHERE account = $1 AND id <> $2`, who.Account, keep); err != nil {
			return err
		}
		return s.note(tx, who, "account.sessions-ended", who.Account, "")
	})
}
