package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"parvis/internal/authz"
	"parvis/internal/web"
	"parvis/internal/web/webtest"
)

func TestAPageKnowsWhereOneAsksFrom(t *testing.T) {
	t.Parallel()
	site := webtest.Site(t)
	site.Proxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	var network netip.Addr
	var here, safe bool
	handler := web.NewHandler(site, []web.Route{{Method: "GET", Path: "/where", Can: authz.ReadPublic, Serve: func(w http.ResponseWriter, r *web.Request) error {
		network, here, safe = web.Network(r.Request), web.OnThisMachine(r.Request), web.Secure(r.Request)
		w.WriteHeader(http.StatusNoContent)
		return nil
	}}})
	for _, c := range []struct {
		from, forwarded, scheme string
		network                 string
		here, safe              bool
	}{
		{"127.0.0.1:4000", "", "", "127.0.0.1", true, false},
		{"[::1]:4000", "", "", "::", true, false},
		{"127.0.0.1:4000", "192.0.2.1", "https", "127.0.0.1", false, false}, // a proxy that nobody named
		{"192.0.2.1:4000", "", "", "192.0.2.1", false, false},
		{"[2001:db8:1:2:3::4]:4000", "", "", "2001:db8:1:2::", false, false},
		{"10.0.0.1:4000", "192.0.2.1", "https", "192.0.2.1", false, true},
		{"10.0.0.1:4000", "127.0.0.1", "https", "127.0.0.1", false, true},
	} {
		r := httptest.NewRequest("GET", "/where", nil)
		r.RemoteAddr = c.from
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
			r.Header.Set("X-Forwarded-Proto", c.scheme)
		}
		handler.ServeHTTP(httptest.NewRecorder(), r)
		if network.String() != c.network || here != c.here || safe != c.safe {
			t.Errorf("from %s for %q: %s, here %v, safe %v", c.from, c.forwarded, network, here, safe)
		}
	}
	if outside := httptest.NewRequest("GET", "/", nil); web.Network(outside).IsValid() || web.OnThisMachine(outside) {
		t.Error("outside of a handler, somebody is known")
	}
}
