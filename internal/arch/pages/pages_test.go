package pages_test

import (
	"html/template"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/jba/templatecheck"

	_ "parvis/internal/app" // every page of every room registers itself
	"parvis/internal/web/ui"
)

// TestTemplatesFitTheirPages checks each template against its page's struct: fields, methods and calls that exist.
func TestTemplatesFitTheirPages(t *testing.T) {
	t.Parallel()
	pages := ui.Pages()
	if len(pages) < 10 {
		t.Errorf("only %d pages are registered: the test is blind", len(pages))
	}
	for _, page := range pages {
		if err := fits(page.Template, page.Zero); err != nil {
			t.Errorf("%s: %v", page.Name, err)
		}
	}
}

func fits(set *template.Template, zero any) error {
	return templatecheck.CheckHTML(set.Lookup("layout.html"), zero)
}

func TestATemplateThatDoesNotFitIsSeen(t *testing.T) {
	t.Parallel()
	type page struct{ Title string }
	good := template.Must(template.New("layout.html").Parse(`<h1>{{.Title}}</h1>`))
	if err := fits(good, &page{}); err != nil {
		t.Error(err)
	}
	bad := template.Must(template.New("layout.html").Parse(`<h1>{{.Titel}}</h1>`))
	if fits(bad, &page{}) == nil {
		t.Error("a field that does not exist passes")
	}
}

// TestEveryTemplateIsSomebodys finds templates of pages that no page uses.
func TestEveryTemplateIsSomebodys(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	for _, page := range ui.Pages() {
		for _, part := range page.Template.Templates() {
			used[part.Name()] = true
		}
	}
	root := os.DirFS("../..")
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".html" || !strings.Contains(name, "templates/") ||
			strings.Contains(name, "/components/") || strings.Contains(name, "testdata/") {
			return err
		}
		if !used[path.Base(name)] {
			t.Errorf("%s belongs to no page", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
