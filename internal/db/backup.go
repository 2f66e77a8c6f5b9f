package db

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"parvis/internal/problem"
)

// createFile makes an empty file that only its owner may read, on the disk with its name. It must not exist yet.
func createFile(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return problem.Because(problem.Conflict, err)
	}
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), syncFile(filepath.Dir(path)))
}

// syncFile has a file, or a folder's list of names, on the disk.
func syncFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// backup copies one moment of the file, while others read and write.
func (s *liteStore) backup(ctx context.Context, path string) error {
	c, err := connectSQLite(ctx, s.path, []string{"busy_timeout(5000)", "trusted_schema(0)"})
	if err != nil {
		return err
	}
	defer func() { _ = c.close() }()
	_, err = c.ExecContext(ctx, "VACUUM INTO $1", path)
	return err
}

// check reads the whole file: its pages, its indexes, its references.
func (s *liteStore) check(ctx context.Context) error {
	return s.read(ctx, func(tx *Tx) error {
		rows, err := tx.Query("PRAGMA integrity_check")
		lines, err := Collect(rows, err, One[string])
		if err != nil {
			return err
		}
		var broken []error
		for _, line := range lines {
			if line != "ok" {
				broken = append(broken, errors.New(line))
			}
		}
		rows, err = tx.Query("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check")
		orphans, err := Collect(rows, err, func(r *Rows) (error, error) {
			var table, parent string
			var row *int64
			err := r.Scan(&table, &row, &parent)
			return fmt.Errorf("a row of %s points to a row of %s that does not exist", table, parent), err
		})
		if err != nil {
			return err
		}
		if broken = append(broken, orphans...); len(broken) > 0 {
			return problem.Because(problem.Internal, errors.Join(broken...))
		}
		return nil
	})
}

// backup of a schema is a portable SQLite file with the same tables.
func (s *pgStore) backup(ctx context.Context, path string) error {
	to, err := Open(ctx, "sqlite:"+path, Options{Clock: s.db.opt.Clock, Log: s.db.opt.Log})
	if err != nil {
		return err
	}
	err = to.Migrate(ctx)
	if err == nil {
		err = Copy(ctx, s.db, to)
	}
	err = errors.Join(err, to.Close())
	return errors.Join(err, os.Remove(path+".lock"))
}
