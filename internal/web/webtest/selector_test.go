package webtest

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestSelectors(t *testing.T) {
	t.Parallel()
	root, err := html.Parse(strings.NewReader(`<main id="m"><ol class="results big"><li data-id="1"><h3><a href="tel:1">One</a></h3></li>
		<li data-id="2"><p><a href="/b">Two</a></p></li></ol></main>`))
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{
		"li": 2, "ol.results > li[data-id]": 2, "li h3 a": 1, "li > a": 0, `a[href^="tel:"]`: 1, "#m .big a": 2, "[data-id=2] a": 1,
		"main > li": 0, "*.results": 1, "a[href$=b]": 1, `a[href*="e"]`: 1, ".resul": 0, "ol > li > p > a": 1,
	} {
		s, err := parseSelector(text)
		if err != nil {
			t.Error(err)
			continue
		}
		got := 0
		for n := range root.Descendants() {
			if n.Type == html.ElementNode && s.match(n) {
				got++
			}
		}
		if got != want {
			t.Errorf("%s: %d, want %d", text, got, want)
		}
	}
	if _, err := parseSelector("a:hover"); err == nil {
		t.Error("what is not understood must not match everything")
	}
}
