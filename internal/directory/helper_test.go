package directory

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"sync"
	"testing"
	"time"

	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/event"
	"parvis/internal/geo"
	"parvis/internal/hours"
	"parvis/internal/i18n"
)

// today is a Monday in November: 2026-11-23, 10:00 in Paris.
var today = time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// bundle has the words of the directory and of its pages.
func bundle(t testing.TB) *i18n.Bundle {
	t.Helper()
	b, err := bundleRead()
	if err != nil {
		t.Fatal(err)
	}
	return b.Clone()
}

var bundleRead = sync.OnceValues(func() (*i18n.Bundle, error) {
	b := i18n.NewBundle()
	return b, errors.Join(b.Add(Locales), b.Add(os.DirFS("directoryweb")))
})

// north is a French territory with a few towns.
func north(t testing.TB) Setting {
	t.Helper()
	day := hours.NewDate(2026, time.December, 25)
	return Setting{
		Zone: zone(t, "Europe/Paris"), Country: "FR", Languages: []string{"fr", "en"},
		Holidays: hours.Holidays{Public: []hours.Period{{From: day, To: day, Name: "Noël"}}},
		Towns: geo.NewGazetteer(
			geo.Named{Code: "59350", Name: "Lille", Kind: "commune", Point: geo.Point{Lat: 50.6311, Lon: 3.0468}, Population: 236710, Postcodes: []string{"59000", "59800"}},
			geo.Named{Code: "59512", Name: "Roubaix", Kind: "commune", Point: geo.Point{Lat: 50.6901, Lon: 3.1817}, Population: 98828, Postcodes: []string{"59100"}},
			geo.Named{Code: "59178", Name: "Douai", Kind: "commune", Point: geo.Point{Lat: 50.3714, Lon: 3.0800}, Population: 39700, Postcodes: []string{"59500"}},
			geo.Named{Code: "59544", Name: "Saint-Jans-Cappel", Kind: "commune", Point: geo.Point{Lat: 50.7636, Lon: 2.7217}, Population: 1700, Postcodes: []string{"59270"}},
		),
		Units: []Unit{{Code: "59-lille", Name: i18n.Text{"fr": "Lille"}}, {Code: "59-roubaix", Name: i18n.Text{"fr": "Roubaix"}}},
	}
}

// open makes a directory on a store, whose clock stands at today.
func open(t testing.TB, d *db.DB, s Setting) (*Directory, *clock.Manual) {
	t.Helper()
	c := clock.At(today)
	dir, err := New(Options{DB: d, Setting: s, Words: bundle(t), Clock: c, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		t.Fatal(err)
	}
	return dir, c
}

// load makes the index and follows the events until the test ends.
func load(t testing.TB, dir *Directory) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	if err := dir.Load(ctx); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = dir.Follow(ctx)
	}()
	t.Cleanup(func() {
		cancel()
		<-done
	})
}

// settled waits until the index knows every change.
func settled(t testing.TB, dir *Directory) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := dir.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
}

// put enters a place with services; it fails the test when it cannot.
func put(t testing.TB, dir *Directory, p Place, services ...Service) Place {
	t.Helper()
	got, err := dir.PutPlace(t.Context(), "tester", p)
	if err != nil {
		t.Fatalf("put %v: %v", p.Name, err)
	}
	for _, s := range services {
		s.Place = got.ID
		if _, err := dir.PutService(t.Context(), "tester", s); err != nil {
			t.Fatalf("put service %v of %v: %v", s.Name, p.Name, err)
		}
	}
	return got
}

func last(t testing.TB, d *db.DB) int64 {
	t.Helper()
	n, err := event.NewLog(d).Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// kinds are the kinds of the events after a number.
func kinds(t testing.TB, d *db.DB, after int64) []string {
	t.Helper()
	events, err := event.NewLog(d).After(t.Context(), after, 1000)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range events {
		all = append(all, e.Kind)
	}
	return all
}

func fr(s string) i18n.Text { return i18n.Text{"fr": s} }
