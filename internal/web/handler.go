package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"parvis/internal/authz"
	"parvis/internal/clock"
	"parvis/internal/i18n"
	"parvis/internal/problem"
)

// Sizes and times where a route does not say.
const (
	bodyMax  = 64 << 10
	workMax  = 30 * time.Second
	queryMax = 512 // bytes of a query that may name a page in memory
)

// handler is one territory's site.
type handler struct {
	site    *Site
	mux     *http.ServeMux
	inner   http.Handler // sessions, person, page
	pages   *memory      // nil: none is kept
	turns   turns        // to make a page for it
	headers policies
	limiter *limiter
	cross   *http.CrossOriginProtection
	zone    *time.Location
	phone   map[string]string // when the phone answers in an ordinary week, by language
	warned  atomic.Bool
}

// NewHandler gives the handler of one territory with the pages of its features. It panics where two routes clash, a
// pattern is not one, or the territory's zone is unknown: faults of the program, found at start.
func NewHandler(site *Site, routes []Route) http.Handler {
	zone, err := time.LoadLocation(site.Territory.Zone)
	if err != nil {
		panic(fmt.Sprintf("territory %s: %v", site.Territory.ID, err))
	}
	h := &handler{
		site: site, mux: http.NewServeMux(), zone: zone, headers: newPolicies(site), limiter: newLimiter(site.Limits),
		cross: http.NewCrossOriginProtection(), turns: newTurns(), phone: map[string]string{},
	}
	for _, lang := range i18n.Languages {
		h.phone[lang] = phoneWeek(site.Territory.Hours, h.printer(lang))
	}
	if site.Sequence != nil && site.CacheBytes >= 0 {
		h.pages = newMemory(site.CacheBytes)
	}
	for _, origin := range site.TrustedOrigins {
		if err := h.cross.AddTrustedOrigin(origin); err != nil {
			panic(fmt.Sprintf("territory %s: trusted origin: %v", site.Territory.ID, err))
		}
	}
	if site.Demo {
		routes = append(routes[:len(routes):len(routes)], galleryRoute())
	}
	for i := range routes {
		h.mount(&routes[i])
	}
	h.inner = http.HandlerFunc(h.person)
	for i := len(site.Around) - 1; i >= 0; i-- {
		h.inner = site.Around[i](h.inner)
	}
	return h
}

func (h *handler) mount(route *Route) {
	if route.Serve == nil || route.Can == "" {
		panic(fmt.Sprintf("route %s %s: needs Serve and Can", route.Method, route.Path))
	}
	path := route.Path
	if path == "/" {
		path = "/{$}"
	}
	h.mux.Handle(route.Method+" "+path, routeHandler{h, route})
}

// requestKey is where the outer middlewares keep the Request for the inner ones.
type requestKey struct{}

// ServeHTTP answers a request, and notes that it did.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := h.site.Clock.Now()
	p := findPeer(r, h.site.Proxies)
	h.headers.set(w.Header(), Strict, p.https)
	if route, status, sent := h.quick(w, r, p, began); route != "" {
		h.done(r, "", route, status, sent, began)
		return
	}
	if p.foreign && h.warned.CompareAndSwap(false, true) {
		h.site.Log.Warn("a proxy that is not in trusted_proxies speaks for others; what it says is ignored and all who come through it count as one")
	}
	a := &answer{ResponseWriter: w, gzip: accepts(r), left: r.Context().Err}
	req := h.request(a, withPeer(r, p))
	defer func() {
		if fault := recover(); fault != nil {
			if fault == http.ErrAbortHandler { //nolint:errorlint // the sentinel of net/http
				panic(fault)
			}
			h.fail(a, req, problem.Because(problem.Internal, fmt.Errorf("panic: %v\n%s", fault, debug.Stack())))
		}
		a.finish()
		h.done(req.Request, req.Ref, routeName(req.Pattern), a.status, a.bytes, began)
	}()
	if err := h.admit(p, req, began); err != nil {
		h.fail(a, req, err)
		return
	}
	req.Request = req.WithContext(context.WithValue(req.Context(), requestKey{}, req))
	h.inner.ServeHTTP(a, req.Request)
}

// request makes what a page needs, in the person's language.
func (h *handler) request(a *answer, r *http.Request) *Request {
	lang, chosen := language(r, h.site.Territory.Languages)
	if chosen {
		remember(a, lang, secure(r))
	}
	a.Header()["Vary"] = varies
	a.Header()["Cache-Control"] = noStore
	return &Request{
		Request: r, Site: h.site, Words: h.printer(lang), Who: authz.Anybody(), Ref: reference(), phone: h.phone[lang], answer: a,
	}
}

