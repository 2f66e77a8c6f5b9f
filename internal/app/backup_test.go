package app_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"parvis/internal/app"
	"parvis/internal/db/dbtest"
	"parvis/internal/web/webtest"
)

// filled is an installation with a territory that has two places and a file that somebody handed in.
func filled(t *testing.T, o app.Options) {
	t.Helper()
	if _, err := app.Init(t.Context(), o, newTerritory); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	err := app.Import(t.Context(), o, app.Feed{Territory: "vald", File: strings.NewReader(feed), Name: "places.csv", Out: &out})
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(o.Config.Data, "vald", "files", "ab")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "abcd"), []byte("a photo"), 0o600); err != nil {
		t.Fatal(err)
	}
}

// elsewhere is a second installation on the same engine.
func elsewhere(t *testing.T, o app.Options) app.Options {
	t.Helper()
	c := *o.Config
	c.Data = t.TempDir()
	o.Config = &c
	return o
}

func TestBackupWhileServingAndRestore(t *testing.T) {
	t.Parallel()
	o := options(t, "")
	filled(t, o)
	serving := open(t, o)
	file := filepath.Join(t.TempDir(), "vald.backup")
	size, err := app.Backup(t.Context(), o, "vald", file, "")
	if err != nil || size == 0 {
		t.Fatalf("%d bytes, %v", size, err)
	}
	webtest.New(t, serving.Handler()).Get("/").Is(200)
	if _, err := app.Backup(t.Context(), o, "vald", file, ""); err == nil {
		t.Error("a copy was written over another one")
	}
	there := elsewhere(t, o)
	if err := app.Restore(t.Context(), there, "vald", file, ""); err != nil {
		t.Fatal(err)
	}
	if err := app.Restore(t.Context(), there, "vald", file, ""); err == nil {
		t.Error("a territory was restored over itself")
	}
	if photo, err := os.ReadFile(filepath.Join(there.Config.Data, "vald", "files", "ab", "abcd")); string(photo) != "a photo" {
		t.Errorf("the file came back as %q, %v", photo, err)
	}
	page := webtest.New(t, open(t, there).Handler()).Get("/places?q=deux").Is(200)
	if got := page.Texts("ol.results h2"); len(got) != 1 {
		t.Errorf("found %q after the restore", got)
	}
}

// A copy of a territory on PostgreSQL opens as a file.
func TestBackupOfADatabaseIsRestoredAsAFile(t *testing.T) {
	t.Parallel()
	o := options(t, dbtest.Postgres(t))
	filled(t, o)
	file := filepath.Join(t.TempDir(), "vald.backup")
	if _, err := app.Backup(t.Context(), o, "vald", file, ""); err != nil {
		t.Fatal(err)
	}
	there := elsewhere(t, o)
	if err := app.Restore(t.Context(), there, "vald", file, ""); err == nil {
		t.Error("it was restored over the schema that it came from")
	}
	there = elsewhere(t, o)
	there.Config.Database.URL = ""
	if err := app.Restore(t.Context(), there, "vald", file, ""); err != nil {
		t.Fatal(err)
	}
	page := webtest.New(t, open(t, there).Handler()).Get("/places?q=deux").Is(200)
	if got := page.Texts("ol.results h2"); len(got) != 1 {
		t.Errorf("found %q in the file", got)
	}
}

func TestSealedBackupOpensWithItsKeyAlone(t *testing.T) {
	t.Parallel()
	o := options(t, "")
	filled(t, o)
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	file, keyFile := filepath.Join(folder, "vald.backup"), filepath.Join(folder, "key")
	if err := os.WriteFile(keyFile, []byte(key.String()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := app.Backup(t.Context(), o, "vald", file, key.Recipient().String()); err != nil {
		t.Fatal(err)
	}
	sealed, err := os.ReadFile(file)
	if err != nil || bytes.Contains(sealed, []byte("Point Deux")) || bytes.Contains(sealed, []byte("territory.yaml")) {
		t.Errorf("the sealed copy can be read (%v)", err)
	}
	if err := app.Restore(t.Context(), elsewhere(t, o), "vald", file, ""); err == nil {
		t.Error("it opened without its key")
	}
	if err := app.Restore(t.Context(), elsewhere(t, o), "vald", file, keyFile); err != nil {
		t.Error(err)
	}
}

func TestDamagedBackupIsNotRestored(t *testing.T) {
	t.Parallel()
	o := options(t, "")
	filled(t, o)
	file := filepath.Join(t.TempDir(), "vald.backup")
	if _, err := app.Backup(t.Context(), o, "vald", file, ""); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for name, damaged := range map[string][]byte{
		"cut":   whole[:len(whole)/2],
		"bent":  append(append(bytes.Clone(whole[:len(whole)/2]), whole[len(whole)/2]^1), whole[len(whole)/2+1:]...),
		"empty": nil,
	} {
		if err := os.WriteFile(file, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		there := elsewhere(t, o)
		if err := app.Restore(t.Context(), there, "vald", file, ""); err == nil {
			t.Errorf("%s: it was restored", name)
		}
		if left, _ := os.ReadDir(there.Config.Data); len(left) > 0 {
			t.Errorf("%s: %v is left behind", name, left)
		}
	}
}

func TestCopyBetweenEnginesAndBack(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, o app.Options) {
		database := o.Config.Database.URL.Reveal()
		if database == "" {
			t.Skip("copied from PostgreSQL's side")
		}
		file := o
		c := *o.Config
		c.Database.URL = ""
		file.Config = &c
		filled(t, file)
		events, err := app.Copy(t.Context(), file, "vald", database)
		if err != nil || events == 0 {
			t.Fatalf("%d events, %v", events, err)
		}
		if _, err := app.Copy(t.Context(), file, "vald", database); err == nil {
			t.Error("it was copied over what was there")
		}
		page := webtest.New(t, open(t, o).Handler()).Get("/places?q=deux").Is(200)
		if got := page.Texts("ol.results h2"); len(got) != 1 {
			t.Errorf("found %q on PostgreSQL", got)
		}
		if err := os.Remove(filepath.Join(c.Data, "vald", "parvis.db")); err != nil {
			t.Fatal(err)
		}
		back, err := app.Copy(t.Context(), o, "vald", "sqlite")
		if err != nil || back != events {
			t.Errorf("%d events came back of %d, %v", back, events, err)
		}
	})
}
