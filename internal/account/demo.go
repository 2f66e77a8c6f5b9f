package account

import (
	"context"

	"parvis/internal/authz"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/problem"
)

// EnterDemo signs in as a made-up person of a role, without any proof. It is there only where the store itself says that
// it is a demo; elsewhere the way does not exist.
func (s *Service) EnterDemo(ctx context.Context, role authz.Role, lang string) (a Account, err error) {
	if !role.Valid() || role == authz.Visitor {
		return a, problem.New(problem.NotFound, "")
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		demo, err := tx.Demo()
		if err != nil {
			return err
		}
		if !demo {
			return problem.New(problem.NotFound, "")
		}
		p := s.printer(lang)
		name := p.T("signin.demo-" + string(role))
		a, err = get(tx, "mail_folded", string(role)+"@"+s.territory.ID+".example")
		switch {
		case problem.Is(err, problem.NotFound):
			a = Account{ID: id.New(), Name: name, Mail: string(role) + "@" + s.territory.ID + ".example", Lang: p.Lang(), Role: role,
				State: Active, Created: tx.Now(), Changed: tx.Now()}
			err = s.add(tx, authz.Who{}, a)
		case err == nil && a.Lang != p.Lang():
			a.Name, a.Lang = name, p.Lang() // made-up people speak the language of whoever plays them
			if _, err = tx.Exec(`UPDATE account SET name = $1, lang = $2, changed = $3 WHERE id = $4`, a.Name, a.Lang, tx.Now(), a.ID); err == nil {
				err = changed(tx, a.Who(), "language-changed", a.ID)
			}
		}
		if err != nil {
			return err
		}
		if a.Role != role || a.State != Active {
			return problem.New(problem.Conflict, "signin.demo-changed")
		}
		return s.enter(tx, a, ByDemo, "")
	})
	return a, err
}
