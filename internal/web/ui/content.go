package ui

import (
	"html/template"

	"parvis/internal/i18n"
)

// Notice tells one thing that matters now: what was just done, what to know first.
type Notice struct {
	Tone    Tone
	Icon    string // empty: the tone's own
	Title   string
	Text    string
	Links   []Link
	Urgent  bool // read aloud at once
	Content Renderer
}

// HTML is the notice's mark-up.
func (n Notice) HTML() template.HTML {
	if n.Icon == "" {
		n.Icon = map[Tone]string{Good: "circle-check", Wait: "clock", Bad: "circle-alert"}[n.Tone]
	}
	if n.Icon == "" {
		n.Icon = "info"
	}
	return render("notice", n)
}

// Steps are what to do, one after the other, each with a pictogram.
type Steps struct{ Items []Step }

// Step is one thing to do.
type Step struct {
	Icon string
	Text string
	Hint string
}

// HTML is the steps' mark-up.
func (s Steps) HTML() template.HTML { return render("steps", s) }

// State is where a moment of a timeline stands.
type State string

// The states of a moment.
const (
	Done  State = "done"
	Now   State = "now"
	Later State = ""
)

// Timeline is what happened, what is happening, what comes next.
type Timeline struct {
	Words *i18n.Printer
	Items []Moment
}

// Moment is one point of a timeline.
type Moment struct {
	Title  string
	Detail string
	State  State
}

// HTML is the timeline's mark-up.
func (t Timeline) HTML() template.HTML { return render("timeline", t) }

// T is a message in the page's language.
func (t Timeline) T(key string) string { return t.Words.T(key) }

// KeyValues are facts with their names.
type KeyValues struct{ Items []KeyValue }

// KeyValue is one fact: Text, as a link where Href is given, or any component as Body.
type KeyValue struct {
	Key  string
	Text string
	Href string
	Lang string
	Body Renderer
}

// HTML is the facts' mark-up.
func (k KeyValues) HTML() template.HTML { return render("keyvalues", k) }

// Table is rows of facts. On a narrow screen it scrolls inside its own frame.
type Table struct {
	Caption string
	Head    []string
	Rows    [][]Cell
}

// Cell is one fact of a table.
type Cell struct {
	Text   string
	Href   string
	Tone   Tone
	Number bool // set at the right
}

// Numbers reports whether a column holds numbers, as its first row says.
func (t Table) Numbers(column int) bool {
	return len(t.Rows) > 0 && column < len(t.Rows[0]) && t.Rows[0][column].Number
}

// HTML is the table's mark-up.
func (t Table) HTML() template.HTML { return render("table", t) }

// Hours is a week of opening hours. Today's row stands out.
type Hours struct {
	Caption string
	Days    []HoursDay
}

// HoursDay is one day: its name, its spans as the language writes them, and why it differs.
type HoursDay struct {
	Name   string
	Date   string   // "23 Nov"
	Spans  []string // "09:00–12:00"; none is closed
	Closed string   // the word for closed, when there is no span
	Note   string   // a holiday's name, a remark
	Today  bool
}

// HTML is the table's mark-up.
func (h Hours) HTML() template.HTML { return render("hours", h) }

// Empty says that there is nothing, why, and where to go instead. It is never a dead end: give at least one way on.
type Empty struct {
	Icon  string
	Title string
	Text  string
	Tips  []string
	Ways  []Link
}

// HTML is the message's mark-up.
func (e Empty) HTML() template.HTML {
	if e.Icon == "" {
		e.Icon = "search"
	}
	return render("empty", e)
}

// Breadcrumb is the way back to the first page.
type Breadcrumb struct {
	Words  *i18n.Printer
	Crumbs []Crumb
}

// Crumb is one page on the way; the last has no address.
type Crumb struct{ Text, Href string }

// HTML is the way's mark-up; nothing when there is none.
func (b Breadcrumb) HTML() template.HTML {
	if len(b.Crumbs) == 0 {
		return ""
	}
	m := begin().raw(`<nav class="crumbs"`).set("aria-label", b.Words.T("ui.crumbs")).raw("><ol>")
	for _, crumb := range b.Crumbs {
		m.raw("<li>")
		if crumb.Href != "" {
			m.linked(crumb.Href, crumb.Text).icon("chevron-right")
		} else {
			m.raw(`<span aria-current="page">`).say(crumb.Text).raw("</span>")
		}
		m.raw("</li>")
	}
	return m.raw("</ol></nav>").done()
}

// LanguageMenu leads to this same page in another language.
type LanguageMenu struct {
	Words     *i18n.Printer
	Languages []Language
}

// HTML is the menu's mark-up; nothing where there is only one language.
func (m LanguageMenu) HTML() template.HTML {
	if len(m.Languages) < 2 {
		return ""
	}
	current := m.current()
	out := begin().raw(`<details class="menu" data-menu><summary>`).lead("languages").raw(`<span class="sr">`).say(m.Words.T("ui.language"))
	out.raw(` </span><span`).set("lang", current.Code).raw(">").say(current.Name).raw("</span></summary><ul>")
	for _, l := range m.Languages {
		out.raw("<li><a").href(l.Href).set("lang", l.Code).set("hreflang", l.Code).when(l.Current, ` aria-current="true"`)
		out.raw(">").say(l.Name).raw("</a></li>")
	}
	return out.raw("</ul></details>").done()
}

// current is the language of the page.
func (m *LanguageMenu) current() Language {
	for _, l := range m.Languages {
		if l.Current {
			return l
		}
	}
	return Language{}
}

// Tools are what one may do with a page: have it read aloud (where the browser has a voice), print it, share it.
type Tools struct {
	Words  *i18n.Printer
	Listen bool
	Print  bool
	Share  string // address of a page with the link and a QR code; empty: not offered
}

// HTML is the tools' mark-up.
func (t Tools) HTML() template.HTML { return render("tools", t) }

// T is a message in the page's language.
func (t Tools) T(key string) string { return t.Words.T(key) }
