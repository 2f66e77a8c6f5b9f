package ui_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"parvis/internal/i18n"
	"parvis/internal/web/ui"
)

// parsed is a component's or page's mark-up as a tree, with its elements by id.
func parsed(t *testing.T, text string) (all []*html.Node, ids map[string]*html.Node) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	ids = map[string]*html.Node{}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			all = append(all, n)
			if id := attr(n, "id"); id != "" {
				ids[id] = n
			}
		}
	}
	return all, ids
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

func inner(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

func inside(n *html.Node, tag string) *html.Node {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Data == tag {
			return p
		}
	}
	return nil
}

// labelled reports whether a field has a name: a label that points to it or stands around it, or one of its own.
func labelled(n *html.Node, all []*html.Node) bool {
	if attr(n, "aria-label") != "" || inside(n, "label") != nil && inner(inside(n, "label")) != "" {
		return true
	}
	return slices.ContainsFunc(all, func(l *html.Node) bool {
		return l.Data == "label" && attr(l, "for") == attr(n, "id") && attr(n, "id") != "" && inner(l) != ""
	})
}

// TestFieldsHaveNamesAndLeadsHold: in every example, each field has a label, what describes or names something is there,
// each link and button says something, each group of boxes has a legend, each picture is named or passed over.
func TestFieldsHaveNamesAndLeadsHold(t *testing.T) {
	t.Parallel()
	for _, lang := range i18n.Languages {
		for _, example := range ui.Examples(words(t, lang)) {
			where := lang + " " + example.Component + ", " + example.Case
			all, ids := parsed(t, string(example.Body.HTML()))
			for _, n := range all {
				for _, fault := range faultsOf(n, all, ids) {
					t.Errorf("%s: %s", where, fault)
				}
			}
		}
	}
}

func faultsOf(n *html.Node, all []*html.Node, ids map[string]*html.Node) (faults []string) {
	for id := range strings.FieldsSeq(attr(n, "aria-describedby")) {
		if ids[id] == nil {
			faults = append(faults, "nothing has the id "+id)
		}
	}
	if to := attr(n, "for"); n.Data == "label" && to != "" && ids[to] == nil {
		faults = append(faults, "a label points to "+to)
	}
	if to := attr(n, "list"); to != "" && ids[to] == nil {
		faults = append(faults, "no list "+to)
	}
	switch n.Data {
	case "input", "select", "textarea":
		if attr(n, "type") != "hidden" && !labelled(n, all) {
			faults = append(faults, "a field without a label: "+attr(n, "name"))
		}
	case "a", "button", "summary":
		if inner(n) == "" && attr(n, "aria-label") == "" {
			faults = append(faults, "a "+n.Data+" that says nothing")
		}
	case "fieldset":
		if n.FirstChild == nil || n.FirstChild.Data != "legend" || inner(n.FirstChild) == "" {
			faults = append(faults, "a group without a legend")
		}
	case "svg":
		if attr(n, "aria-hidden") != "true" && attr(n, "aria-label") == "" {
			faults = append(faults, "a picture without a name")
		}
	case "nav", "form":
		if (n.Data == "nav" || attr(n, "role") == "search") && attr(n, "aria-label") == "" {
			faults = append(faults, "a "+n.Data+" without a name")
		}
	case "th":
		if attr(n, "scope") == "" {
			faults = append(faults, "a table heading without a scope")
		}
	}
	return faults
}

// TestTheSearchForFaultsFinds: what cannot fail proves nothing.
func TestTheSearchForFaultsFinds(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		`<input name="q">`: 1, `<label>x<input name="q"></label>`: 0, `<label for="q">x</label><input id="q">`: 0, `<label for="r">x</label>`: 1,
		`<a href="/"><svg aria-hidden="true"></svg></a>`: 1, `<svg></svg>`: 1, `<fieldset><p>x</p></fieldset>`: 1, `<p aria-describedby="no">x</p>`: 1, `<nav>x</nav>`: 1,
		`<table><tr><th>x</th></tr></table>`: 1, `<form role="search"></form>`: 1, `<form></form>`: 0,
	} {
		all, ids := parsed(t, text)
		got := 0
		for _, n := range all {
			got += len(faultsOf(n, all, ids))
		}
		if got != want {
			t.Errorf("%s: %d faults, want %d", text, got, want)
		}
	}
}

