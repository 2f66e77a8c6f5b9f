package web_test

import (
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"parvis/internal/authz"
	"parvis/internal/web"
	"parvis/internal/web/ui"
	"parvis/internal/web/webtest"
)

const strict = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// every is one request for each way that a page can come about.
func every(c *webtest.Client) map[string]*webtest.Page {
	return map[string]*webtest.Page{
		"page": c.Get("/page").Is(200), "shared": c.Get("/shared").Is(200), "from memory": c.Get("/shared").Is(200),
		"not modified": c.With("If-None-Match", "*").Get("/shared").Is(304), "not found": c.Get("/none").Is(404),
		"method": c.Post("/page", nil).Is(405), "redirect": c.Get("/away").Is(303), "refused": c.With("Sec-Fetch-Site", "cross-site").Do("POST", "/page", nil).Is(403),
		"forbidden": c.Get("/users").Is(401), "too large": c.With("Content-Length", "x").Do("POST", "/form", strings.NewReader(strings.Repeat("a", 1<<17))).Is(413),
		"panic": c.Get("/fail/x").Is(500), "head": c.Do("HEAD", "/page", nil).Is(200), "gallery": c.Get("/_ui").Is(200),
	}
}

func headersSite(t *testing.T) (*webtest.Client, string) {
	site := webtest.Site(t)
	site.Demo = true
	site.Sequence = func() int64 { return 1 }
	site.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	c := &counted{}
	shared := get("/shared", c.serve)
	shared.Shared = true
	routes := append(failing(), get("/page", c.serve), shared, post("/form", c.serve),
		get("/away", func(w http.ResponseWriter, r *web.Request) error { return r.Redirect(w, "/page") }),
		web.Route{Method: "GET", Path: "/users", Can: authz.ManageUsers, Serve: c.serve})
	client := open(t, site, routes...)
	return client, client.Get("/page").Attr(`link[rel=stylesheet][href^="/theme-"]`, "href")
}

func TestEveryAnswerHasTheHeaders(t *testing.T) {
	t.Parallel()
	client, _ := headersSite(t)
	want := map[string]string{
		"Content-Security-Policy": strict, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
		"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin", "X-Frame-Options": "DENY",
	}
	for name, page := range every(client) {
		for header, value := range want {
			if got := page.Header.Get(header); got != value {
				t.Errorf("%s: %s is %q", name, header, got)
			}
		}
		if !strings.Contains(page.Header.Get("Permissions-Policy"), "geolocation=(self)") {
			t.Errorf("%s: no permissions policy", name)
		}
		if page.Header.Get("Strict-Transport-Security") != "" {
			t.Errorf("%s: HSTS over http", name)
		}
	}
	for name, page := range every(client.With("X-Forwarded-Proto", "https")) {
		if !strings.HasPrefix(page.Header.Get("Strict-Transport-Security"), "max-age=") {
			t.Errorf("%s: no HSTS over https", name)
		}
	}
}

func TestPagesHaveNothingInline(t *testing.T) {
	t.Parallel()
	client, _ := headersSite(t)
	for name, page := range every(client) {
		if !strings.HasPrefix(page.Header.Get("Content-Type"), "text/html") || page.Sent == 0 || page.Status == 303 {
			continue
		}
		for _, n := range page.All("*") {
			for _, a := range n.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
					t.Errorf("%s: <%s %s=%q>", name, n.Data, a.Key, a.Val)
				}
			}
			if n.Data == "style" || n.Data == "script" && n.FirstChild != nil || n.Data == "noscript" {
				t.Errorf("%s: an inline <%s>", name, n.Data)
			}
		}
	}
}

func TestMapAndEmbedHaveTheirOwnPolicy(t *testing.T) {
	t.Parallel()
	site := webtest.Site(t)
	site.MapSources = []string{"https://tiles.example.org"}
	c := &counted{}
	maps, embed := get("/map", c.serve), get("/embed", c.serve)
	maps.Policy, embed.Policy = web.Map, web.Embed
	client := open(t, site, maps, embed, get("/page", c.serve))
	policy := client.Get("/map").Is(200).Header.Get("Content-Security-Policy")
	for _, part := range []string{"worker-src 'self' blob:", "connect-src 'self' https://tiles.example.org", "img-src 'self' data: blob: https://tiles.example.org", "frame-ancestors 'none'", "script-src 'self';"} {
		if !strings.Contains(policy, part) {
			t.Errorf("map: no %q in %s", part, policy)
		}
	}
	page := client.Get("/embed").Is(200)
	if policy = page.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors *") || page.Header.Get("X-Frame-Options") != "" || page.Header.Get("Cross-Origin-Opener-Policy") != "same-origin" {
		t.Errorf("embed: %s, %v", policy, page.Header)
	}
	if strings.Contains(policy+client.Get("/page").Header.Get("Content-Security-Policy"), "unsafe") {
		t.Error("something unsafe is allowed")
	}
	if client.Get("/page").Header.Get("Content-Security-Policy") != strict {
		t.Error("the others stay strict")
	}
}

func TestFilesAreKeptForEver(t *testing.T) {
	t.Parallel()
	client, theme := headersSite(t)
	types := map[string]string{ui.AssetPath("css/parvis.css"): "text/css; charset=utf-8", ui.AssetPath("js/page.js"): "text/javascript; charset=utf-8", theme: "text/css; charset=utf-8"}
	for path, kind := range types {
		page := client.With("Accept-Encoding", "br, gzip;q=0.8").Get(path).Is(200)
		heavy := page.Header.Get("Permissions-Policy") + page.Header.Get("X-Frame-Options")
		if heavy != "" || page.Header.Get("X-Content-Type-Options") != "nosniff" || page.Header.Get("Content-Security-Policy") != "default-src 'none'" {
			t.Errorf("%s: a file carries what keeps it harmless and no more: %v", path, page.Header)
		}
		if page.Header.Get("Content-Type") != kind || page.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" {
			t.Errorf("%s: %v", path, page.Header)
		}
		if plain := client.With("Accept-Encoding", "gzip;q=0").Get(path); plain.Header.Get("Content-Encoding") != "" || plain.Body != page.Body {
			t.Errorf("%s: not the same without compression", path)
		}
	}
	if got, house := client.Get(theme).Body, string(ui.FindAsset(ui.AssetPath("css/parvis.css")).Body); got != ":root{--hue:205}"+house {
		t.Errorf("theme: %.200q", got)
	}
	client.Get("/assets/parvis-0000000000.css").Is(404)
	client.Get("/assets/../go.mod").Is(404)
	client.Get("/theme-0000000000.css").Is(404)
	if sheet := client.With("Accept-Encoding", "gzip").Get(theme); sheet.Sent > 6144 || sheet.Header.Get("Content-Encoding") != "gzip" {
		t.Errorf("the style sheet is %d bytes, 6144 allowed", sheet.Sent)
	}
}
