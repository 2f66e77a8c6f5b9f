package ui

import "html/template"

// What surrounds every page: layout.html puts these parts together.

// favicon is the house's mark as a picture in the tab.
const favicon = `<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 34 34'%3E%3Cpath d='M7 31V15a10 10 0 0 1 20 0v16h-5V16a5 5 0 0 0-10 0v15z' fill='%2300616e'/%3E%3C/svg%3E">`

// houseMark is the same mark, in the colours of the page.
const houseMark = `<svg viewBox="0 0 34 34" aria-hidden="true"><path d="M7 31V15a10 10 0 0 1 20 0v16z" fill="currentColor"/><path class="mark-in" d="M12 31V16a5 5 0 0 1 10 0v15z"/><path d="M12 31 6 34h22l-6-3z" fill="currentColor" opacity=".35"/></svg>`

// Head is what browsers and search machines read of the page.
func (p *Page) Head() template.HTML {
	m := begin().raw(`<meta charset="utf-8">`).element("title", p.fullTitle())
	m.raw(`<meta name="viewport" content="width=device-width, initial-scale=1">`)
	if p.Description != "" {
		m.raw(`<meta name="description"`).set("content", p.Description).raw(">")
	}
	m.when(p.Private || p.Demo || p.Framed, `<meta name="robots" content="noindex">`)
	m.when(p.Framed, `<base target="_blank">`)
	m.raw(`<meta name="color-scheme" content="light dark"><link rel="stylesheet"`).href(p.Theme).raw(">")
	for _, sheet := range p.Styles {
		m.raw(`<link rel="stylesheet"`).href(AssetPath(sheet)).raw(">")
	}
	m.raw(favicon)
	for _, l := range p.Languages {
		if !l.Current {
			m.raw(`<link rel="alternate"`).set("hreflang", l.Code).href(l.Href).raw(">")
		}
	}
	for _, feed := range p.Feeds {
		m.raw(`<link rel="alternate"`).set("type", feed.Type).href(feed.Href).set("title", feed.Title).raw(">")
	}
	m.script("page")
	for _, name := range p.Scripts {
		m.script(name)
	}
	return m.done()
}

// script loads a module of assets/js.
func (m *markup) script(name string) *markup {
	return m.raw(`<script type="module"`).set("src", AssetPath("js/"+name+".js")).raw(`></script>`)
}

// Top is the way past it, the house's name, the ways in, and the languages.
func (p *Page) Top() template.HTML {
	m := begin()
	if !p.Framed {
		m.raw(`<a class="skip" href="#main">`).say(p.T("ui.skip")).raw("</a>")
	}
	m.raw(`<header class="top">`)
	if p.Demo {
		m.raw(`<p class="demo">`).lead("info").element("span", p.T("ui.demo")).raw("</p>")
	}
	m.raw(`<div class="wrap"><a class="mark"`).href(p.House.Home).raw(">").raw(houseMark).raw(" <span>").say(p.House.Name).raw("</span></a>")
	if p.Framed {
		return m.raw("</div></header>").done()
	}
	m.raw("<nav").set("aria-label", p.T("ui.nav")).raw(">")
	for _, item := range p.Nav {
		m.raw("<a").href(item.Href).when(item.Current, ` aria-current="page"`).raw(">").lead(item.Icon).say(item.Text).raw("</a>")
	}
	if p.House.PhoneLink != "" {
		m.raw("<a").href(p.House.PhoneLink).raw(">").lead("phone").raw(`<span class="sr">`).say(p.T("ui.call")).raw(" </span>").say(p.House.Phone).raw("</a>")
	}
	m.raw("</nav>").raw(string(LanguageMenu{Words: p.Words, Languages: p.Languages}.HTML()))
	return m.raw("</div></header>").done()
}

// Way is the way back from home, and what to know first.
func (p *Page) Way() template.HTML {
	way := Breadcrumb{Words: p.Words, Crumbs: p.Crumbs}.HTML()
	if p.Notice != nil {
		way += p.Notice.HTML()
	}
	return way
}

// Foot is how to reach the house, what it owes to say, and the person's account.
func (p *Page) Foot() template.HTML {
	if p.Framed {
		return ""
	}
	m := begin().raw(`<footer class="foot"><div class="wrap"><div class="who"><p><b>`).say(p.House.Name).raw("</b></p>")
	if p.House.Address != "" {
		m.raw("<p>").lead("map-pin").element("span", p.House.Address).raw("</p>")
	}
	if p.House.PhoneLink != "" {
		m.raw("<p>").lead("phone").raw("<span>").linked(p.House.PhoneLink, p.House.Phone).element("small", p.House.Hours).raw("</span></p>")
	}
	if p.House.Mail != "" {
		m.raw("<p>").lead("mail").linked(MailLink(p.House.Mail), p.House.Mail).raw("</p>")
	}
	if p.House.Emergency != "" {
		m.raw("<p>").lead("circle-alert").raw("<span>").say(p.T("ui.emergency")).raw(" ")
		m.linked(TelLink(p.House.Emergency), p.House.Emergency).raw("</span></p>")
	}
	m.raw(`</div><ul>`).row("/accessibility", p.T("ui.accessibility")).row("/privacy", p.T("ui.privacy")).row("/legal", p.T("ui.legal"))
	m.raw(`</ul><ul>`).row("/help", p.T("ui.help")).row("/open-data", p.T("ui.open-data"))
	switch {
	case p.Person.In:
		m.raw(`<li><a href="/account">`).lead("user").say(p.Person.Name).raw("</a>")
		if p.Person.Role != "" {
			m.raw(" ").element("small", p.Person.Role)
		}
		m.raw(`</li><li><form method="post" action="/sign-out"><button class="as-link">`).say(p.T("ui.sign-out")).raw("</button></form></li>")
	case p.House.SignIn:
		m.row("/sign-in", p.T("ui.sign-in"))
	}
	return m.raw("</ul></div></footer>").done()
}

// row is a link in a list of them.
func (m *markup) row(address, text string) *markup {
	return m.raw("<li>").linked(address, text).raw("</li>")
}
