package ui_test

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jba/templatecheck"

	"parvis/internal/i18n"
	"parvis/internal/web/ui"
)

// TestTemplatesFitTheirStructs checks the pages of this package; internal/app checks those of all others the same way.
func TestTemplatesFitTheirStructs(t *testing.T) {
	t.Parallel()
	pages := ui.Pages()
	if len(pages) == 0 {
		t.Fatal("no page is registered")
	}
	for _, page := range pages {
		if err := templatecheck.CheckHTML(page.Template, page.Zero); err != nil {
			t.Errorf("%s: %v", page.Name, err)
		}
	}
}

type sample struct {
	ui.Page
	Text string
}

var files = fstest.MapFS{
	"sample.html": {Data: []byte(`{{define "main"}}<h1>{{.Title}}</h1>{{icon "phone"}}{{icon "phone"}}<p>{{.Text}}</p><a href="{{url .Text}}">x</a>{{end}}`)},
	"broken.html": {Data: []byte(`{{define "main"}}{{if}}`)},
}

var _ = ui.Parse[sample](files, "sample.html")

func rendered(t *testing.T, page *sample) string {
	t.Helper()
	page.Frame = ui.Frame{Words: words(t, "en"), House: ui.House{Name: "Vald", Home: "/", Phone: "05 36", PhoneLink: "tel:0536"}, Theme: "/theme-1.css"}
	return framed(t, page)
}

// framed is a page in the frame that it has.
func framed(t *testing.T, page *sample) string {
	t.Helper()
	var b bytes.Buffer
	if err := ui.Render(&b, page); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestPageIsRenderedInItsLayout(t *testing.T) {
	t.Parallel()
	text := rendered(t, &sample{Page: ui.Page{Title: "A <b> page"}, Text: `"><script>`})
	for _, part := range []string{`<html lang="en">`, "<title>A &lt;b&gt; page · Vald</title>", "<h1>A &lt;b&gt; page</h1>", `href="/theme-1.css"`, `href="tel:0536"`} {
		if !strings.Contains(text, part) {
			t.Errorf("no %s in %s", part, text)
		}
	}
	if strings.Contains(text, "<script>") || strings.Contains(text, "⟦") {
		t.Error("what was entered became mark-up, or a word is missing")
	}
	if strings.Count(text, `<symbol id="i-phone"`) != 1 || strings.Count(text, `href="#i-phone"`) != 4 {
		t.Error("a pictogram is drawn once and used often")
	}
	for used := range strings.SplitSeq(text, `href="#i-`) {
		name, _, _ := strings.Cut(used, `"`)
		if ui.HasIcon(name) && !strings.Contains(text, `<symbol id="i-`+name+`"`) {
			t.Errorf("%s has no symbol", name)
		}
	}
}

func TestAddressesAreOfKnownKinds(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"/places?q=a:b": "/places?q=a:b", "tel:+33536": "tel:+33536", "https://a.example/": "https://a.example/", "mailto:a@b": "mailto:a@b", "geo:43,0": "geo:43,0",
		"javascript:alert(1)": "#", "JavaScript:alert(1)": "#", " javascript:x": "#", "data:text/html,x": "#", "#f-x": "#f-x", "": "", "java\nscript:x": "#",
	} {
		if got := string(ui.Address(address)); got != want {
			t.Errorf("%q: %q, want %q", address, got, want)
		}
	}
	if text := rendered(t, &sample{Text: `javascript:alert(1)`}); strings.Contains(text, `href="javascript`) {
		t.Error("a script's address is in the page")
	}
}

func TestParseRefusesWhatIsNoPage(t *testing.T) {
	t.Parallel()
	for name, parse := range map[string]func(){
		"no ui.Page":       func() { ui.Parse[struct{ Title string }](files, "sample.html") },
		"not a template":   func() { type p struct{ ui.Page }; ui.Parse[p](files, "broken.html") },
		"no such file":     func() { type p struct{ ui.Page }; ui.Parse[p](files, "none.html") },
		"registered twice": func() { ui.Parse[sample](files, "sample.html") },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: taken", name)
				}
			}()
			parse()
		}()
	}
	type stranger struct{ ui.Page }
	if err := ui.Render(new(bytes.Buffer), &stranger{}); err == nil {
		t.Error("a page without a template was rendered")
	}
}

// TestTheCheckCanFail shows that a template that does not fit its struct is found.
func TestTheCheckCanFail(t *testing.T) {
	t.Parallel()
	for _, page := range ui.Pages() {
		if page.Name == "sample.html" {
			if err := templatecheck.CheckHTML(page.Template, &struct{ ui.Page }{}); err == nil {
				t.Error("a field that is not there was not missed")
			}
		}
	}
}

func TestTelephoneLinks(t *testing.T) {
	t.Parallel()
	for phone, want := range map[string]string{"05 36 49 12 34": "tel:0536491234", "+33 (0)5-36": "tel:+33" + "0536", "021 9999 0106": "tel:02199990106", "": "", "ask inside": "", "*123#": "tel:*123#"} {
		if got := ui.TelLink(phone); got != want {
			t.Errorf("%q: %q", phone, got)
		}
	}
}

func TestALetterGoesToItsAddressAlone(t *testing.T) {
	t.Parallel()
	for mail, want := range map[string]string{
		"aide@lille.example":      "mailto:aide@lille.example",
		"a?bcc=b@c.example":       "mailto:a%3Fbcc=b@c.example",
		"a+b%3Fx&y,z#w@c.example": "mailto:a+b%253Fx%26y%2Cz%23w@c.example",
	} {
		if got := ui.MailLink(mail); got != want {
			t.Errorf("%q: %q", mail, got)
		}
	}
}

func TestGalleryShowsAllInEveryLanguage(t *testing.T) {
	t.Parallel()
	for _, lang := range i18n.Languages {
		g := ui.NewGallery(words(t, lang))
		g.Frame = ui.Frame{Words: words(t, lang), House: ui.House{Name: "Vald", Home: "/"}}
		var b bytes.Buffer
		if err := ui.Render(&b, g); err != nil {
			t.Fatal(err)
		}
		ids := map[string]bool{}
		for part := range strings.SplitSeq(b.String(), ` id="`) {
			id, _, _ := strings.Cut(part, `"`)
			if ids[id] {
				t.Errorf("%s: the id %s stands twice", lang, id)
			}
			ids[id] = true
		}
		if n := strings.Count(b.String(), `class="dark"`); n != len(ui.Examples(words(t, lang))) {
			t.Errorf("%s: %d examples in the dark", lang, n)
		}
	}
	if sheet := string(ui.GallerySheet().Body); !strings.Contains(sheet, ".dark{") || !strings.Contains(sheet, "--ground") {
		t.Error("the gallery has no schemes")
	}
}
