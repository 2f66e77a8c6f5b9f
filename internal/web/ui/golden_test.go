package ui_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"parvis/internal/i18n"
	"parvis/internal/i18n/i18ntest"
	"parvis/internal/web/ui"
)

var update = flag.Bool("update", false, "write the golden files")

func words(t testing.TB, lang string) *i18n.Printer {
	t.Helper()
	bundle := i18n.NewBundle()
	if err := bundle.Add(ui.Locales); err != nil {
		t.Fatal(err)
	}
	return bundle.Printer(lang, time.UTC, "EUR")
}

func TestWordsAreInEveryLanguage(t *testing.T) {
	t.Parallel()
	i18ntest.Check(t, ui.Locales)
}

// TestComponents holds every example to its golden file: testdata/golden/button.html holds all examples of Button.
func TestComponents(t *testing.T) {
	t.Parallel()
	files := map[string]*strings.Builder{}
	for _, example := range ui.Examples(words(t, "en")) {
		name := strings.ToLower(example.Component) + ".html"
		if files[name] == nil {
			files[name] = &strings.Builder{}
		}
		files[name].WriteString("<!-- " + example.Case + " -->\n" + string(example.Body.HTML()) + "\n\n")
	}
	for name, b := range files {
		path := filepath.Join("testdata", "golden", name)
		if *update {
			if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil || string(want) != b.String() {
			t.Errorf("%s differs (go test ./internal/web/ui -update writes it): %v\n%s", path, err, b.String())
		}
	}
	known, _ := filepath.Glob(filepath.Join("testdata", "golden", "*.html"))
	if len(known) != len(files) {
		t.Errorf("%d golden files for %d components", len(known), len(files))
	}
}

// component finds the types that write themselves as mark-up.
var component = regexp.MustCompile(`(?m)^func \(\w+ \*?([A-Z]\w*)\) HTML\(\) template\.HTML`)

// TestEveryComponentHasAnExample: a component without an example is one that nobody looked at.
func TestEveryComponentHasAnExample(t *testing.T) {
	t.Parallel()
	shown := map[string]bool{}
	for _, example := range ui.Examples(words(t, "en")) {
		shown[example.Component] = true
	}
	sources, found := goFiles(t), 0
	for _, m := range component.FindAllStringSubmatch(sources, -1) {
		if found++; !shown[m[1]] {
			t.Errorf("%s has no example", m[1])
		}
	}
	if found < 30 {
		t.Errorf("only %d components", found)
	}
}

// goFiles is the text of this package.
func goFiles(t *testing.T) string {
	t.Helper()
	names, _ := filepath.Glob("*.go")
	var all strings.Builder
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(name, "_test.go") {
			all.Write(text)
		}
	}
	return all.String()
}

// TestComponentsInEveryLanguage: no word is missing, every mark that is opened is closed, no address was refused.
func TestComponentsInEveryLanguage(t *testing.T) {
	t.Parallel()
	for _, lang := range i18n.Languages {
		for _, example := range ui.Examples(words(t, lang)) {
			text := string(example.Body.HTML())
			if strings.Contains(text, "⟦") || strings.Contains(text, "ZgotmplZ") || strings.Contains(text, ` style=`) {
				t.Errorf("%s: %s, %s: %s", lang, example.Component, example.Case, text)
			}
			if fault := unbalanced(text); fault != "" {
				t.Errorf("%s, %s: %s", example.Component, example.Case, fault)
			}
		}
	}
}

var void = map[string]bool{"input": true, "img": true, "br": true, "link": true, "meta": true}

// unbalanced finds the first mark that is not closed in order.
func unbalanced(text string) string {
	var open []string
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				return "open at the end: " + strings.Join(open, " ")
			}
			return ""
		case html.StartTagToken:
			if name, _ := z.TagName(); !void[string(name)] {
				open = append(open, string(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				return "</" + string(name) + "> closes " + strings.Join(open, " ")
			}
			open = open[:len(open)-1]
		}
	}
}

func TestEmptyThingsAreNothing(t *testing.T) {
	t.Parallel()
	w := words(t, "en")
	for name, c := range map[string]ui.Renderer{
		"tags": ui.Tags{Label: "x"}, "cards": ui.Cards{}, "figures": ui.Figures{}, "filter": ui.FilterGroup{Words: w}, "pages": ui.Paginate(w, 1, 1, nil),
		"errors": ui.ErrorSummary{Words: w}, "crumbs": ui.Breadcrumb{Words: w}, "one language": ui.LanguageMenu{Words: w, Languages: []ui.Language{{Code: "fr"}}},
		"map": ui.Map{Words: w}, "a QR code of a book": ui.QR{Content: strings.Repeat("x", 4000)},
	} {
		if got := c.HTML(); got != "" {
			t.Errorf("%s: %s", name, got)
		}
	}
}
