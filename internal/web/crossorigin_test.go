package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"parvis/internal/web"
	"parvis/internal/web/webtest"
)

func TestOtherSitesCannotWrite(t *testing.T) {
	t.Parallel()
	site := webtest.Site(t)
	site.TrustedOrigins = []string{"https://friend.example"}
	c := &counted{}
	routes := []web.Route{post("/form", c.serve), get("/form", c.serve),
		{Method: "PUT", Path: "/form", Can: "read public pages", Serve: c.serve}, {Method: "DELETE", Path: "/form", Can: "read public pages", Serve: c.serve}}
	client := open(t, site, routes...)
	cases := []struct {
		fetch, origin string
		may           bool
	}{
		{"same-origin", "", true}, {"none", "", true}, {"", "", true}, {"", "http://vald.localhost:8080", true},
		{"same-origin", "http://vald.localhost:8080", true}, {"cross-site", "https://friend.example", true},
		{"cross-site", "", false}, {"same-site", "", false}, {"cross-site", "https://evil.example", false},
		{"", "https://evil.example", false}, {"", "null", false}, {"", "http://auch.localhost:8080", false}, {"", "http://vald.localhost:9090", false},
	}
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete} {
		for _, one := range cases {
			before := c.n.Load()
			page := client.With("Sec-Fetch-Site", one.fetch).With("Origin", one.origin).Do(method, "/form", strings.NewReader(""))
			reads := method == http.MethodGet || method == http.MethodHead
			if may := one.may || reads; may != (page.Status == 200) || may != (c.n.Load() > before) {
				t.Errorf("%s from %q (%s): status %d, made %v", method, one.origin, one.fetch, page.Status, c.n.Load() > before)
			}
			if !one.may && !reads && page.Text(".ref code") == "" {
				t.Errorf("%s: the refusal has no reference", method)
			}
		}
	}
}

func TestRedirectsStayHere(t *testing.T) {
	t.Parallel()
	client := open(t, webtest.Site(t), get("/go", func(w http.ResponseWriter, r *web.Request) error {
		return r.Redirect(w, r.URL.Query().Get("to"))
	}))
	for to, may := range map[string]bool{
		"/": true, "/places?q=a&hl=fr#top": true, "https://evil.example/": false, "//evil.example": false, "/\\evil.example": false,
		"javascript:alert(1)": false, "places": false, "": false, "/a\r\nSet-Cookie: x=1": false, "\t//evil.example": false,
	} {
		page := client.Get("/go?to=" + url.QueryEscape(to))
		if (page.Status == http.StatusSeeOther) != may {
			t.Errorf("%q: status %d", to, page.Status)
		}
		if want := map[bool]string{true: to, false: "/home"}[may]; web.Local(to, "/home") != want {
			t.Errorf("Local(%q) is %q", to, web.Local(to, "/home"))
		}
	}
}
