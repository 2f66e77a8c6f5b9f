package db_test

import (
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/problem"
)

// fill writes rows of every type a column may have, some pointing to others.
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
		for _, row := range wide {
			if err := tx.Insert("wide", wideColumns, [][]any{row}); err != nil {
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

// widen adds the table to a store.
func widen(t testing.TB, d *db.DB) {
	t.Helper()
	err := db.Script(ctx, d, `CREATE TABLE wide (id TEXT NOT NULL PRIMARY KEY, words TEXT, truth BOOLEAN, whole BIGINT,
		part DOUBLE PRECISION, bytes {{blob}}, at BIGINT)`)
	if err != nil {
		t.Fatal(err)
	}
}

// fingerprint is a hash over every row of the tables that fill writes, the same on both engines.
func fingerprint(t testing.TB, d *db.DB) string {
	t.Helper()
	h := sha256.New()
	err := d.Read(ctx, func(tx *db.Tx) error {
		for _, query := range []string{"SELECT id, name, created, changed FROM team ORDER BY id",
			"SELECT id, name, state, created FROM organisation ORDER BY id",
			"SELECT id, words, truth, whole, part, bytes, at FROM wide ORDER BY id"} {
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
	for _, d := range []*db.DB{lite, pg, back} {
		widen(t, d)
	}
	fill(t, lite, 1203)
	want := fingerprint(t, lite)
	if err := db.Copy(ctx, lite, pg); err != nil {
		t.Fatal(err)
	}
	if err := db.Copy(ctx, pg, back); err != nil {
		t.Fatal(err)
	}
	for name, d := range map[string]*db.DB{"postgres": pg, "back on sqlite": back} {
		if got := fingerprint(t, d); got != want {
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
