package app_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parvis/internal/app"
	"parvis/internal/clock"
	"parvis/internal/config"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/org"
	"parvis/internal/web/webtest"
)

// engines runs f for an installation on SQLite files and for one on PostgreSQL, each in a data folder of its own.
func engines(t *testing.T, f func(t *testing.T, o app.Options)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		f(t, options(t, ""))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		f(t, options(t, dbtest.Postgres(t)))
	})
}

// options are those of an installation in an empty folder, at noon of a Wednesday.
func options(t *testing.T, database string) app.Options {
	t.Helper()
	c, err := config.Load("", nil)
	if err != nil {
		t.Fatal(err)
	}
	c.Data, c.Shutdown = t.TempDir(), 5*time.Second
	c.Database.URL = config.Secret(database)
	if database != "" {
		t.Cleanup(func() { dropAll(t, database) })
	}
	return app.Options{Config: c, Clock: clock.At(webtest.Noon), Log: slog.New(slog.DiscardHandler)}
}

// dropAll takes away the schemas of the territories that tests use.
func dropAll(t *testing.T, database string) {
	t.Helper()
	for _, territory := range []string{"auch", "hai_van", "jingan", "nord", "sector4", "vald"} {
		u, err := url.Parse(database)
		if err != nil {
			t.Fatal(err)
		}
		query := u.Query()
		query.Set("search_path", query.Get("search_path")+"_"+territory)
		u.RawQuery = query.Encode()
		if err := db.Drop(context.Background(), u.String()); err != nil {
			t.Error(err)
		}
	}
}

// demo opens a demo of some of the five territories.
func demo(t *testing.T, o app.Options, territories ...string) *app.App {
	t.Helper()
	o.Demo, o.Packs = true, nil
	for _, p := range demoPacks(t) {
		if slices.Contains(territories, p.ID) {
			o.Packs = append(o.Packs, p)
		}
	}
	return open(t, o)
}

// demoPacks are the packs of the program, read once, each test with a copy of its own.
func demoPacks(t *testing.T) (all []*org.Pack) {
	t.Helper()
	read, err := packsRead()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range read {
		one := *p
		all = append(all, &one)
	}
	return all
}

var packsRead = sync.OnceValues(app.DemoPacks)

func open(t *testing.T, o app.Options) *app.App {
	t.Helper()
	a, err := app.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

// damage overwrites a file of a territory's pack.
func damage(t *testing.T, o app.Options, territory, file, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(o.Config.Data, territory, "pack", file), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// newTerritory is a territory that exists nowhere.
var newTerritory = app.NewTerritory{
	ID: "vald", Name: "Val d’Exemple", Host: "vald.localhost", Language: "fr", Country: "FR", Zone: "Europe/Paris",
	Phone: "04 65 71 00 01", Centre: "43.65,0.58", Manager: "ana@vald.example",
}

func TestDemoServesEachTerritoryUnderItsName(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, o app.Options) {
		a := demo(t, o, "auch", "jingan")
		client := webtest.New(t, a.Handler())
		landing := client.At("127.0.0.1:8080").Get("/").Is(200)
		if got := len(landing.All(".territory")); got != 2 {
			t.Errorf("the first page presents %d territories", got)
		}
		if href := landing.Attr(".territory[lang=zh] h2 a", "href"); href != "http://jingan.localhost:8080/" {
			t.Errorf("Jing'an is at %s", href)
		}
		client.At("auch.localhost:8080").Get("/").Is(200).One("form[role=search]")
		chinese := client.At("jingan.localhost:8080").In("zh").Get("/places?q=食堂").Is(200)
		if len(chinese.All("ol.results li")) == 0 {
			t.Error("no canteen is found in Jing'an")
		}
		client.At("auch.localhost:8080").Get("/_demo").Is(200)
	})
}

func TestDemoIsLoadedOnceAndKept(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, o app.Options) {
		first, err := app.Open(t.Context(), demoOptions(t, o, "auch"))
		if err != nil {
			t.Fatal(err)
		}
		before, err := first.House("auch").Events.Last(t.Context())
		if err != nil || before < 100 {
			t.Fatalf("%d events after the first load, %v", before, err)
		}
		if err := first.Close(); err != nil {
			t.Fatal(err)
		}
		again := open(t, demoOptions(t, o, "auch"))
		after, err := again.House("auch").Events.Last(t.Context())
		if err != nil || after != before {
			t.Errorf("%d events, then %d: the second start changed something (%v)", before, after, err)
		}
	})
}

func demoOptions(t *testing.T, o app.Options, territory string) app.Options {
	t.Helper()
	for _, p := range demoPacks(t) {
		if p.ID == territory {
			o.Demo, o.Packs = true, []*org.Pack{p}
		}
	}
	return o
}

