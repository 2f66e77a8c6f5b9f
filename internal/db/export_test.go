package db

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"parvis/internal/problem"
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

// LimitPages makes an SQLite file full when it has n pages more than now, as a full disk would.
func LimitPages(d *DB, n int) error {
	return d.store.(*liteStore).writer.write(context.Background(), func(tx *Tx) error {
		var pages int
		if err := tx.QueryRow("PRAGMA page_count").Scan(&pages); err != nil {
			return err
		}
		return tx.QueryRow("PRAGMA max_page_count = " + strconv.Itoa(pages+n)).Scan(&pages)
	})
}

// SetContext has a transaction's next statements end with a context, which no caller can bring about.
func SetContext(tx *Tx, ctx context.Context) { tx.ctx = ctx }

// AskAgain makes the transaction one that the engine asks to run again.
func AskAgain(tx *Tx) error {
	tx.worst, tx.cause = again, &pgconn.PgError{Code: "40001"}
	return tx.cause
}

// SetMigrations gives a store other migrations than the program's own.
func SetMigrations(d *DB, folder fs.FS) { d.folder = folder }

// Path is an SQLite store's file.
func Path(d *DB) string { return d.store.(*liteStore).path }

// Kind, Older are tested as they are.
var (
	Kind  = kind
	Older = older
)

// OfSQLite says what a code of SQLite becomes, and what it means for the batch.
func OfSQLite(code int) (problem.Kind, string) {
	return sqliteKind(code), [...]string{"none", "again", "spoiled", "fatal"}[sqliteHarm(code)]
}

// CutConnections has PostgreSQL end the connections that a store keeps.
func CutConnections(d *DB) error {
	s := d.store.(*pgStore)
	var own []int
	conn, err := s.pool.Conn(context.Background())
	if err != nil {
		return err
	}
	rows, err := conn.QueryContext(context.Background(), "SELECT pg_backend_pid()")
	if err != nil {
		return err
	}
	for rows.Next() {
		var pid int
		if err := rows.Scan(&pid); err != nil {
			return err
		}
		own = append(own, pid)
	}
	if err := errors.Join(rows.Err(), conn.Close()); err != nil {
		return err
	}
	other, err := pgx.Connect(context.Background(), os.Getenv("PARVIS_TEST_POSTGRES"))
	if err != nil {
		return err
	}
	defer func() { _ = other.Close(context.Background()) }()
	for _, pid := range own {
		if _, err := other.Exec(context.Background(), "SELECT pg_terminate_backend($1, 2000)", pid); err != nil {
			return err
		}
	}
	return nil
}