func (h *handler) printer(lang string) *i18n.Printer {
	return h.site.Words.Printer(lang, h.zone, h.site.Territory.Currency)
}

// admit refuses what comes too often, or from another site's page.
func (h *handler) admit(p peer, r *Request, now time.Time) error {
	if !h.limiter.allow(p, r.Method, now) {
		return problem.New(problem.TooMany, "")
	}
	if err := h.cross.Check(r.Request); err != nil {
		return &problem.Error{Kind: problem.Forbidden, Key: "web.cross-origin", Cause: err}
	}
	return nil
}

// quick answers files, and pages in memory, before anything else is done. An empty route: it was neither.
func (h *handler) quick(w http.ResponseWriter, r *http.Request, p peer, now time.Time) (route string, status int, sent int64) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return "", 0, 0
	}
	if file := h.file(r.URL.Path); file != nil {
		status, sent = serveFile(w, r, file, h.site.MapSources)
		return "file", status, sent
	}
	if h.pages == nil || !h.mayBeShared(r) {
		return "", 0, 0
	}
	lang, chosen := language(r, h.site.Territory.Languages)
	e := h.pages.find(key(r, lang, p.https), h.site.Sequence(), now)
	if e == nil {
		return "", 0, 0
	}
	if chosen {
		remember(w, lang, p.https)
	}
	h.headers.set(w.Header(), e.route.Policy, p.https)
	h.site.Metrics.shared("memory")
	status, sent = e.serve(w, r)
	return e.route.Path, status, sent
}

// mayBeShared reports whether a request shows no sign of a session: no cookie but the language's.
func (h *handler) mayBeShared(r *http.Request) bool {
	if len(r.URL.RawQuery) > queryMax || r.Header["Authorization"] != nil {
		return false
	}
	for _, line := range r.Header["Cookie"] {
		for cookie := range strings.SplitSeq(line, ";") {
			name, _, _ := strings.Cut(strings.TrimSpace(cookie), "=")
			if name != languageCookie {
				return false
			}
		}
	}
	return true
}

// key names a page in memory.
func key(r *http.Request, lang string, https bool) string {
	query, scheme := "", "http"
	if https {
		scheme = "https"
	}
	if r.URL.RawQuery != "" {
		values := r.URL.Query()
		values.Del(languageCookie)
		query = values.Encode()
	}
	return scheme + "\x00" + r.Host + "\x00" + r.URL.Path + "\x00" + query + "\x00" + lang
}

// person finds out who asks, then gives the page. A session middleware may have wrapped the writer.
func (h *handler) person(w http.ResponseWriter, r *http.Request) {
	req := r.Context().Value(requestKey{}).(*Request)
	req.Request = r
	if h.site.Who != nil {
		who, err := h.site.Who(r)
		if err != nil {
			h.fail(w, req, err)
			return
		}
		req.Who = who
	}
	if _, pattern := h.mux.Handler(r); pattern == "" {
		h.lost(w, r, req)
		return
	}
	h.mux.ServeHTTP(w, r)
}

// lost answers an address that no route has: the same without its last slash, a wrong method, or nothing at all.
func (h *handler) lost(w http.ResponseWriter, r *http.Request, req *Request) {
	probe := newKept()
	defer release(probe.body)
	found, _ := h.mux.Handler(r)
	found.ServeHTTP(probe, r)
	if probe.status == http.StatusMethodNotAllowed {
		h.fail(w, req, wrongMethod{probe.header.Get("Allow")})
		return
	}
	if short := strings.TrimRight(r.URL.Path, "/"); short != r.URL.Path && short != "" && r.Method == http.MethodGet {
		other := r.Clone(r.Context())
		other.URL.Path, other.URL.RawPath = short, ""
		if _, pattern := h.mux.Handler(other); pattern != "" && local(other.URL.RequestURI()) {
			w.Header().Set("Location", other.URL.RequestURI())
			w.WriteHeader(http.StatusMovedPermanently)
			return
		}
	}
	h.fail(w, req, problem.New(problem.NotFound, ""))
}

// routeHandler is one route in the mux.
type routeHandler struct {
	*handler
	route *Route
}

