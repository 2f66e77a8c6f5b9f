// Package dbtest gives every store test a fresh, migrated territory on each engine.
//
// SQLite is always there: a file migrated once in the test program is copied for each test. PostgreSQL is where
// PARVIS_TEST_POSTGRES points to (an address whose role may create schemas); each test has a schema of its own, dropped
// after it. When that is unset its subtests are skipped, or fail when PARVIS_TEST_REQUIRE is 1.
package dbtest

import (
	"context"
	"io"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"parvis/internal/db"
	"parvis/internal/id"
)

// Each runs f as a subtest for each engine, with a fresh migrated store that is closed after it.
func Each(t *testing.T, f func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		f(t, Open(t, SQLite(t), db.Options{}))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		f(t, Open(t, Postgres(t), db.Options{}))
	})
}

// Open opens and migrates the store at an address, until the test ends. It is quiet, and does not wait for the disk.
func Open(t testing.TB, address string, o db.Options) *db.DB {
	t.Helper()
	if o.Log == nil {
		o.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	if o.MaxConns == 0 {
		o.MaxConns = 4
	}
	o.SynchronousNormal = true
	d, err := db.Open(context.Background(), address, o)
	if err != nil {
		t.Fatalf("open %s: %v", address, err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	if err := d.Migrate(context.Background()); err != nil {
		t.Fatalf("migrate %s: %v", address, err)
	}
	return d
}

// SQLite is the address of a fresh migrated file.
func SQLite(t testing.TB) string {
	t.Helper()
	bytes, err := template()
	if err != nil {
		t.Fatalf("template: %v", err)
	}
	path := filepath.Join(t.TempDir(), "territory.db")
	if err := os.WriteFile(path, bytes, 0o600); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + path
}

// template is a migrated file's bytes.
var template = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "parvis-template-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	ctx, path := context.Background(), filepath.Join(dir, "template.db")
	d, err := db.Open(ctx, "sqlite:"+path, db.Options{SynchronousNormal: true})
	if err != nil {
		return nil, err
	}
	if err := d.Migrate(ctx); err != nil {
		_ = d.Close()
		return nil, err
	}
	if err := d.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// Postgres is the address of a fresh empty schema, dropped when the test ends. Without PostgreSQL the test is skipped,
// or fails where it is required.
func Postgres(t testing.TB) string {
	t.Helper()
	address := os.Getenv("PARVIS_TEST_POSTGRES")
	if address == "" {
		if os.Getenv("PARVIS_TEST_REQUIRE") == "1" {
			t.Fatal("PARVIS_TEST_POSTGRES is not set, and PostgreSQL is required")
		}
		t.Skip("PARVIS_TEST_POSTGRES is not set: not run on PostgreSQL")
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatalf("PARVIS_TEST_POSTGRES: %v", err)
	}
	query := u.Query()
	query.Set("search_path", "test_"+strings.ReplaceAll(id.New(), "-", ""))
	u.RawQuery = query.Encode()
	t.Cleanup(func() {
		if err := db.Drop(context.Background(), u.String()); err != nil {
			t.Errorf("drop %s: %v", u, err)
		}
	})
	return u.String()
}
