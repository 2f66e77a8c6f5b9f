package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"parvis/internal/db"
	"parvis/internal/jobs"
	"parvis/internal/problem"
)

// Sweep is the kind of job that removes, day by day, files that belong to nothing for too long, and bytes without a row.
func (f *Files) Sweep() jobs.Kind {
	return jobs.Kind{Name: "blob.sweep", Timeout: time.Hour, Do: func(ctx context.Context, _ *jobs.Job) error {
		var now db.Time
		err := f.db.Write(ctx, func(tx *db.Tx) error {
			now = tx.Now()
			rows, err := tx.Query(`SELECT id FROM blob WHERE expires <= $1`, tx.Now())
			names, err := db.Collect(rows, err, db.One[string])
			for _, name := range names {
				err = errors.Join(err, f.Remove(tx, name))
			}
			return err
		})
		if err != nil {
			return err
		}
		return f.removeStray(ctx, now)
	}}
}

// removeStray removes bytes that nothing knows of. Young ones may be waiting for their row.
func (f *Files) removeStray(ctx context.Context, now db.Time) error {
	return f.store.Walk(ctx, func(name string, kept time.Time) error {
		if now.Sub(kept) < waits {
			return nil
		}
		err := f.db.Read(ctx, func(tx *db.Tx) error { _, err := Get(tx, name); return err })
		if problem.Is(err, problem.NotFound) {
			return f.store.Remove(ctx, name)
		}
		return err
	})
}

// Check reads every file and calls f with each whose bytes are missing or not what was kept. It gives how many it read.
func (f *Files) Check(ctx context.Context, fault func(File, error)) (read int, err error) {
	for last := ""; ; {
		var page []File
		err := f.db.Read(ctx, func(tx *db.Tx) error {
			rows, err := tx.Query(`SELECT `+columns+` FROM blob WHERE id > $1 ORDER BY id LIMIT 500`, last)
			page, err = db.Collect(rows, err, scan)
			return err
		})
		if err != nil || len(page) == 0 {
			return read, err
		}
		for _, file := range page {
			if err := f.check(ctx, file); err != nil {
				if ctx.Err() != nil {
					return read, ctx.Err()
				}
				fault(file, err)
			}
			last, read = file.Name, read+1
		}
	}
}

func (f *Files) check(ctx context.Context, file File) error {
	r, err := f.store.Open(ctx, file.Name)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	if _, err := io.Copy(io.Discard, Verify(r, file.Kept)); err != nil {
		return fmt.Errorf("read it: %w", err)
	}
	return nil
}