func TestDemoAndRealThingNeverMeet(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, o app.Options) {
		if _, err := app.Init(t.Context(), o, newTerritory); err != nil {
			t.Fatal(err)
		}
		packs, err := loadOwn(o)
		if err != nil {
			t.Fatal(err)
		}
		asDemo := o
		asDemo.Demo, asDemo.Packs = true, packs
		if _, err := app.Open(t.Context(), asDemo); err == nil || !strings.Contains(err.Error(), "real territory") {
			t.Errorf("a demo opened a real territory: %v", err)
		}
		other := o
		config := *o.Config
		config.Data = t.TempDir()
		other.Config = &config
		house, err := app.Open(t.Context(), demoOptions(t, other, "auch"))
		if err != nil {
			t.Fatal(err)
		}
		if err := house.Close(); err != nil {
			t.Fatal(err)
		}
		real := demoOptions(t, other, "auch")
		real.Demo = false
		if _, err := app.Open(t.Context(), real); err == nil || !strings.Contains(err.Error(), "demo") {
			t.Errorf("a demo was served as the real thing: %v", err)
		}
	})
}

func loadOwn(o app.Options) ([]*org.Pack, error) {
	pack, err := org.LoadPack(os.DirFS(filepath.Join(o.Config.Data, "vald", "pack")))
	return []*org.Pack{pack}, err
}

func TestInitMakesATerritoryThatServes(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, o app.Options) {
		made, err := app.Init(t.Context(), o, newTerritory)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := app.Init(t.Context(), o, newTerritory); err == nil {
			t.Error("it was made a second time, over the first")
		}
		a := open(t, o)
		link, err := url.Parse(made.Link)
		if err != nil || link.Host != "vald.localhost" {
			t.Fatalf("the manager's link is %q, %v", made.Link, err)
		}
		client := webtest.New(t, a.Handler())
		client.Get("/").Is(200)
		client.Get(link.Path).Is(200).One("form input[type=password]")
		client.Get("/_demo").Is(404)
		client.Get("/_ui").Is(404)
	})
}

func TestInitSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*app.NewTerritory){
		"zone":    func(n *app.NewTerritory) { n.Zone = "Europe/Nowhere" },
		"country": func(n *app.NewTerritory) { n.Country = "France" },
		"centre":  func(n *app.NewTerritory) { n.Centre = "north" },
		"host":    func(n *app.NewTerritory) { n.Host = "not a host" },
	} {
		o, n := options(t, ""), newTerritory
		change(&n)
		if _, err := app.Init(t.Context(), o, n); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("wrong %s: %v", name, err)
		}
		if left, _ := os.ReadDir(o.Config.Data); len(left) > 0 {
			t.Errorf("wrong %s: %v is left behind", name, left)
		}
	}
}

const feed = `id,name,kind,town,lat,lon,phones,hours
a,Point Un,service-point,Auch,43.65,0.58,05 36 49 00 01,Mo-Fr 09:00-12:00
b,Point Deux,library,Auch,43.66,0.59,05 36 49 00 02,Sa 10:00-12:00
`

func TestImportTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, o app.Options) {
		if _, err := app.Init(t.Context(), o, newTerritory); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"Nouvelles                           2", "Inchangées                          2"} {
			var out bytes.Buffer
			err := app.Import(t.Context(), o, app.Feed{Territory: "vald", File: strings.NewReader(feed), Name: "places.csv", Out: &out})
			if err != nil || !strings.Contains(out.String(), want) {
				t.Errorf("%v; want %q in\n%s", err, want, &out)
			}
		}
		if err := app.Import(t.Context(), o, app.Feed{Territory: "elsewhere", File: strings.NewReader(feed)}); err == nil {
			t.Error("there is no such territory")
		}
		page := webtest.New(t, open(t, o).Handler()).Get("/places?q=deux").Is(200)
		if got := page.Texts("ol.results h2"); len(got) != 1 || got[0] != "Point Deux" {
			t.Errorf("found %q", got)
		}
	})
}

func TestUsers(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, o app.Options) {
		if _, err := app.Init(t.Context(), o, newTerritory); err != nil {
			t.Fatal(err)
		}
		users, err := app.OpenUsers(t.Context(), o, "vald")
		if err != nil {
			t.Fatal(err)
		}
		defer users.Close()
		if _, err := users.Invite("bo@vald.example", "agent"); err != nil {
			t.Fatal(err)
		}
		if _, err := users.Invite("nobody", "agent"); err == nil || strings.Contains(err.Error(), "⟦") {
			t.Errorf("a wrong address is told in words, not as %v", err)
		}
		if err := users.SetRole("bo@vald.example", "king"); err == nil {
			t.Error("there is no such role")
		}
		if err := errors.Join(users.SetRole("bo@vald.example", "coordinator"), users.Deactivate("bo@vald.example")); err != nil {
			t.Error(err)
		}
		lines, err := users.List()
		if err != nil || len(lines) != 2 || !strings.Contains(strings.Join(lines, "\n"), "coordinator") {
			t.Errorf("%v, %q", err, lines)
		}
	})
}
