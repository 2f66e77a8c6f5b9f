package web_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parvis/internal/authz"
	"parvis/internal/i18n"
	"parvis/internal/web"
	"parvis/internal/web/ui"
	"parvis/internal/web/webtest"
)

// TestNobodyGetsAnothersPage: many at once, in five languages, signed in and not, while events come: each answer is in
// the language asked for, names the person who asked and nobody else, and is about the place asked for.
func TestNobodyGetsAnothersPage(t *testing.T) {
	t.Parallel()
	site := webtest.Site(t)
	sequence := &atomic.Int64{}
	site.Sequence = sequence.Load
	site.Who = func(r *http.Request) (authz.Who, error) {
		cookie, err := r.Cookie("session")
		if err != nil {
			return authz.Anybody(), nil
		}
		return authz.Who{Account: cookie.Value, Name: "Person " + cookie.Value, Role: authz.Resident}, nil
	}
	place := get("/places/{id}", func(w http.ResponseWriter, r *web.Request) error {
		return r.Render(w, &hello{Page: ui.Page{Title: "Place " + r.PathValue("id")}})
	})
	place.Shared = true
	h := web.NewHandler(site, []web.Route{place})
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() {
			lang := i18n.Languages[i%len(i18n.Languages)]
			client := webtest.New(t, h).In(lang)
			if i%4 == 0 {
				client = client.With("Cookie", fmt.Sprintf("session=%d", i))
			}
			for n := range 10 {
				id := fmt.Sprint(n % 3)
				page := client.Get("/places/" + id).Is(200)
				if n%4 == 0 {
					sequence.Add(1)
				}
				named := strings.Contains(page.Body, "Person ")
				if page.Attr("html", "lang") != lang || page.Text("h1") != "Place "+id || named != (i%4 == 0) || named && !strings.Contains(page.Text("footer"), fmt.Sprintf("Person %d", i)) {
					t.Errorf("%s asked for place %s: %s, %s, %s", lang, id, page.Attr("html", "lang"), page.Text("h1"), page.Text("footer"))
				}
			}
		})
	}
	all.Wait()
}

// TestRolesAndRoutes: every role at every action, as the table of authz has it, and no page is made for the refused.
func TestRolesAndRoutes(t *testing.T) {
	t.Parallel()
	site := webtest.Site(t)
	var who authz.Who
	site.Who = func(*http.Request) (authz.Who, error) { return who, nil }
	c := &counted{}
	var routes []web.Route
	for i, action := range authz.Actions() {
		routes = append(routes, web.Route{Method: http.MethodGet, Path: fmt.Sprint("/", i), Can: action, Serve: c.serve, Shared: true})
	}
	client := open(t, site, routes...)
	for _, role := range authz.Roles() {
		who = authz.Who{Role: role}
		if role != authz.Visitor {
			who.Account = "1"
		}
		for i, action := range authz.Actions() {
			before := c.n.Load()
			want := http.StatusOK
			switch {
			case authz.Can(role, action):
			case role == authz.Visitor:
				want = http.StatusUnauthorized
			default:
				want = http.StatusForbidden
			}
			client.Get(fmt.Sprint("/", i)).Is(want)
			if (c.n.Load() > before) != (want == http.StatusOK) {
				t.Errorf("%s, %s: the page was made %d times", role, action, c.n.Load()-before)
			}
		}
	}
	who = authz.Who{Role: authz.Manager} // a role without an account is none
	for i, action := range authz.Actions() {
		if page := client.Get(fmt.Sprint("/", i)); page.Status == http.StatusOK && !authz.Can(authz.Visitor, action) {
			t.Errorf("%s is open to a role without an account", action)
		}
	}
}

// TestMemoryKeepsThePolicy: a map page from memory still has a map's content policy.
func TestMemoryKeepsThePolicy(t *testing.T) {
	t.Parallel()
	site := webtest.Site(t)
	site.Sequence = func() int64 { return 1 }
	c := &counted{}
	var routes []web.Route
	for i, policy := range []web.Policy{web.Strict, web.Map, web.Embed} {
		route := get(fmt.Sprint("/", i), c.serve)
		route.Policy, route.Shared = policy, true
		routes = append(routes, route)
	}
	client := open(t, site, routes...)
	seen := map[string]bool{}
	for i := range routes {
		first := client.Get(fmt.Sprint("/", i)).Is(200).Header
		again := client.Get(fmt.Sprint("/", i)).Is(200).Header
		for _, name := range []string{"Content-Security-Policy", "X-Frame-Options", "Cross-Origin-Resource-Policy", "Cross-Origin-Opener-Policy"} {
			if first.Get(name) != again.Get(name) {
				t.Errorf("/%d: %s was %q, from memory %q", i, name, first.Get(name), again.Get(name))
			}
		}
		seen[again.Get("Content-Security-Policy")] = true
	}
	if c.n.Load() != 3 || len(seen) != 3 {
		t.Errorf("%d pages made, %d policies", c.n.Load(), len(seen))
	}
}

