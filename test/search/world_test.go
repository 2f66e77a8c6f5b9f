// Package search holds the promise that people find: searches as people write them, over the five territories that ship
// with the program, each with the places of which one must be among the first three.
package search

import (
	"context"
	"io/fs"
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

// open gives a directory with everything that a pack has, and the reports of reading it in.
func open(t testing.TB, d *db.DB, p *org.Pack) (*directory.Directory, []*directory.Report) {
	t.Helper()
	words, err := app.Words(p)
	if err != nil {
		t.Fatal(err)
	}
	var units []directory.Unit
	for _, u := range p.Units {
		units = append(units, directory.Unit{Code: u.Code, Name: u.Name})
	}
	dir, err := directory.New(directory.Options{DB: d, Words: words, Clock: clock.At(now), Log: slog.New(slog.DiscardHandler),
		Setting: directory.Setting{Zone: p.Location(), Country: p.Country, Languages: p.Languages,
			Holidays: p.Calendar(p.Language()), Towns: p.Gazetteer, Units: units}})
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	var organisations []directory.Organisation
	for _, o := range p.Organisations {
		organisations = append(organisations, directory.Organisation{ID: o.ID, Kind: o.Kind, Name: o.Name, About: o.About,
			Needs: o.Needs, Town: o.Town, Record: directory.Record{Source: directory.Source{Name: o.Source, ID: o.ID}}})
	}
	feed := directory.Feed{Source: p.ID}
	report, err := dir.ImportOrganisations(ctx, organisations, feed)
	if err != nil {
		t.Fatal(err)
	}
	reports := []*directory.Report{report}
	for _, table := range []func() (fs.File, error){p.Places, p.Services} {
		file, err := table()
		if err != nil {
			t.Fatal(err)
		}
		report, err := dir.Import(ctx, file, feed)
		if err := file.Close(); err != nil {
			t.Error(err)
		}
		if err != nil {
			t.Fatal(err)
		}
		reports = append(reports, report)
	}
	if err := dir.Load(ctx); err != nil {
		t.Fatal(err)
	}
	return dir, reports
}

// TestEveryRowOfThePacksGoesIn promises that the packs need no excuse: no row is rejected, none has a warning.
func TestEveryRowOfThePacksGoesIn(t *testing.T) {
	t.Parallel()
	for _, id := range packs.IDs() {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			_, reports := open(t, dbtest.Open(t, dbtest.SQLite(t), db.Options{}), pack(t, id))
			for _, r := range reports {
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
