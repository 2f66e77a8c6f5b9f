package web_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"

	"parvis/internal/authz"
	"parvis/internal/problem"
	"parvis/internal/web"
	"parvis/internal/web/webtest"
)

// TestWhatIsNoPageIsSentOnce: a reader who has it already is told so.
func TestWhatIsNoPageIsSentOnce(t *testing.T) {
	t.Parallel()
	c := webtest.New(t, web.NewHandler(webtest.Site(t), []web.Route{{Method: http.MethodGet, Path: "/api/list", Can: authz.ReadPublic, Policy: web.Open,
		Serve: func(w http.ResponseWriter, r *web.Request) error {
			return r.Send(w, "text/csv", []byte("id,name\n"+r.FormValue("name")))
		}}}))
	first := c.Get("/api/list?name=a").Is(http.StatusOK)
	tag := first.Header.Get("Etag")
	if first.Body != "id,name\na" || tag == "" || first.Header.Get("Content-Type") != "text/csv" {
		t.Errorf("%q %v", first.Body, first.Header)
	}
	for has, want := range map[string]int{"": 200, tag: 304, `"x", ` + tag: 304, "*": 304, strings.TrimPrefix(tag, "W/"): 304, `W/"x"`: 200} {
		if again := c.With("If-None-Match", has).Get("/api/list?name=a"); again.Status != want || want == 304 && again.Body != "" {
			t.Errorf("who has %q gets %d with %q, want %d", has, again.Status, again.Body, want)
		}
	}
	if other := c.With("If-None-Match", tag).Get("/api/list?name=b"); other.Status != 200 {
		t.Errorf("another text: %d", other.Status)
	}
}

// TestProgramsGetACodeAndASentence: under /api/ an error is JSON, read from any origin, and its cause stays in the log.
func TestProgramsGetACodeAndASentence(t *testing.T) {
	t.Parallel()
	answers := map[string]error{
		"/api/gone": problem.New(problem.Gone, ""), "/api/lost": problem.New(problem.NotFound, ""),
		"/api/broken": errors.New("secret cause"), "/api/often": problem.New(problem.TooMany, ""),
	}
	var routes []web.Route
	for path, err := range answers {
		routes = append(routes, web.Route{Method: http.MethodGet, Path: path, Can: authz.ReadPublic, Policy: web.Open, Serve: func(http.ResponseWriter, *web.Request) error { return err }})
	}
	c := webtest.New(t, web.NewHandler(webtest.Site(t), routes))
	for path, want := range map[string]struct {
		status int
		code   string
	}{"/api/gone": {410, "gone"}, "/api/lost": {404, "not-found"}, "/api/broken": {500, "internal"}, "/api/often": {429, "too-many"}, "/api/nothing": {404, "not-found"}} {
		page := c.Get(path).Is(want.status)
		var said struct{ Code, Sentence, Reference string }
		if err := json.Unmarshal([]byte(page.Body), &said); err != nil || said.Code != want.code || said.Sentence == "" || said.Reference == "" {
			t.Errorf("%s: %v %s", path, err, page.Body)
		}
		if strings.Contains(page.Body, "secret") || page.Header.Get("Access-Control-Allow-Origin") != "*" || page.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %s %v", path, page.Body, page.Header)
		}
	}
	if page := c.Get("/nothing").Is(http.StatusNotFound); page.Header.Get("Access-Control-Allow-Origin") != "" || !strings.Contains(page.Body, "<h1") {
		t.Error("people get what programs get")
	}
}
