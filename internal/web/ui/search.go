package ui

import (
	"html/template"

	"parvis/internal/i18n"
)

// Hidden is a value that a form carries along unseen.
type Hidden struct{ Name, Value string }

// SearchBox asks what the person needs, in their own words, and with Near where. It is a plain GET form.
type SearchBox struct {
	Words   *i18n.Printer
	ID      string // of its fields in the page; empty is "q", for a second one on a page another
	Action  string // where it goes; empty is /places
	Value   string // what was asked
	Label   string // empty: the house's own "what do you need"
	Example string // a need as somebody would say it
	Near    bool   // ask where, too
	Place   string // what was entered as where
	Hidden  []Hidden
	Big     bool     // as on the home page
	Suggest []string // offered as one types, without a script
}

// HTML is the search's mark-up.
func (s SearchBox) HTML() template.HTML {
	if s.Action == "" {
		s.Action = "/places"
	}
	if s.ID == "" {
		s.ID = "q"
	}
	if s.Label == "" {
		s.Label = s.Words.T("ui.search-label")
	}
	if s.Example == "" {
		s.Example = s.Words.T("ui.search-example")
	}
	m := begin().raw(`<form class="ask`).when(s.Big, " big").when(s.Near, " where").raw(`" role="search"`)
	m.set("aria-label", s.Label).set("action", s.Action).raw(`><div class="ask-in"><label class="sr"`).set("for", s.ID).raw(">").say(s.Label)
	m.raw(`</label><input`).set("id", s.ID).raw(` name="q" type="search"`).set("value", s.Value).set("placeholder", s.Example)
	m.raw(` maxlength="200" autocomplete="off" enterkeyhint="search"`)
	if len(s.Suggest) > 0 {
		m.set("list", s.ID+"-list")
	}
	m.raw(`></div>`)
	if s.Near {
		s.where(m)
	}
	m.raw(`<button class="go">`).lead("search").element("span", s.Words.T("ui.search")).raw(`</button>`)
	m.hidden(s.Hidden)
	if len(s.Suggest) > 0 {
		m.raw(`<datalist`).set("id", s.ID+"-list").raw(">")
		for _, words := range s.Suggest {
			m.raw(`<option`).set("value", words).raw(`></option>`)
		}
		m.raw(`</datalist>`)
	}
	if s.Near {
		m.raw(`<p class="said" role="status" data-locate-said`).set("data-asking", s.Words.T("ui.locate-asking"))
		m.set("data-failed", s.Words.T("ui.locate-failed")).set("data-here", s.Words.T("ui.locate-here")).raw(`></p>`)
	}
	return m.raw(`</form>`).done()
}

// where writes the field for a town or a postal code, and the button for the phone's own position.
func (s *SearchBox) where(m *markup) {
	id := s.ID + "-near"
	m.raw(`<div class="ask-in near">`).icon("map-pin").raw(`<label class="sr"`).set("for", id).raw(">").say(s.Words.T("ui.near-label"))
	m.raw(`</label><input`).set("id", id).raw(` name="near"`).set("value", s.Place).set("placeholder", s.Words.T("ui.near-example"))
	m.raw(` maxlength="100" autocomplete="address-level2"><button class="here" type="button" data-locate hidden>`).icon("locate-fixed")
	m.raw(`<span class="sr">`).say(s.Words.T("ui.locate")).raw(`</span></button></div>`)
}

// Filters is the form that narrows a list; on a phone it is folded.
type Filters struct {
	Title  string
	Action string // where it goes
	Hidden []Hidden
	Open   bool // unfolded on a phone: something in it needs attention
	Chosen int  // how many choices are made; 0 is not said
	Groups []FilterGroup
	Apply  Button
}

// HTML is the form's mark-up.
func (f Filters) HTML() template.HTML {
	m := begin().raw(`<form class="filters"`).set("action", f.Action).raw(`><h2 class="sr">`).say(f.Title).raw("</h2>")
	m.hidden(f.Hidden)
	m.raw(`<details class="all-filters"`).when(f.Open, " open").raw("><summary>").say(f.Title)
	if f.Chosen > 0 {
		m.raw(` <b class="count">`).number(f.Chosen).raw("</b>")
	}
	m.icon("chevron-down").raw("</summary>")
	for i := range f.Groups {
		f.Groups[i].write(m)
	}
	m.raw("<p>")
	f.Apply.write(m)
	return m.raw("</p></details></form>").done()
}

// hidden writes what a form carries along.
func (m *markup) hidden(all []Hidden) {
	for _, h := range all {
		m.raw(`<input type="hidden"`).set("name", h.Name).set("value", h.Value).raw(">")
	}
}

