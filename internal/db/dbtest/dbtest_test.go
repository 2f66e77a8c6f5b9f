package dbtest_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
)

var ctx = context.Background()

// Each test has a territory of its own, migrated and empty, whatever others write meanwhile.
func TestEachIsFreshAndAlone(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	engines := map[db.Engine]int{}
	t.Run("all", func(t *testing.T) {
		for range 3 {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				mu.Lock()
				engines[d.Engine()]++
				mu.Unlock()
				var n int
				err := d.Write(ctx, func(tx *db.Tx) error {
					if err := tx.QueryRow("SELECT count(*) FROM setting").Scan(&n); err != nil {
						return err
					}
					return tx.Set("name", "value")
				})
				if err != nil || n != 0 {
					t.Errorf("%v, %d settings before the first", err, n)
				}
			})
		}
	})
	if engines[db.SQLite] != 3 {
		t.Errorf("ran on %v", engines)
	}
}

// A test's schema is gone after it.
func TestSchemaIsDropped(t *testing.T) {
	t.Parallel()
	var schema string
	t.Run("test", func(t *testing.T) {
		address := dbtest.Postgres(t)
		dbtest.Open(t, address, db.Options{})
		_, schema, _ = strings.Cut(address, "search_path=")
		schema, _, _ = strings.Cut(schema, "&")
	})
	if schema == "" {
		t.Skip("not run on PostgreSQL")
	}
	other := dbtest.Open(t, dbtest.Postgres(t), db.Options{})
	var n int
	err := other.Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow("SELECT count(*) FROM pg_namespace WHERE nspname = $1", schema).Scan(&n)
	})
	if err != nil || n != 0 {
		t.Errorf("%v, %d schemas %s are left", err, n, schema)
	}
}