// ServeHTTP runs the route for the person, within its limits.
func (rh routeHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h, route := rh.handler, rh.route
	req := r.Context().Value(requestKey{}).(*Request)
	req.Request = r
	h.headers.set(w.Header(), route.Policy, secure(r))
	if err := req.Need(route.Can); err != nil {
		h.fail(w, req, err)
		return
	}
	if err := limitBody(w, req, route); err != nil {
		h.fail(w, req, err)
		return
	}
	work := route.Timeout
	if work == 0 {
		work = workMax
	}
	if work < 0 { // a live page goes on as long as somebody looks
		_ = http.NewResponseController(w).SetWriteDeadline(time.Time{})
	} else {
		ctx, cancel := context.WithTimeout(r.Context(), work)
		defer cancel()
		req.Request = req.WithContext(ctx)
	}
	if route.Shared && (r.Method == http.MethodGet || r.Method == http.MethodHead) && h.pages != nil && !req.Who.SignedIn() && len(r.URL.RawQuery) <= queryMax {
		h.serveShared(w, req, route)
		return
	}
	if err := route.Serve(w, req); err != nil {
		h.fail(w, req, err)
	}
}

// limitBody refuses a body that says it is too large, cuts one that turns out to be, and gives a large one its time.
func limitBody(w http.ResponseWriter, r *Request, route *Route) error {
	limit := route.MaxBody
	if limit == 0 {
		limit = bodyMax
	}
	if r.ContentLength > limit {
		return problem.New(problem.TooLarge, "")
	}
	if r.Body == nil || r.Body == http.NoBody {
		return nil
	}
	r.Body = http.MaxBytesReader(w, r.Body, limit)
	if limit > bodyMax { // 4 kB a second is a bad mobile connection
		until := clock.System{}.Now().Add(time.Minute + time.Duration(limit/4096)*time.Second)
		connection := http.NewResponseController(w) // a test's writer has no deadlines, and needs none
		_ = connection.SetReadDeadline(until)
		_ = connection.SetWriteDeadline(until.Add(time.Minute))
	}
	return nil
}

// serveShared makes a page that every visitor gets, keeps it, and sends it.
func (h *handler) serveShared(w http.ResponseWriter, req *Request, route *Route) {
	now, sequence := h.site.Clock.Now(), h.site.Sequence()
	name := key(req.Request, req.Words.Lang(), secure(req.Request))
	made := newKept()
	defer release(made.body)
	var failed error
	mine := false
	e := h.pages.get(name, sequence, now, func() *entry {
		mine = true
		defer h.turns.take(req.Context())()
		if failed = route.Serve(made, req); failed != nil {
			return nil
		}
		if made.status != http.StatusOK || made.header["Set-Cookie"] != nil || made.header.Get("Cache-Control") == "no-store" {
			failed = replay{made}
			return nil
		}
		return newEntry(name, route, sequence, tick(route, now), made)
	})
	var other replay
	switch {
	case e != nil:
		h.site.Metrics.shared("made")
		e.serve(w, req.Request)
	case mine && errors.As(failed, &other):
		other.send(w)
	case mine:
		h.fail(w, req, failed)
	default: // whoever made it could not keep it: make our own
		if err := route.Serve(w, req); err != nil {
			h.fail(w, req, err)
		}
	}
}

// replay is an answer that was made but is not to be kept: a redirect, a page with another status.
type replay struct{ *kept }

func (replay) Error() string { return "not a page to keep" }

func (r replay) send(w http.ResponseWriter) {
	for name, values := range r.header {
		w.Header()[name] = values
	}
	if r.status != 0 {
		w.WriteHeader(r.status)
	}
	_, _ = w.Write(r.body.Bytes())
}

// done counts and logs an answer: never its query, its address, or who asked. Files and pages from memory, which have no
// reference, are counted, and logged only when the log asks for everything.
func (h *handler) done(r *http.Request, ref, route string, status int, sent int64, began time.Time) {
	took := h.site.Clock.Now().Sub(began)
	h.site.Metrics.answered(route, r.Method, status, took)
	level := slog.LevelInfo
	if ref == "" {
		level = slog.LevelDebug
	}
	if h.site.Log.Enabled(r.Context(), level) {
		h.site.Log.LogAttrs(r.Context(), level, "answered", slog.String("territory", h.site.Territory.ID),
			slog.String("method", methods[r.Method]), slog.String("route", route), slog.Int("status", status),
			slog.Int64("bytes", sent), slog.Duration("took", took), slog.String("ref", ref))
	}
}

// routeName is a pattern without its method; "none" when no route was found.
func routeName(pattern string) string {
	if pattern == "" {
		return "none"
	}
	_, path, found := strings.Cut(pattern, " ")
	if !found {
		return pattern
	}
	return strings.TrimSuffix(path, "{$}")
}

const referenceLetters = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"

// reference is a short name for one request, to be said on the phone. It is no secret and need not be unique for ever.
func reference() string {
	b := make([]byte, 7)
	for i := range b {
		b[i] = referenceLetters[rand.IntN(len(referenceLetters))] //nolint:gosec // no secret
	}
	return string(b[:3]) + "-" + string(b[3:])
}
