package openweb_test

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"parvis/internal/db/dbtest"
	"parvis/internal/directory"
	"parvis/internal/directory/opendata"
)

// schema compiles a standard's schema where the shared data are; the test is skipped, and says so, where they are not.
func schema(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	for _, root := range []string{os.Getenv("PARVIS_SHARED"), "../../../../../shared"} {
		path, err := filepath.Abs(filepath.Join(root, "data/places", name))
		if _, missing := os.Stat(path); root == "" || err != nil || missing != nil {
			continue
		}
		c := jsonschema.NewCompiler()
		c.AssertFormat()
		return c.MustCompile(path)
	}
	t.Skipf("%s is not on this machine: put the shared data beside the project, or name its folder in PARVIS_SHARED", name)
	return nil
}

func TestHSDSEndpointsAreValid(t *testing.T) {
	service, organization, located := schema(t, "hsds/schema/service.json"), schema(t, "hsds/schema/organization.json"), schema(t, "hsds/schema/service_at_location.json")
	each(t, "nord", func(t *testing.T, w *world) {
		w.fill(t, 30)
		if _, err := w.dir.PutOrganisation(t.Context(), "tester", directory.Organisation{ID: "reseau", Name: fr("Réseau")}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.dir.PutPlace(t.Context(), "tester", directory.Place{ID: "p-00003", Name: fr("Autre"), Organisation: "reseau"}); err != nil {
			t.Fatal(err)
		}
		if err := w.dir.EndPlace(t.Context(), "tester", "p-00004"); err != nil {
			t.Fatal(err)
		}
		check := func(s *jsonschema.Schema, list []json.RawMessage) {
			t.Helper()
			for _, one := range list {
				value, err := jsonschema.UnmarshalJSON(strings.NewReader(string(one)))
				if err != nil {
					t.Fatal(err)
				}
				if err := s.Validate(value); err != nil {
					t.Errorf("%v\n%s", err, one)
				}
			}
		}
		type paged struct {
			TotalItems int               `json:"total_items"`
			TotalPages int               `json:"total_pages"`
			Size       int               `json:"size"`
			LastPage   bool              `json:"last_page"`
			Contents   []json.RawMessage `json:"contents"`
		}
		for path, s := range map[string]*jsonschema.Schema{"services?full=true": service, "organizations": organization, "service_at_locations": located} {
			p := read[paged](t, w, "/api/hsds/"+path)
			check(s, p.Contents)
			if len(p.Contents) != p.Size || p.Size == 0 || !p.LastPage || p.TotalPages != 1 {
				t.Errorf("%s: %+v", path, p)
			}
		}
		term := opendata.TermID(directory.GroupNeed, "online-forms")
		for path, want := range map[string]int{"?taxonomy_term_id=" + term: 30, "?taxonomy_term_id=other": 0, "?organization_id=" + opendata.UUID("reseau"): 1,
			"?organization_id=other": 0, "?modified_after=2099-01-01": 0, "?per_page=7&page=5": 30} {
			if p := read[paged](t, w, "/api/hsds/services"+path); p.TotalItems != want {
				t.Errorf("%s: %d items, not %d", path, p.TotalItems, want)
			}
		}
		for _, path := range []string{"services/" + opendata.UUID("s-00004"), "service_at_locations/" + opendata.UUID("s-00004"), "organizations/" + opendata.UUID("reseau"),
			"taxonomies", "taxonomies/" + opendata.Taxonomy(directory.GroupNeed).ID, "taxonomy_terms", "taxonomy_terms/" + term} {
			body := w.Get("/api/hsds/" + path).Is(http.StatusOK).Body
			if strings.HasPrefix(path, "services/") && (!strings.Contains(body, `"status":"defunct"`) || !strings.Contains(body, `"postal_code":"59000"`)) {
				t.Error(body)
			}
		}
	})
}

// TestPagesStayAsTheyAre: whatever goes, changes or comes in, a record stays on its page.
func TestPagesStayAsTheyAre(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.fill(t, 40)
		type paged struct {
			Items []opendata.Structure `json:"items"`
			Total int                  `json:"total"`
			Pages int                  `json:"pages"`
		}
		third := func() (ids []string, total int) {
			p := read[paged](t, w, "/api/data-inclusion/v1/structures?size=10&page=3")
			for _, one := range p.Items {
				ids = append(ids, one.ID)
			}
			return ids, p.Total
		}
		before, total := third()
		if len(before) != 10 || total != 40 {
			t.Fatalf("%v of %d", before, total)
		}
		w.clock.Advance(time.Minute)
		first := read[paged](t, w, "/api/data-inclusion/v1/structures?size=10&page=1").Items[0]
		if err := w.dir.EndPlace(t.Context(), "tester", strings.TrimPrefix(first.ID, "essai--")); err != nil {
			t.Fatal(err)
		}
		if _, err := w.dir.PutPlace(t.Context(), "tester", directory.Place{ID: "a-neuf", Name: fr("Un lieu neuf")}); err != nil {
			t.Fatal(err)
		}
		after, total := third()
		if !slices.Equal(before, after) || total != 41 {
			t.Errorf("%v of %d; before %v", after, total, before)
		}
		gone := strings.TrimPrefix(first.ID, "essai--")
		w.Get("/api/data-inclusion/v1/structures/" + gone).Is(http.StatusGone)
		w.Get("/api/data-inclusion/v1/services/" + strings.Replace(gone, "p-", "s-", 1)).Is(http.StatusGone)
		w.Get("/api/data-inclusion/v1/structures/a-neuf").Is(http.StatusOK)
		if p := read[paged](t, w, "/api/data-inclusion/v1/services?size=500"); len(p.Items) != 39 || p.Total != 40 {
			t.Errorf("%d services of %d", len(p.Items), p.Total)
		}
	})
}

