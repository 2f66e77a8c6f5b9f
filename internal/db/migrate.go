package db

import (
	"bytes"
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"parvis/internal/problem"
)

//go:embed migrations/*.sql
var embedded embed.FS

// versions is the table where goose notes what was applied.
const versions = "migration"

// tokens are what one text says differently on each engine. Texts are compared and sorted by their bytes on both.
var tokens = map[Engine]*strings.Replacer{
	SQLite:   strings.NewReplacer("{{blob}}", "BLOB", "{{key}}", "INTEGER"),
	Postgres: strings.NewReplacer("{{blob}}", "BYTEA", "{{key}}", "BIGINT", " TEXT", ` TEXT COLLATE "C"`),
}

// texts gives the migrations with an engine's words in place of the tokens.
type texts struct {
	fs.FS
	words *strings.Replacer
}

// Open opens one migration, or their folder.
func (t texts) Open(name string) (fs.File, error) {
	f, err := t.FS.Open(name)
	if err != nil || !strings.HasSuffix(name, ".sql") {
		return f, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	if _, err := text.ReadFrom(f); err != nil {
		return nil, err
	}
	return &file{strings.NewReader(t.words.Replace(text.String())), info}, nil
}

type file struct {
	*strings.Reader
	info fs.FileInfo
}

func (f *file) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *file) Close() error               { return nil }

func (d *DB) migrations() (fs.FS, error) {
	if d.folder != nil {
		return texts{d.folder, tokens[d.engine]}, nil
	}
	folder, err := fs.Sub(embedded, "migrations")
	return texts{folder, tokens[d.engine]}, err
}

// provider is goose over the store's migrations.
func (d *DB) provider(pool *sql.DB, more ...goose.ProviderOption) (*goose.Provider, error) {
	folder, err := d.migrations()
	if err != nil {
		return nil, err
	}
	dialect := goose.DialectSQLite3
	if d.engine == Postgres {
		dialect = goose.DialectPostgres
	}
	more = append(more, goose.WithTableName(versions), goose.WithDisableGlobalRegistry(true))
	return goose.NewProvider(dialect, pool, folder, more...)
}

// refuseNewer protects data that a later program has written.
func refuseNewer(ctx context.Context, p *goose.Provider) (current int64, err error) {
	current, err = p.GetDBVersion(ctx)
	if err != nil {
		return 0, err
	}
	sources := p.ListSources()
	if known := sources[len(sources)-1].Version; current > known {
		return 0, problem.Because(problem.Conflict,
			fmt.Errorf("the data was written by a newer Parvis (version %d; this one knows %d): use that one, or restore a backup", current, known))
	}
	return current, nil
}

func (s *liteStore) migrate(ctx context.Context) error {
	if s.writer == nil {
		return problem.Because(problem.Unavailable, errors.New("the store is open for reading only"))
	}
	conn, err := connectSQLite(ctx, s.path, s.writerPragmas())
	if err != nil {
		return err
	}
	_ = conn.conn.Close() // goose takes the pool's only connection
	defer func() { _ = conn.close() }()
	p, err := s.db.provider(conn.pool)
	if err != nil {
		return err
	}
	current, err := refuseNewer(ctx, p)
	if err != nil {
		return err
	}
	pending, err := p.HasPending(ctx)
	if err != nil || !pending {
		return err
	}
	if current > 0 {
		if err := s.db.Backup(ctx, s.copyName(current)); err != nil {
			return fmt.Errorf("copy before migrating: %w", err)
		}
	}
	_, err = p.Up(ctx)
	return err
}

// copyName is where the copy before a migration goes: beside the file, with its version and the time.
func (s *liteStore) copyName(version int64) string {
	ext := filepath.Ext(s.path)
	at := s.db.opt.Clock.Now().UTC().Format("20060102T150405")
	return fmt.Sprintf("%s.before-%04d-%s%s", strings.TrimSuffix(s.path, ext), version, at, ext)
}

func (s *pgStore) migrate(ctx context.Context) error {
	h := fnv.New64a()
	h.Write([]byte("parvis migration " + s.schema))
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockID(int64(h.Sum64())), lock.WithLockTimeout(1, 120))
	if err != nil {
		return err
	}
	p, err := s.db.provider(s.pool, goose.WithSessionLocker(locker))
	if err != nil {
		return err
	}
	if _, err := refuseNewer(ctx, p); err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
}
