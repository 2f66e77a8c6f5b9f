package openweb_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"parvis/internal/directory"
	"parvis/internal/directory/opendata"
	"parvis/internal/id"
)

// part is one answer of the list.
type part struct {
	Places []opendata.Place `json:"places"`
	Next   string           `json:"next"`
}

// crawl follows the cursor to its end, and tells how often each place was met.
func crawl(t *testing.T, w *world, query string) map[string]int {
	t.Helper()
	met := map[string]int{}
	for next := ""; ; {
		p := read[part](t, w, "/api/v1/places?"+query+"&cursor="+url.QueryEscape(next))
		for _, one := range p.Places {
			met[one.ID]++
		}
		if next = p.Next; next == "" {
			return met
		}
	}
}

// TestACrawlMeetsEveryUnchangedRecordOnce: while somebody follows the cursor, two records of five change, go, come back or
// come in. Every record that stays as it was is met once. PARVIS_FULL=1 takes five times as many records.
func TestACrawlMeetsEveryUnchangedRecordOnce(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		all, touched := 500, 200
		if os.Getenv("PARVIS_FULL") == "1" {
			all, touched = 2500, 1000
		}
		w.fill(t, all)
		ends := map[string]bool{}
		for i := 1; i < touched; i += 4 {
			ends[fmt.Sprintf("p-%05d", i*5/2)] = true
		}
		finished := make(chan struct{})
		go func() {
			defer close(finished)
			for i := range touched {
				if err := w.disturb(t, i, fmt.Sprintf("p-%05d", i*5/2)); err != nil {
					t.Error(err)
					return
				}
			}
		}()
		crawls := 0
		for done := false; !done; crawls++ {
			select {
			case <-finished:
				done = true // one crawl more, after the last change
			default:
			}
			met := crawl(t, w, "limit=20")
			for i := range all {
				place := fmt.Sprintf("p-%05d", i)
				if n := met[place]; n > 1 || n == 0 && !ends[place] {
					t.Fatalf("crawl %d: %s was met %d times", crawls, place, n)
				}
			}
		}
		t.Logf("%d crawls while %d records changed", crawls, touched)
	})
}

// disturb changes a place, ends it, or enters another, by turns.
func (w *world) disturb(t *testing.T, turn int, place string) error {
	var err error
	switch turn % 4 {
	case 0:
		_, err = w.dir.PutPlace(t.Context(), "tester", directory.Place{ID: place, Name: fr("Autre"), Kind: "library"})
	case 1:
		err = w.dir.EndPlace(t.Context(), "tester", place)
	case 2:
		_, err = w.dir.PutPlace(t.Context(), "tester", directory.Place{ID: "n-" + place, Name: fr("Neuf")})
	case 3:
		_, err = w.dir.PutPlace(t.Context(), "tester", directory.Place{ID: id.New(), Name: fr("Neuf aussi")})
	}
	return err
}

func TestModifiedAfterTellsWhatIsGone(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.fill(t, 5)
		w.clock.Advance(48 * time.Hour)
		since := w.clock.Now().UTC().Format(time.RFC3339)
		day := w.clock.Now().In(w.dir.Setting().Zone).Format(time.DateOnly)
		w.clock.Advance(time.Hour)
		if err := w.dir.EndPlace(t.Context(), "tester", "p-00001"); err != nil {
			t.Fatal(err)
		}
		if _, err := w.dir.PutService(t.Context(), "tester", directory.Service{ID: "s-00003", Place: "p-00003", Name: fr("Autre")}); err != nil {
			t.Fatal(err)
		}
		for _, from := range []string{since, day} {
			p := read[part](t, w, "/api/v1/places?modified_after="+url.QueryEscape(from))
			if len(p.Places) != 2 || p.Places[0].ID != "p-00001" || p.Places[0].Gone == nil || p.Places[1].ID != "p-00003" || p.Next != "" {
				t.Errorf("since %s: %+v", from, p)
			}
		}
		if met := crawl(t, w, "limit=2"); len(met) != 4 || met["p-00001"] != 0 {
			t.Errorf("%v", met)
		}
		one := read[opendata.Place](t, w, "/api/v1/places/p-00001")
		if one.Gone == nil || one.Page != "http://nord.localhost/places/p-00001" && !strings.HasSuffix(one.Page, "/places/p-00001") {
			t.Errorf("%+v", one)
		}
	})
}

