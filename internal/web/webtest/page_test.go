package webtest

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// recorder is a test that notes its failures instead of failing.
type recorder struct {
	testing.TB
	faults []string
}

func (r *recorder) Helper()                   {}
func (r *recorder) Errorf(f string, _ ...any) { r.faults = append(r.faults, f) }

func answer(t *testing.T, body string, header ...string) (*Page, []string) {
	t.Helper()
	r := &recorder{TB: t}
	page := New(r, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Language", "fr")
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		_, _ = io.WriteString(w, body)
	})).Get("/")
	return page, r.faults
}

func TestBadPagesAreNoticed(t *testing.T) {
	t.Parallel()
	for body, faults := range map[string]int{
		`<html lang="fr"><h1>A</h1></html>`:                      0,
		`<html lang="fr"><h1>A</h1><h1>B</h1></html>`:            1,
		`<html lang="fr"><p>A</p></html>`:                        1,
		`<html lang="en"><h1>A</h1></html>`:                      1,
		`<html lang="fr"><h1>⟦x.y⟧</h1></html>`:                  1,
		`<html lang="fr"><h1 id="a">A</h1><p id="a"></p></html>`: 1,
		`<html lang="de"><p id="a">⟦x⟧</p><p id="a"></p></html>`: 4,
	} {
		if _, got := answer(t, body); len(got) != faults {
			t.Errorf("%s: %d faults: %q", body, len(got), got)
		}
	}
}

func TestPagesAnswerQuestions(t *testing.T) {
	t.Parallel()
	page, _ := answer(t, `<html lang="fr"><h1> A  <b>page</b></h1><ul><li class="x">1</li><li>2</li></ul></html>`)
	if page.Text("h1") != "A page" || len(page.Texts("li")) != 2 || page.Attr("html", "lang") != "fr" || page.Has("li.y") || !page.Has("li.x") {
		t.Errorf("%q", page.Body)
	}
	if page.Is(200).One("li.x").FirstChild.Data != "1" {
		t.Error("the only element")
	}
}

func TestClientIsLikeABrowser(t *testing.T) {
	t.Parallel()
	client := New(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1", Path: "/"})
		seen, _ := r.Cookie("seen")
		_ = r.ParseForm()
		for _, part := range []string{r.Method, r.Host, r.Header.Get("Accept-Language"), r.Header.Get("Sec-Fetch-Site"), r.PostForm.Get("a")} {
			_, _ = io.WriteString(w, part+" ")
		}
		if seen != nil {
			_, _ = io.WriteString(w, "again")
		}
	}))
	if got := client.Get("/").Body; got != "GET vald.localhost:8080 fr   " {
		t.Errorf("%q", got)
	}
	if got := client.In("vi").Post("/", url.Values{"a": {"b"}}).Body; got != "POST vald.localhost:8080 vi same-origin b again" {
		t.Errorf("%q", got)
	}
	if got := client.With("Accept-Language", "").Do("PUT", "/", strings.NewReader("")).Body; !strings.HasPrefix(got, "PUT vald.localhost:8080  ") {
		t.Errorf("%q", got)
	}
}

func TestTerritoryIsComplete(t *testing.T) {
	t.Parallel()
	site := Site(t)
	for _, lang := range site.Territory.Languages {
		if site.Territory.Name.In(lang) == "" || len(site.Words.Keys(lang)) < 50 {
			t.Errorf("%s: no name, or few words", lang)
		}
	}
	if !site.Clock.Now().Equal(Noon) {
		t.Error("time stands at noon")
	}
}
