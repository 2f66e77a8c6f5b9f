package audit

import (
	"context"
	"time"

	"parvis/internal/db"
	"parvis/internal/jobs"
)

// How long lines are kept when the territory says nothing else: looks as long as most claims run, the trail a year.
const (
	KeepLooks = 3 * 365 * 24 * time.Hour
	KeepTrail = 365 * 24 * time.Hour
)

// Forget is the kind of job that takes out, day by day, what is older than each book is kept.
func Forget(d *db.DB, looks, trail time.Duration) jobs.Kind {
	return jobs.Kind{Name: "audit.forget", Do: func(ctx context.Context, j *jobs.Job) error {
		return d.Write(ctx, func(tx *db.Tx) error {
			if _, err := ForgetLooks(tx, tx.Now().Add(-looks)); err != nil {
				return err
			}
			_, err := ForgetTrail(tx, tx.Now().Add(-trail))
			return err
		})
	}}
}
