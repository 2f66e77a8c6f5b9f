package ui

import (
	"strings"

	"parvis/internal/i18n"
)

// Page is what every page has. A page's struct embeds it; the handler fills the first half, web the second.
type Page struct {
	Title       string   // says what the page is, in the person's language; the tab adds the territory's name
	Description string   // one sentence for a list of results or a shared link; may be empty
	Status      int      // HTTP status; 0 is 200
	Wide        bool     // main uses the whole width (a map, a desk)
	Hero        bool     // main begins with a hero that reaches the edges: no space above it
	Scripts     []string // modules of assets/js by name, without ".js"; each only enhances what already works
	Styles      []string // further sheets of assets by path ("map/dist/map.css")
	Notice      *Notice  // one message above main: what was just done, what to know first
	Crumbs      []Crumb  // the way back, from home; empty: none is shown
	Private     bool     // keep it out of search machines
	Framed      bool     // another site's page frames it: little stands around it, and all links lead out of the frame
	Feeds       []Feed   // machine-readable twins of this page
	Frame                // filled by web
}

// Frame is what surrounds a page. It is filled by web from the request and the territory, never by a page.
type Frame struct {
	Words     *i18n.Printer // the person's language, the territory's zone and money
	House     House         // the territory as pages see it
	Languages []Language    // the territory's languages, each with the address of this same page
	Nav       []NavItem     // the few ways in, for this person
	Person    Person        // who is here
	Demo      bool          // nothing here is real, and every page says so
	Theme     string        // address of the house's style sheet in the territory's hue
	Here      string        // this page's path and query
	Ref       string        // the request's reference, shown on error pages and in the log
}

// House is a territory as its pages show it, in the language of the page.
type House struct {
	ID        string
	Name      string
	Short     string
	Sentence  string
	Phone     string // as it is written
	PhoneLink string // "tel:..." or empty
	Hours     string // of the phone, in words
	Emergency string
	Mail      string
	Address   string
	SignIn    bool   // accounts are open here
	Home      string // "/"
}

// Language is one way to read this page.
type Language struct {
	Code    string
	Name    string // in that language: "Tiếng Việt"
	Href    string // the same page and query
	Current bool
}

// NavItem is one of the few ways in that every page offers.
type NavItem struct {
	Href    string
	Text    string
	Icon    string
	Current bool
}

// Person is who is looking at the page, as the layout shows it. The zero Person is a visitor.
type Person struct {
	Name string
	Role string // in words: "agent"
	In   bool   // signed in
}

// Feed is a machine-readable twin of a page.
type Feed struct{ Type, Href, Title string }

// Framed is a page: any pointer to a struct that embeds Page.
type Framed interface{ base() *Page }

func (p *Page) base() *Page { return p }

// Base gives the Page inside a page's struct, for web to fill.
func Base(f Framed) *Page { return f.base() }

// Own is the page without what a page's struct adds: the layout reaches its fields at once.
func (p *Page) Own() *Page { return p }

// T is a message in the page's language: a key, then name and value pairs.
func (p *Page) T(key string, args ...any) string { return p.Words.T(key, args...) }

// Lang is the page's language as HTML wants it.
func (p *Page) Lang() string { return p.Words.Lang() }

// fullTitle is what the tab shows: the page, then the territory.
func (p *Page) fullTitle() string {
	if p.Title == "" || p.Title == p.House.Name {
		return p.House.Name
	}
	return p.Title + " · " + p.House.Name
}

// TelLink makes a dialling address ("tel:+33536491234") of a phone number as it is written; empty when it has no digit.
func TelLink(phone string) string {
	var b strings.Builder
	for _, r := range phone {
		if r >= '0' && r <= '9' || r == '+' && b.Len() == 0 || r == '*' || r == '#' {
			b.WriteRune(r)
		}
	}
	if !strings.ContainsAny(b.String(), "0123456789") {
		return ""
	}
	return "tel:" + b.String()
}

// MailLink makes the address of a letter to a mail address, and to nobody else: what would begin a subject, a text or a
// copy is written as part of the address.
func MailLink(mail string) string {
	return "mailto:" + strings.NewReplacer("%", "%25", "?", "%3F", "&", "%26", "#", "%23", ",", "%2C").Replace(mail)
}
