package web_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"parvis/internal/web"
	"parvis/internal/web/ui"
	"parvis/internal/web/webtest"
)

func TestTheLogHoldsNothingPersonal(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	site := webtest.Site(t)
	site.Log = slog.New(slog.NewTextHandler(&log, nil))
	c := &counted{}
	client := open(t, site, get("/places/{id}", c.serve), post("/form", c.serve))
	secrets := []string{"zorglub", "43.646", "203.0.113.9", "Mozilla", "ana@", "secret-id"}
	client = client.With("User-Agent", "Mozilla/5").With("Referer", "http://x/?q=zorglub").With("X-Forwarded-For", "203.0.113.9")
	client.Get("/places/secret-id?q=zorglub&lat=43.646&lon=.586").Is(200)
	client.Get("/secret-id/zorglub?q=zorglub").Is(404)
	client.Post("/form", map[string][]string{"mail": {"ana@example.org"}}).Is(200)
	for _, secret := range secrets {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log tells %q:\n%s", secret, log.String())
		}
	}
	for _, fact := range []string{"route=/places/{id}", "status=200", "route=none", "status=404", "method=POST", "territory=vald", "ref="} {
		if !strings.Contains(log.String(), fact) {
			t.Errorf("the log does not tell %q:\n%s", fact, log.String())
		}
	}
	if n := strings.Count(log.String(), "trusted_proxies"); n != 1 {
		t.Errorf("%d warnings about a proxy nobody trusts", n)
	}
}

// tagged is a session middleware as they are: it wraps the writer, and sets a cookie when the header goes out.
type tagged struct{ http.ResponseWriter }

func (t tagged) WriteHeader(status int) {
	t.Header().Set("X-Session", "kept")
	t.ResponseWriter.WriteHeader(status)
}
func (t tagged) Write(b []byte) (int, error) {
	t.Header().Set("X-Session", "kept")
	return t.ResponseWriter.Write(b)
}
func (t tagged) Unwrap() http.ResponseWriter { return t.ResponseWriter }

func TestSessionsMayStandAround(t *testing.T) {
	t.Parallel()
	site := webtest.Site(t)
	site.Around = []func(http.Handler) http.Handler{func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { next.ServeHTTP(tagged{w}, r) })
	}}
	c := &counted{}
	client := open(t, site, append(failing(), get("/", c.serve))...)
	for path, status := range map[string]int{"/": 200, "/fail/conflict": 409, "/none": 404, "/fail/x": 500} {
		page := client.With("Accept-Encoding", "gzip").Get(path).Is(status)
		if session := page.Header.Get("X-Session"); (session == "kept") != (path != "/fail/x") || page.Header.Get("Content-Encoding") != "gzip" {
			t.Errorf("%s: session %q, encoding %q", path, session, page.Header.Get("Content-Encoding"))
		}
	}
}

func TestTooManyIsAPage(t *testing.T) {
	t.Parallel()
	site := webtest.Site(t)
	site.Limits = web.Limits{ReadBurst: 3, Reads: .001, Writes: .001, WriteBurst: 1}
	site.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
	c := &counted{}
	client := open(t, site, get("/", c.serve), post("/", c.serve))
	far := client.With("X-Forwarded-For", "203.0.113.9")
	for i := range 5 {
		status := 200
		if i > 2 {
			status = 429
		}
		if page := far.Get("/").Is(status); status == 429 && (page.Header.Get("Retry-After") == "" || !page.Has(".call a")) {
			t.Error("the page does not help")
		}
		far.Get(ui.AssetPath("css/parvis.css")).Is(200)
	}
	far.Post("/", nil).Is(200)
	far.Post("/", nil).Is(429)
	client.With("X-Forwarded-For", "203.0.113.10").Get("/").Is(200)
	client.Get("/").Is(200)
}

func TestAnswersAreCompressedWhereItPays(t *testing.T) {
	t.Parallel()
	plain := func(kind string, n int, more ...string) web.Handler {
		return func(w http.ResponseWriter, _ *web.Request) error {
			w.Header().Set("Content-Type", kind)
			w.Header().Set("Content-Length", fmt.Sprint(n))
			for i := 0; i < len(more); i += 2 {
				w.Header().Set(more[i], more[i+1])
			}
			_, err := w.Write(bytes.Repeat([]byte("a"), n))
			return err
		}
	}
	client := open(t, webtest.Site(t), get("/json", plain("application/geo+json", 5000)), get("/small", plain("text/plain", 300)),
		get("/png", plain("image/png", 5000)), get("/done", plain("text/plain", 5000, "Content-Encoding", "identity")),
		get("/file", func(w http.ResponseWriter, r *web.Request) error {
			http.ServeContent(w, r.Request, "x.txt", time.Time{}, strings.NewReader(strings.Repeat("b", 5000)))
			return nil
		}))
	zips := client.With("Accept-Encoding", "gzip, br")
	for path, packed := range map[string]bool{"/json": true, "/small": false, "/png": false, "/done": false, "/file": true} {
		page := zips.Get(path).Is(200)
		if (page.Header.Get("Content-Encoding") == "gzip") != packed || packed && page.Header.Get("Content-Length") != "" {
			t.Errorf("%s: %v", path, page.Header)
		}
		if body := client.Get(path).Body; body != page.Body {
			t.Errorf("%s: not the same without compression", path)
		}
	}
	if part := zips.With("Range", "bytes=10-2009").Get("/file").Is(206); part.Body != strings.Repeat("b", 2000) {
		t.Error("a range must stay a range")
	}
}

func TestLivePagesFlow(t *testing.T) {
	t.Parallel()
	live := get("/live", func(w http.ResponseWriter, r *web.Request) error {
		w.Header().Set("Content-Type", "text/event-stream")
		if _, deadline := r.Context().Deadline(); deadline {
			t.Error("a live page has no end")
		}
		for range 2 {
			_, _ = fmt.Fprint(w, "data: x\n\n")
			if err := http.NewResponseController(w).Flush(); err != nil {
				return err
			}
		}
		return nil
	})
	live.Timeout = -1
	server := httptest.NewServer(web.NewHandler(webtest.Site(t), []web.Route{live}))
	defer server.Close()
	answer, err := http.Get(server.URL + "/live")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(answer.Body); err != nil || b.String() != "data: x\n\ndata: x\n\n" || answer.Header.Get("Content-Length") != "" {
		t.Errorf("%q, %v, %v", b.String(), err, answer.Header)
	}
}

func TestRoutesAreCheckedAtStart(t *testing.T) {
	t.Parallel()
	c := &counted{}
	for name, start := range map[string]func(){
		"twice":       func() { web.NewHandler(webtest.Site(t), []web.Route{get("/", c.serve), get("/", c.serve)}) },
		"no action":   func() { web.NewHandler(webtest.Site(t), []web.Route{{Method: "GET", Path: "/", Serve: c.serve}}) },
		"no handler":  func() { web.NewHandler(webtest.Site(t), []web.Route{get("/", nil)}) },
		"bad pattern": func() { web.NewHandler(webtest.Site(t), []web.Route{get("/{", c.serve)}) },
		"bad zone": func() {
			site := webtest.Site(t)
			site.Territory.Zone = "Mars/Olympus"
			web.NewHandler(site, nil)
		},
		"bad origin": func() {
			site := webtest.Site(t)
			site.TrustedOrigins = []string{"example.org"}
			web.NewHandler(site, nil)
		},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: started all the same", name)
				}
			}()
			start()
		}()
	}
}
