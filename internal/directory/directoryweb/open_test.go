package directoryweb_test

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"parvis/internal/directory"
	"parvis/internal/i18n"
)

func TestOpenDataIsExplained(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		for _, lang := range i18n.Languages {
			page := w.In(lang).Get("/open-data").Is(http.StatusOK)
			for _, href := range []string{"/open-data/places.geojson", "/open-data/lieux.csv", "/open-data/data-inclusion.json", "/open-data/hsds.ndjson", "/api/openapi.json",
				"/api/v1/vocabularies", "/api/hsds/services", "/api/data-inclusion/v1/structures"} {
				if !page.Has(`main a[href="` + href + `"]`) {
					t.Errorf("%s: no link to %s", lang, href)
				}
			}
			if !page.Has(`footer a[href="/open-data"]`) || !page.Has(`form[action="/api/v1/places"] input[name="modified_after"]`) ||
				!page.Has(`form[action="/open-data/search"] button[value="xlsx"]`) {
				t.Errorf("%s: the page cannot be found, or nothing can be tried there", lang)
			}
			holds(t, lang, page.Text("main"), "/api/v1/places")
		}
	})
}

func TestOpenDataOutsideFrance(t *testing.T) {
	each(t, "jingan", func(t *testing.T, w *world) {
		if page := w.Get("/open-data").Is(http.StatusOK); page.Has(`a[href="/open-data/lieux.csv"]`) {
			t.Error("the French standard is offered in China")
		}
	})
}

func TestASearchIsTakenAsATable(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		w.put(t, directory.Place{ID: "formule", Name: fr("=1+1"), Kind: "library", Address: directory.Address{Town: "Lille"}})
		w.settle(t)
		page := w.In("fr").Get("/open-data/search?as=csv&kind=library").Is(http.StatusOK)
		if !strings.HasPrefix(page.Body, "\ufeff") || page.Header.Get("Content-Disposition") != `attachment; filename="nord-places.csv"` {
			t.Errorf("%v", page.Header)
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(page.Body, "\ufeff"))).ReadAll()
		if err != nil || len(rows) != 3 {
			t.Fatalf("%v: %d rows", err, len(rows))
		}
		if got := strings.Join(rows[0][:5], "|"); got != "Identifiant|Nom|Type de lieu|Adresse|Code postal" {
			t.Error(got)
		}
		text := page.Body
		holds(t, "the table", text, "Médiathèque Le Lin Bleu", "84 rue du Lin", "03 53 01 00 12", "'=1+1", "Gratuit", "/places/mediatheque")
		book, err := excelize.OpenReader(bytes.NewReader([]byte(w.In("en").Get("/open-data/search?as=xlsx&q=lin").Is(http.StatusOK).Body)))
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close()
		sheet, err := book.GetRows(book.GetSheetName(0))
		if err != nil || len(sheet) < 2 || sheet[0][1] != "Name" || sheet[1][1] != "Le Lin Bleu media library" || sheet[1][6] != "50.6311" {
			t.Errorf("%v %v", sheet, err)
		}
		w.Get("/open-data/search?as=ods").Is(http.StatusNotFound)
		w.Get("/open-data/search").Is(http.StatusNotFound)
	})
}

// TestALargeSearchIsTakenWhole: a table has more places than are read at a time.
func TestALargeSearchIsTakenWhole(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		var table strings.Builder
		table.WriteString("id,name,kind,town\n")
		for i := range 1203 {
			table.WriteString("g-" + strings.Repeat("a", i%7) + "-" + string(rune('a'+i%26)) + strings.Repeat("b", i/26+1) + ",Lieu,library,Lille\n")
		}
		report, err := w.dir.Import(t.Context(), strings.NewReader(table.String()), directory.Feed{Source: "Essai"})
		if err != nil || report.Added == 0 {
			t.Fatal(err)
		}
		w.settle(t)
		rows, err := csv.NewReader(strings.NewReader(w.Get("/open-data/search?as=csv&kind=library").Is(http.StatusOK).Body)).ReadAll()
		seen := map[string]bool{}
		for _, row := range rows[1:] {
			seen[row[0]] = true
		}
		if err != nil || len(rows)-1 != report.Added || len(seen) != report.Added {
			t.Errorf("%d rows, %d places, %d added, %v", len(rows)-1, len(seen), report.Added, err)
		}
	})
}