// FilterGroup narrows a list: a folded group of boxes, each with how many would remain. It stands in a GET form.
type FilterGroup struct {
	Words   *i18n.Printer
	Name    string
	Label   string
	Icon    string
	Open    bool // unfolded; a group with a chosen value always is
	One     bool // one value at most: radio buttons
	Options []FilterOption
	Ask     *Field // after the options: something else that can be said
	More    *Link  // to the same page with every value of a long group
}

// FilterOption is one box of a group.
type FilterOption struct {
	Value   string
	Text    string
	Count   int // how many would remain; -1: not said
	Checked bool
}

// HTML is the group's mark-up; nothing when there is nothing to choose.
func (f FilterGroup) HTML() template.HTML { return written(&f) }

func (f *FilterGroup) write(m *markup) {
	if len(f.Options) == 0 {
		return
	}
	chosen := f.chosen()
	m.raw(`<details class="filter"`).when(f.Open || chosen > 0, " open").raw(`><summary>`).lead(f.Icon).say(f.Label)
	if chosen > 0 {
		m.raw(` <b class="count">`).number(chosen).raw(`</b>`)
	}
	m.icon("chevron-down").raw(`</summary><fieldset><legend class="sr">`).say(f.Label).raw(`</legend>`)
	kind := "checkbox"
	if f.One {
		kind = "radio"
	}
	for i := range f.Options {
		o := &f.Options[i]
		m.raw(`<label class="box"><input`).set("type", kind).set("name", f.Name).set("value", o.Value).when(o.Checked, " checked")
		m.raw(`><span>`).say(o.Text).raw(`</span>`)
		if o.Count >= 0 {
			m.raw(` <small>`).say(f.Words.Number(o.Count)).raw(`</small>`)
		}
		m.raw(`</label>`)
	}
	if f.Ask != nil {
		f.Ask.write(m)
	}
	if f.More != nil {
		f.More.write(m)
	}
	m.raw(`</fieldset></details>`)
}

// chosen is how many boxes are ticked.
func (f *FilterGroup) chosen() int {
	n := 0
	for _, option := range f.Options {
		if option.Checked && option.Value != "" {
			n++
		}
	}
	return n
}

// Pagination leads through a long list. Make it with Paginate.
type Pagination struct {
	Words    *i18n.Printer
	Previous string
	Next     string
	Items    []PageLink
}

// PageLink is one page's number; a gap has no address.
type PageLink struct {
	Number  int
	Href    string
	Current bool
}

// Paginate makes the links of page (from 1) of pages: the first, the last, and those around it.
func Paginate(words *i18n.Printer, page, pages int, href func(page int) string) Pagination {
	p := Pagination{Words: words}
	if pages < 2 {
		return p
	}
	if page > 1 {
		p.Previous = href(page - 1)
	}
	if page < pages {
		p.Next = href(page + 1)
	}
	last := 0
	for n := 1; n <= pages; n++ {
		if n != 1 && n != pages && (n < page-1 || n > page+1) {
			continue
		}
		if n > last+1 {
			p.Items = append(p.Items, PageLink{})
		}
		p.Items = append(p.Items, PageLink{Number: n, Href: href(n), Current: n == page})
		last = n
	}
	return p
}

// HTML is the links' mark-up; nothing when one page holds it all.
func (p Pagination) HTML() template.HTML {
	if len(p.Items) == 0 {
		return ""
	}
	m := begin().raw(`<nav class="pages"`).set("aria-label", p.Words.T("ui.pages")).raw(">")
	if p.Previous != "" {
		m.raw(`<a rel="prev"`).href(p.Previous).raw(">").lead("arrow-left").say(p.Words.T("ui.previous")).raw(`</a>`)
	}
	m.raw(`<ol>`)
	for i := range p.Items {
		p.Items[i].write(m, p.Words)
	}
	m.raw(`</ol>`)
	if p.Next != "" {
		m.raw(`<a rel="next"`).href(p.Next).raw(">").say(p.Words.T("ui.next")).raw(" ").icon("arrow-right").raw(`</a>`)
	}
	return m.raw(`</nav>`).done()
}

func (l *PageLink) write(m *markup, words *i18n.Printer) {
	switch {
	case l.Number == 0:
		m.raw(`<li><span aria-hidden="true">…</span></li>`)
	case l.Current:
		m.raw(`<li><b aria-current="page"`).set("aria-label", words.T("ui.page", "Number", l.Number)).raw(">").number(l.Number).raw(`</b></li>`)
	default:
		m.raw(`<li><a`).href(l.Href).set("aria-label", words.T("ui.page", "Number", l.Number)).raw(">").number(l.Number).raw(`</a></li>`)
	}
}
