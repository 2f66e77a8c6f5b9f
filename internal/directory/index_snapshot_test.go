package directory

import (
	"bytes"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/hours"
	"parvis/internal/i18n"
)

// withSnapshot opens a directory on a store that keeps even a small index in a file.
func withSnapshot(t *testing.T, d *db.DB, s Setting, file string) *Directory {
	t.Helper()
	dir, _ := open(t, d, s)
	dir.snapshot, dir.worthKeeping = file, 0
	return dir
}

// start loads a directory and says whether it read the snapshot. The file must be gone then, whatever became of it.
func start(t *testing.T, dir *Directory) (read bool) {
	t.Helper()
	read, err := dir.readSnapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(dir.snapshot); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("the snapshot stays: %v", err)
	}
	if !read {
		load(t, dir)
	}
	return read
}

// alike holds that two directories answer alike.
func alike(t *testing.T, one, other *Directory) {
	t.Helper()
	r := rand.New(rand.NewPCG(21, 22))
	for i := range 60 {
		q := draw(r)
		if i%6 == 0 { // of the three, two are shown as one
			q = Query{Words: "numéro", OpenAt: today.Add(time.Duration(i) * time.Hour), Limit: 10}
		}
		got, want := find(t, one, q), find(t, other, q)
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v\n gives %+v\n not %+v", q, got, want)
		}
	}
}

func TestASnapshotIsAsAnIndexMadeAnew(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		file := filepath.Join(t.TempDir(), "index.snapshot")
		before := withSnapshot(t, d, north(t), file)
		if start(t, before) {
			t.Fatal("there was no snapshot")
		}
		places := village(t, before, rand.New(rand.NewPCG(5, 6)), 80)
		_, pairs := family(t, before, d, 3)
		if err := before.DecideTwins(t.Context(), manager, pairs[0].ID, true); err != nil {
			t.Fatal(err)
		}
		settled(t, before)
		before.Keep(t.Context())

		// What changes until the next start: records, closures, a place more, a place less.
		other, _ := open(t, d, north(t))
		for i, m := range places[:20] {
			m.place.Hours, m.place.Name = ReadHours([]string{"24/7", "Su 09:00-10:00"}[i%2]), fr("Autre nom")
			put(t, other, m.place)
		}
		if _, err := other.Close(t.Context(), "", Closure{Place: places[30].place.ID, From: hours.DateOf(today), To: hours.DateOf(today)}); err != nil {
			t.Fatal(err)
		}
		put(t, other, Place{ID: "late", Name: fr("Lieu tardif"), Kind: places[0].place.Kind})
		if err := other.EndPlace(t.Context(), "", places[40].place.ID); err != nil {
			t.Fatal(err)
		}

		after := withSnapshot(t, d, north(t), file)
		if !start(t, after) {
			t.Fatal("the snapshot is not read")
		}
		fresh, _ := open(t, d, north(t))
		load(t, fresh)
		alike(t, after, fresh)
		after.Keep(t.Context())
		if again := withSnapshot(t, d, north(t), file); !start(t, again) {
			t.Error("what was read is not kept again")
		} else {
			alike(t, again, fresh)
		}
	})
}

func TestASnapshotOfSomethingElseIsNotRead(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t), db.Options{})
	file := filepath.Join(t.TempDir(), "index.snapshot")
	dir := withSnapshot(t, d, north(t), file)
	village(t, dir, rand.New(rand.NewPCG(5, 6)), 20)
	load(t, dir)
	settled(t, dir)
	dir.Keep(t.Context())
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	other := dbtest.Open(t, dbtest.SQLite(t), db.Options{})
	stranger, _ := open(t, other, north(t))
	village(t, stranger, rand.New(rand.NewPCG(7, 8)), 40)
	renamed := north(t)
	renamed.Units[0].Name = i18n.Text{"fr": "Lille-Hellemmes"}
	cut, changed := whole[:len(whole)/2], bytes.Clone(whole)
	changed[len(whole)/2] ^= 1
	for name, c := range map[string]struct {
		file    []byte
		db      *db.DB
		setting Setting
		read    bool
	}{
		"the same":        {whole, d, north(t), true},
		"another history": {whole, other, north(t), false},
		"another setting": {whole, d, renamed, false},
		"cut":             {cut, d, north(t), false},
		"damaged":         {changed, d, north(t), false},
		"empty":           {nil, d, north(t), false},
	} {
		if err := os.WriteFile(file, c.file, 0o600); err != nil {
			t.Fatal(err)
		}
		next := withSnapshot(t, c.db, c.setting, file)
		if read := start(t, next); read != c.read {
			t.Errorf("%s: read %v", name, read)
		}
		fresh, _ := open(t, c.db, c.setting)
		load(t, fresh)
		alike(t, next, fresh)
	}
}

func TestAFewPlacesHaveNoSnapshot(t *testing.T) {
	t.Parallel()
	dir, _ := open(t, dbtest.Open(t, dbtest.SQLite(t), db.Options{}), north(t))
	dir.snapshot = filepath.Join(t.TempDir(), "index.snapshot")
	village(t, dir, rand.New(rand.NewPCG(5, 6)), 5)
	load(t, dir)
	dir.Keep(t.Context())
	if _, err := os.Lstat(dir.snapshot); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("five places have a snapshot: %v", err)
	}
}
