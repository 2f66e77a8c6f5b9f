package openweb_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"parvis/internal/db/dbtest"
	"parvis/internal/directory"
	"parvis/internal/directory/directoryweb/openweb"
	"parvis/internal/i18n"
)

func TestVocabulariesHaveWordsInEveryLanguage(t *testing.T) {
	t.Parallel()
	w := open(t, dbtest.SQLite(t), "nord")
	body := read[struct{ Vocabularies []openweb.Vocabulary }](t, w, "/api/v1/vocabularies")
	var names []string
	for _, v := range body.Vocabularies {
		names = append(names, v.Name)
		if len(v.Codes) != len(directory.Codes(directory.Group(v.Name))) {
			t.Errorf("%s has %d codes", v.Name, len(v.Codes))
		}
		for _, code := range v.Codes {
			for _, lang := range i18n.Languages {
				if word := code.Name[lang]; word == "" || strings.HasPrefix(word, "directory.") {
					t.Errorf("%s %s in %s: %q", v.Name, code.Code, lang, word)
				}
			}
		}
	}
	if !slices.Contains(names, "need") || slices.Contains(names, "remark") {
		t.Error(names)
	}
}

func TestTheLanguageIsTheSites(t *testing.T) {
	t.Parallel()
	w := open(t, dbtest.SQLite(t), "nord")
	w.fill(t, 1)
	one := w.In("fr").Get("/api/hsds/taxonomy_terms?per_page=5").Is(http.StatusOK).Body
	other := w.In("en").Get("/api/hsds/taxonomy_terms?per_page=5").Is(http.StatusOK).Body
	if one == other {
		t.Error("terms are in one language only")
	}
	for _, lang := range []string{"fr", "en"} {
		w.Get("/api/v1/places?hl=" + lang).Is(http.StatusOK)
	}
}

func TestShortListsHavePagesToo(t *testing.T) {
	t.Parallel()
	w := open(t, dbtest.SQLite(t), "nord")
	type paged struct {
		TotalItems int              `json:"total_items"`
		TotalPages int              `json:"total_pages"`
		PageNumber int              `json:"page_number"`
		FirstPage  bool             `json:"first_page"`
		LastPage   bool             `json:"last_page"`
		Empty      bool             `json:"empty"`
		Contents   []map[string]any `json:"contents"`
	}
	first := read[paged](t, w, "/api/hsds/taxonomies?per_page=3")
	if first.TotalItems != 4 || first.TotalPages != 2 || !first.FirstPage || first.LastPage || len(first.Contents) != 3 {
		t.Errorf("%+v", first)
	}
	second := read[paged](t, w, "/api/hsds/taxonomies?per_page=3&page=2")
	if second.PageNumber != 2 || second.FirstPage || !second.LastPage || len(second.Contents) != 1 {
		t.Errorf("%+v", second)
	}
	beyond := read[paged](t, w, "/api/hsds/taxonomies?per_page=3&page=9")
	if !beyond.Empty || !beyond.LastPage || len(beyond.Contents) != 0 || beyond.Contents == nil {
		t.Errorf("%+v", beyond)
	}
	empty := read[paged](t, w, "/api/hsds/services")
	if !empty.Empty || empty.TotalPages != 0 || empty.Contents == nil {
		t.Errorf("%+v", empty)
	}
	root := read[map[string]string](t, w, "/api/hsds")
	if root["version"] != "3.1" || !strings.HasSuffix(root["openapi_url"], "/api/openapi.json") {
		t.Error(root)
	}
}
