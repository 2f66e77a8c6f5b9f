package db_test

import (
	"errors"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/problem"
)

// steps are migrations of a small program of its own.
func steps(texts ...string) fs.FS {
	folder := fstest.MapFS{}
	for i, text := range texts {
		name := []string{"0001_house.sql", "0002_room.sql", "0003_room.sql"}[i]
		folder[name] = &fstest.MapFile{Data: []byte("-- +goose Up\n" + text)}
	}
	return folder
}

const (
	house = "CREATE TABLE setting (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL, changed BIGINT NOT NULL);"
	room  = "CREATE TABLE room (name TEXT NOT NULL PRIMARY KEY, bytes {{blob}});\nINSERT INTO room (name) VALUES ('first');"
	wrong = "CREATE TABLE half (name TEXT);\nINSERT INTO room (name) VALUES ('second');\nINSERT INTO nowhere VALUES (1);"
)

// empty opens a store without tables, on each engine.
func empty(t *testing.T, f func(t *testing.T, address string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); f(t, "sqlite:"+filepath.Join(t.TempDir(), "territory.db")) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); f(t, dbtest.Postgres(t)) })
}

func open(t *testing.T, address string, folder fs.FS) *db.DB {
	t.Helper()
	at := clock.At(time.Date(2026, 3, 29, 1, 30, 0, 0, time.UTC))
	d, err := db.Open(ctx, address, db.Options{SynchronousNormal: true, Clock: at})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	db.SetMigrations(d, folder)
	return d
}

func TestMigratingGoesForwardAndKeepsACopy(t *testing.T) {
	t.Parallel()
	empty(t, func(t *testing.T, address string) {
		d := open(t, address, steps(house))
		for range 2 {
			if err := d.Migrate(ctx); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.Write(ctx, func(tx *db.Tx) error { return set(tx, "old", "v") }); err != nil {
			t.Fatal(err)
		}
		if found := copies(t, address); len(found) != 0 {
			t.Errorf("nothing was migrated and it was copied: %v", found)
		}
		db.SetMigrations(d, steps(house, room))
		for range 2 {
			if err := d.Migrate(ctx); err != nil {
				t.Fatal(err)
			}
		}
		var n int
		err := d.Read(ctx, func(tx *db.Tx) error { return tx.QueryRow("SELECT count(*) FROM room").Scan(&n) })
		if err != nil || n != 1 || count(t, d) != 1 {
			t.Errorf("%v; %d rooms, %d settings", err, n, count(t, d))
		}
		if d.Engine() == db.SQLite {
			oldTablesAreInTheCopy(t, address)
		}
	})
}

func copies(t *testing.T, address string) []string {
	t.Helper()
	found, err := filepath.Glob(strings.TrimSuffix(strings.TrimPrefix(address, "sqlite:"), ".db") + ".before-*.db")
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func oldTablesAreInTheCopy(t *testing.T, address string) {
	t.Helper()
	found := copies(t, address)
	if len(found) != 1 || !strings.HasSuffix(found[0], ".before-0001-20260329T013000.db") {
		t.Fatalf("copies: %v", found)
	}
	before, err := db.Open(ctx, "sqlite:"+found[0], db.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer before.Close()
	if !names(t, before)["old"] {
		t.Error("the copy does not hold what was there")
	}
	err = before.Read(ctx, func(tx *db.Tx) error { _, err := tx.Query("SELECT * FROM room"); return err })
	if err == nil {
		t.Error("the copy was taken too late")
	}
}

// A migration that fails leaves nothing of itself, and the store as it was.
func TestAMigrationThatFailsLeavesTheOldTables(t *testing.T) {
	t.Parallel()
	empty(t, func(t *testing.T, address string) {
		d := open(t, address, steps(house, room, wrong))
		if err := d.Migrate(ctx); err == nil {
			t.Fatal("a wrong migration passed")
		}
		var rooms int
		err := d.Read(ctx, func(tx *db.Tx) error { return tx.QueryRow("SELECT count(*) FROM room").Scan(&rooms) })
		if err != nil || rooms != 1 {
			t.Errorf("%v, %d rooms", err, rooms)
		}
		err = d.Read(ctx, func(tx *db.Tx) error { _, err := tx.Query("SELECT * FROM half"); return err })
		if err == nil {
			t.Error("half of the migration is there")
		}
		db.SetMigrations(d, steps(house, room, "CREATE TABLE half (name TEXT);"))
		if err := d.Migrate(ctx); err != nil {
			t.Errorf("once it is put right: %v", err)
		}
	})
}

func TestDataOfANewerProgramIsRefused(t *testing.T) {
	t.Parallel()
	empty(t, func(t *testing.T, address string) {
		if err := open(t, address, steps(house, room)).Migrate(ctx); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(address, "sqlite:") {
			return // the file is still open, the rest is shown below
		}
		err := open(t, address, steps(house)).Migrate(ctx)
		if !problem.Is(err, problem.Conflict) || !strings.Contains(err.Error(), "newer") {
			t.Errorf("got %v", err)
		}
	})
	path := "sqlite:" + filepath.Join(t.TempDir(), "newer.db")
	newer := open(t, path, steps(house, room))
	if err := errors.Join(newer.Migrate(ctx), newer.Close()); err != nil {
		t.Fatal(err)
	}
	err := open(t, path, steps(house)).Migrate(ctx)
	if !problem.Is(err, problem.Conflict) || !strings.Contains(err.Error(), "newer") {
		t.Errorf("got %v", err)
	}
}

// Two nodes that start together migrate once.
func TestTwoNodesMigrateOnce(t *testing.T) {
	t.Parallel()
	address := dbtest.Postgres(t)
	var nodes sync.WaitGroup
	for range 3 {
		nodes.Go(func() {
			d := open(t, address, steps(house, room))
			if err := d.Migrate(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	nodes.Wait()
	var rooms int
	d := open(t, address, nil)
	err := d.Read(ctx, func(tx *db.Tx) error { return tx.QueryRow("SELECT count(*) FROM room").Scan(&rooms) })
	if err != nil || rooms != 1 {
		t.Errorf("%v, %d rooms", err, rooms)
	}
}

// The program's own migrations say everything in the words that both engines share, and never go back.
func TestMigrationsUseWhatBothEnginesShare(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("migrations/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	alien := regexp.MustCompile(`(?i)\b(AUTOINCREMENT|SERIAL|BIGSERIAL|VARCHAR|TIMESTAMPTZ?|DATETIME|JSONB?|BYTEA|BLOB|REAL|UUID|WITHOUT ROWID|\+goose Down|DEFERRABLE)\b`)
	for i, file := range files {
		text := read(t, file)
		if !strings.HasPrefix(text, "-- +goose Up\n") {
			t.Errorf("%s does not begin with -- +goose Up", file)
		}
		if word := alien.FindString(strings.ReplaceAll(text, "blob (", "")); word != "" && !strings.Contains(text, "TABLE "+word) {
			t.Errorf("%s: %s is not shared by both engines", file, word)
		}
		if number := filepath.Base(file)[:4]; number != []string{"0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009"}[i] {
			t.Errorf("%s: a number is missing before it", file)
		}
	}
}
