package web_test

import (
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parvis/internal/authz"
	"parvis/internal/clock"
	"parvis/internal/web"
	"parvis/internal/web/ui"
	"parvis/internal/web/webtest"
)

// remembered is a site whose page at / is shared, with what moves it.
type remembered struct {
	*webtest.Client
	made     *counted
	sequence *atomic.Int64
	clock    *clock.Manual
	who      authz.Who
}

func remember(t *testing.T, fresh time.Duration) *remembered {
	r := &remembered{made: &counted{}, sequence: &atomic.Int64{}, clock: clock.At(webtest.Noon), who: authz.Anybody()}
	site := webtest.Site(t)
	site.Clock, site.Sequence = r.clock, r.sequence.Load
	site.Who = func(q *http.Request) (authz.Who, error) {
		if _, err := q.Cookie("session"); err != nil {
			return authz.Anybody(), nil
		}
		return r.who, nil
	}
	home := get("/", r.made.serve)
	home.Shared, home.Fresh = true, fresh
	place := get("/places/{id}", r.made.serve)
	place.Shared = true
	r.Client = open(t, site, home, place)
	return r
}

func (r *remembered) makes(t *testing.T, what string, want int, ask func()) {
	t.Helper()
	before := r.made.n.Load()
	ask()
	if got := int(r.made.n.Load() - before); got != want {
		t.Errorf("%s: made %d times, want %d", what, got, want)
	}
}

func TestSharedPagesAreMadeOnce(t *testing.T) {
	t.Parallel()
	r := remember(t, 0)
	ask := func(path string) func() { return func() { r.Get(path).Is(200) } }
	r.makes(t, "first", 1, ask("/"))
	r.makes(t, "again", 0, ask("/"))
	r.makes(t, "other query", 1, ask("/?q=a&p=1"))
	r.makes(t, "same query, other order", 0, ask("/?p=1&q=a"))
	r.makes(t, "other place", 1, ask("/places/1"))
	r.makes(t, "another place", 1, ask("/places/2"))
	r.makes(t, "other language", 1, func() { r.In("vi").Get("/").Is(200) })
	r.makes(t, "chosen language", 0, func() {
		if page := r.Get("/?hl=vi").Is(200); page.Attr("html", "lang") != "vi" || !strings.Contains(page.Header.Get("Set-Cookie"), "hl=vi") {
			t.Error("a choice of language must be remembered from memory, too")
		}
	})
	r.makes(t, "remembered language", 0, ask("/"))
	r.makes(t, "hours later", 0, func() { r.clock.Advance(5 * time.Hour); r.Get("/") })
	r.makes(t, "too long a query", 2, func() { long := "/?q=" + strings.Repeat("a", 600); r.Get(long); r.Get(long) })
}

func TestAnEventDropsWhatIsKept(t *testing.T) {
	t.Parallel()
	r := remember(t, 0)
	r.Get("/")
	r.sequence.Add(1)
	r.makes(t, "after an event", 1, func() {
		if got := r.Get("/").Text("p.made"); got != "2" {
			t.Errorf("an old page was shown: %s", got)
		}
	})
	r.makes(t, "then again", 0, func() { r.Get("/") })
}

func TestOpenNowIsTrueToTheMinute(t *testing.T) {
	t.Parallel()
	r := remember(t, time.Minute)
	r.clock.Set(webtest.Noon.Add(20 * time.Second))
	r.Get("/")
	r.makes(t, "same minute", 0, func() { r.clock.Advance(39 * time.Second); r.Get("/") })
	r.makes(t, "next minute", 1, func() { r.clock.Advance(time.Second); r.Get("/") })
}

func TestWhatOnePersonSeesIsKeptFromOthers(t *testing.T) {
	t.Parallel()
	r := remember(t, 0)
	r.who = authz.Who{Account: "1", Name: "Ana Pop", Role: authz.Resident}
	in := r.With("Cookie", "session=1")
	r.makes(t, "signed in, twice", 2, func() {
		for range 2 {
			page := in.Get("/").Is(200)
			if page.Header.Get("Cache-Control") != "no-store" || !strings.Contains(page.Text("footer"), "Ana Pop") {
				t.Errorf("Cache-Control %q", page.Header.Get("Cache-Control"))
			}
		}
	})
	r.makes(t, "a visitor after", 1, func() {
		if strings.Contains(r.Get("/").Text("footer"), "Ana Pop") {
			t.Error("a visitor sees who was signed in")
		}
	})
	r.who = authz.Anybody()
	r.makes(t, "an old session is a visitor", 0, func() { in.Get("/") })
}

