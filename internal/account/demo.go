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
		address := string(role) + "@" + s.territory.ID + ".example"
		a, err = get(tx, "mail_folded", address)
		if problem.Is(err, problem.NotFound) {
			p := s.printer(lang)
			a = Account{ID: id.New(), Name: p.T("signin.demo-" + string(role)), Mail: address, Lang: p.Lang(), Role: role, State: Active,
				Created: tx.Now(), Changed: tx.Now()}
			err = s.add(tx, authz.Who{}, a)
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
