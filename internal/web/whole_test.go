package web_test

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"parvis/internal/i18n"
	"parvis/internal/web"
	"parvis/internal/web/webtest"
)

// TestFromMemoryIsTheSame: a page from memory, one just made, and one made for a browser that has some other cookie are
// the same to the byte, with the same headers, in each language.
func TestFromMemoryIsTheSame(t *testing.T) {
	t.Parallel()
	site := webtest.Site(t)
	site.Sequence = func() int64 { return 1 }
	one := &counted{}
	home := get("/places/{id}", func(w http.ResponseWriter, r *web.Request) error { one.n.Store(0); return one.serve(w, r) })
	home.Shared = true
	client := open(t, site, home)
	site2 := webtest.Site(t)
	plain := open(t, site2, home)
	for _, lang := range i18n.Languages {
		made := client.In(lang).Get("/places/a?q=x").Is(200)
		again := client.In(lang).Get("/places/a?q=x").Is(200)
		cookie := client.In(lang).With("Cookie", "other=1").Get("/places/a?q=x").Is(200)
		never := plain.In(lang).Get("/places/a?q=x").Is(200)
		if made.Body != again.Body || made.Body != cookie.Body || made.Body != never.Body {
			t.Errorf("%s: not the same page", lang)
		}
		for name, values := range made.Header {
			if !slices.Equal(again.Header[name], values) || !slices.Equal(cookie.Header[name], values) {
				t.Errorf("%s: %s: %q made, %q from memory, %q with a cookie", lang, name, values, again.Header[name], cookie.Header[name])
			}
		}
		if len(again.Header) != len(made.Header) {
			t.Errorf("%s: other headers from memory: %v", lang, again.Header)
		}
		if never.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("without memory: %q", never.Header.Get("Cache-Control"))
		}
	}
}

// TestNoMemoryWhenNotAsked: a site may go without.
func TestNoMemoryWhenNotAsked(t *testing.T) {
	t.Parallel()
	site := webtest.Site(t)
	site.Sequence = func() int64 { return 1 }
	site.CacheBytes = -1
	c := &counted{}
	home := get("/", c.serve)
	home.Shared = true
	client := open(t, site, home)
	client.Get("/").Is(200)
	client.Get("/").Is(200)
	if c.n.Load() != 2 {
		t.Errorf("made %d times", c.n.Load())
	}
}

// TestOriginIsAsThePersonSeesIt: a QR code on paper must lead to the address that works from outside.
func TestOriginIsAsThePersonSeesIt(t *testing.T) {
	t.Parallel()
	site := webtest.Site(t)
	site.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
	var got string
	client := open(t, site, get("/", func(w http.ResponseWriter, r *web.Request) error {
		got = r.Origin() + " " + r.In(r.Territory.Name)
		return r.Redirect(w, "/")
	}))
	client.In("ro").Get("/").Is(303)
	if got != "http://vald.localhost:8080 Orașul Vald" {
		t.Errorf("%q", got)
	}
	client.With("X-Forwarded-Proto", "https").Get("/").Is(303)
	if got != "https://vald.localhost:8080 Ville de Vald" {
		t.Errorf("behind a proxy: %q", got)
	}
}

// TestThePhoneIsOnEveryPage: whoever cannot go on must find a person.
func TestThePhoneIsOnEveryPage(t *testing.T) {
	t.Parallel()
	site := webtest.Site(t)
	client := open(t, site, get("/", (&counted{}).serve))
	for _, lang := range i18n.Languages {
		page := client.In(lang).Get("/").Is(200)
		if links := page.All(`a[href="tel:0536491234"]`); len(links) != 2 {
			t.Errorf("%s: %d phone links", lang, len(links))
		}
		if footer := page.Text("footer"); !strings.Contains(footer, "17") || !strings.Contains(footer, "112") {
			t.Errorf("%s: no hours or no emergency number: %s", lang, footer)
		}
	}
	site = webtest.Site(t)
	site.PhoneHours = func(p *i18n.Printer) string { return "now: " + p.Lang() }
	if !strings.Contains(open(t, site, get("/", (&counted{}).serve)).Get("/").Text("footer"), "now: fr") {
		t.Error("the house's own word on when the phone answers")
	}
	site = webtest.Site(t)
	site.Territory.Phone, site.Territory.Hours = "", "whenever"
	page := open(t, site, append(failing(), get("/", (&counted{}).serve))...).Get("/")
	if page.Has(`a[href^="tel:05"]`) || page.Has(".call") {
		t.Error("a phone that is not there")
	}
}
