package web

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestWhoTakesGzip(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]bool{
		"gzip": true, "br, gzip;q=0.5": true, "deflate,gzip": true, "": false, "br": false, "gzip;q=0": false, "gzip; q = 0": false, "xgzip": false, "identity": false,
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Accept-Encoding", header)
		if accepts(r) != want {
			t.Errorf("%q: %v", header, !want)
		}
	}
}

func TestTagsMatch(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]bool{`W/"a"`: true, `"a"`: true, `"b", W/"a"`: true, "*": true, `"ab"`: false, "": false, "a": false, `"b"`: false} {
		if matches(header, `W/"a"`) != want {
			t.Errorf("%q: %v", header, !want)
		}
	}
}

func TestRouteNames(t *testing.T) {
	t.Parallel()
	for pattern, want := range map[string]string{"GET /{$}": "/", "GET /places/{id}": "/places/{id}", "": "none", "/x": "/x"} {
		if got := routeName(pattern); got != want {
			t.Errorf("%q: %q", pattern, got)
		}
	}
}

func TestAddressesWithAndWithoutLanguage(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]string{
		"/":                  {"/", "/?hl=vi"},
		"/?hl=fr":            {"/", "/?hl=vi"},
		"/a%2Fb?q=x&hl=fr":   {"/a%2Fb?q=x", "/a%2Fb?hl=vi&q=x"},
		"/p?q=hl%3Dfr":       {"/p?q=hl%3Dfr", "/p?hl=vi&q=hl%3Dfr"},
		"/p?need=a&need=b&z": {"/p?need=a&need=b&z", "/p?hl=vi&need=a&need=b&z="},
		"//a.example/p":      {"/a.example/p", "/a.example/p?hl=vi"}, // else a link of ours leads to another host
		"///a.example?hl=fr": {"/a.example", "/a.example?hl=vi"},
	} {
		u, err := url.ParseRequestURI(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := here(u); got != want[0] {
			t.Errorf("%s: here %s", text, got)
		}
		if got := inLanguage(u, "vi"); got != want[1] {
			t.Errorf("%s: in Vietnamese %s", text, got)
		}
	}
}

func TestHostNames(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]string{"Auch.localhost:8080": "auch.localhost", "auch.localhost.": "auch.localhost", "[::1]:80": "::1", "x": "x", "": ""} {
		if got := hostOf(&http.Request{Host: host}); got != want {
			t.Errorf("%q: %q", host, got)
		}
	}
}

func TestNetworks(t *testing.T) {
	t.Parallel()
	for addr, want := range map[string]string{"203.0.113.7": "203.0.113.7", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::", "fe80::1%eth0": "fe80::"} {
		if got := (peer{addr: netip.MustParseAddr(addr)}).network(); got.String() != want {
			t.Errorf("%s: %s", addr, got)
		}
	}
	if (peer{}).network().IsValid() {
		t.Error("nobody has no network")
	}
}

func TestReferencesCanBeSaid(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 1000 {
		ref := reference()
		if len(ref) != 8 || ref[3] != '-' || strings.ContainsAny(ref, "01IOU") {
			t.Fatalf("reference %q", ref)
		}
		seen[ref] = true
	}
	if len(seen) < 995 {
		t.Errorf("%d of 1000 references differ", len(seen))
	}
}

func TestInventedMethodsAreOneLabel(t *testing.T) {
	t.Parallel()
	m := NewMetrics()
	for _, method := range []string{"BREW", "WHEN", "PROPFIND"} {
		m.answered("none", method, 405, time.Millisecond)
	}
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if !strings.Contains(w.Body.String(), `method="other",route="none",status="405"} 3`) {
		t.Error("whoever invents methods fills the memory of the figures")
	}
	(*Metrics)(nil).answered("x", "GET", 200, 0) // no figures asked for: nothing happens
	(*Metrics)(nil).shared("memory")
}

