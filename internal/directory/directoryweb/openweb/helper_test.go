package openweb_test

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"

	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/directory"
	"parvis/internal/directory/directoryweb"
	"parvis/internal/directory/directoryweb/openweb"
	"parvis/internal/i18n"
	"parvis/internal/org"
	"parvis/internal/web"
	"parvis/internal/web/webtest"
	"parvis/packs"
)

// world is a territory's open data, and a program that reads it.
type world struct {
	*webtest.Client
	dir   *directory.Directory
	clock *clock.Manual
}

// each runs a test on both engines, in the territory of a pack.
func each(t *testing.T, id string, f func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	for engine, address := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			f(t, open(t, address(t), id))
		})
	}
}

// packOf is a pack of the program, read once, and for each test a copy of its own.
func packOf(t *testing.T, id string) *org.Pack {
	t.Helper()
	found, ok := loaded.Load(id)
	if !ok {
		folder, err := packs.Open(id)
		if err != nil {
			t.Fatal(err)
		}
		pack, err := org.LoadPack(folder)
		if err != nil {
			t.Fatal(err)
		}
		found, _ = loaded.LoadOrStore(id, pack)
	}
	pack := *found.(*org.Pack)
	return &pack
}

var loaded sync.Map // id -> *org.Pack

func open(t *testing.T, address, id string) *world {
	t.Helper()
	pack := packOf(t, id)
	w := &world{clock: clock.At(webtest.Noon)}
	store := dbtest.Open(t, address, db.Options{Clock: w.clock})
	site := webtest.Site(t, directory.Locales, directoryweb.Locales)
	site.Territory, site.Pack, site.Clock = &pack.Territory, pack, w.clock
	var err error
	w.dir, err = directory.New(directory.Options{DB: store, Words: site.Words, Clock: w.clock, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Setting: directory.SettingOf(pack)})
	if err != nil {
		t.Fatal(err)
	}
	w.Client = webtest.New(t, web.NewHandler(site, openweb.NewRoom(w.dir, pack).Routes()))
	return w
}

func fr(text string) i18n.Text { return i18n.Text{"fr": text} }

// read reads an answer as JSON.
func read[T any](t *testing.T, w *world, path string) (body T) {
	t.Helper()
	page := w.Get(path).Is(http.StatusOK)
	if err := json.Unmarshal([]byte(page.Body), &body); err != nil {
		t.Fatalf("%s: %v\n%.500s", path, err, page.Body)
	}
	return body
}

// fill brings n places with a service each into the directory, all at once.
func (w *world) fill(t *testing.T, n int) {
	t.Helper()
	var places, services strings.Builder
	places.WriteString("id,name,kind,town,postcode,address\n")
	services.WriteString("id,place,name,needs\n")
	for i := range n {
		fmt.Fprintf(&places, "p-%05d,Lieu %d,library,Lille,59000,%d rue du Lin\n", i, i, i)
		fmt.Fprintf(&services, "s-%05d,p-%05d,Aide %d,online-forms\n", i, i, i)
	}
	for _, table := range []string{places.String(), services.String()} {
		if _, err := w.dir.Import(t.Context(), strings.NewReader(table), directory.Feed{Source: "Essai"}); err != nil {
			t.Fatal(err)
		}
	}
}
