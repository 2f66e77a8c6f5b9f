package db

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Restore fills an empty, migrated store with what a backup holds, on either engine. The backup may be of an older
// version: a copy of it is migrated first, and checked. The backup itself is only read.
func Restore(ctx context.Context, path string, to *DB) error {
	folder, err := os.MkdirTemp("", "restore-")
	if err != nil {
		return kind(err)
	}
	defer func() { _ = os.RemoveAll(folder) }()
	copied := filepath.Join(folder, "copy.db")
	if err := copyOf(ctx, path, copied, to.opt); err != nil {
		return fmt.Errorf("read the backup %s: %w", path, err)
	}
	from, err := Open(ctx, "sqlite:"+copied, Options{Clock: to.opt.Clock, Log: to.opt.Log, SynchronousNormal: true})
	if err != nil {
		return err
	}
	from.folder = to.folder
	err = from.Migrate(ctx)
	if err == nil {
		err = from.Check(ctx)
	}
	if err == nil {
		err = Copy(ctx, from, to)
	}
	return errors.Join(err, from.Close())
}

func copyOf(ctx context.Context, path, to string, o Options) error {
	from, err := Open(ctx, "sqlite:"+path, Options{ReadOnly: true, Clock: o.Clock, Log: o.Log})
	if err != nil {
		return err
	}
	return errors.Join(from.Backup(ctx, to), from.Close())
}
