package db

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// Script runs a text of several statements, with tokens, on an empty store.
func Script(ctx context.Context, d *DB, text string) error {
	text = tokens[d.engine].Replace(text)
	switch s := d.store.(type) {
	case *liteStore:
		c, err := connectSQLite(ctx, s.path, s.writerPragmas())
		if err != nil {
			return err
		}
		defer func() { _ = c.close() }()
		_, err = c.conn.ExecContext(ctx, text)
		return err
	case *pgStore:
		_, err := s.pool.ExecContext(ctx, text, pgx.QueryExecModeSimpleProtocol)
		return err
	}
	return nil
}
