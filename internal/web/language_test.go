package web_test

import (
	"net/http"
	"strings"
	"testing"

	"parvis/internal/i18n"
	"parvis/internal/web/webtest"
)

func TestLanguageIsChosen(t *testing.T) {
	t.Parallel()
	client := open(t, webtest.Site(t), get("/", (&counted{}).serve))
	for accept, want := range map[string]string{
		"": "fr", "de": "fr", "vi": "vi", "vi-VN,vi;q=0.9,en;q=0.8": "vi", "de,ro;q=0.5": "ro", "zh-Hans-CN": "zh", "zh-TW": "zh", "en-GB,en": "en", "*": "fr", ";;;q=": "fr",
	} {
		page := client.In(accept).Get("/").Is(200)
		if got := page.Attr("html", "lang"); got != want {
			t.Errorf("Accept-Language %q: %s, want %s", accept, got, want)
		}
		if !strings.Contains(page.Header.Get("Vary"), "Accept-Language") || !strings.Contains(page.Header.Get("Vary"), "Cookie") {
			t.Errorf("Vary: %q", page.Header.Get("Vary"))
		}
	}
}

func TestLanguageIsRememberedAndKeepsThePage(t *testing.T) {
	t.Parallel()
	client := open(t, webtest.Site(t), get("/places/{id}", (&counted{}).serve))
	page := client.Get("/places/caf%C3%A9?q=l%27eau&need=a&need=b").Is(200)
	links := page.All("details.menu a[hreflang]")
	if len(links) != len(i18n.Languages) {
		t.Fatalf("%d languages are offered", len(links))
	}
	href := page.Attr("details.menu a[hreflang=vi]", "href")
	if href != "/places/caf%C3%A9?hl=vi&need=a&need=b&q=l%27eau" {
		t.Errorf("the same page in Vietnamese: %s", href)
	}
	if got := page.Text("details.menu a[hreflang=vi]"); got != "Tiếng Việt" {
		t.Errorf("a language calls itself %q", got)
	}
	page = client.Get(href).Is(200)
	if page.Attr("html", "lang") != "vi" || page.Text("p.here") != "/places/caf%C3%A9?need=a&need=b&q=l%27eau" {
		t.Errorf("lang %s, here %s", page.Attr("html", "lang"), page.Text("p.here"))
	}
	cookie := page.Header.Get("Set-Cookie")
	for _, part := range []string{"hl=vi", "Path=/", "HttpOnly", "SameSite=Lax", "Max-Age=31536000"} {
		if !strings.Contains(cookie, part) {
			t.Errorf("cookie %q has no %s", cookie, part)
		}
	}
	if got := client.Get("/places/x").Attr("html", "lang"); got != "vi" {
		t.Errorf("the choice was forgotten: %s", got)
	}
	if page = client.Get("/places/x?hl=xx"); page.Attr("html", "lang") != "vi" || page.Header.Get("Set-Cookie") != "" {
		t.Error("a language that is not offered must change nothing")
	}
	if got := client.Get("/places/x?hl=fr").Text("header .mark span"); got != "Ville de Vald" {
		t.Errorf("the territory's name: %q", got)
	}
}

func TestSecureCookieOverHTTPS(t *testing.T) {
	t.Parallel()
	client, _ := headersSite(t)
	if got := client.With("X-Forwarded-Proto", "https").Get("/page?hl=en").Header.Get("Set-Cookie"); !strings.Contains(got, "Secure") {
		t.Errorf("cookie over https: %q", got)
	}
}

func TestFrameIsInEveryLanguage(t *testing.T) {
	t.Parallel()
	site := webtest.Site(t)
	site.SignIn = true
	client := open(t, site, get("/", (&counted{}).serve))
	skip := map[string]bool{}
	for _, lang := range i18n.Languages {
		page := client.In(lang).Get("/").Is(http.StatusOK)
		skip[page.Text("a.skip")] = true
		if page.Attr("a.skip", "href") != "#main" || !page.Has("main#main") {
			t.Errorf("%s: the skip link leads nowhere", lang)
		}
		for _, href := range []string{"/legal", "/privacy", "/accessibility", "/help", "/sign-in"} {
			if !page.Has(`footer a[href="` + href + `"]`) {
				t.Errorf("%s: no way to %s", lang, href)
			}
		}
		if page.Has(".demo") || !strings.HasSuffix(page.Text("title"), "· "+page.Text("header .mark span")) {
			t.Errorf("%s: title %q", lang, page.Text("title"))
		}
	}
	if len(skip) != len(i18n.Languages) {
		t.Errorf("skip links: %v", skip)
	}
	site.Demo = true
	if !open(t, site).Get("/_ui").Has("p.demo") || open(t, webtest.Site(t)).Get("/_ui").Status != 404 {
		t.Error("a demo says so and shows the gallery; the real thing does neither")
	}
}
