package web

import (
	"embed"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"parvis/internal/authz"
	"parvis/internal/clock"
	"parvis/internal/i18n"
	"parvis/internal/org"
)

// Locales are the words of this package, for the bundle.
//
//go:embed locales
var Locales embed.FS

// Site is one territory as the web knows it. It is built once and not changed afterwards.
type Site struct {
	Territory *org.Territory
	Pack      *org.Pack // may be nil for a site that has none (the page that presents a demo's territories)
	Words     *i18n.Bundle
	Clock     clock.Clock
	Log       *slog.Logger
	Demo      bool // nothing here is real: a banner says so, the gallery is shown

	// Who tells who asks. Nil: everybody is a visitor. An error is answered as its kind.
	Who func(*http.Request) (authz.Who, error)
	// Around are middlewares that stand before Who: sessions. They are not run for pages from memory.
	Around []func(http.Handler) http.Handler
	// SignIn says that accounts are open here: the layout leads to /sign-in and /account.
	SignIn bool
	// Nav are the few ways in that every page offers.
	Nav []Nav
	// Sequence is the number of the territory's last event; when it moves, pages kept in memory are dropped. Nil: no page
	// is kept.
	Sequence func() int64
	// PhoneHours says in words when the phone answers; nil: the days and hours of its ordinary week.
	PhoneHours func(*i18n.Printer) string

	Proxies        []netip.Prefix // whose X-Forwarded-For and X-Forwarded-Proto are believed
	TrustedOrigins []string       // other origins that may post here ("https://auch.example.org"); normally none
	MapSources     []string       // other origins that map pages may fetch tiles from
	FrameAncestors []string       // who may frame Embed routes; empty: anybody
	Limits         Limits
	Metrics        *Metrics // nil: none are counted
	CacheBytes     int64    // memory for pages that are the same for everybody; 0 is 16 MB, negative none
}

// Nav is one of the few ways in: shown to those who Can (empty: to everybody).
type Nav struct {
	Href string
	Key  string // message key
	Icon string
	Can  authz.Action
}

// Policy is which content policy a route has.
type Policy uint8

// The policies.
const (
	Strict Policy = iota // everything from here, nothing inline, no frame
	Map                  // a map's worker and its tiles, too
	Embed                // may be framed by others, carries no session
	Open                 // data for any other site's programs: no page, read from any origin
)

// Handler answers a request. What it returns as an error becomes a page, by its problem kind.
type Handler func(w http.ResponseWriter, r *Request) error

// Route is one line of a feature's list of pages.
type Route struct {
	Method string // "GET" answers HEAD, too
	Path   string // a pattern of the standard mux: "/places/{id}"
	Can    authz.Action
	Serve  Handler
	Policy Policy

	// Shared says that every visitor gets the same, whatever their cookies but the language: rendered and compressed once, kept in memory until an event comes.
	// An answer that its handler marks "Cache-Control: no-store" is kept nowhere.
	Shared bool
	// Fresh is how long a Shared page may be kept at most: time.Minute where it says "open now". 0: until an event.
	Fresh time.Duration

	MaxBody int64         // of what is sent, in bytes; 0 is 64 kB
	Timeout time.Duration // of the work; 0 is 30 s, negative none (live pages)
}

// Request is a request with what a page needs around it.
type Request struct {
	*http.Request
	*Site
	Words *i18n.Printer // the person's language
	Who   authz.Who
	Ref   string // shown to the person and logged

	phone  string // when the phone answers in an ordinary week
	answer *answer
}
