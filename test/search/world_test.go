// Package search holds the promise that people find: searches as people write them, over the five territories that ship
// with the program, each with the places of which one must be among the first three.
package search

import (
	"context"
	"encoding/csv"
	"log/slog"
	"testing"
	"time"

	"parvis/internal/app"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/directory"
	"parvis/internal/org"
	"parvis/packs"
)

// now is a Tuesday morning on which nobody has a holiday.
var now = time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC)

func pack(t testing.TB, id string) *org.Pack {
	t.Helper()
	folder, err := packs.Open(id)
	if err != nil {
		t.Fatal(err)
	}
	p, err := org.LoadPack(folder)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// open gives a directory with everything that a pack has, and what became of its files.
func open(t testing.TB, d *db.DB, p *org.Pack) (*directory.Directory, *directory.PackReport) {
	t.Helper()
	words, err := app.Words(p)
	if err != nil {
		t.Fatal(err)
	}
	dir, err := directory.New(directory.Options{DB: d, Words: words, Clock: clock.At(now), Log: slog.New(slog.DiscardHandler),
		Setting: directory.SettingOf(p)})
	if err != nil {
		t.Fatal(err)
	}
	report, err := dir.ImportPack(context.Background(), p, directory.Feed{})
	if err != nil {
		t.Fatal(err)
	}
	if err := dir.Load(context.Background()); err != nil {
		t.Fatal(err)
	}
	return dir, report
}

// TestEveryRowOfThePacksGoesIn promises that the packs need no excuse: no row is rejected, none has a warning.
func TestEveryRowOfThePacksGoesIn(t *testing.T) {
	t.Parallel()
	for _, id := range packs.IDs() {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			_, report := open(t, dbtest.Open(t, dbtest.SQLite(t), db.Options{}), pack(t, id))
			for _, r := range []*directory.Report{report.Organisations, report.Places, report.Services} {
				if r.Rejected+r.Warned > 0 || r.Added == 0 {
					t.Errorf("%s: %d added, %d rejected, %d with a warning: %v", r.Source, r.Added, r.Rejected, r.Warned, r.Reasons)
				}
				for _, f := range r.Findings[:min(len(r.Findings), 5)] {
					t.Errorf("line %d, %s %q: %s %v", f.Line, f.Field, f.Value, f.Key, f.Args)
				}
			}
		})
	}
}

// places reads a pack's places as rows by column.
func places(t testing.TB, id string) []map[string]string {
	t.Helper()
	file, err := pack(t, id).Places()
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]string
	for _, r := range rows[1:] {
		row := map[string]string{}
		for i, column := range rows[0] {
			row[column] = r[i]
		}
		all = append(all, row)
	}
	return all
}
