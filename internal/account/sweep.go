package account

import (
	"context"
	"time"

	"parvis/internal/db"
	"parvis/internal/jobs"
)

// Sweep is the kind of job that takes out what is over: sessions, codes and links, counts, browsers not seen for long.
func (s *Service) Sweep() jobs.Kind {
	return jobs.Kind{Name: "account.sweep", Do: func(ctx context.Context, _ *jobs.Job) error {
		return s.db.Write(ctx, func(tx *db.Tx) error {
			for _, end := range []struct {
				query string
				age   time.Duration
			}{
				{`DELETE FROM session WHERE expires <= $1 OR seen + rest <= $1`, 0},
				{`DELETE FROM one_time_code WHERE expires <= $1 OR used <= $1`, 24 * time.Hour},
				{`DELETE FROM login_attempt WHERE seen <= $1 AND blocked_until <= $1`, quiet},
				{`DELETE FROM known_browser WHERE seen <= $1`, browserKept},
			} {
				if _, err := tx.Exec(end.query, db.At(tx.Now().Add(-end.age))); err != nil {
					return err
				}
			}
			return nil
		})
	}}
}
