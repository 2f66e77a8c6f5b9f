package web_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"parvis/internal/authz"
	"parvis/internal/i18n"
	"parvis/internal/i18n/i18ntest"
	"parvis/internal/problem"
	"parvis/internal/web"
	"parvis/internal/web/webtest"
)

func TestWordsAreInEveryLanguage(t *testing.T) {
	t.Parallel()
	i18ntest.Check(t, web.Locales)
}

func TestErrorsBecomePagesThatHelp(t *testing.T) {
	t.Parallel()
	want := map[problem.Kind]int{
		problem.Internal: 500, problem.Invalid: 422, problem.NotFound: 404, problem.Gone: 410, problem.Unauthenticated: 401,
		problem.Forbidden: 403, problem.Conflict: 409, problem.TooLarge: 413, problem.TooMany: 429, problem.Unavailable: 503, problem.Full: 507,
	}
	var log bytes.Buffer
	site := webtest.Site(t)
	site.Log = slog.New(slog.NewTextHandler(&log, nil))
	site.SignIn = true
	client := open(t, site, failing()...)
	titles := map[string]bool{}
	for _, lang := range i18n.Languages {
		for kind, status := range want {
			log.Reset()
			page := client.In(lang).Get("/fail/" + url.PathEscape(kind.String())).Is(status)
			titles[page.Text("h1")] = true
			ref := page.Text(".ref code")
			if len(ref) < 7 || !strings.Contains(log.String(), ref) || !strings.Contains(log.String(), "secret cause") {
				t.Errorf("%s %s: reference %q and the cause must be in the log: %s", lang, kind, ref, log.String())
			}
			if strings.Contains(page.Body, "secret") {
				t.Errorf("%s %s: the page tells the cause", lang, kind)
			}
			if page.Attr(".call a", "href") != "tel:0536491234" || !page.Has(".ways a") {
				t.Errorf("%s %s: no phone number, or no way on", lang, kind)
			}
			if search := page.Has("form[role=search] input[name=q]"); search != (status == 404 || status == 410) {
				t.Errorf("%s %s: search box: %v", lang, kind, search)
			}
			if got := page.Header.Get("Cache-Control"); got != "no-store" {
				t.Errorf("%s %s: Cache-Control %q", lang, kind, got)
			}
		}
	}
	if len(titles) != len(want)*len(i18n.Languages) {
		t.Errorf("%d titles for %d kinds in %d languages", len(titles), len(want), len(i18n.Languages))
	}
	if page := client.Get("/fail/unauthenticated"); !page.Has(`a[href="/sign-in?next=%2Ffail%2Funauthenticated"]`) {
		t.Error("no way to sign in")
	}
}

func TestPanicIsAPageToo(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	site := webtest.Site(t)
	site.Log = slog.New(slog.NewTextHandler(&log, nil))
	page := open(t, site, failing()...).Get("/fail/panic").Is(http.StatusInternalServerError)
	if strings.Contains(page.Body, "secret") || !strings.Contains(log.String(), "secret panic") || !strings.Contains(log.String(), "pages_test.go") {
		t.Errorf("the page tells too much, or the log too little: %.300s", log.String())
	}
}

func TestUnknownAddresses(t *testing.T) {
	t.Parallel()
	c := &counted{}
	client := open(t, webtest.Site(t), get("/", c.serve), get("/places", c.serve), get("/places/{id}", c.serve), post("/places/{id}", c.serve))
	for _, lang := range i18n.Languages {
		client.In(lang).Get("/nowhere").Is(http.StatusNotFound).One("form[role=search]")
	}
	if got := client.Get("/places/?q=a+b").Is(http.StatusMovedPermanently).Header.Get("Location"); got != "/places?q=a+b" {
		t.Errorf("a last slash leads to %q", got)
	}
	client.Get("/nowhere/").Is(http.StatusNotFound)
	client.Get("//evil.example/").Is(http.StatusNotFound)
	page := client.Post("/places", nil).Is(http.StatusMethodNotAllowed)
	if got := page.Header.Get("Allow"); got != "GET, HEAD" {
		t.Errorf("Allow: %q", got)
	}
	client.Post("/", nil).Is(http.StatusMethodNotAllowed)
	if page := client.Do(http.MethodHead, "/places", nil).Is(http.StatusOK); page.Header.Get("Content-Type") == "" {
		t.Error("HEAD has the headers of GET")
	}
	if c.n.Load() != 1 {
		t.Errorf("%d pages were made", c.n.Load())
	}
}

func TestWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	c := &counted{}
	site := webtest.Site(t)
	who := authz.Anybody()
	site.Who = func(r *http.Request) (authz.Who, error) {
		if r.Header.Get("X-Broken") != "" {
			return authz.Who{}, problem.New(problem.Unavailable, "")
		}
		return who, nil
	}
	site.Nav = []web.Nav{{Href: "/users", Key: "web.role-manager", Can: authz.ManageUsers}, {Href: "/places", Key: "web.role-visitor"}}
	client := open(t, site, web.Route{Method: "GET", Path: "/users", Can: authz.ManageUsers, Serve: c.serve})
	client.Get("/users").Is(http.StatusUnauthorized)
	who = authz.Who{Account: "1", Name: "Ana Pop", Role: authz.Agent}
	client.Get("/users").Is(http.StatusForbidden)
	if c.n.Load() != 0 {
		t.Error("the page was made for who may not see it")
	}
	who.Role = authz.Manager
	page := client.Get("/users").Is(http.StatusOK)
	if got := page.Texts("header nav a"); len(got) != 3 || got[0] != "responsable" {
		t.Errorf("ways in: %q", got)
	}
	if !strings.Contains(page.Text("footer"), "Ana Pop") || page.Attr("footer form", "action") != "/sign-out" {
		t.Error("the page does not say who is signed in")
	}
	client.With("X-Broken", "1").Get("/users").Is(http.StatusServiceUnavailable)
}

func TestWorkHasAnEnd(t *testing.T) {
	t.Parallel()
	slow := get("/slow", func(_ http.ResponseWriter, r *web.Request) error {
		<-r.Context().Done()
		return r.Context().Err()
	})
	slow.Timeout = 5 * time.Millisecond
	page := open(t, webtest.Site(t), slow).Get("/slow").Is(http.StatusServiceUnavailable)
	if page.Header.Get("Retry-After") == "" {
		t.Error("no word on when to come back")
	}
}

func TestWhoLeavesGetsNothing(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	site := webtest.Site(t)
	site.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelError}))
	h := web.NewHandler(site, []web.Route{get("/", func(_ http.ResponseWriter, r *web.Request) error { return context.Canceled })})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r, _ := http.NewRequestWithContext(ctx, http.MethodGet, "/", nil)
	w := &quiet{header: http.Header{}}
	h.ServeHTTP(w, r)
	if w.wrote > 0 || log.Len() > 0 {
		t.Errorf("%d bytes written, log %s", w.wrote, log.String())
	}
}

type quiet struct {
	header http.Header
	wrote  int
}

func (q *quiet) Header() http.Header         { return q.header }
func (q *quiet) WriteHeader(int)             {}
func (q *quiet) Write(b []byte) (int, error) { q.wrote += len(b); return len(b), nil }