// TestMemoryAgainstAModel does the same to the memory and to a map that never forgets: what the memory gives is what was
// last made for that key, in this state of the world, or nothing.
func TestMemoryAgainstAModel(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := newMemory(40_000)
		type made struct {
			e        *entry
			sequence int64
			tick     time.Time
		}
		model := map[string]made{}
		route := &Route{Fresh: rapid.SampledFrom([]time.Duration{0, time.Minute}).Draw(t, "fresh")}
		sequence, now := int64(1), time.Unix(1_700_000_000, 0)
		t.Repeat(map[string]func(*rapid.T){
			"event": func(*rapid.T) { sequence++ },
			"wait":  func(t *rapid.T) { now = now.Add(time.Duration(rapid.IntRange(1, 90).Draw(t, "seconds")) * time.Second) },
			"ask": func(t *rapid.T) {
				name := rapid.StringMatching("[a-f]").Draw(t, "key")
				fresh := false
				got := m.get(name, sequence, now, func() *entry {
					fresh = true
					k := newKept()
					_, _ = k.Write(make([]byte, rapid.IntRange(0, 6000).Draw(t, "bytes")))
					e := newEntry(name, route, sequence, tick(route, now), k)
					model[name] = made{e, sequence, tick(route, now)}
					return e
				})
				want := model[name]
				if got != want.e || !fresh && (want.sequence != sequence || !want.tick.Equal(tick(route, now))) {
					t.Fatalf("%s: an old page was given", name)
				}
			},
			"": func(t *rapid.T) {
				total := int64(0)
				for at := m.recent.Front(); at != nil; at = at.Next() {
					total += at.Value.(*entry).size()
				}
				if total != m.bytes || m.bytes > m.max || len(m.byKey) != m.recent.Len() || len(m.making) != 0 {
					t.Fatalf("%d bytes counted, %d kept, %d allowed", m.bytes, total, m.max)
				}
			},
		})
	})
}

// FuzzLocal: no address that is taken for ours leads a browser elsewhere.
func FuzzLocal(f *testing.F) {
	for _, seed := range []string{"/", "//evil", "/\\evil", "/a?b=//c", "https://evil", "/%2f/evil", "/\t/evil", "/x#//evil", "\x00/"} {
		f.Add(seed)
	}
	base, _ := url.Parse("https://vald.example/here")
	f.Fuzz(func(t *testing.T, address string) {
		if !local(address) {
			return
		}
		if seen := strings.NewReplacer("\\", "/", "\t", "", "\r", "", "\n", "").Replace(strings.TrimLeft(address, " \x00\v\f")); strings.HasPrefix(seen, "//") || !strings.HasPrefix(seen, "/") {
			t.Errorf("%q is %q to a browser", address, seen)
		}
		to, err := base.Parse(address)
		if err != nil || to.Host != "vald.example" || to.Scheme != "https" || strings.ContainsAny(address, "\r\n") {
			t.Errorf("%q leads to %v", address, to)
		}
	})
}

// FuzzClean: what is cleaned is valid, trimmed, without control characters, and cleaned again the same.
func FuzzClean(f *testing.F) {
	for _, seed := range []string{"a\r\nb", "\x00", "\xff", " é ", "\u2028", "\ufeffa"} {
		f.Add(seed, true)
		f.Add(seed, false)
	}
	f.Fuzz(func(t *testing.T, text string, lines bool) {
		got := clean(text, lines)
		if !utf8.ValidString(got) || got != strings.TrimSpace(got) || clean(got, lines) != got {
			t.Errorf("%q became %q", text, got)
		}
		for _, c := range got {
			if unicode.IsControl(c) && !(lines && c == '\n') {
				t.Errorf("%q still has %U", got, c)
			}
		}
	})
}

// FuzzPeer: no stranger is believed, and no header that a person writes stands for her address.
func FuzzPeer(f *testing.F) {
	f.Add("10.0.0.1:1", "1.2.3.4, 10.0.0.2", "https")
	f.Add("nonsense", ",,,", "")
	f.Add("10.0.0.1:1", "2001:db8::1%eth0,::ffff:10.1.1.1", "HTTPS")
	f.Add("[::ffff:10.0.0.1]:9", "1.2.3.4", "http")
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	f.Fuzz(func(t *testing.T, remote, forwarded, proto string) {
		r := &http.Request{RemoteAddr: remote, Header: http.Header{"X-Forwarded-For": {forwarded}, "X-Forwarded-Proto": {proto}}}
		p := findPeer(r, trusted)
		from, err := netip.ParseAddrPort(remote)
		if err != nil || !trusted[0].Contains(from.Addr().Unmap()) {
			if p.https || p.addr.IsValid() && p.addr != from.Addr().Unmap() {
				t.Errorf("a stranger is believed: %+v", p)
			}
		}
		if n := p.network(); n.Is6() && n.As16() != netip.PrefixFrom(n, 64).Masked().Addr().As16() {
			t.Errorf("%s is more than a network", n)
		}
		again := func(forwarded string) peer {
			r.Header.Set("X-Forwarded-For", forwarded)
			return findPeer(r, trusted)
		}
		if p.addr.IsValid() && !trusted[0].Contains(p.addr) {
			if got := again("6.6.6.6, " + forwarded); got != p { // what a person's own header says stands in front
				t.Errorf("%q: %+v, with a forged address %+v", forwarded, p, got)
			}
			if got := again(forwarded + ", 10.9.9.9"); got != p {
				t.Errorf("%q: %+v, behind one more proxy %+v", forwarded, p, got)
			}
		}
	})
}
