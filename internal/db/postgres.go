package db

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"parvis/internal/clock"
	"parvis/internal/problem"
)

// schemaName is what a territory's schema may be called: it never needs quotes.
var schemaName = regexp.MustCompile(`^[a-z_][a-z0-9_]{0,62}$`)

// idle is how long a connection of a territory that nobody uses is kept.
const idle = 2 * time.Minute

// runs is how often a transaction is run when PostgreSQL asks to run it again.
const runs = 20

// pgStore is a territory in a schema of a PostgreSQL database, with a pool of its own whose search_path is set when a
// connection is made.
type pgStore struct {
	db     *DB
	pool   *sql.DB
	schema string
}

func openPostgres(ctx context.Context, d *DB, address string) (store, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, problem.Because(problem.Invalid, err)
	}
	schema := config.RuntimeParams["search_path"]
	if schema == "" {
		schema = "public"
	}
	if !schemaName.MatchString(schema) {
		return nil, problem.Because(problem.Invalid, fmt.Errorf("search_path=%q: one name of small letters, digits and _", schema))
	}
	for name, value := range map[string]string{"search_path": schema, "application_name": "parvis", "timezone": "UTC",
		"lock_timeout": "15s", "idle_in_transaction_session_timeout": "300s", "default_transaction_isolation": "read committed"} {
		config.RuntimeParams[name] = value
	}
	if d.opt.SynchronousNormal {
		config.RuntimeParams["synchronous_commit"] = "off"
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 10 * time.Second
	}
	s := &pgStore{db: d, pool: stdlib.OpenDB(*config), schema: schema}
	s.pool.SetMaxOpenConns(d.opt.MaxConns)
	s.pool.SetMaxIdleConns(d.opt.MaxConns)
	s.pool.SetConnMaxIdleTime(idle)
	if err := s.createSchema(ctx); err != nil {
		_ = s.pool.Close()
		return nil, fmt.Errorf("open schema %s: %w", schema, err)
	}
	return s, nil
}

func (s *pgStore) createSchema(ctx context.Context) error {
	var there bool
	err := s.pool.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = $1)", s.schema).Scan(&there)
	if err != nil || there {
		return err
	}
	_, err = s.pool.ExecContext(ctx, "CREATE SCHEMA IF NOT EXISTS "+s.schema)
	if problem.Is(kind(err), problem.Conflict) { // another program created it in the same moment
		return nil
	}
	return err
}

func (s *pgStore) read(ctx context.Context, f func(*Tx) error) error {
	var on *sql.Tx
	var err error
	for n := 0; on == nil; n++ {
		on, err = s.pool.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
		if err != nil && !s.anew(ctx, err, n) {
			return cmp.Or(ended(ctx), err)
		}
	}
	defer func() { _ = on.Rollback() }()
	tx := s.db.begin(ctx, on)
	if err := tx.run(f); err != nil {
		return err
	}
	tx.committed()
	return nil
}

// write runs f until PostgreSQL does not ask for another run. As on SQLite, the caller's context counts until the
// transaction has begun.
func (s *pgStore) write(ctx context.Context, f func(*Tx) error) error {
	var err error
	for n := range runs {
		var tx *Tx
		tx, err = s.run(ctx, f)
		if err == nil {
			s.db.counts.writes.Add(1)
			s.db.counts.commits.Add(1)
			tx.committed()
			return nil
		}
		if tx == nil && s.anew(ctx, err, n) {
			continue
		}
		if harmOf(err) != again && (tx == nil || tx.worst != again) {
			return err
		}
		s.db.counts.again.Add(1)
		pause := time.NewTimer(time.Duration(1+rand.IntN(1<<min(n, 8))) * time.Millisecond)
		select {
		case <-pause.C:
		case <-ctx.Done():
			pause.Stop()
			return ctx.Err()
		}
	}
	return err
}

// anew says whether a transaction that could not begin is tried over another connection: the server may have closed
// those that were kept, as it does when it is restarted.
func (s *pgStore) anew(ctx context.Context, err error, n int) bool {
	var unreachable *pgconn.ConnectError
	return problem.Is(kind(err), problem.Unavailable) && !errors.As(err, &unreachable) && ctx.Err() == nil && n <= s.db.opt.MaxConns
}

// ended is the context's error, also in the moment between its deadline and its own notice of it: a connection that is
// being made may notice first.
func ended(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if deadline, ok := ctx.Deadline(); ok && !(clock.System{}).Now().Before(deadline) {
		return context.DeadlineExceeded
	}
	return nil
}

func (s *pgStore) run(ctx context.Context, f func(*Tx) error) (*Tx, error) {
	s.db.counts.waiting.Add(1)
	conn, err := s.pool.Conn(ctx)
	s.db.counts.waiting.Add(-1)
	if err != nil {
		return nil, cmp.Or(ended(ctx), err)
	}
	defer func() { _ = conn.Close() }()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ctx = context.WithoutCancel(ctx)
	on, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer func() { _ = on.Rollback() }() // does nothing after a commit
	tx := s.db.begin(ctx, on)
	if err := tx.run(f); err != nil {
		return tx, err
	}
	if tx.cause != nil {
		return tx, tx.cause // the closure overlooked an error that lost the transaction
	}
	return tx, on.Commit()
}

func (s *pgStore) close() error { return s.pool.Close() }

// check has every table read to its end, which is what a client can do.
func (s *pgStore) check(ctx context.Context) error {
	return s.read(ctx, func(tx *Tx) error {
		tables, err := s.tables(tx)
		if err != nil {
			return err
		}
		var broken []error
		for _, t := range tables {
			var n int64
			if err := tx.QueryRow("SELECT count(*) FROM (SELECT * FROM " + t + " OFFSET 0) AS every").Scan(&n); err != nil {
				broken = append(broken, fmt.Errorf("table %s: %w", t, err))
			}
		}
		return errors.Join(broken...)
	})
}

func (s *pgStore) tables(tx *Tx) ([]string, error) {
	rows, err := tx.Query("SELECT table_name FROM information_schema.tables WHERE table_schema = $1 AND table_type = 'BASE TABLE' ORDER BY 1", s.schema)
	return Collect(rows, err, One[string])
}

// Drop removes a PostgreSQL schema with all that it holds. It is there for tests and for taking a territory away.
func Drop(ctx context.Context, address string) error {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return problem.Because(problem.Invalid, err)
	}
	schema := config.RuntimeParams["search_path"]
	if !schemaName.MatchString(schema) || schema == "public" {
		return problem.Because(problem.Invalid, fmt.Errorf("no territory's schema: %q", schema))
	}
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return kind(err)
	}
	defer func() { _ = conn.Close(ctx) }()
	_, err = conn.Exec(ctx, "DROP SCHEMA IF EXISTS "+schema+" CASCADE")
	return kind(err)
}
