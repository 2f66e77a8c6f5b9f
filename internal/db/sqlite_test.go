package db_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/problem"
)

func read(t testing.TB, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// One program owns a file; others may read it beside.
func TestAFileHasOneOwner(t *testing.T) {
	t.Parallel()
	address := dbtest.SQLite(t)
	d := dbtest.Open(t, address, db.Options{})
	if _, err := db.Open(ctx, address, db.Options{}); !problem.Is(err, problem.Unavailable) || !strings.Contains(err.Error(), "another program") {
		t.Errorf("a second owner: %v", err)
	}
	beside, err := db.Open(ctx, address, db.Options{ReadOnly: true})
	if err != nil {
		t.Fatalf("a reader beside: %v", err)
	}
	defer beside.Close()
	if err := d.Write(ctx, func(tx *db.Tx) error { return set(tx, "a", "v") }); err != nil {
		t.Fatal(err)
	}
	if n := count(t, beside); n != 1 {
		t.Errorf("beside, %d settings are seen", n)
	}
	if err := beside.Migrate(ctx); !problem.Is(err, problem.Unavailable) {
		t.Errorf("a reader migrates: %v", err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	next, err := db.Open(ctx, address, db.Options{})
	if err != nil {
		t.Fatalf("after its owner has gone: %v", err)
	}
	defer next.Close()
}

func TestAnAddressThatCannotBeIsNamed(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]problem.Kind{
		"":                               problem.Invalid,
		"mysql://host/x":                 problem.Invalid,
		"sqlite:":                        problem.Invalid,
		"sqlite:/nowhere/at/all/x.db":    problem.NotFound,
		"postgres://h/x?search_path=A,b": problem.Invalid,
		"postgres://h:99999/x":           problem.Invalid,
		"postgres://127.0.0.1:1/x":       problem.Unavailable,
	} {
		_, err := db.Open(ctx, address, db.Options{})
		if err == nil || problem.KindOf(err) != want {
			t.Errorf("%q: %v is %v, want %v", address, err, problem.KindOf(err), want)
		}
	}
	if _, err := db.Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "none.db"), db.Options{ReadOnly: true}); !problem.Is(err, problem.NotFound) {
		t.Errorf("a reader of nothing: %v", err)
	}
}

// The settings that durability and safety rest on are those that are in force.
func TestSettingsAreInForce(t *testing.T) {
	t.Parallel()
	d, err := db.Open(ctx, dbtest.SQLite(t), db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	check := func(tx *db.Tx, pragma, want string) {
		t.Helper()
		var got string
		if err := tx.QueryRow("PRAGMA " + pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %s, want %s (%v)", pragma, got, want, err)
		}
	}
	err = d.Write(ctx, func(tx *db.Tx) error {
		for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "trusted_schema": "0",
			"secure_delete": "1", "wal_autocheckpoint": "0", "mmap_size": "0"} {
			check(tx, pragma, want)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	err = d.Write(ctx, func(tx *db.Tx) error { _, err := tx.Exec(`UPDATE setting SET value = "no such column"`); return err })
	if err == nil {
		t.Error("a name in double quotes passes for a text")
	}
	err = d.Read(ctx, func(tx *db.Tx) error {
		for pragma, want := range map[string]string{"query_only": "1", "trusted_schema": "0", "mmap_size": "2147418112"} {
			check(tx, pragma, want)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(db.Path(d))
	if err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read the file: %v, %v", info.Mode(), err)
	}
}

func TestMemoryMappingHasASwitch(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t), db.Options{NoMmap: true})
	var size int
	err := d.Read(ctx, func(tx *db.Tx) error { return tx.QueryRow("PRAGMA mmap_size").Scan(&size) })
	if err != nil || size != 0 {
		t.Errorf("%d bytes mapped, %v", size, err)
	}
}

// A disk that gives back other bytes than it was given ends all writing, once and for all, and says so once.
func TestADiskThatCannotBeTrustedEndsWriting(t *testing.T) {
	t.Parallel()
	address := dbtest.SQLite(t)
	d := dbtest.Open(t, address, db.Options{})
	err := d.Write(ctx, func(tx *db.Tx) error {
		rows := make([][]any, 4000)
		for i := range rows {
			rows[i] = []any{fmt.Sprintf("name %d", i), fmt.Sprintf("value number %d", i), 0}
		}
		return tx.Insert("setting", []string{"name", "value", "changed"}, rows)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	spoil(t, db.Path(d))
	var told, ran atomic.Int32
	d = dbtest.Open(t, address, db.Options{MaxBatch: 1, OnFatal: func(error) { told.Add(1) }})
	small := func(tx *db.Tx) error { ran.Add(1); return set(tx, "small", "v") }
	errs := together(t, d,
		func(tx *db.Tx) error { _, err := tx.Exec("UPDATE setting SET value = value || 'x'"); return err }, small, small, small)
	for i, err := range errs {
		if err == nil || i > 0 && !problem.Is(err, problem.Unavailable) {
			t.Errorf("caller %d, who met the disk or waited behind: %v", i, err)
		}
	}
	if ran.Load() != 0 {
		t.Errorf("%d wrote after the disk had failed", ran.Load())
	}
	if d.Broken() == nil || told.Load() != 1 {
		t.Errorf("broken: %v, told %d times", d.Broken(), told.Load())
	}
	if err := d.Write(ctx, func(tx *db.Tx) error { return nil }); !problem.Is(err, problem.Unavailable) {
		t.Errorf("afterwards: %v", err)
	}
}

// spoil overwrites the head of the page that holds a value in the middle of the table.
func spoil(t *testing.T, path string) {
	t.Helper()
	text := []byte(read(t, path))
	at := bytes.Index(text, []byte("value number 2000"))
	if at < 4096 {
		t.Fatalf("the value is at %d", at)
	}
	copy(text[at/4096*4096:], "\x55\x55\x55\x55\x55\x55\x55\x55")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// A reader sees one moment, however long it looks and whatever is written meanwhile; and nobody waits for it.
func TestAReaderSeesOneMoment(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Read(ctx, func(tx *db.Tx) error {
			var before, after int
			if err := tx.QueryRow("SELECT count(*) FROM setting").Scan(&before); err != nil {
				return err
			}
			if err := d.Write(ctx, func(tx *db.Tx) error { return set(tx, "meanwhile", "v") }); err != nil {
				return err
			}
			if err := tx.QueryRow("SELECT count(*) FROM setting").Scan(&after); err != nil {
				return err
			}
			if before != 0 || after != 0 {
				t.Errorf("%d, then %d", before, after)
			}
			return nil
		})
		if err != nil || count(t, d) != 1 {
			t.Errorf("%v, %d afterwards", err, count(t, d))
		}
	})
}
