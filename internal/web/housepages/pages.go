// Package housepages is what every territory owes its readers: help, the legal notice, what is kept about people, and how
// far its pages can be used by everybody. The words are the house's, the facts the pack's.
//
// What always holds: the pages name roles, never persons; they promise only what the program does; where the pack says
// nothing, a line is left out rather than made up.
package housepages

import (
	"embed"
	"net/http"

	"parvis/internal/authz"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

//go:embed templates
var templates embed.FS

// Locales are the words of these pages, for the bundle.
//
//go:embed locales
var Locales embed.FS

// page is a text in sections.
type page struct {
	ui.Page
	Lead     string
	Tools    ui.Tools
	Sections []section
}

// section is a part of a page: a title, then sentences, a list, facts, and ways on, each where there are any.
type section struct {
	Title string
	Texts []string
	Items []string
	Facts ui.KeyValues
	Ways  []ui.Link
}

var _ = ui.Parse[page](templates, "templates/page.html")

// Routes are the pages. They are the same for everybody and change only with the pack.
func Routes() []web.Route {
	route := func(path string, serve web.Handler) web.Route {
		return web.Route{Method: http.MethodGet, Path: path, Can: authz.ReadPublic, Serve: serve, Shared: true}
	}
	return []web.Route{route("/help", help), route("/legal", legal), route("/privacy", privacy), route("/accessibility", accessibility)}
}

// show renders a page; name is the beginning of its keys.
func show(w http.ResponseWriter, r *web.Request, name string, sections ...section) error {
	title := r.T("house." + name)
	return r.Render(w, &page{
		Page: ui.Page{Title: title, Scripts: []string{"listen"}, Crumbs: []ui.Crumb{{Text: r.T("house.home"), Href: "/"}, {Text: title}}},
		Lead: r.T("house." + name + "-lead"), Tools: ui.Tools{Words: r.Words, Listen: true, Print: true}, Sections: sections,
	})
}

// facts leaves out those that the pack does not say.
func facts(all ...ui.KeyValue) ui.KeyValues {
	var said []ui.KeyValue
	for _, one := range all {
		if one.Text != "" {
			said = append(said, one)
		}
	}
	return ui.KeyValues{Items: said}
}

// fact is one line: its name's key, what the pack says.
func fact(r *web.Request, key, text string) ui.KeyValue {
	return ui.KeyValue{Key: r.T(key), Text: text}
}

// mail is an address to write to.
func mail(r *web.Request, key, address string) ui.KeyValue {
	return ui.KeyValue{Key: r.T(key), Text: address, Href: ui.MailLink(address)}
}

func phone(r *web.Request) ui.KeyValue {
	return ui.KeyValue{Key: r.T("house.phone"), Text: r.Territory.Phone, Href: ui.TelLink(r.Territory.Phone)}
}

// contact is how to reach the territory.
func contact(r *web.Request) section {
	return section{Title: r.T("house.contact"), Facts: facts(phone(r), mail(r, "house.mail", r.Territory.Mail), fact(r, "house.address", r.In(r.Territory.Address)))}
}

func help(w http.ResponseWriter, r *web.Request) error {
	texts := func(keys ...string) []string {
		for i, key := range keys {
			keys[i] = r.T(key)
		}
		return keys
	}
	return show(w, r, "help",
		section{Title: r.T("house.help-find"), Items: texts("house.help-words", "house.help-near", "house.help-filter", "house.help-nothing"),
			Ways: []ui.Link{{Href: "/places", Text: r.T("house.help-begin"), Icon: "search"}}},
		section{Title: r.T("house.help-read"), Items: texts("house.help-language", "house.help-listen", "house.help-large", "house.help-keyboard", "house.help-paper")},
		section{Title: r.T("house.help-wrong"), Texts: texts("house.help-wrong-text")},
		contact(r))
}

func legal(w http.ResponseWriter, r *web.Request) error {
	l := r.Territory.Legal
	return show(w, r, "legal",
		section{Title: r.T("house.legal-who"), Facts: facts(fact(r, "house.publisher", r.In(l.Publisher)), fact(r, "house.director", r.In(l.Director)), fact(r, "house.host", r.In(l.Host)))},
		contact(r),
		section{Title: r.T("house.legal-content"), Texts: []string{r.T("house.legal-content-text")}},
		section{Title: r.T("house.legal-program"), Texts: []string{r.T("house.legal-program-text"), r.T("house.legal-icons")}})
}

func privacy(w http.ResponseWriter, r *web.Request) error {
	l := r.Territory.Legal
	reads := []string{r.T("house.privacy-words"), r.T("house.privacy-position"), r.T("house.privacy-language"), r.T("house.privacy-nobody")}
	if len(r.MapSources) > 0 {
		reads = append(reads, r.T("house.privacy-map"))
	}
	gives := []string{r.T("house.privacy-remark")}
	if r.SignIn {
		gives = append(gives, r.T("house.privacy-account"), r.T("house.privacy-session"), r.T("house.privacy-guess"))
	}
	rights := section{Title: r.T("house.privacy-rights"), Texts: []string{r.T("house.privacy-rights-text")}, Facts: facts(
		fact(r, "house.privacy-role", r.In(l.PrivacyRole)), mail(r, "house.privacy-contact", l.PrivacyContact), fact(r, "house.privacy-law", r.In(l.PrivacyLaw)),
		ui.KeyValue{Key: r.T("house.privacy-complaint"), Text: r.In(l.Complaint), Href: l.ComplaintSite})}
	return show(w, r, "privacy",
		section{Title: r.T("house.privacy-reading"), Items: reads},
		section{Title: r.T("house.privacy-giving"), Items: gives},
		section{Title: r.T("house.privacy-log"), Texts: []string{r.T("house.privacy-log-text")}},
		rights)
}

func accessibility(w http.ResponseWriter, r *web.Request) error {
	l := r.Territory.Legal
	works := []string{r.T("house.access-scripts"), r.T("house.access-keyboard"), r.T("house.access-zoom"), r.T("house.access-contrast"), r.T("house.access-slow"), r.T("house.access-paper")}
	return show(w, r, "access",
		section{Title: r.T("house.access-state"), Texts: []string{r.In(l.Accessibility)}, Facts: facts(fact(r, "house.access-law", r.In(l.AccessibilityLaw)))},
		section{Title: r.T("house.access-works"), Items: works},
		section{Title: r.T("house.access-checked"), Texts: []string{r.T("house.access-checked-text")}},
		section{Title: r.T("house.access-limits"), Items: []string{r.T("house.access-map"), r.T("house.access-voice"), r.T("house.access-data")}},
		section{Title: r.T("house.access-tell"), Texts: []string{r.T("house.access-tell-text")}, Facts: facts(mail(r, "house.mail", l.AccessibilityContact), phone(r),
			fact(r, "house.access-complaint", r.In(l.AccessibilityComplaint)))})
}
