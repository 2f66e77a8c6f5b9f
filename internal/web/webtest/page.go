package webtest

import (
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Page is an answer, read.
type Page struct {
	t      testing.TB
	Method string
	Path   string
	Status int
	Header http.Header
	Body   string // uncompressed
	Sent   int    // bytes of the body as they went out
	root   *html.Node
}

// parse reads the page and holds it to what every page promises.
func (p *Page) parse() {
	p.t.Helper()
	root, err := html.Parse(strings.NewReader(p.Body))
	if err != nil {
		p.t.Fatal(err)
	}
	p.root = root
	if at := strings.Index(p.Body, "⟦"); at >= 0 {
		p.t.Errorf("%s: a word is missing: %.60s", p.Path, p.Body[at:])
	}
	if n := len(p.All("h1")); n != 1 {
		p.t.Errorf("%s: %d first headings", p.Path, n)
	}
	if lang := p.Attr("html", "lang"); lang != p.Header.Get("Content-Language") {
		p.t.Errorf("%s: the page says it is in %q, its header %q", p.Path, lang, p.Header.Get("Content-Language"))
	}
	ids := map[string]bool{}
	for _, n := range p.All("[id]") {
		if id := attribute(n, "id"); ids[id] {
			p.t.Errorf("%s: two elements with the id %q", p.Path, id)
		} else {
			ids[id] = true
		}
	}
}

// Is fails the test unless the page has this status.
func (p *Page) Is(status int) *Page {
	p.t.Helper()
	if p.Status != status {
		p.t.Fatalf("%s %s: status %d, want %d\n%.2000s", p.Method, p.Path, p.Status, status, p.Body)
	}
	return p
}

// All gives the elements that a selector finds: names, #id, .class, [a], [a=v], [a^=v], [a$=v], [a*=v], descendants (a
// space) and children (>).
func (p *Page) All(selector string) []*html.Node {
	p.t.Helper()
	if p.root == nil {
		p.t.Fatalf("%s is no HTML page", p.Path)
	}
	steps, err := parseSelector(selector)
	if err != nil {
		p.t.Fatal(err)
	}
	var found []*html.Node
	for n := range p.root.Descendants() {
		if n.Type == html.ElementNode && steps.match(n) {
			found = append(found, n)
		}
	}
	return found
}

// One gives the only element that a selector finds, and fails the test where there is none or another.
func (p *Page) One(selector string) *html.Node {
	p.t.Helper()
	found := p.All(selector)
	if len(found) != 1 {
		p.t.Fatalf("%s: %d elements match %q", p.Path, len(found), selector)
	}
	return found[0]
}

// Has reports whether a selector finds anything.
func (p *Page) Has(selector string) bool { p.t.Helper(); return len(p.All(selector)) > 0 }

// Text is the text of the only element that a selector finds, its spaces joined.
func (p *Page) Text(selector string) string { p.t.Helper(); return Text(p.One(selector)) }

// Texts are the texts of all elements that a selector finds.
func (p *Page) Texts(selector string) []string {
	p.t.Helper()
	var all []string
	for _, n := range p.All(selector) {
		all = append(all, Text(n))
	}
	return all
}

// Attr is an attribute of the only element that a selector finds.
func (p *Page) Attr(selector, name string) string {
	p.t.Helper()
	return attribute(p.One(selector), name)
}

// Text is the text inside an element, its spaces joined.
func Text(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