func TestBrowsersNeedNotFetchAgain(t *testing.T) {
	t.Parallel()
	r := remember(t, 0)
	first := r.Get("/")
	tag := first.Header.Get("Etag")
	if !strings.HasPrefix(tag, `W/"`) || first.Header.Get("Cache-Control") != "private, no-cache" || !strings.Contains(first.Header.Get("Vary"), "Accept-Language") {
		t.Errorf("%v", first.Header)
	}
	for match, status := range map[string]int{tag: 304, strings.TrimPrefix(tag, "W/"): 304, `"x", ` + tag: 304, "*": 304, `"x"`: 200, "": 200} {
		if page := r.With("If-None-Match", match).Get("/").Is(status); status == 304 && page.Sent > 0 {
			t.Error("304 with a body")
		}
	}
	packed := r.With("Accept-Encoding", "gzip").Get("/")
	if packed.Header.Get("Content-Encoding") != "gzip" || packed.Body != r.Get("/").Body || packed.Sent >= len(packed.Body)/2 {
		t.Errorf("%d bytes sent of %d", packed.Sent, len(packed.Body))
	}
	if head := r.Do("HEAD", "/", nil).Is(200); head.Sent > 0 || head.Header.Get("Content-Length") == "" {
		t.Error("HEAD from memory")
	}
	other := remember(t, 0)
	head := other.Do("HEAD", "/", nil).Is(200)
	if head.Sent > 0 || head.Header.Get("Etag") != tag || head.Header.Get("Cache-Control") != "private, no-cache" {
		t.Errorf("HEAD before anybody asked for the page: %v", head.Header)
	}
	other.makes(t, "GET after HEAD", 0, func() { other.Get("/").Is(200) })
}

func TestOnlyGoodPagesAreKept(t *testing.T) {
	t.Parallel()
	site := webtest.Site(t)
	site.Sequence = func() int64 { return 1 }
	n := 0
	odd := func(path string, serve web.Handler) web.Route {
		route := get(path, func(w http.ResponseWriter, r *web.Request) error { n++; return serve(w, r) })
		route.Shared = true
		return route
	}
	client := open(t, site,
		odd("/gone", func(w http.ResponseWriter, r *web.Request) error {
			return r.Render(w, &hello{Page: ui.Page{Title: "x", Status: http.StatusGone}})
		}),
		odd("/away", func(w http.ResponseWriter, r *web.Request) error { return r.Redirect(w, "/gone") }),
		odd("/cookie", func(w http.ResponseWriter, r *web.Request) error {
			http.SetCookie(w, &http.Cookie{Name: "x", Value: "1"})
			return r.Render(w, &hello{Page: ui.Page{Title: "x"}})
		}),
		odd("/broken", func(http.ResponseWriter, *web.Request) error { panic("x") }))
	for path, status := range map[string]int{"/gone": 410, "/away": 303, "/broken": 500} {
		client.Get(path).Is(status)
		client.Get(path).Is(status)
	}
	for range 2 {
		if client.Get("/cookie").Header.Get("Set-Cookie") == "" {
			t.Error("a cookie was lost")
		}
	}
	if n != 8 {
		t.Errorf("%d of 8 answers were made: one was kept", n)
	}
}

func TestManyAskAtOnceOneMakes(t *testing.T) {
	t.Parallel()
	site := webtest.Site(t)
	site.Sequence = func() int64 { return 7 }
	var made atomic.Int64
	began, go_ := make(chan struct{}), make(chan struct{})
	slow := get("/", func(w http.ResponseWriter, r *web.Request) error {
		if made.Add(1) == 1 {
			close(began)
		}
		<-go_
		return r.Render(w, &hello{Page: ui.Page{Title: "x"}})
	})
	slow.Shared = true
	h := web.NewHandler(site, []web.Route{slow})
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() { webtest.New(t, h).Get("/").Is(200) })
	}
	<-began
	time.Sleep(20 * time.Millisecond) // the others reach the door
	close(go_)
	all.Wait()
	if made.Load() != 1 {
		t.Errorf("made %d times", made.Load())
	}
}
