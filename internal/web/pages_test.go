package web_test

import (
	"embed"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"

	"parvis/internal/authz"
	"parvis/internal/problem"
	"parvis/internal/web"
	"parvis/internal/web/ui"
	"parvis/internal/web/webtest"
)

//go:embed testdata/*.html
var testPages embed.FS

// hello is a page of the tests: it greets, shows its own address, and counts how often it was made.
type hello struct {
	ui.Page
	Made int
	Form ui.Field
	Sum  ui.ErrorSummary
}

var _ = ui.Parse[hello](testPages, "testdata/hello.html")

// counted is a handler that says how often it ran.
type counted struct{ n atomic.Int64 }

func (c *counted) serve(w http.ResponseWriter, r *web.Request) error {
	return r.Render(w, &hello{Page: ui.Page{Title: "Bonjour"}, Made: int(c.n.Add(1))})
}

func get(path string, serve web.Handler) web.Route {
	return web.Route{Method: http.MethodGet, Path: path, Can: authz.ReadPublic, Serve: serve}
}

func post(path string, serve web.Handler) web.Route {
	return web.Route{Method: http.MethodPost, Path: path, Can: authz.ReadPublic, Serve: serve}
}

// failing gives a route for each kind of problem: /fail/not-found and so on, and some that fail in other ways.
func failing() []web.Route {
	return []web.Route{get("/fail/{kind}", func(_ http.ResponseWriter, r *web.Request) error {
		for kind := problem.Internal; kind <= problem.Full; kind++ {
			if kind.String() == r.PathValue("kind") {
				return problem.Because(kind, fmt.Errorf("secret cause of %s", kind))
			}
		}
		panic("secret panic")
	})}
}

// open is a client of a site with these routes.
func open(t *testing.T, site *web.Site, routes ...web.Route) *webtest.Client {
	t.Helper()
	return webtest.New(t, web.NewHandler(site, routes))
}
