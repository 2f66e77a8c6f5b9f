package db_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/problem"
)

// fill writes rows that point to others.
func fill(t testing.TB, d *db.DB, accounts int) {
	t.Helper()
	err := d.Write(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec("INSERT INTO organisation (id, kind, name, state, created, changed) VALUES ('o', 'authority', 'Ville — 静安', 'active', 1, 2)"); err != nil {
			return err
		}
		for i := range accounts {
			_, err := tx.Exec(`INSERT INTO team (id, organisation, name, place, state, created, changed) VALUES ($1, 'o', $2, '', 'active', $3, 0)`,
				fmt.Sprint("t", i), strings.Repeat("é", i%7), tx.Now())
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

var wideColumns = []string{"id", "words", "truth", "whole", "part", "bytes", "at"}

// wide has every column type with its awkward values.
var wide = [][]any{
	{"full", "Đà Nẵng 静安 🙂 'quoted' \\", true, int64(1)<<60 + 1, 48.0, []byte{0, 1, 255}, int64(1)},
	{"empty", "", false, int64(0), 0.1, []byte{}, nil},
	{"null", nil, nil, nil, nil, nil, nil},
	{"least", "x", true, int64(-9007199254740993), -1e-300, []byte("é"), int64(-1)},
}

// widen adds the table to a store, and its rows when it is asked to.
func widen(t testing.TB, d *db.DB, rows ...[]any) {
	t.Helper()
	err := db.Script(ctx, d, `CREATE TABLE wide (id TEXT NOT NULL PRIMARY KEY, words TEXT, truth BOOLEAN, whole BIGINT,
		part DOUBLE PRECISION, bytes {{blob}}, at BIGINT)`)
	if err == nil {
		err = d.Write(ctx, func(tx *db.Tx) error { return tx.Insert("wide", wideColumns, rows) })
	}
	if err != nil {
		t.Fatal(err)
	}
}

// filled reads what fill writes.
var filled = []string{"SELECT id, name, created, changed FROM team ORDER BY id", "SELECT id, name, state, created FROM organisation ORDER BY id"}

// fingerprint is a hash over every row that queries give, the same on both engines.
func fingerprint(t testing.TB, d *db.DB, queries ...string) string {
	t.Helper()
	h := sha256.New()
	err := d.Read(ctx, func(tx *db.Tx) error {
		for _, query := range queries {
			rows, err := tx.Query(query)
			if err != nil {
				return err
			}
			columns, err := rows.Columns()
			if err != nil {
				return err
			}
			for rows.Next() {
				row, into := make([]any, len(columns)), make([]any, len(columns))
				for i := range row {
					into[i] = &row[i]
				}
				if err := rows.Scan(into...); err != nil {
					return err
				}
				for i, v := range row {
					if n, ok := v.(int64); ok && columns[i] == "truth" {
						v = n != 0 // SQLite keeps truth as a number
					}
					fmt.Fprintf(h, "%T %v\n", v, v)
				}
			}
			if err := rows.Err(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

// A territory goes from SQLite to PostgreSQL and back, and every value is what it was.
func TestCopyThereAndBack(t *testing.T) {
	t.Parallel()
	lite := dbtest.Open(t, dbtest.SQLite(t), db.Options{})
	pg := dbtest.Open(t, dbtest.Postgres(t), db.Options{})
	back := dbtest.Open(t, dbtest.SQLite(t), db.Options{})
	widen(t, lite, wide...)
	widen(t, pg)
	widen(t, back)
	fill(t, lite, 1203)
	all := append(slices.Clone(filled), "SELECT id, words, truth, whole, part, bytes, at FROM wide ORDER BY id")
	want := fingerprint(t, lite, all...)
	if err := db.Copy(ctx, lite, pg); err != nil {
		t.Fatal(err)
	}
	if err := db.Copy(ctx, pg, back); err != nil {
		t.Fatal(err)
	}
	for name, d := range map[string]*db.DB{"postgres": pg, "back on sqlite": back} {
		if got := fingerprint(t, d, all...); got != want {
			t.Errorf("%s is not what was copied", name)
		}
		if err := d.Check(ctx); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := db.Copy(ctx, lite, pg); !problem.Is(err, problem.Conflict) {
		t.Errorf("a copy over what is there: %v", err)
	}
}

// A backup taken while others write holds one moment, opens like any store and can be written to no second time.
func TestBackupIsAStoreOfItsOwn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		stop := make(chan struct{})
		var writer sync.WaitGroup
		end := sync.OnceFunc(func() { close(stop); writer.Wait() })
		defer end()
		writer.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				pair := func(tx *db.Tx) error {
					if err := set(tx, fmt.Sprintf("%d left", n), "v"); err != nil {
						return err
					}
					return set(tx, fmt.Sprintf("%d right", n), "v")
				}
				if err := d.Write(ctx, pair); err != nil {
					t.Error(err)
					return
				}
			}
		})
		path := filepath.Join(t.TempDir(), "copy of 100% é?.db")
		for count(t, d) < 20 {
		}
		if err := d.Backup(ctx, path); err != nil {
			t.Fatal(err)
		}
		end()
		if err := d.Backup(ctx, path); err == nil {
			t.Error("a second backup went over the first")
		}
		copied, err := db.Open(ctx, "sqlite:"+path, db.Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		defer copied.Close()
		if n := count(t, copied); n%2 != 0 || n < 20 || n > count(t, d) {
			t.Errorf("%d settings in the copy: not one moment", n)
		}
		if err := copied.Check(ctx); err != nil {
			t.Error(err)
		}
		if err := copied.Write(ctx, func(tx *db.Tx) error { return set(tx, "x", "") }); !problem.Is(err, problem.Unavailable) {
			t.Errorf("written to what is open for reading: %v", err)
		}
	})
}

// A backup of either engine is restored into either, also one of an older version, and not over what is there.
func TestABackupIsRestoredIntoEitherEngine(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		fill(t, d, 30)
		path := filepath.Join(t.TempDir(), "backup.db")
		if err := d.Backup(ctx, path); err != nil {
			t.Fatal(err)
		}
		for _, address := range []string{dbtest.SQLite(t), dbtest.Postgres(t)} {
			to := dbtest.Open(t, address, db.Options{})
			if err := db.Restore(ctx, path, to); err != nil {
				t.Fatalf("%s: %v", to.Engine(), err)
			}
			if fingerprint(t, to, filled...) != fingerprint(t, d, filled...) {
				t.Errorf("%s: not what was saved", to.Engine())
			}
			if err := db.Restore(ctx, path, to); !problem.Is(err, problem.Conflict) {
				t.Errorf("%s: restored over what was there: %v", to.Engine(), err)
			}
		}
	})
}

func TestAnOlderBackupIsMigratedFirst(t *testing.T) {
	t.Parallel()
	empty(t, func(t *testing.T, address string) {
		old := open(t, "sqlite:"+filepath.Join(t.TempDir(), "old.db"), steps(house))
		path := filepath.Join(t.TempDir(), "backup.db")
		err := old.Migrate(ctx)
		if err == nil {
			err = old.Write(ctx, func(tx *db.Tx) error { return set(tx, "old", "v") })
		}
		if err := errors.Join(err, old.Backup(ctx, path)); err != nil {
			t.Fatal(err)
		}
		to := open(t, address, steps(house, "CREATE TABLE room (name TEXT);"))
		if err := errors.Join(to.Migrate(ctx), db.Restore(ctx, path, to)); err != nil {
			t.Fatal(err)
		}
		if !names(t, to)["old"] {
			t.Error("the old setting is not there")
		}
	})
}

// Check finds what does not hold together.
func TestCheckFindsDamage(t *testing.T) {
	t.Parallel()
	address := dbtest.SQLite(t)
	path := strings.TrimPrefix(address, "sqlite:")
	d := dbtest.Open(t, address, db.Options{})
	rows := make([][]any, 4000)
	for i := range rows {
		rows[i] = []any{fmt.Sprintf("name %05d", i), fmt.Sprintf("value number %d", i), 0}
	}
	err := d.Write(ctx, func(tx *db.Tx) error { return tx.Insert("setting", []string{"name", "value", "changed"}, rows) })
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Check(ctx); err != nil {
		t.Fatalf("whole: %v", err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	spoil(t, path)
	damaged, err := db.Open(ctx, address, db.Options{ReadOnly: true})
	if err != nil {
		return // found even earlier
	}
	defer damaged.Close()
	if err := damaged.Check(ctx); err == nil {
		t.Error("a page was spoilt and nobody noticed")
	}
}
