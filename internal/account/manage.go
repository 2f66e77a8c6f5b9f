package account

import (
	"context"
	"fmt"

	"parvis/internal/audit"
	"parvis/internal/authz"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/problem"
)

// Invite makes an account and a link by which its owner sets a password and comes in. The link is shown once, here; by is
// who invites, the zero Who for the program itself.
func (s *Service) Invite(ctx context.Context, by authz.Who, n Newcomer) (a Account, link Link, err error) {
	if err := n.check(); err != nil {
		return a, link, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		a = Account{ID: id.New(), Name: n.Name, Mail: n.Mail, Lang: n.Lang, Role: n.Role, State: Invited, Created: tx.Now(), Changed: tx.Now()}
		if err := s.add(tx, by, a); err != nil {
			return err
		}
		link, err = s.link(tx, a, Invitation)
		return err
	})
	return a, link, err
}

// add stores a new account with its event and its line in the trail.
func (s *Service) add(tx *db.Tx, by authz.Who, a Account) error {
	n, err := tx.Exec(`INSERT INTO account (id, role, name, mail, mail_folded, lang, state, created, changed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (mail_folded) DO NOTHING`,
		a.ID, string(a.Role), a.Name, a.Mail, FoldMail(a.Mail), a.Lang, string(a.State), a.Created, a.Changed)
	if err != nil {
		return fmt.Errorf("add an account: %w", err)
	}
	if n == 0 {
		var wrong problem.Fields
		wrong.Add("mail", "signin.mail-taken")
		return wrong.Err()
	}
	if err := changed(tx, by, "invited", a.ID); err != nil {
		return err
	}
	return s.note(tx, by, "account.invite", a.ID, fmt.Sprintf(`{"role":%q}`, a.Role))
}

// note adds a line about an account to the trail.
func (s *Service) note(tx *db.Tx, by authz.Who, action, id, data string) error {
	return audit.Record(tx, audit.Entry{Actor: by.Account, Role: string(by.Role), Action: action, Subject: "account", SubjectID: id, Data: data})
}

// Get gives an account.
func (s *Service) Get(ctx context.Context, id string) (a Account, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error { a, err = get(tx, "id", id); return err })
	return a, err
}

// Find gives the account of an address; problem.NotFound when there is none. It is for those who manage users: pages of
// others must not tell.
func (s *Service) Find(ctx context.Context, mail string) (a Account, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error { a, err = get(tx, "mail_folded", FoldMail(mail)); return err })
	return a, err
}

// Names gives the names of accounts by their ids, for lists of who did what.
func (s *Service) Names(ctx context.Context, ids []string) (map[string]string, error) {
	names := make(map[string]string, len(ids))
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		rows, err := tx.Query(`SELECT `+columns+` FROM account WHERE id IN (`+db.In(len(ids), 1)+`)`, db.Args(ids...)...)
		all, err := db.Collect(rows, err, scan)
		for _, a := range all {
			names[a.ID] = a.Name
		}
		return err
	})
	return names, err
}

// List gives all accounts of a role, or of every role when it is empty, by name.
func (s *Service) List(ctx context.Context, role authz.Role) (all []Account, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		rows, err := tx.Query(`SELECT `+columns+` FROM account WHERE role = $1 OR $1 = '' ORDER BY name, id`, string(role))
		all, err = db.Collect(rows, err, scan)
		return err
	})
	return all, err
}

// SetRole gives an account another role. The last manager stays one.
func (s *Service) SetRole(ctx context.Context, by authz.Who, id string, role authz.Role) error {
	if !role.Valid() || role == authz.Visitor {
		var wrong problem.Fields
		wrong.Add("role", "signin.role-form")
		return wrong.Err()
	}
	return s.change(ctx, by, id, func(tx *db.Tx, a Account) error {
		if a.Role == role {
			return nil
		}
		if err := s.keepsAManager(tx, a); err != nil {
			return err
		}
		if _, err := tx.Exec(`UPDATE account SET role = $1, changed = $2 WHERE id = $3`, string(role), tx.Now(), id); err != nil {
			return err
		}
		if err := changed(tx, by, "role-changed", id); err != nil {
			return err
		}
		return s.note(tx, by, "account.role", id, fmt.Sprintf(`{"from":%q,"to":%q}`, a.Role, role))
	})
}

// Suspend keeps an account from signing in, and ends its sessions and links. The last manager stays.
func (s *Service) Suspend(ctx context.Context, by authz.Who, id string) error {
	return s.change(ctx, by, id, func(tx *db.Tx, a Account) error {
		if a.State == Suspended {
			return nil
		}
		if err := s.keepsAManager(tx, a); err != nil {
			return err
		}
		for _, end := range []string{`DELETE FROM session WHERE account = $1`, `DELETE FROM one_time_code WHERE account = $1`,
			`DELETE FROM known_browser WHERE account = $1`} {
			if _, err := tx.Exec(end, id); err != nil {
				return err
			}
		}
		return s.setState(tx, by, id, Suspended, "suspended")
	})
}

// Restore lets a suspended account sign in again.
func (s *Service) Restore(ctx context.Context, by authz.Who, id string) error {
	return s.change(ctx, by, id, func(tx *db.Tx, a Account) error {
		if a.State != Suspended {
			return nil
		}
		return s.setState(tx, by, id, Active, "restored")
	})
}

func (s *Service) setState(tx *db.Tx, by authz.Who, id string, state State, what string) error {
	if _, err := tx.Exec(`UPDATE account SET state = $1, changed = $2 WHERE id = $3`, string(state), tx.Now(), id); err != nil {
		return err
	}
	if err := changed(tx, by, what, id); err != nil {
		return err
	}
	return s.note(tx, by, "account."+what, id, "")
}

// SetLang sets the language in which an account is written to.
func (s *Service) SetLang(ctx context.Context, by authz.Who, id, lang string) error {
	if !s.territory.Offers(lang) {
		var wrong problem.Fields
		wrong.Add("lang", "signin.lang-form")
		return wrong.Err()
	}
	return s.change(ctx, by, id, func(tx *db.Tx, a Account) error {
		if a.Lang == lang {
			return nil
		}
		if _, err := tx.Exec(`UPDATE account SET lang = $1, changed = $2 WHERE id = $3`, lang, tx.Now(), id); err != nil {
			return err
		}
		return changed(tx, by, "language-changed", id)
	})
}

// change runs f on an account that nobody else changes meanwhile.
func (s *Service) change(ctx context.Context, _ authz.Who, id string, f func(*db.Tx, Account) error) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if err := tx.Lock("account", "roles"); err != nil {
			return err
		}
		a, err := get(tx, "id", id)
		if err != nil {
			return err
		}
		if err := f(tx, a); err != nil {
			return fmt.Errorf("account %s: %w", id, err)
		}
		return nil
	})
}

// keepsAManager refuses to take the last active manager away.
func (s *Service) keepsAManager(tx *db.Tx, a Account) error {
	if a.Role != authz.Manager || a.State != Active {
		return nil
	}
	var others int
	err := tx.QueryRow(`SELECT COUNT(*) FROM account WHERE role = $1 AND state = 'active' AND id <> $2`, string(authz.Manager), a.ID).Scan(&others)
	if err == nil && others == 0 {
		err = problem.New(problem.Conflict, "signin.last-manager")
	}
	return err
}
