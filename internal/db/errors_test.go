package db_test

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"syscall"
	"testing"
	"time"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/problem"
)

// Whatever code PostgreSQL ends a statement with becomes the kind that the person is answered with.
func TestPostgresCodesBecomeKinds(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.Postgres(t), db.Options{})
	for code, want := range map[string]problem.Kind{
		"23505": problem.Conflict, "23503": problem.Conflict, "23P01": problem.Conflict, "23502": problem.Invalid, "23514": problem.Invalid,
		"22021": problem.Invalid, "53100": problem.Full, "53300": problem.Unavailable, "57P01": problem.Unavailable, "08006": problem.Unavailable,
		"58030": problem.Unavailable, "55P03": problem.Unavailable, "54000": problem.TooLarge, "42P01": problem.Internal,
	} {
		err := d.Write(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(fmt.Sprintf("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '%s'; END $$", code))
			return err
		})
		if err == nil || problem.KindOf(err) != want {
			t.Errorf("%s: %v, want %v", code, err, want)
		}
	}
}

// SQLite's codes, as its documentation lists them (sqlite.org/rescode.html), and what each means for the batch.
func TestSQLiteCodesBecomeKinds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		code int
		kind problem.Kind
		harm string
	}{
		{"UNIQUE", 2067, problem.Conflict, "none"}, {"PRIMARYKEY", 1555, problem.Conflict, "none"}, {"FOREIGNKEY", 787, problem.Conflict, "none"},
		{"NOTNULL", 1299, problem.Invalid, "none"}, {"CHECK", 275, problem.Invalid, "none"}, {"TOOBIG", 18, problem.TooLarge, "none"},
		{"ERROR", 1, problem.Internal, "none"}, {"FULL", 13, problem.Full, "spoiled"}, {"IOERR_SHMSIZE", 4874, problem.Full, "spoiled"},
		{"IOERR_READ", 266, problem.Unavailable, "spoiled"}, {"NOMEM", 7, problem.Unavailable, "spoiled"},
		{"BUSY", 5, problem.Unavailable, "again"}, {"INTERRUPT", 9, problem.Unavailable, "again"}, {"LOCKED", 6, problem.Unavailable, "again"},
		{"IOERR_FSYNC", 1034, problem.Unavailable, "fatal"}, {"IOERR_DIR_FSYNC", 1290, problem.Unavailable, "fatal"},
		{"IOERR_WRITE", 778, problem.Unavailable, "fatal"}, {"CORRUPT", 11, problem.Internal, "fatal"}, {"NOTADB", 26, problem.Internal, "fatal"},
	} {
		kind, harm := db.OfSQLite(c.code)
		if kind != c.kind || harm != c.harm {
			t.Errorf("%s: %v, %s; want %v, %s", c.name, kind, harm, c.kind, c.harm)
		}
	}
}

func TestOtherErrorsBecomeKinds(t *testing.T) {
	t.Parallel()
	own := errors.New("the closure's own")
	for want, errs := range map[problem.Kind][]error{
		problem.Unavailable: {context.Canceled, context.DeadlineExceeded, driver.ErrBadConn},
		problem.Full:        {&wrapped{syscall.ENOSPC}, syscall.EDQUOT},
		problem.Gone:        {problem.New(problem.Gone, "key")},
	} {
		for _, err := range errs {
			if got := db.Kind(err); problem.KindOf(got) != want || !errors.Is(got, err) {
				t.Errorf("%v became %v, want %v", err, got, want)
			}
		}
	}
	if db.Kind(own) != own || db.Kind(nil) != nil {
		t.Error("a closure's own error is passed as it is")
	}
}

type wrapped struct{ error }

func (w *wrapped) Unwrap() error { return w.error }

func TestVersionsAreComparedByNumber(t *testing.T) {
	t.Parallel()
	for older, newer := range map[string]string{"3.51.2": "3.51.3", "3.9.9": "3.51.3", "3.51": "3.51.3", "2.99.99": "3.0.0"} {
		if !db.Older(older, newer) || db.Older(newer, older) {
			t.Errorf("%s is older than %s", older, newer)
		}
	}
	if db.Older("3.51.3", "3.51.3") {
		t.Error("a version is not older than itself")
	}
}

// A reader whose context ends is let go in the midst of a long statement, and its connection serves the next.
func TestALongReadEndsWithItsContext(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
		for range 6 {
			own, stop := context.WithTimeout(ctx, 20*time.Millisecond)
			err := d.Read(own, func(tx *db.Tx) error {
				var n int
				return tx.QueryRow(endless).Scan(&n)
			})
			stop()
			if !problem.Is(err, problem.Unavailable) {
				t.Fatalf("got %v", err)
			}
		}
		if n := count(t, d); n != 0 {
			t.Errorf("%d", n)
		}
	})
}

// The server closes every connection, as it does when it is restarted: the next transaction goes over a new one.
func TestAServerThatRestartsIsFoundAgain(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.Postgres(t), db.Options{})
	drop := func() {
		t.Helper()
		if n := count(t, d); n < 0 {
			t.Fatal(n)
		}
		if err := db.CutConnections(d); err != nil {
			t.Fatal(err)
		}
	}
	for n := range 5 {
		drop()
		if err := d.Write(ctx, func(tx *db.Tx) error { return set(tx, fmt.Sprint(n), "v") }); err != nil {
			t.Errorf("write %d: %v", n, err)
		}
		drop()
		if got := count(t, d); got != n+1 {
			t.Errorf("%d of %d", got, n+1)
		}
	}
}

func TestTimeReadsOnlyNumbers(t *testing.T) {
	t.Parallel()
	var at db.Time
	if err := at.Scan("2026-01-01"); err == nil {
		t.Error("a text passes for an instant")
	}
	if err := at.Scan(int64(0)); err != nil || at.Year() != 1970 || !at.Equal(db.Millis(0).Time) {
		t.Errorf("%v, %v", at, err)
	}
	if db.At(time.Time{}) != (db.Time{}) {
		t.Error("no instant stays none")
	}
}