// TestOpenAPIIsMadeFromTheCode: every address is described, and no other.
func TestOpenAPIIsMadeFromTheCode(t *testing.T) {
	t.Parallel()
	w := open(t, dbtest.SQLite(t), "nord")
	d := read[struct {
		OpenAPI    string                               `json:"openapi"`
		Paths      map[string]map[string]map[string]any `json:"paths"`
		Components struct {
			Schemas map[string]any `json:"schemas"`
		} `json:"components"`
	}](t, w, "/api/openapi.json")
	if !strings.HasPrefix(d.OpenAPI, "3.1") || len(d.Paths) != 18 || d.Components.Schemas["Place"] == nil {
		t.Errorf("openapi %s, %d paths", d.OpenAPI, len(d.Paths))
	}
	for path, methods := range d.Paths {
		if len(methods) != 1 || methods["get"]["summary"] == "" || methods["get"]["operationId"] == "" {
			t.Errorf("%s: %v", path, methods)
		}
		if !strings.Contains(path, "{") {
			w.Get(path).Is(http.StatusOK)
		}
	}
}

func TestFilesAreWhole(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.fill(t, 1200)
		if n := len(read[struct{ Features []json.RawMessage }](t, w, "/open-data/places.geojson").Features); n != 1200 {
			t.Errorf("%d features", n)
		}
		if d := read[struct{ Structures, Services []json.RawMessage }](t, w, "/open-data/data-inclusion.json"); len(d.Structures) != 1200 || len(d.Services) != 1200 {
			t.Errorf("%d structures, %d services", len(d.Structures), len(d.Services))
		}
		if n := strings.Count(w.Get("/open-data/hsds.ndjson").Is(http.StatusOK).Body, "\n"); n != 1200 {
			t.Errorf("%d lines", n)
		}
		page := w.Get("/open-data/lieux.csv").Is(http.StatusOK)
		rows, err := csv.NewReader(strings.NewReader(page.Body)).ReadAll()
		if err != nil || len(rows) != 1201 || page.Header.Get("Content-Disposition") != `attachment; filename="nord-lieux.csv"` {
			t.Errorf("%d rows, %v, %v", len(rows), err, page.Header)
		}
	})
}

func TestTheNationalStandardIsFrances(t *testing.T) {
	t.Parallel()
	w := open(t, dbtest.SQLite(t), "hai-van")
	w.Get("/open-data/lieux.csv").Is(http.StatusNotFound)
	w.Get("/open-data/places.geojson").Is(http.StatusOK)
}
