package account

import (
	"context"
	"fmt"
	"time"

	"parvis/internal/authz"
	"parvis/internal/db"
	"parvis/internal/problem"
)

// Purpose is what a code or a link is for.
type Purpose string

// The purposes.
const (
	SignIn      Purpose = "sign-in"
	Invitation  Purpose = "invitation"
	NewPassword Purpose = "new-password"
)

// How long links serve.
const (
	invitationServes  = 7 * 24 * time.Hour
	newPasswordServes = 24 * time.Hour
)

// Link is a way in that serves once. Its token is known to its holder alone: it is shown once and cannot be read again.
type Link struct {
	Token   string
	Purpose Purpose
	Expires db.Time
}

// Path is the link's place on the territory's site.
func (l Link) Path() string { return "/invitation/" + l.Token }

// link makes a link for an account. Earlier ones serve no more.
func (s *Service) link(tx *db.Tx, a Account, purpose Purpose) (Link, error) {
	l := Link{Token: newToken(), Purpose: purpose, Expires: db.At(tx.Now().Add(newPasswordServes))}
	if purpose == Invitation {
		l.Expires = db.At(tx.Now().Add(invitationServes))
	}
	if _, err := tx.Exec(`DELETE FROM one_time_code WHERE account = $1 AND purpose IN ('invitation', 'new-password')`, a.ID); err != nil {
		return l, err
	}
	_, err := tx.Exec(`INSERT INTO one_time_code (id, account, purpose, hash, tries, created, expires) VALUES ($1, $2, $3, '', 0, $4, $5)`,
		hashToken(l.Token), a.ID, string(purpose), tx.Now(), l.Expires)
	return l, err
}

// NewLink makes a link by which an account sets a new password; who was never here gets a new invitation.
func (s *Service) NewLink(ctx context.Context, by authz.Who, id string) (l Link, err error) {
	err = s.change(ctx, by, id, func(tx *db.Tx, a Account) error {
		purpose := NewPassword
		switch a.State {
		case Suspended:
			return problem.New(problem.Conflict, "signin.is-suspended")
		case Invited:
			purpose = Invitation
		case Active:
		}
		if l, err = s.link(tx, a, purpose); err != nil {
			return err
		}
		return s.note(tx, by, "account.link", id, "")
	})
	return l, err
}

// errLink is the one answer to a link that serves no more, or never did.
func errLink() error { return problem.New(problem.Gone, "signin.link-gone") }

// OpenLink says whose a link is, and what for. Opening it uses nothing up: mail programs open links by themselves.
func (s *Service) OpenLink(ctx context.Context, token string) (a Account, purpose Purpose, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error { a, purpose, err = linked(tx, token); return err })
	return a, purpose, err
}

func linked(tx *db.Tx, token string) (a Account, purpose Purpose, err error) {
	var id string
	err = tx.QueryRow(`SELECT account, purpose FROM one_time_code WHERE id = $1 AND hash = '' AND account IS NOT NULL
		AND used IS NULL AND expires > $2`, hashToken(token), tx.Now()).Scan(&id, &purpose)
	if problem.Is(err, problem.NotFound) {
		return a, "", errLink()
	}
	if err != nil {
		return a, "", err
	}
	if a, err = get(tx, "id", id); err == nil && a.State == Suspended {
		err = errLink()
	}
	return a, purpose, err
}

// Choice is what the owner of a link enters. An empty name or language leaves them as they are.
type Choice struct {
	Name     string
	Password string
	Lang     string
	Browser  string
}

// Accept uses a link up: it sets the password, opens the account where it was invited, and ends its sessions. The owner
// is signed in then.
func (s *Service) Accept(ctx context.Context, token string, c Choice) (a Account, err error) {
	var purpose Purpose
	if a, purpose, err = s.OpenLink(ctx, token); err != nil {
		return a, err
	}
	n := Newcomer{Name: c.Name, Mail: a.Mail, Lang: c.Lang, Role: a.Role}
	if n.Name == "" {
		n.Name = a.Name
	}
	if n.Lang == "" {
		n.Lang = a.Lang
	}
	hash, err := s.newPassword(ctx, a, &n, c.Password)
	if err != nil {
		return a, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		if a, purpose, err = linked(tx, token); err != nil {
			return err
		}
		used, err := tx.Exec(`UPDATE one_time_code SET used = $1 WHERE id = $2 AND used IS NULL`, tx.Now(), hashToken(token))
		if err != nil {
			return err
		}
		if used == 0 {
			return errLink() // another was faster
		}
		a.Name, a.Lang, a.State, a.Changed = n.Name, n.Lang, Active, tx.Now()
		_, err = tx.Exec(`UPDATE account SET name = $1, lang = $2, state = 'active', changed = $3 WHERE id = $4`, a.Name, a.Lang, tx.Now(), a.ID)
		if err != nil {
			return err
		}
		if purpose == Invitation {
			if err := changed(tx, a.Who(), "activated", a.ID); err != nil {
				return err
			}
		}
		if err := s.setPassword(tx, a.Who(), a.ID, hash); err != nil {
			return err
		}
		return s.enter(tx, a, ByLink, c.Browser)
	})
	return a, err
}

// newPassword checks what was chosen and hashes the password.
func (s *Service) newPassword(ctx context.Context, a Account, n *Newcomer, password string) (string, error) {
	var wrong problem.Fields
	if err := n.check(); err != nil {
		wrong = fieldsOf(err)
	}
	if key, args := checkPassword(password, a, s.territory.ID, s.house(a.Lang)); key != "" {
		wrong.Add("password", key, args...)
	}
	if err := wrong.Err(); err != nil {
		return "", err
	}
	hash, err := s.hasher.Hash(ctx, password)
	if err != nil {
		return "", fmt.Errorf("account %s: %w", a.ID, err)
	}
	return hash, nil
}
