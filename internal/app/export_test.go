package app_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parvis/internal/app"
	"parvis/internal/web/webtest"
)

// wide is a feed whose words have all that a format could stumble over: quotes, line ends, mark-up, a formula, no point.
const wide = `id,name,kind,town,postcode,address,lat,lon,phones,hours
a,"L'""Atelier"", <b>Bis</b>",service-point,Auch,32000,"1 rue A, bât. B",43.65,0.58,05 36 49 00 01,Mo-Fr 09:00-12:00
b,=1+1,library,Auch,32000,2 rue B,43.66,0.59,05 36 49 00 02,Sa 10:00-12:00
c,"Thư viện
图书馆",library,Auch,32000,3 rue C,43.67,0.60,,
`

// holding is an installation of one territory that holds the places of a feed.
func holding(t *testing.T, o app.Options, feed string) {
	t.Helper()
	if _, err := app.Init(t.Context(), o, newTerritory); err != nil {
		t.Fatal(err)
	}
	if err := app.Import(t.Context(), o, app.Feed{Territory: "vald", File: strings.NewReader(feed), Name: "places.csv", Out: new(bytes.Buffer)}); err != nil {
		t.Fatal(err)
	}
}

func TestExportHoldsEveryPlaceInEveryFormat(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, o app.Options) {
		holding(t, o, wide)
		names := map[string]func(t *testing.T, text []byte) []string{"geojson": geojsonNames, "csv": csvNames, "data-inclusion": inclusionNames, "hsds": nil}
		for _, format := range app.ExportFormats {
			var to, said bytes.Buffer
			if err := app.WriteExport(t.Context(), o, app.Export{Territory: "vald", Format: format, To: &to, Out: &said}); err != nil {
				t.Errorf("%s: %v", format, err)
				continue
			}
			read, known := names[format]
			if !known || strings.Count(said.String(), "\n") != 1 || strings.Contains(said.String(), "⟦") || !strings.Contains(said.String(), " written") {
				t.Errorf("%s: what was written is told as %q", format, &said)
			}
			if read == nil { // a format of services, and there are none
				if to.Len() > 0 || said.String() != "0 services written\n" {
					t.Errorf("%s: %q, %.200s", format, &said, &to)
				}
				continue
			}
			got := strings.Join(read(t, to.Bytes()), " / ")
			for _, name := range []string{`L'"Atelier", <b>Bis</b>`, "=1+1", "图书馆"} {
				if !strings.Contains(got, name) {
					t.Errorf("%s: %s is not among %q", format, name, got)
				}
			}
			if !strings.HasPrefix(said.String(), "3 places") {
				t.Errorf("%s: said %q", format, &said)
			}
		}
	})
}

func geojsonNames(t *testing.T, text []byte) (names []string) {
	var all struct {
		Features []struct {
			Properties struct{ Name map[string]string }
		}
	}
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatalf("%v: %.300s", err, text)
	}
	for _, f := range all.Features {
		names = append(names, f.Properties.Name["fr"])
	}
	return names
}

func inclusionNames(t *testing.T, text []byte) (names []string) {
	var all struct{ Structures []struct{ Nom string } }
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatalf("%v: %.300s", err, text)
	}
	for _, s := range all.Structures {
		names = append(names, s.Nom)
	}
	return names
}

func csvNames(t *testing.T, text []byte) (names []string) {
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatalf("%v: %.300s", err, text)
	}
	for _, row := range rows[1:] {
		names = append(names, strings.TrimPrefix(row[2], "'")) // a formula is made harmless
	}
	return names
}

// full is a disk without room.
type full struct{}

var errFull = errors.New("no room is left")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestExportSaysWhyNothingCame(t *testing.T) {
	t.Parallel()
	o := options(t, "")
	holding(t, o, feed)
	for _, one := range []struct{ territory, format, want string }{
		{"vald", "", `--format "": it is one of geojson, csv`},
		{"elsewhere", "xml", `--format "xml": it is one of`},
		{"elsewhere", "csv", "there is no territory elsewhere"},
		{"../vald", "csv", "../vald"},
		{"vald", "geojson", errFull.Error()},
		{"vald", "csv", errFull.Error()},
	} {
		var said bytes.Buffer
		err := app.WriteExport(t.Context(), o, app.Export{Territory: one.territory, Format: one.format, To: full{}, Out: &said})
		if err == nil || !strings.Contains(err.Error(), one.want) || said.Len() > 0 {
			t.Errorf("%+v: %v, said %q", one, err, &said)
		}
	}
}