// page renders a sample page with a frame and parses it.
func page(t *testing.T, p ui.Page, frame ui.Frame) (all []*html.Node, text string) {
	t.Helper()
	frame.Words = words(t, "en")
	s := &sample{Page: p}
	s.Frame = frame
	var b bytes.Buffer
	if err := ui.Render(&b, s); err != nil {
		t.Fatal(err)
	}
	all, _ = parsed(t, b.String())
	return all, b.String()
}

func one(t *testing.T, all []*html.Node, tag, name, value string) *html.Node {
	t.Helper()
	for _, n := range all {
		if n.Data == tag && (name == "" || attr(n, name) == value) {
			return n
		}
	}
	t.Errorf("no <%s %s=%q>", tag, name, value)
	return &html.Node{}
}

func TestLayoutShowsWhatThePageSays(t *testing.T) {
	t.Parallel()
	all, text := page(t, ui.Page{
		Title: "Library", Description: "A place", Wide: true, Hero: true, Scripts: []string{"listen"}, Private: true,
		Notice: &ui.Notice{Text: "Kept."}, Crumbs: []ui.Crumb{{Text: "Home", Href: "/"}, {Text: "Library"}},
		Feeds: []ui.Feed{{Type: "application/geo+json", Href: "/map/data.geojson", Title: "Places"}},
	}, ui.Frame{
		House: ui.House{Name: "Vald", Home: "/", Mail: "a@vald.example", Address: "1 place", Emergency: "112", SignIn: true}, Demo: true,
		Nav: []ui.NavItem{{Href: "/map", Text: "Map", Icon: "map", Current: true}}, Person: ui.Person{In: true, Name: "Ana <b>", Role: "agent"},
	})
	if one(t, all, "meta", "name", "description"); attr(one(t, all, "main", "", ""), "class") != "has-hero" || !strings.Contains(text, `<div class="wide">`) {
		t.Error("a wide page with a hero")
	}
	one(t, all, "meta", "name", "robots")
	one(t, all, "script", "src", ui.AssetPath("js/listen.js"))
	one(t, all, "link", "href", "/map/data.geojson")
	if n := one(t, all, "p", "class", "demo"); inside(n, "header") == nil {
		t.Error("the demo's banner stands in no landmark")
	}
	if n := one(t, all, "a", "href", "/map"); attr(n, "aria-current") != "page" || inside(n, "nav") == nil {
		t.Error("where one is in the ways in")
	}
	if n := one(t, all, "a", "href", "/account"); inner(n) != "Ana <b>" {
		t.Errorf("who is here: %q", inner(n))
	}
	if n := one(t, all, "div", "role", "status"); inner(n) != "Kept." || inside(n, "main") == nil {
		t.Error("the notice")
	}
	if n := one(t, all, "span", "aria-current", "page"); inner(n) != "Library" {
		t.Error("the way back ends here")
	}
	for _, href := range []string{"tel:112", "mailto:a@vald.example", "/help", "/legal", "/privacy", "/accessibility"} {
		one(t, all, "a", "href", href)
	}
	if strings.Contains(text, `href="/sign-in"`) {
		t.Error("who is signed in is asked to sign in")
	}
}

func TestLayoutLeavesOutWhatIsNotSaid(t *testing.T) {
	t.Parallel()
	all, text := page(t, ui.Page{Title: "Vald"}, ui.Frame{House: ui.House{Name: "Vald", Home: "/"}})
	for _, never := range []string{"tel:", "mailto:", `class="demo"`, "robots", "description", "/sign-in", "/sign-out", `role="status"`, "crumbs", "hreflang"} {
		if strings.Contains(text, never) {
			t.Errorf("%s is there", never)
		}
	}
	if got := inner(one(t, all, "title", "", "")); got != "Vald" {
		t.Errorf("title %q", got)
	}
	order := []string{}
	for _, n := range all {
		if slices.Contains([]string{"header", "main", "footer"}, n.Data) || attr(n, "class") == "skip" {
			order = append(order, n.Data)
		}
	}
	if strings.Join(order, " ") != "a header main footer" {
		t.Errorf("order: %v", order)
	}
	if !has(one(t, all, "main", "", ""), "tabindex") {
		t.Error("the skip link needs a place to land")
	}
}
