package ui

import (
	"html/template"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"pgregory.net/rapid"

	"parvis/internal/i18n"
)

// odd are texts that somebody may type to break out of where they are put.
var odd = rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("<>\"'&;=/ \\`+%#:ấ文\x00\x01abjs{}"))))

// parsed is a mark-up read as a browser does.
func parsed(t *rapid.T, text template.HTML) *html.Node {
	nodes, err := html.ParseFragment(strings.NewReader(string(text)), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil || len(nodes) != 1 {
		t.Fatalf("%s: %d nodes, %v", text, len(nodes), err)
	}
	return nodes[0]
}

// TestNothingBreaksOut: whatever is said comes back as it was, as content and in an attribute, and as nothing else.
func TestNothingBreaksOut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		content, value := odd.Draw(t, "content"), odd.Draw(t, "value")
		node := parsed(t, begin().raw("<b").set("title", value).raw(">").say(content).raw("</b>").done())
		if len(node.Attr) != 1 || node.Attr[0].Val != shown(value) {
			t.Fatalf("%q became %v", value, node.Attr)
		}
		got := ""
		for child := node.FirstChild; child != nil; child = child.NextSibling {
			if child.Type != html.TextNode {
				t.Fatalf("%q became a %v", content, child.Data)
			}
			got += child.Data
		}
		if got != shown(content) {
			t.Fatalf("%q became %q", content, got)
		}
	})
}

// shown is what a browser makes of a text: one line end for all kinds, no NUL.
func shown(text string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "\uFFFD").Replace(text)
}

// standard is how html/template writes an address.
var standard = template.Must(template.New("").Funcs(functions).Parse(`<a href="{{url .}}"></a>`))

// TestAddressesAreWrittenAsTheStandardLibraryDoes: also percent signs that are no escape, and bytes that are no text.
func TestAddressesAreWrittenAsTheStandardLibraryDoes(t *testing.T) {
	t.Parallel()
	addresses := rapid.OneOf(odd, rapid.SampledFrom([]string{"/100%", "%", "/%4", "/%zz%41%e9", "\xff/\x80"}), rapid.StringMatching(`(javascript|data|tel|https?|/places|geo)(:|/)?[a-zé?&=+ %0-9"'<>#-]{0,20}`))
	rapid.Check(t, func(t *rapid.T) {
		address := addresses.Draw(t, "address")
		var b strings.Builder
		if err := standard.Execute(&b, address); err != nil {
			t.Fatal(err)
		}
		want := parsed(t, template.HTML(b.String())).Attr[0].Val
		got := parsed(t, begin().raw("<a").href(address).raw("></a>").done()).Attr[0].Val
		if !strings.EqualFold(got, want) { // an escape may be %C3 or %c3
			t.Fatalf("%q: %q, html/template writes %q", address, got, want)
		}
	})
}

func TestMarkupIsEmptyAgain(t *testing.T) {
	t.Parallel()
	for range 3 {
		if got := begin().element("p", "").attr("id", "").linked("", "").lead("").when(false, "x").done(); got != "" {
			t.Fatalf("%q is left", got)
		}
		if got := begin().element("p", "a").number(-3).linked("/x", "y").done(); got != `<p>a</p>-3<a href="/x">y</a>` {
			t.Fatalf("%q", got)
		}
	}
}

// BenchmarkComponents writes every example once: what the components of a page cost.
func BenchmarkComponents(b *testing.B) {
	bundle := i18n.NewBundle()
	if err := bundle.Add(Locales); err != nil {
		b.Fatal(err)
	}
	words := bundle.Printer("fr", time.UTC, "EUR")
	for _, example := range Examples(words) {
		b.Run(example.Component+"/"+strings.ReplaceAll(example.Case, " ", "-"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				example.Body.HTML()
			}
		})
	}
}
