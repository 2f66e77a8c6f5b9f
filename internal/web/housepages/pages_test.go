package housepages_test

import (
	"strings"
	"testing"

	"github.com/jba/templatecheck"

	"parvis/internal/i18n"
	"parvis/internal/i18n/i18ntest"
	"parvis/internal/org"
	"parvis/internal/web"
	"parvis/internal/web/housepages"
	"parvis/internal/web/ui"
	"parvis/internal/web/webtest"
)

func site(t *testing.T) *web.Site {
	t.Helper()
	return webtest.Site(t, housepages.Locales)
}

func TestWordsAreInEveryLanguage(t *testing.T) {
	t.Parallel()
	i18ntest.Check(t, housepages.Locales)
}

func TestTemplateFitsItsStruct(t *testing.T) {
	t.Parallel()
	for _, page := range ui.Pages() {
		if err := templatecheck.CheckHTML(page.Template, page.Zero); err != nil {
			t.Errorf("%s: %v", page.Name, err)
		}
	}
}

// TestPagesSayWhatThePackSays: each page in each language has the pack's facts, and ways to reach somebody.
func TestPagesSayWhatThePackSays(t *testing.T) {
	t.Parallel()
	s := site(t)
	s.SignIn = true
	client := webtest.New(t, web.NewHandler(s, housepages.Routes()))
	facts := map[string][]string{
		"/help":          {"05 36 49 12 34", "bonjour@vald.example", "1 place du Parvis"},
		"/legal":         {"Vald", "Maire", "Vald, 1 place du Parvis", "bonjour@vald.example", "1.2"},
		"/privacy":       {"DPO", "donnees@vald.example", "GDPR", "CNIL", "100"},
		"/accessibility": {"Vald: 100 %", "RGAA", "acces@vald.example", "Défenseur"},
	}
	for path, expected := range facts {
		titles := map[string]bool{}
		for _, lang := range i18n.Languages {
			page := client.In(lang).Get(path).Is(200)
			titles[page.Text("h1")] = true
			main := page.Text("main")
			for _, fact := range expected {
				if !strings.Contains(main, fact) {
					t.Errorf("%s in %s does not say %q", path, lang, fact)
				}
			}
			if strings.Contains(main, "house.") || len(page.All("main h2")) < 3 {
				t.Errorf("%s in %s: %.200s", path, lang, main)
			}
		}
		if len(titles) < 4 { // Romanian, Vietnamese and Chinese at least have words of their own
			t.Errorf("%s: titles %v", path, titles)
		}
	}
	if got := client.Get("/privacy").Attr(`a[href="https://www.cnil.fr/"]`, "href"); got == "" {
		t.Error("no way to the authority")
	}
}

func TestOnlyWhatIsTrueIsPromised(t *testing.T) {
	t.Parallel()
	s := site(t)
	bare := webtest.New(t, web.NewHandler(s, housepages.Routes())).Get("/privacy").Is(200).Text("main")
	s = site(t)
	s.SignIn, s.MapSources = true, []string{"https://tiles.example.org"}
	full := webtest.New(t, web.NewHandler(s, housepages.Routes())).Get("/privacy").Is(200).Text("main")
	for _, about := range []string{"Si vous avez un compte", "La carte qui bouge"} {
		if strings.Contains(bare, about) || !strings.Contains(full, about) {
			t.Errorf("%q is said where it is not so, or not where it is", about)
		}
	}
	s = site(t)
	s.Territory.Legal = org.Legal{}
	page := webtest.New(t, web.NewHandler(s, housepages.Routes())).Get("/legal").Is(200)
	for _, name := range page.Texts("dt") {
		if name == "Éditeur" || name == "Hébergeur" {
			t.Errorf("%s is named and not said", name)
		}
	}
}

func TestPagesAreKeptInMemory(t *testing.T) {
	t.Parallel()
	s := site(t)
	s.Sequence = func() int64 { return 1 }
	client := webtest.New(t, web.NewHandler(s, housepages.Routes()))
	if tag := client.Get("/help").Header.Get("Etag"); tag == "" || client.With("If-None-Match", tag).Get("/help").Status != 304 {
		t.Error("the same for everybody, and made again")
	}
}
