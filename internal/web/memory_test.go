package web

import (
	"compress/gzip"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"

	"parvis/internal/i18n"
)

func page(key string, bytes int) *entry {
	made := newKept()
	made.header["Content-Type"] = htmlType
	text := make([]byte, bytes)
	_, _ = rand.NewChaCha8([32]byte{}).Read(text) // does not get smaller
	_, _ = made.Write(text)
	return newEntry(key, &Route{}, 1, time.Time{}, made)
}

func TestMemoryHasAnEnd(t *testing.T) {
	t.Parallel()
	m := newMemory(100_000)
	keep := func(key string, bytes int) {
		m.get(key, 1, time.Time{}, func() *entry { return page(key, bytes) })
	}
	for i := range 100 {
		keep(fmt.Sprint(i), 4000)
		m.find("0", 1, time.Time{}) // asked for again and again
		if m.bytes > m.max {
			t.Fatalf("%d bytes kept", m.bytes)
		}
	}
	if m.find("0", 1, time.Time{}) == nil || m.find("1", 1, time.Time{}) != nil || m.find("99", 1, time.Time{}) == nil {
		t.Error("what was asked for last is kept, the rest goes")
	}
	keep("large", 50_000)
	if m.find("large", 1, time.Time{}) != nil {
		t.Error("one page must not push out all others")
	}
	if m.find("99", 2, time.Time{}) != nil || len(m.byKey) != m.recent.Len() {
		t.Error("a page from before an event is gone")
	}
}