// One territory whose pack is broken fails by itself: its commands say why, those of the other work.
func TestCommandsOfOneTerritoryWorkBesideABrokenOne(t *testing.T) {
	t.Parallel()
	o := options(t, "")
	holding(t, o, feed)
	broken := newTerritory
	broken.ID, broken.Host = "bris", "bris.localhost"
	if _, err := app.Init(t.Context(), o, broken); err != nil {
		t.Fatal(err)
	}
	damage(t, o, "bris", "territory.yaml", "id: bris\nzone: nowhere\n")
	for territory, works := range map[string]bool{"vald": true, "bris": false} {
		var to, out bytes.Buffer
		users, atUsers := app.OpenUsers(t.Context(), o, territory)
		if atUsers == nil {
			atUsers = errors.Join(users.Deactivate("ana@vald.example"), users.Close())
		}
		for what, err := range map[string]error{
			"export": app.WriteExport(t.Context(), o, app.Export{Territory: territory, Format: "geojson", To: &to, Out: &out}),
			"import": app.Import(t.Context(), o, app.Feed{Territory: territory, File: strings.NewReader(feed), Name: "p.csv", Out: &out}),
			"users":  atUsers,
		} {
			if (err == nil) != works || !works && !strings.Contains(err.Error(), "territory.yaml:2: ") {
				t.Errorf("%s of %s: %v", what, territory, err)
			}
		}
	}
	migrated, err := app.Migrate(t.Context(), o)
	if len(migrated) != 1 || migrated[0] != "vald" || err == nil || !strings.HasPrefix(err.Error(), "bris: ") {
		t.Errorf("migrated %v, %v", migrated, err)
	}
	if err := app.Import(t.Context(), o, app.Feed{Territory: "vald", File: strings.NewReader(feed), Mapping: filepath.Join(t.TempDir(), "none.yaml"), Out: new(bytes.Buffer)}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a mapping that is not there: %v", err)
	}
}

// A demo whose folder of one territory cannot be used presents the others, and names the one that is missing.
func TestLandingNamesTheTerritoryThatIsMissing(t *testing.T) {
	t.Parallel()
	o := options(t, "")
	if err := os.WriteFile(filepath.Join(o.Config.Data, "jingan"), []byte("a file where a folder should be"), 0o600); err != nil {
		t.Fatal(err)
	}
	a := demo(t, o, "auch", "jingan")
	if failed := a.Failed(); len(failed) != 1 || failed[0].Territory != "jingan" || len(a.Houses()) != 1 {
		t.Fatalf("failed %v, %d open", failed, len(a.Houses()))
	}
	client := webtest.New(t, a.Handler())
	page := client.At(landing).Get("/").Is(200)
	if got := page.Texts("main ul li"); len(page.All(".territory")) != 1 || len(got) != 2 || got[1] != "jingan" {
		t.Errorf("missing: %q", got)
	}
	if strings.Contains(page.Text("pre"), "jingan") {
		t.Error("the hosts file names a territory that does not answer")
	}
	client.At("auch.localhost:8080").Get("/").Is(200)
	if text := client.At("jingan.localhost:8080").Get("/").Is(200).Attr(".territory h2 a", "href"); text != "http://auch.localhost:8080/" {
		t.Errorf("under the missing one's name the others are presented, not %q", text)
	}
}

// The landing page leads on by the port that it was asked on, and by none where there was none.
func TestLandingLeadsOnByThePortThatWasAsked(t *testing.T) {
	t.Parallel()
	client := webtest.New(t, demo(t, options(t, ""), "auch").Handler())
	for host, want := range map[string]string{"127.0.0.1": "http://auch.localhost/", "127.0.0.1:9000": "http://auch.localhost:9000/",
		"[::1]:9000": "http://auch.localhost:9000/", "parvis.example:81": "http://auch.localhost:81/"} {
		page := client.At(host).Get("/").Is(200)
		if got := page.Attr(".territory h2 a", "href"); got != want || page.Attr(".territory .acts .link", "href") != want+"_demo" {
			t.Errorf("asked at %s it leads to %s, want %s", host, got, want)
		}
	}
}
