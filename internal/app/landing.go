package app

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net"
	"net/http"
	"strings"
	"time"

	"parvis/internal/account"
	"parvis/internal/account/accountweb"
	"parvis/internal/authz"
	"parvis/internal/directory"
	"parvis/internal/directory/directoryweb"
	"parvis/internal/geo"
	"parvis/internal/i18n"
	"parvis/internal/notify/notifyweb"
	"parvis/internal/org"
	"parvis/internal/web"
	"parvis/internal/web/housepages"
	"parvis/internal/web/ui"
)

//go:embed templates
var files embed.FS

// Locales are the words of the page that presents the territories.
//
//go:embed locales
var Locales embed.FS

// landingPage presents the territories of a demo.
type landingPage struct {
	ui.Page
	Territories []presented
	Failed      []string
	HostsFile   string // lines for systems that do not find *.localhost by themselves
}

// presented is one territory as the landing page shows it, in its own language or the reader's.
type presented struct {
	Name      string
	Lang      string
	Sentence  string
	Href      string
	Languages string
	Picture   template.HTML
	Figures   ui.Figures
	Enter     ui.Button
	Roles     ui.Link
}

var _ = ui.Parse[landingPage](files, "templates/landing.html")

// elsewhere answers host names that are no territory's: in a demo with the page that presents them all, else not at all.
func (a *App) elsewhere() (http.Handler, error) {
	if !a.options.Demo {
		return nil, nil //nolint:nilnil // no handler is the answer of web.Front
	}
	read, err := every()
	if err != nil {
		return nil, err
	}
	words := read.Clone()
	parvis := &org.Territory{
		ID: "parvis", Languages: i18n.Languages, Zone: "UTC", Currency: "EUR", Country: "FR", Hue: 205,
		Name: i18n.Text{"en": "Parvis"}, Short: i18n.Text{"en": "Parvis"},
		Legal: org.Legal{Publisher: everywhere(words, "app.publisher"), Accessibility: everywhere(words, "app.accessibility")},
	}
	site := &web.Site{
		Territory: parvis, Words: words, Clock: a.options.Clock, Log: a.options.Log, Demo: true, Metrics: a.metrics,
		Proxies: a.options.Config.TrustedProxies, Sequence: func() int64 { return 0 },
	}
	return web.NewHandler(site, append(housepages.Routes(),
		web.Route{Method: http.MethodGet, Path: "/", Can: authz.ReadPublic, Serve: a.landing, Shared: true, Fresh: time.Hour},
		web.Route{Method: http.MethodGet, Path: "/places", Can: authz.ReadPublic, Serve: toTerritories},
	)), nil
}

// toTerritories leads a search for a place to where places are: in a territory.
func toTerritories(w http.ResponseWriter, r *web.Request) error { return r.Redirect(w, "/") }

// everywhere is a message in every language.
func everywhere(words *i18n.Bundle, key string) i18n.Text {
	text := i18n.Text{}
	for _, lang := range i18n.Languages {
		text[lang] = words.Printer(lang, time.UTC, "").T(key)
	}
	return text
}

func (a *App) landing(w http.ResponseWriter, r *web.Request) error {
	page := &landingPage{}
	page.Page = ui.Page{Title: r.T("app.title"), Hero: true, Wide: true, Styles: []string{"css/landing.css"}}
	var hosts strings.Builder
	for _, h := range a.houses {
		page.Territories = append(page.Territories, present(r, h))
		fmt.Fprintf(&hosts, "127.0.0.1 %s\n", h.Hosts[0])
	}
	for _, f := range a.failed {
		page.Failed = append(page.Failed, f.Territory)
	}
	page.HostsFile = hosts.String()
	return r.Render(w, page)
}

// present shows a territory in the reader's language where it speaks it, else in its own.
func present(r *web.Request, h *House) presented {
	lang := r.Words.Lang()
	if !h.Offers(lang) {
		lang = h.Language()
	}
	words := r.Site.Words.Printer(lang, h.Location(), h.Currency)
	p := presented{
		Name: h.Name.In(lang, h.Language()), Lang: lang, Sentence: h.Sentence.In(lang, h.Language()),
		Href: address(r, h.Hosts[0]), Picture: picture(h.Pack, words.T("app.picture", "Name", h.Short.In(lang, h.Language()))),
	}
	p.Enter = ui.Button{Href: p.Href, Text: r.T("app.enter"), Main: true, About: r.T("app.enter") + ": " + p.Name}
	p.Roles = ui.Link{Href: p.Href + "_demo", Text: r.T("app.roles"), Icon: "users", About: r.T("app.roles") + ": " + p.Name}
	names := make([]string, len(h.Languages))
	for i, code := range h.Languages {
		names[i] = r.Words.LanguageName(code)
	}
	p.Languages = i18n.Sentence(r.Words.List(names))
	for _, f := range h.Figures[:min(len(h.Figures), 3)] {
		value := words.Number(f.Value)
		if f.Unit == "percent" {
			value = words.Percent(float64(f.Value) / 100)
		}
		p.Figures.Items = append(p.Figures.Items, ui.Figure{Value: value, Label: f.Label.In(lang, h.Language())})
	}
	return p
}

// address is a territory's first page as the reader's browser reaches it: its host name, on the port that was asked.
func address(r *web.Request, host string) string {
	scheme, rest, _ := strings.Cut(r.Origin(), "://")
	if _, port, err := net.SplitHostPort(rest); err == nil {
		host = net.JoinHostPort(host, port)
	}
	return scheme + "://" + host + "/"
}

// Size of a territory's picture, in units of its view box.
const (
	pictureWidth, pictureHeight, picturePadding = 240, 180, 8
	pictureDetail                               = 200.0 // metres that the outline may be off
)

// picture draws a territory's outline with the borders inside it.
func picture(pack *org.Pack, label string) template.HTML {
	projection := geo.Fit(pack.Outline.Box(), pictureWidth, pictureHeight, picturePadding)
	detail := max(pictureDetail, projection.Metres())
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg class="shape-map" viewBox="0 0 %d %d" role="img" aria-label="%s">`,
		pictureWidth, pictureHeight, template.HTMLEscapeString(label))
	fmt.Fprintf(&b, `<path class="land" fill-rule="evenodd" d="%s"/>`, projection.Path(pack.Outline.Simplify(detail)))
	for _, u := range pack.Units {
		if !u.Around() && !u.Outline.Empty() {
			fmt.Fprintf(&b, `<path class="unit" d="%s"/>`, projection.Path(u.Outline.Simplify(detail)))
		}
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String()) //nolint:gosec // numbers, and a label that is escaped
}

// catalogues are every feature's words.
var catalogues = []fs.FS{
	ui.Locales, web.Locales, housepages.Locales, account.Locales, accountweb.Locales, notifyweb.Locales,
	directory.Locales, directoryweb.Locales, Locales,
}
