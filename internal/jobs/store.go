package jobs

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parvis/internal/db"
	"parvis/internal/id"
)

// faultLength is how much of an error is kept with its job.
const faultLength = 500

// anyDue reports whether a job of these kinds may begin now.
func anyDue(ctx context.Context, d *db.DB, kinds []string) (bool, error) {
	var n int
	err := d.Read(ctx, func(tx *db.Tx) error {
		args := append([]any{tx.Now()}, db.Args(kinds...)...)
		return tx.QueryRow(`SELECT COUNT(*) FROM (SELECT 1 FROM job WHERE state <> 'dead' AND due <= $1
			AND kind IN (`+db.In(len(kinds), 2)+`) LIMIT 1) AS one`, args...).Scan(&n)
	})
	return n > 0, err
}

// claim takes up to n due jobs of these kinds for one worker, for the length of a lease. Jobs whose worker died too
// often come out as lost: they are to be put aside.
func claim(ctx context.Context, d *db.DB, kinds map[string]Kind, names []string, n int, lease time.Duration) (taken, lost []*Job, err error) {
	token := id.New()
	err = d.Write(ctx, func(tx *db.Tx) error {
		args := append([]any{tx.Now(), n}, db.Args(names...)...)
		rows, err := tx.Query(`SELECT id FROM job WHERE state <> 'dead' AND due <= $1 AND kind IN (`+db.In(len(names), 3)+`)
			ORDER BY priority DESC, due, id LIMIT $2`+tx.SkipLocked(), args...)
		ids, err := db.Collect(rows, err, db.One[string])
		if err != nil || len(ids) == 0 {
			taken, lost = nil, nil
			return err
		}
		args = append([]any{token, db.At(tx.Now().Add(lease)), tx.Now()}, db.Args(ids...)...)
		rows, err = tx.Query(`UPDATE job SET state = 'running', lease = $1, due = $2, tried = $3, attempts = attempts + 1
			WHERE id IN (`+db.In(len(ids), 4)+`) RETURNING id, kind, args, attempts, created`, args...)
		all, err := db.Collect(rows, err, func(r *db.Rows) (*Job, error) {
			j := &Job{lease: token, db: d}
			return j, r.Scan(&j.ID, &j.Kind, &j.Payload, &j.Attempt, &j.Enqueued)
		})
		slices.SortFunc(all, func(a, b *Job) int { return slices.Index(ids, a.ID) - slices.Index(ids, b.ID) })
		taken, lost = nil, nil
		for _, j := range all {
			if j.Tries = kinds[j.Kind].Tries; j.Attempt > j.Tries {
				lost = append(lost, j)
			} else {
				taken = append(taken, j)
			}
		}
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("take jobs: %w", err)
	}
	return taken, lost, nil
}

// renew lengthens the lease of a job that is still being worked on.
func (j *Job) renew(ctx context.Context, lease time.Duration) error {
	return j.db.Write(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(`UPDATE job SET due = $1 WHERE id = $2 AND lease = $3 AND state = 'running'`,
			db.At(tx.Now().Add(lease)), j.ID, j.lease)
		if err == nil && n == 0 {
			err = ErrLost
		}
		return err
	})
}

// finish ends a job that is done, with the effects it asked for. Asked for again meanwhile, it waits anew.
func (j *Job) finish(ctx context.Context) error {
	return j.db.Write(ctx, func(tx *db.Tx) error {
		if err := j.hold(tx); err != nil {
			return err
		}
		for _, effect := range j.effect {
			if err := effect(tx); err != nil {
				return err
			}
		}
		n, err := tx.Exec(`DELETE FROM job WHERE id = $1 AND NOT again`, j.ID)
		if err != nil || n == 1 {
			return err
		}
		return j.anew(tx)
	})
}

// anew lets a job that was asked for again while it ran start from the beginning.
func (j *Job) anew(tx *db.Tx) error {
	if _, err := tx.Exec(`DELETE FROM job_effect WHERE job = $1`, j.ID); err != nil {
		return err
	}
	return j.back(tx, tx.Now(), 0, "")
}

// back lets a job wait until due, with so many tries counted.
func (j *Job) back(tx *db.Tx, due db.Time, attempt int, fault string) error {
	n, err := tx.Exec(`UPDATE job SET state = 'waiting', again = FALSE, lease = NULL, due = $1, attempts = $2, last_error = $3
		WHERE id = $4 AND lease = $5`, due, attempt, short(fault), j.ID, j.lease)
	if err == nil && n == 0 {
		err = fmt.Errorf("job %s: %w", j.ID, ErrLost)
	}
	return err
}

// bury puts a job aside and lets its kind draw the consequences. Asked for again meanwhile, it waits anew instead.
func (j *Job) bury(tx *db.Tx, kind Kind, fault string) error {
	if err := j.hold(tx); err != nil {
		return err
	}
	n, err := tx.Exec(`UPDATE job SET state = 'dead', lease = NULL, last_error = $1 WHERE id = $2 AND NOT again`, short(fault), j.ID)
	switch {
	case err != nil:
		return err
	case n == 0:
		return j.anew(tx)
	case kind.Dead != nil:
		return kind.Dead(tx, j)
	}
	return nil
}

func short(fault string) string {
	if r := []rune(fault); len(r) > faultLength {
		return string(r[:faultLength]) + "…"
	}
	return fault
}

// ahead is how far in the future a job may have been asked for or begun before it is taken as the work of a clock that
// was wrong: more than the clocks of two programs ever differ.
const ahead = 10 * time.Minute

// bringBack moves what was asked for, or begun, at a time that has not come yet to now, with what it still had to wait. A
// machine's clock may have been years ahead until it was set; a letter must not wait for that year.
func bringBack(ctx context.Context, d *db.DB) error {
	const strayed = ` FROM job WHERE state <> 'dead' AND COALESCE(tried, created) > $1`
	var any bool
	err := d.Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(`SELECT EXISTS (SELECT 1`+strayed+`)`, db.At(tx.Now().Add(ahead))).Scan(&any)
	})
	if err != nil || !any {
		return err
	}
	return d.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(`UPDATE job SET due = due - COALESCE(tried, created) + $1,
			created = CASE WHEN created > $1 THEN $1 ELSE created END, tried = CASE WHEN tried > $1 THEN $1 ELSE tried END
			WHERE state <> 'dead' AND COALESCE(tried, created) > $2`, tx.Now(), db.At(tx.Now().Add(ahead)))
		return err
	})
}
