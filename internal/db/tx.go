package db

import (
	"context"
	"database/sql"
	"errors"
	"regexp"
	"strconv"
	"strings"
)

// querier runs statements: a connection of SQLite with its prepared statements, or a transaction of PostgreSQL.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Tx is a transaction, given to the closures of Read and Write and valid until they return. It is for one goroutine.
type Tx struct {
	ctx    context.Context
	db     *DB
	on     querier
	now    Time
	worst  harm  // the worst that a statement met
	cause  error // and its error
	failed error // the first statement that failed: as in PostgreSQL, none follows it
	rows   *Rows // the rows that are open
	before []step
	after  []func()
	values map[any]any
}

type step struct {
	key  string
	run  func(*Tx) error
	done bool
}

var (
	errRowsOpen = errors.New("a statement while rows of the same transaction are still open")
	errByHand   = errors.New("a closure does not begin or end transactions by itself")
	byHand      = regexp.MustCompile(`^\s*(?i:begin|commit|end|rollback|savepoint|release)\b`)
)

// Exec runs a statement that gives no rows and says how many rows it touched.
func (t *Tx) Exec(query string, args ...any) (int64, error) {
	if err := t.ready(query, args); err != nil {
		return 0, err
	}
	result, err := t.on.ExecContext(t.ctx, query, args...)
	if err != nil {
		return 0, t.met(err)
	}
	n, err := result.RowsAffected()
	return n, t.met(err)
}

// Query runs a statement that gives rows. They are to be read to the end or closed before the next statement.
func (t *Tx) Query(query string, args ...any) (*Rows, error) {
	if err := t.ready(query, args); err != nil {
		return nil, err
	}
	rows, err := t.on.QueryContext(t.ctx, query, args...)
	if err != nil {
		return nil, t.met(err)
	}
	t.rows = &Rows{tx: t, rows: rows}
	return t.rows, nil
}

// QueryRow runs a statement for its first row.
func (t *Tx) QueryRow(query string, args ...any) Row {
	rows, err := t.Query(query, args...)
	return Row{rows: rows, err: err}
}

// ready refuses what one engine would take and the other not, and what would end the transaction by hand.
func (t *Tx) ready(query string, args []any) error {
	if t.failed != nil {
		return t.failed
	}
	if t.rows != nil {
		return errRowsOpen
	}
	if byHand.MatchString(query) {
		return errByHand
	}
	return readable(args)
}

// Now is the transaction's instant, the same throughout.
func (t *Tx) Now() Time { return t.now }

// Engine is the engine that the transaction runs on. Prefer the helpers of this package to branching on it.
func (t *Tx) Engine() Engine { return t.db.engine }

// BeforeCommit has f run in this transaction after the closure, last before its changes are released. Of several that
// wait under one key, the first is kept; one asked for after it has run runs too.
func (t *Tx) BeforeCommit(key string, f func(*Tx) error) {
	for _, s := range t.before {
		if s.key == key && !s.done {
			return
		}
	}
	t.before = append(t.before, step{key: key, run: f})
}

// AfterCommit has f run once, by the caller of Write, when the changes are on the disk. After a Read it runs at the end.
func (t *Tx) AfterCommit(f func()) { t.after = append(t.after, f) }

// DB is the store that the transaction runs on. A closure must not open another transaction on it.
func (t *Tx) DB() *DB { return t.db }

// Value is a package's own value in this transaction, one of each type, made by create when it is first asked for. It
// begins anew when the closure runs again.
func Value[T any](t *Tx, create func() T) T {
	if v, ok := t.values[any((*T)(nil))]; ok {
		return v.(T)
	}
	v := create()
	if t.values == nil {
		t.values = map[any]any{}
	}
	t.values[any((*T)(nil))] = v
	return v
}

// met notes what an error means for the transaction and gives it as a problem.
func (t *Tx) met(err error) error {
	if err == nil {
		return nil
	}
	if h := harmOf(err); h > t.worst {
		t.worst, t.cause = h, err
	}
	err = kind(err)
	if t.failed == nil {
		t.failed = err
	}
	return err
}

// run is a closure with what it asked for before commit. Rows that it left open are closed.
func (t *Tx) run(f func(*Tx) error) error {
	defer t.closeRows()
	if err := f(t); err != nil {
		return err
	}
	t.closeRows()
	if t.failed != nil {
		return t.failed
	}
	for i := 0; i < len(t.before); i++ {
		t.before[i].done = true
		if err := t.before[i].run(t); err != nil {
			return err
		}
		t.closeRows()
	}
	return t.failed
}

func (t *Tx) closeRows() {
	if t.rows != nil {
		t.rows.Close()
	}
}

func (t *Tx) committed() {
	for _, f := range t.after {
		f()
	}
}

// Rows are the answer to a Query.
type Rows struct {
	tx   *Tx
	rows *sql.Rows
}

// Next goes to the next row; false at the end, or at an error that Err gives.
func (r *Rows) Next() bool {
	if r.rows.Next() {
		return true
	}
	r.release()
	return false
}

// Scan reads the row's columns in their order.
func (r *Rows) Scan(dest ...any) error { return r.tx.met(r.rows.Scan(dest...)) }

// Columns names the columns in their order.
func (r *Rows) Columns() ([]string, error) {
	names, err := r.rows.Columns()
	return names, r.tx.met(err)
}

// Err is the error that ended the rows early.
func (r *Rows) Err() error { return r.tx.met(r.rows.Err()) }

// Close ends the reading. Closing twice does nothing.
func (r *Rows) Close() error {
	r.release()
	return r.tx.met(r.rows.Close())
}

func (r *Rows) release() {
	if r.tx.rows == r {
		r.tx.rows = nil
	}
}

// Row is the answer to a QueryRow.
type Row struct {
	rows *Rows
	err  error
}

// Scan reads the row's columns; a problem of kind NotFound when there is no row.
func (r Row) Scan(dest ...any) error {
	if r.err != nil {
		return r.err
	}
	defer r.rows.Close()
	if !r.rows.Next() {
		if err := r.rows.Err(); err != nil {
			return err
		}
		return kind(sql.ErrNoRows)
	}
	if err := r.rows.Scan(dest...); err != nil {
		return err
	}
	return r.rows.Close()
}

// Collect reads all rows of a Query into a slice, scan making one element of each, and closes them:
//
//	rows, err := tx.Query("SELECT id, name FROM team")
//	teams, err := db.Collect(rows, err, scanTeam)
func Collect[T any](rows *Rows, err error, scan func(*Rows) (T, error)) ([]T, error) {
	return CollectInto(nil, rows, err, scan)
}

// CollectInto is Collect that adds to what is there, in its room.
func CollectInto[T any](all []T, rows *Rows, err error, scan func(*Rows) (T, error)) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// One reads a single value of a row, for Collect.
func One[T any](rows *Rows) (T, error) {
	var v T
	err := rows.Scan(&v)
	return v, err
}

// In gives n parameters from $start on for a list: In(3, 2) is "$2,$3,$4". For n = 0 it is NULL, which nothing equals.
func In(n, start int) string {
	if n == 0 {
		return "NULL"
	}
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(start + i))
	}
	return b.String()
}

// Args puts values of any type into a list of arguments.
func Args[T any](values ...T) []any {
	args := make([]any, len(values))
	for i, v := range values {
		args[i] = v
	}
	return args
}