// serving runs a site as the program does.
func serving(t *testing.T, site *web.Site, routes ...web.Route) net.Addr {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- web.Serve(ctx, listener, web.NewHandler(site, routes), site.Log, time.Second) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return listener.Addr()
}

// TestOverTheWire says things to the server that no library would, and reads what comes back.
func TestOverTheWire(t *testing.T) {
	t.Parallel()
	c := &counted{}
	addr := serving(t, webtest.Site(t), get("/", c.serve), post("/form", func(w http.ResponseWriter, r *web.Request) error {
		var in struct {
			Name string `form:"name"`
		}
		if err := r.Decode(&in); err != nil {
			return err
		}
		return r.Redirect(w, "/")
	}))
	form := "Content-Type: application/x-www-form-urlencoded\r\n"
	for name, one := range map[string]struct {
		request string
		status  int
	}{
		"a page":               {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", 200},
		"an old browser":       {"GET / HTTP/1.0\r\n\r\n", 200},
		"no host":              {"GET / HTTP/1.1\r\n\r\n", 400},
		"two hosts":            {"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400},
		"a header too large":   {"GET / HTTP/1.1\r\nHost: x\r\nX: " + strings.Repeat("a", 64<<10) + "\r\n\r\n", 431},
		"not a method":         {"GE T / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
		"an invented method":   {"BREW / HTTP/1.1\r\nHost: x\r\n\r\n", 405},
		"a form":               {"POST /form HTTP/1.1\r\nHost: x\r\n" + form + "Content-Length: 8\r\n\r\nname=Ana", 303},
		"a form in pieces":     {"POST /form HTTP/1.1\r\nHost: x\r\n" + form + "Transfer-Encoding: chunked\r\n\r\n8\r\nname=Ana\r\n0\r\n\r\n", 303},
		"two lengths":          {"POST /form HTTP/1.1\r\nHost: x\r\n" + form + "Content-Length: 8\r\nContent-Length: 9\r\n\r\nname=Ana", 400},
		"a length and pieces":  {"POST /form HTTP/1.1\r\nHost: x\r\n" + form + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nname=Ana\r\n0\r\n\r\n", 303},
		"too large, announced": {"POST /form HTTP/1.1\r\nHost: x\r\n" + form + "Content-Length: 99999999\r\n\r\nname=Ana", 413},
		"not a form":           {"POST /form HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", 303},
		"a broken escape":      {"POST /form HTTP/1.1\r\nHost: x\r\n" + form + "Content-Length: 7\r\n\r\nname=%Z", 422},
		"a broken address":     {"GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400},
		"up the folders":       {"GET /assets/..%2f..%2fgo.mod HTTP/1.1\r\nHost: x\r\n\r\n", 404},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn, err := net.Dial("tcp", addr.String())
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
			if _, err := io.WriteString(conn, one.request); err != nil {
				t.Fatal(err)
			}
			answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			if answer.StatusCode != one.status {
				t.Errorf("status %d, want %d", answer.StatusCode, one.status)
			}
			if answer.StatusCode != 400 && answer.StatusCode != 431 && answer.Header.Get("X-Content-Type-Options") != "nosniff" { // those two net/http answers itself
				t.Error("no headers")
			}
		})
	}
}

// TestGetAndHeadSayTheSame: HEAD has every header of GET but those of the body's way.
func TestGetAndHeadSayTheSame(t *testing.T) {
	t.Parallel()
	c := &counted{}
	server := httptest.NewServer(web.NewHandler(webtest.Site(t), append(failing(), get("/", c.serve))))
	defer server.Close()
	for _, path := range []string{"/", "/none", "/fail/conflict", ui.AssetPath("css/parvis.css")} {
		got, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		_ = got.Body.Close()
		head, err := http.Head(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		_ = head.Body.Close()
		if got.StatusCode != head.StatusCode {
			t.Errorf("%s: GET %d, HEAD %d", path, got.StatusCode, head.StatusCode)
		}
		for name := range got.Header {
			if name != "Date" && name != "Content-Length" && name != "Content-Encoding" && head.Header.Get(name) != got.Header.Get(name) {
				t.Errorf("%s: %s: GET %q, HEAD %q", path, name, got.Header.Get(name), head.Header.Get(name))
			}
		}
	}
}
