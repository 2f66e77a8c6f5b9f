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
	return render("search", s)
}

// T is a message in the page's language.
func (s SearchBox) T(key string) string { return s.Words.T(key) }

// FilterGroup narrows a list: a folded group of boxes, each with how many would remain. It stands in a GET form.
type FilterGroup struct {
	Words   *i18n.Printer
	Name    string
	Label   string
	Icon    string
	Open    bool // unfolded; a group with a chosen value always is
	One     bool // one value at most: radio buttons
	Options []FilterOption
	More    *Link // to the same page with every value of a long group
}

// FilterOption is one box of a group.
type FilterOption struct {
	Value   string
	Text    string
	Count   int // how many would remain; -1: not said
	Checked bool
}

// HTML is the group's mark-up; nothing when there is nothing to choose.
func (f FilterGroup) HTML() template.HTML {
	if len(f.Options) == 0 {
		return ""
	}
	return render("filter", f)
}

// Chosen is how many boxes are ticked.
func (f FilterGroup) Chosen() int {
	n := 0
	for _, option := range f.Options {
		if option.Checked && option.Value != "" {
			n++
		}
	}
	return n
}

// Unfolded reports whether the group shows its boxes.
func (f FilterGroup) Unfolded() bool { return f.Open || f.Chosen() > 0 }

// Number writes a count as the page's language does.
func (f FilterGroup) Number(n int) string { return f.Words.Number(n) }

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
	return render("pagination", p)
}

// T is a message in the page's language.
func (p Pagination) T(key string, args ...any) string { return p.Words.T(key, args...) }
