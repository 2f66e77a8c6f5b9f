package ui

import (
	"html/template"
	"regexp"
	"strings"
	"sync"

	"parvis/assets"
	"parvis/internal/i18n"
)

// Example is one component as it may look.
type Example struct {
	Component string // "Button"
	Case      string // "the main one"
	Body      Renderer
}

// Gallery is the page that shows every component, light and dark.
type Gallery struct {
	Page
	Sheet  string
	Groups []Group
}

// Group is one component's examples.
type Group struct {
	Component string
	Examples  []Example
}

var _ = Parse[Gallery](templates, "templates/gallery.html")

// pageSheets are the style sheets of pages that hold what some component needs: the house's own, which every page fetches,
// stays small.
var pageSheets = []string{"css/case.css", "css/directory.css", "css/landing.css", "css/sheet.css"}

// NewGallery makes the page.
func NewGallery(words *i18n.Printer) *Gallery {
	g := &Gallery{Page: Page{Title: "Components", Private: true, Wide: true, Styles: pageSheets}, Sheet: GallerySheet().Path}
	for _, example := range Examples(words) {
		if n := len(g.Groups); n == 0 || g.Groups[n-1].Component != example.Component {
			g.Groups = append(g.Groups, Group{Component: example.Component})
		}
		last := &g.Groups[len(g.Groups)-1]
		last.Examples = append(last.Examples, example)
	}
	return g
}

// Light is the example in the light scheme.
func (e Example) Light() template.HTML { return e.copy("light") }

// Dark is the example in the dark scheme.
func (e Example) Dark() template.HTML { return e.copy("dark") }

var (
	names     = regexp.MustCompile(` (id|for|list|name)="`)
	described = regexp.MustCompile(` aria-describedby="([^"]*)"`)
	labels    = regexp.MustCompile(`(<(?:nav|form|div)[^>]* aria-label=")`)
)

// copy is the example under names of its own, so that all examples can stand on one page, twice.
func (e Example) copy(scheme string) template.HTML {
	own := scheme + "-" + strings.ToLower(strings.NewReplacer(" ", "-", ",", "").Replace(e.Component+"-"+e.Case)) + "-"
	text := names.ReplaceAllString(string(e.Body.HTML()), ` $1="`+own)
	text = described.ReplaceAllStringFunc(text, func(found string) string {
		ids := strings.Fields(described.FindStringSubmatch(found)[1])
		return ` aria-describedby="` + own + strings.Join(ids, " "+own) + `"`
	})
	text = strings.ReplaceAll(text, `href="#f-`, `href="#`+own+`f-`)
	return template.HTML(labels.ReplaceAllString(text, "${1}"+own+" ")) //nolint:gosec // our own mark-up, renamed
}

var (
	lightTokens = regexp.MustCompile(`(?s)/\*light\*/(.*?)/\*end\*/`)
	darkTokens  = regexp.MustCompile(`(?s)/\*dark\*/(.*?)/\*end\*/`)
)

// GallerySheet lets the gallery show both schemes side by side: the tokens of the style sheet, by class.
var GallerySheet = sync.OnceValue(func() *Asset {
	sheet, err := assets.Files.ReadFile("css/parvis.css")
	light, dark := lightTokens.FindSubmatch(sheet), darkTokens.FindSubmatch(sheet)
	if err != nil || light == nil || dark == nil {
		panic("the style sheet has lost the marks of its light and dark tokens")
	}
	base := `background:var(--ground);color:var(--ink);padding:1.25rem;border-radius:12px;border:1px solid var(--line)`
	text := ".light{color-scheme:light;" + string(light[1]) + base + "}\n.dark{color-scheme:dark;" + string(dark[1]) + base + "}\n" +
		".pair{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));margin:.5rem 0 1.5rem}\n" +
		".pair>div{min-width:0}\n"
	return NewAsset("/_ui/gallery", ".css", []byte(text))
})
