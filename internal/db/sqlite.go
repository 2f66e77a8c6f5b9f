package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"modernc.org/sqlite"

	"parvis/internal/problem"
)

// oldestSQLite is the first version without a fault that can destroy a database in write-ahead mode.
const oldestSQLite = "3.51.3"

// mapped is how much of the file readers map into memory: the most that SQLite allows.
const mapped = 0x7fff0000

// liteStore is a territory in an SQLite file: one connection that writes, several that read.
type liteStore struct {
	db      *DB
	path    string
	lock    *os.File
	readers chan *session // nil stands for a connection still to be opened
	writer  *writer
	closed  chan struct{}
	once    sync.Once
}

func openSQLite(ctx context.Context, d *DB, path string) (store, error) {
	if path == "" {
		return nil, problem.Because(problem.Invalid, errors.New("the store's address has no file: sqlite:/path/file.db"))
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	s := &liteStore{db: d, path: path, readers: make(chan *session, d.opt.Readers), closed: make(chan struct{})}
	for range d.opt.Readers {
		s.readers <- nil
	}
	if err := s.open(ctx); err != nil {
		_ = s.close()
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return s, nil
}

func (s *liteStore) open(ctx context.Context) error {
	var err error
	if !s.db.opt.ReadOnly {
		if s.lock, err = lockFile(s.path + ".lock"); err != nil {
			return err
		}
		if err := createFile(s.path); err != nil && !problem.Is(err, problem.Conflict) {
			return err
		}
		conn, err := connectSQLite(ctx, s.path, s.writerPragmas())
		if err != nil {
			return err
		}
		s.writer = startWriter(s.db, s.path, conn)
	} else if _, err := os.Stat(s.path); err != nil {
		return problem.Because(problem.NotFound, err)
	}
	r, err := s.reader(ctx)
	if err != nil {
		return err
	}
	s.readers <- r
	return nil
}

func (s *liteStore) writerPragmas() []string {
	synchronous := "synchronous(FULL)"
	if s.db.opt.SynchronousNormal {
		synchronous = "synchronous(NORMAL)"
	}
	return []string{"busy_timeout(5000)", "journal_mode(WAL)", synchronous, "foreign_keys(1)", "trusted_schema(0)",
		"secure_delete(1)", "temp_store(MEMORY)", "cache_size(-16000)", "journal_size_limit(16777216)",
		"wal_autocheckpoint(0)", "cell_size_check(1)", "case_sensitive_like(1)"}
}

func (s *liteStore) readerPragmas() []string {
	size := mapped
	if s.db.opt.NoMmap {
		size = 0
	}
	return []string{"busy_timeout(5000)", "query_only(1)", "trusted_schema(0)", "temp_store(MEMORY)", "cache_size(-2000)",
		"case_sensitive_like(1)", "mmap_size(" + strconv.Itoa(size) + ")"}
}

// connectSQLite opens one connection, which stays for as long as its session.
func connectSQLite(ctx context.Context, path string, pragmas []string) (*session, error) {
	query := url.Values{"_pragma": pragmas, "_dqs": {"0"}, "_defensive": {"1"}}
	connector, err := sqlite.NewConnector((&url.URL{Scheme: "file", Path: path, RawQuery: query.Encode()}).String())
	if err != nil {
		return nil, err
	}
	pool := sql.OpenDB(connector)
	pool.SetMaxOpenConns(1)
	conn, err := pool.Conn(ctx)
	if err != nil {
		_ = pool.Close()
		return nil, err
	}
	c := &session{pool: pool, conn: conn, statements: map[string]*sql.Stmt{}}
	var version string
	if err := conn.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version); err != nil {
		_ = c.close()
		return nil, err
	}
	if older(version, oldestSQLite) {
		_ = c.close()
		return nil, fmt.Errorf("SQLite %s can lose data; %s or later is needed", version, oldestSQLite)
	}
	return c, nil
}

// older compares two versions, number by number.
func older(a, b string) bool {
	as, bs := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(as), len(bs)) {
		x, _ := strconv.Atoi(as[i])
		y, _ := strconv.Atoi(bs[i])
		if x != y {
			return x < y
		}
	}
	return len(as) < len(bs)
}

func (s *liteStore) reader(ctx context.Context) (*session, error) {
	select {
	case <-s.closed:
		return nil, errClosed
	case c := <-s.readers:
		if c != nil {
			return c, nil
		}
		c, err := connectSQLite(ctx, s.path, s.readerPragmas())
		if err != nil {
			s.readers <- nil
			return nil, err
		}
		return c, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (s *liteStore) read(ctx context.Context, f func(*Tx) error) error {
	c, err := s.reader(ctx)
	if err != nil {
		return err
	}
	defer func() {
		if c.rollback() != nil {
			_ = c.close()
			c = nil
		}
		s.readers <- c
	}()
	if _, err := c.ExecContext(ctx, "BEGIN"); err != nil {
		return err
	}
	tx := s.db.begin(ctx, c)
	if err := tx.run(f); err != nil {
		return err
	}
	tx.committed()
	return nil
}

func (s *liteStore) write(ctx context.Context, f func(*Tx) error) error {
	if s.writer == nil {
		return problem.Because(problem.Unavailable, errors.New("the store is open for reading only"))
	}
	return s.writer.write(ctx, f)
}

// close waits for readers and writers under way. The writer's connection closes last, which empties the log file.
func (s *liteStore) close() error {
	var err error
	s.once.Do(func() {
		close(s.closed)
		for range cap(s.readers) {
			if c := <-s.readers; c != nil {
				err = errors.Join(err, c.close())
			}
		}
		if s.writer != nil {
			err = errors.Join(err, s.writer.close())
		}
		if s.lock != nil {
			err = errors.Join(err, s.lock.Close())
		}
	})
	return err
}

// session is one connection with the statements prepared on it.
type session struct {
	pool       *sql.DB
	conn       *sql.Conn
	statements map[string]*sql.Stmt
}

// prepared is how many statements a connection keeps prepared; past it, all are let go and the keeping begins anew.
const prepared = 300

func (c *session) prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	if s := c.statements[query]; s != nil {
		return s, nil
	}
	if len(c.statements) >= prepared {
		for q, s := range c.statements {
			_ = s.Close()
			delete(c.statements, q)
		}
	}
	s, err := c.conn.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	c.statements[query] = s
	return s, nil
}

func (c *session) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	s, err := c.prepare(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(ctx, args...)
}

func (c *session) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := c.prepare(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

// exec runs a statement whatever became of the caller.
func (c *session) exec(query string) error {
	_, err := c.ExecContext(context.Background(), query)
	return err
}

// rollback ends the transaction, if one is open.
func (c *session) rollback() error {
	err := c.exec("ROLLBACK")
	if err != nil && strings.Contains(err.Error(), "no transaction is active") {
		return nil
	}
	return err
}

func (c *session) close() error {
	for _, s := range c.statements {
		_ = s.Close()
	}
	return errors.Join(c.conn.Close(), c.pool.Close())
}
