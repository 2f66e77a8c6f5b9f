package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"strings"
	"syscall"
	"unicode/utf8"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"parvis/internal/problem"
)

// harm says how much a driver's error spoils beyond the statement that met it.
type harm uint8

const (
	harmless harm = iota // the statement failed, nothing else
	again                // the whole transaction is lost and may succeed when it runs again
	spoiled              // the whole transaction is lost, by want of space or by an input-output error
	fatal                // the disk cannot be trusted any more: nothing may be written from here on
)

// kind turns a driver's error into a problem by its code. Errors that are problems already, or come from a closure,
// pass unchanged.
func kind(err error) error {
	if err == nil {
		return nil
	}
	var already *problem.Error
	if errors.As(err, &already) {
		return err
	}
	var lite *sqlite.Error
	var pg *pgconn.PgError
	var connect *pgconn.ConnectError
	var network net.Error
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return problem.Because(problem.NotFound, err)
	case errors.As(err, &lite):
		return problem.Because(sqliteKind(lite.Code()), err)
	case errors.As(err, &pg):
		return problem.Because(postgresKind(pg.Code), err)
	case errors.Is(err, fs.ErrNotExist):
		return problem.Because(problem.NotFound, err)
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return problem.Because(problem.Full, err)
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded), errors.As(err, &connect),
		errors.As(err, &network), errors.Is(err, driver.ErrBadConn), errors.Is(err, sql.ErrConnDone):
		return problem.Because(problem.Unavailable, err)
	}
	return err
}

func sqliteKind(code int) problem.Kind {
	switch code {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID,
		sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		return problem.Conflict
	case sqlite3.SQLITE_IOERR_SHMSIZE:
		return problem.Full
	}
	switch code & 0xff {
	case sqlite3.SQLITE_CONSTRAINT:
		return problem.Invalid
	case sqlite3.SQLITE_FULL:
		return problem.Full
	case sqlite3.SQLITE_TOOBIG:
		return problem.TooLarge
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_IOERR,
		sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PROTOCOL:
		return problem.Unavailable
	}
	return problem.Internal
}

// postgresKind reads the SQLSTATE (PostgreSQL manual, appendix A).
func postgresKind(code string) problem.Kind {
	switch code {
	case "23505", "23503", "23P01": // unique, foreign key, exclusion
		return problem.Conflict
	case "53100": // disk full
		return problem.Full
	case "22021", "22P05": // bytes that are no text
		return problem.Invalid
	case "54000", "54001", "54011", "54023":
		return problem.TooLarge
	}
	switch {
	case strings.HasPrefix(code, "23"):
		return problem.Invalid
	case strings.HasPrefix(code, "08"), strings.HasPrefix(code, "40"), strings.HasPrefix(code, "53"),
		strings.HasPrefix(code, "55"), strings.HasPrefix(code, "57"), strings.HasPrefix(code, "58"):
		return problem.Unavailable
	}
	return problem.Internal
}

// harmOf says what a driver's error means for the transaction and for the disk.
func harmOf(err error) harm {
	var lite *sqlite.Error
	var pg *pgconn.PgError
	switch {
	case errors.As(err, &lite):
		return sqliteHarm(lite.Code())
	case errors.As(err, &pg):
		if pg.Code == "40001" || pg.Code == "40P01" { // serialization, deadlock
			return again
		}
	}
	return harmless
}

// readable refuses texts that only one of the engines would take: with a zero byte, or that are not UTF-8.
func readable(args []any) error {
	for i, arg := range args {
		if s, ok := arg.(string); ok && (strings.IndexByte(s, 0) >= 0 || !utf8.ValidString(s)) {
			return problem.Because(problem.Invalid, fmt.Errorf("argument $%d is no readable text: %q", i+1, s))
		}
	}
	return nil
}

func sqliteHarm(code int) harm {
	switch code {
	case sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_DIR_FSYNC, sqlite3.SQLITE_IOERR_WRITE,
		sqlite3.SQLITE_IOERR_DATA, sqlite3.SQLITE_IOERR_CORRUPTFS:
		return fatal
	}
	switch code & 0xff {
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return fatal
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_READONLY:
		return spoiled
	case sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return again
	}
	return harmless
}