func TestWhoIsThere(t *testing.T) {
	t.Parallel()
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	for _, one := range []struct {
		remote, forwarded, proto string
		addr                     string
		https, direct, foreign   bool
	}{
		{"203.0.113.7:5000", "", "", "203.0.113.7", false, true, false},
		{"203.0.113.7:5000", "198.51.100.1", "https", "203.0.113.7", false, false, true},
		{"10.0.0.1:80", "198.51.100.1", "https", "198.51.100.1", true, false, false},
		{"10.0.0.1:80", "6.6.6.6, 198.51.100.1, 10.2.2.2", "http", "198.51.100.1", false, false, false},
		{"[::1]:80", "2001:db8::5", "HTTPS", "2001:db8::5", true, false, false},
		{"10.0.0.1:80", "nonsense", "", "10.0.0.1", false, false, false},
		{"10.0.0.1:80", "10.0.0.2", "", "10.0.0.2", false, false, false},
		{"[::ffff:203.0.113.7]:5000", "", "", "203.0.113.7", false, true, false},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = one.remote
		if one.forwarded != "" {
			r.Header.Set("X-Forwarded-For", one.forwarded)
		}
		if one.proto != "" {
			r.Header.Set("X-Forwarded-Proto", one.proto)
		}
		if p := findPeer(r, trusted); p.addr.String() != one.addr || p.https != one.https || p.direct != one.direct || p.foreign != one.foreign {
			t.Errorf("%+v: got %+v", one, p)
		}
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	l := newLimiter(Limits{Reads: 1, ReadBurst: 5, Writes: .5, WriteBurst: 2})
	now := time.Date(2026, 11, 25, 11, 0, 0, 0, time.UTC)
	ask := func(addr, method string) bool { return l.allow(peer{addr: netip.MustParseAddr(addr)}, method, now) }
	burst := func(addr, method string) (n int) {
		for n < 50 && ask(addr, method) {
			n++
		}
		return n
	}
	if got := burst("203.0.113.7", "GET"); got != 5 {
		t.Errorf("%d reads at once", got)
	}
	if got := burst("203.0.113.7", "POST"); got != 2 {
		t.Errorf("%d writes at once", got)
	}
	if !ask("203.0.113.8", "GET") {
		t.Error("a neighbour pays")
	}
	burst("2001:db8::1", "POST")
	if ask("2001:db8::ffff:1", "POST") || !ask("2001:db8:0:1::1", "POST") {
		t.Error("an IPv6 network is a /64")
	}
	now = now.Add(3 * time.Second)
	if got := burst("203.0.113.7", "GET"); got != 3 {
		t.Errorf("%d reads after three seconds", got)
	}
	now = now.Add(10 * time.Minute)
	ask("198.51.100.1", "GET")
	if len(l.known) != 1 {
		t.Errorf("%d networks are known after ten quiet minutes", len(l.known))
	}
	here := peer{addr: netip.MustParseAddr("127.0.0.1"), direct: true}
	for range 100 {
		if !l.allow(here, "POST", now) {
			t.Fatal("the machine itself is not limited")
		}
	}
	here.direct = false
	allowed := 0
	for range 3 {
		if l.allow(here, "POST", now) {
			allowed++
		}
	}
	if allowed == 3 {
		t.Error("who comes through a proxy that nobody trusts is not limited")
	}
	open := newLimiter(Limits{Reads: -1, Writes: -1})
	for range 5000 {
		if !open.allow(peer{addr: netip.MustParseAddr("203.0.113.7")}, "POST", now) {
			t.Fatal("a negative limit is none")
		}
	}
}

func TestACrowdIsForgottenEarly(t *testing.T) {
	t.Parallel()
	l := newLimiter(Limits{})
	l.crowded = 10
	now := time.Date(2026, 11, 25, 11, 0, 0, 0, time.UTC)
	for i := range 300 {
		l.allow(peer{addr: netip.AddrFrom4([4]byte{203, 0, byte(i >> 8), byte(i)})}, "GET", now)
		now = now.Add(time.Second)
	}
	if len(l.known) > 30 {
		t.Errorf("%d networks are remembered", len(l.known))
	}
}

func TestPhoneWeek(t *testing.T) {
	t.Parallel()
	bundle := i18n.NewBundle()
	if err := bundle.Add(Locales); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"Mo-Fr 08:30-12:00,13:30-17:30":  "Monday to Friday 08:30–12:00, 13:30–17:30",
		"Mo 09:00-12:00; Sa 10:00-11:00": "Monday 09:00–12:00, Saturday 10:00–11:00", "": "", "by chance": "",
	} {
		if got := phoneWeek(text, bundle.Printer("en", time.UTC, "EUR")); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := phoneWeek("Mo-Fr 08:30-17:30; Sa 09:00-12:00", bundle.Printer("zh", time.UTC, "CNY")); got != "星期一至星期五 08:30–17:30；星期六 09:00–12:00" {
		t.Errorf("zh: %q", got)
	}
}

// TestPagesFromMemoryAreTheSameForAll: a page is kept compressed alone; who does not take that gets the same text.
func TestPagesFromMemoryAreTheSameForAll(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("<p>Une page qui se répète.</p>\n", 200)
	made := newKept()
	made.header["Content-Type"] = htmlType
	_, _ = made.Write([]byte(text))
	e := newEntry("home", &Route{}, 1, time.Time{}, made)
	if int(e.size()) > len(text)/4 {
		t.Errorf("%d bytes are kept of a page of %d that repeats itself", e.size(), len(text))
	}
	answer := func(method, takes, has string) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), method, "/", nil)
		r.Header.Set("Accept-Encoding", takes)
		r.Header.Set("If-None-Match", has)
		w := httptest.NewRecorder()
		if status, sent := e.serve(w, r); status != w.Code || sent != int64(w.Body.Len()) {
			t.Errorf("%s %s: said %d with %d bytes, sent %d with %d", method, takes, status, sent, w.Code, w.Body.Len())
		}
		return w
	}
	plain, packed := answer("GET", "", ""), answer("GET", "gzip", "")
	if plain.Body.String() != text || plain.Header().Get("Content-Encoding") != "" || plain.Header().Get("Content-Length") != strconv.Itoa(len(text)) {
		t.Errorf("plain: %v with %d bytes", plain.Header(), plain.Body.Len())
	}
	unpacked, err := gzip.NewReader(packed.Body)
	if err != nil || packed.Header().Get("Content-Encoding") != "gzip" {
		t.Fatalf("compressed: %v, %v", packed.Header(), err)
	}
	if got, err := io.ReadAll(unpacked); err != nil || string(got) != text {
		t.Errorf("compressed, it says %d bytes, %v", len(got), err)
	}
	if tag := plain.Header().Get("Etag"); tag == "" || tag != packed.Header().Get("Etag") || answer("GET", "", tag).Code != 304 {
		t.Errorf("tag %q, compressed %q", tag, packed.Header().Get("Etag"))
	}
	for _, takes := range []string{"", "gzip"} {
		if head := answer("HEAD", takes, ""); head.Body.Len() != 0 || head.Header().Get("Content-Length") == "" {
			t.Errorf("HEAD %s: %v, %d bytes", takes, head.Header(), head.Body.Len())
		}
	}
}