// said is an error as a program gets it.
type said struct {
	Code      string `json:"code"`
	Sentence  string `json:"sentence"`
	Reference string `json:"reference"`
	Fields    []struct {
		Name     string `json:"name"`
		Sentence string `json:"sentence"`
	} `json:"fields"`
}

func TestErrorsAreASentenceAndACode(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		for _, c := range []struct {
			path   string
			status int
			code   string
			field  string
		}{
			{"/api/v1/places/nowhere", 404, "not-found", ""},
			{"/api/v1/nothing", 404, "not-found", ""},
			{"/api/v1/places?limit=0", 422, "invalid", "limit"},
			{"/api/v1/places?limit=many", 422, "invalid", "limit"},
			{"/api/v1/places?cursor=mine", 422, "invalid", "cursor"},
			{"/api/v1/places?modified_after=yesterday", 422, "invalid", "modified_after"},
			{"/api/v1/places?colour=blue", 422, "invalid", "colour"},
			{"/api/hsds/services/nowhere", 404, "not-found", ""},
			{"/api/hsds/organizations/nowhere", 404, "not-found", ""},
			{"/api/hsds/taxonomies/nowhere", 404, "not-found", ""},
			{"/api/hsds/services?modified_after=x", 422, "invalid", "modified_after"},
			{"/api/data-inclusion/v1/structures/nowhere", 404, "not-found", ""},
			{"/api/data-inclusion/v1/services/nowhere", 404, "not-found", ""},
			{"/api/data-inclusion/v1/structures?page=0", 422, "invalid", "page"},
		} {
			for _, lang := range []string{"fr", "en"} {
				page := w.In(lang).Get(c.path).Is(c.status)
				var e said
				if err := json.Unmarshal([]byte(page.Body), &e); err != nil || e.Code != c.code || e.Sentence == "" || e.Reference == "" {
					t.Errorf("%s: %v %s", c.path, err, page.Body)
				}
				if c.field != "" && (len(e.Fields) != 1 || e.Fields[0].Name != c.field || e.Fields[0].Sentence == "") {
					t.Errorf("%s: %s", c.path, page.Body)
				}
				if page.Header.Get("Access-Control-Allow-Origin") != "*" || page.Header.Get("Content-Type") != "application/json" || page.Header.Get("Content-Language") != lang {
					t.Errorf("%s: %v", c.path, page.Header)
				}
			}
		}
	})
}

func TestWhatIsKnownIsNotSentAgain(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.fill(t, 3)
		for _, path := range []string{"/api/v1/places", "/api/v1/places/p-00001", "/api/v1/vocabularies", "/api/hsds", "/api/hsds/services?full=true", "/api/data-inclusion/v1/structures", "/api/openapi.json"} {
			page := w.Get(path).Is(http.StatusOK)
			tag := page.Header.Get("Etag")
			if tag == "" || page.Header.Get("Access-Control-Allow-Origin") != "*" || !strings.Contains(page.Header.Get("Content-Security-Policy"), "default-src 'none'") {
				t.Errorf("%s: %v", path, page.Header)
			}
			if again := w.With("If-None-Match", `"other", `+tag).Get(path).Is(http.StatusNotModified); again.Body != "" {
				t.Errorf("%s: sent again", path)
			}
		}
		tag := w.Get("/api/v1/places").Header.Get("Etag")
		if _, err := w.dir.PutPlace(t.Context(), "tester", directory.Place{ID: "p-00001", Name: fr("Autre")}); err != nil {
			t.Fatal(err)
		}
		w.With("If-None-Match", tag).Get("/api/v1/places").Is(http.StatusOK)
	})
}
