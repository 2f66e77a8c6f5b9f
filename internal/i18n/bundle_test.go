package i18n_test

import (
	"html/template"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"parvis/internal/i18n"
	"parvis/internal/i18n/i18ntest"
)

// A clone says the same; what is added to it, or missing in it, the other does not have.
func TestACloneIsAlone(t *testing.T) {
	t.Parallel()
	first := i18n.NewBundle()
	clone := first.Clone()
	more := fstest.MapFS{}
	for _, lang := range i18n.Languages {
		more["locales/"+lang+".json"] = &fstest.MapFile{Data: []byte(`{"more.word": "` + lang + `"}`)}
	}
	if err := clone.Add(more); err != nil {
		t.Fatal(err)
	}
	if got := clone.Printer("vi", nil, "").T("more.word"); got != "vi" || first.Has("vi", "more.word") {
		t.Errorf("the clone says %q, the first has it: %v", got, first.Has("vi", "more.word"))
	}
	if !slices.Equal(clone.Clone().Keys("ro"), clone.Keys("ro")) {
		t.Error("a clone has other keys")
	}
	clone.Printer("en", nil, "").T("there.is.none")
	if mine, _ := clone.Missing(); mine != 1 {
		t.Errorf("%d missing in the clone", mine)
	}
	if others, _ := first.Missing(); others != 0 {
		t.Errorf("%d missing in the first", others)
	}
}

func TestOwnCatalogues(t *testing.T) {
	t.Parallel()
	i18ntest.Check(t, os.DirFS("."))
}

// catalogues are five languages of one feature; languages that are not given say the key in English.
func catalogues(texts map[string]string) fstest.MapFS {
	files := fstest.MapFS{}
	for _, lang := range i18n.Languages {
		text := texts[lang]
		if text == "" {
			text = texts["en"]
		}
		files["locales/"+lang+".json"] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

func bundle(t *testing.T, texts map[string]string) *i18n.Bundle {
	t.Helper()
	b := i18n.NewBundle()
	if err := b.Add(catalogues(texts)); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTextsTakeNamedArguments(t *testing.T) {
	t.Parallel()
	b := bundle(t, map[string]string{
		"en": `{"a.hello": "Hello {{.Who}}, {{ .Who }}!", "a.plain": "Just so", "a.due": "By {{.Day}}: {{.Cost}}, {{.Wait}}"}`,
		"fr": `{"a.hello": "Bonjour {{.Who}}", "a.plain": "Comme ça", "a.due": "Avant le {{.Day}} : {{.Cost}}, {{.Wait}}"}`,
	})
	day := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	en, fr := b.Printer("en", nil, "EUR"), b.Printer("fr", nil, "EUR")
	for _, c := range []struct{ got, want string }{
		{en.T("a.hello", "Who", "Ana"), "Hello Ana, Ana!"},
		{en.T("a.plain"), "Just so"},
		{fr.T("a.plain", "Who", "not asked for"), "Comme ça"},
		{en.T("a.due", "Day", day, "Cost", 1234, "Wait", 90*time.Minute), "By 1 November 2026: 1,234, 1 h 30 min"},
		{fr.T("a.due", "Day", day, "Cost", 1234.5, "Wait", 90*time.Minute), "Avant le 1er novembre 2026 : 1 234,5, 1 h 30"},
		{b.Printer("xx", nil, "").T("a.plain"), "Just so"},
	} {
		if readable(c.got) != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	if count, names := b.Missing(); count != 0 {
		t.Errorf("missing: %v", names)
	}
}

// readable writes spaces that do not break as plain ones, so that expectations can be read.
func readable(text string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(text)
}

func TestMarkupIsEscapedButForMarkup(t *testing.T) {
	t.Parallel()
	b := bundle(t, map[string]string{"en": `{"a.link": "1 < 2: see {{.Link}} & {{.Name}}"}`})
	got := b.Printer("en", nil, "").HTML("a.link", "Link", template.HTML(`<a href="/x">x</a>`), "Name", "<script>")
	if want := template.HTML(`1 &lt; 2: see <a href="/x">x</a> &amp; &lt;script&gt;`); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestWhatIsMissingShowsAndIsCounted(t *testing.T) {
	t.Parallel()
	b := bundle(t, map[string]string{"en": `{"a.n": {"one": "one", "other": "{{.N}} of {{.What}}"}}`,
		"vi": `{"a.n": {"other": "{{.N}} {{.What}}"}}`, "zh": `{"a.n": {"other": "{{.N}} {{.What}}"}}`})
	p := b.Printer("en", nil, "")
	if got := p.T("a.nowhere"); got != "⟦a.nowhere⟧" {
		t.Errorf("got %q", got)
	}
	if got := string(p.HTML("a.<nowhere>")); got != "⟦a.&lt;nowhere&gt;⟧" {
		t.Errorf("got %q", got)
	}
	if got := p.T("a.n", "N", 5); got != "5 of ⟦.What⟧" {
		t.Errorf("got %q", got)
	}
	p.T("a.n", "What", "x")
	count, names := b.Missing()
	if got := strings.Join(names, "; "); count != 5 || got != "en a.<nowhere>; en a.n .N; en a.n .What; en a.nowhere" {
		t.Errorf("%d: %s", count, got)
	}
}

func TestAddTellsWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ en, want string }{
		"no object":      {`["a"]`, "en.json:1: [ where { should be"},
		"cut short":      {`{"a.b": "x"`, "en.json:1"},
		"two objects":    {`{"a.b": "x"} {}`, "something follows"},
		"key":            {`{"A b": "x"}`, `"A b" should be like`},
		"key of one":     {`{"a": "x"}`, "should be like"},
		"number":         {`{"a.b": 7}`, "7 is not a text"},
		"list":           {`{"a.b": ["x"]}`, "a text or plural forms"},
		"twice":          {"{\"a.b\": \"x\",\n\"a.b\": \"y\"}", "en.json:2: key \"a.b\" is here twice"},
		"form":           {`{"a.b": {"other": "x", "few-ish": "y"}}`, `"few-ish" is no plural form`},
		"form twice":     {`{"a.b": {"other": "x", "other": "y"}}`, `"other" is here twice`},
		"form number":    {`{"a.b": {"other": 3}}`, "3 is not a text"},
		"no other":       {`{"a.b": {"one": "x"}}`, `"other" is missing`},
		"template code":  {`{"a.b": "{{if .X}}x{{end}}"}`, "should be like {{.Name}}"},
		"open braces":    {`{"a.b": "{{.X"}`, "should be like"},
		"closing braces": {`{"a.b": "X}}"}`, "}} without {{"},
		"small argument": {`{"a.b": "{{.x}}"}`, "should be like"},
		"house's own":    {`{"i18n.today": "now"}`, "another catalogue"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := i18n.NewBundle()
			before := len(b.Keys("en"))
			err := b.Add(catalogues(map[string]string{"en": c.en, "fr": `{"a.c": "x"}`}))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q in it", err, c.want)
			}
			if len(b.Keys("en")) != before || b.Has("fr", "a.c") {
				t.Error("something was added all the same")
			}
		})
	}
	if err := i18n.NewBundle().Add(fstest.MapFS{}); err == nil {
		t.Error("a folder without catalogues passes")
	}
}

func TestTerritoriesSayItTheirWay(t *testing.T) {
	t.Parallel()
	b := bundle(t, map[string]string{
		"en": `{"a.counter": "service centre", "a.n": {"one": "{{.N}} place", "other": "{{.N}} places"}}`,
		"zh": `{"a.counter": "窗口", "a.n": {"other": "{{.N}}个地点"}}`, "vi": `{"a.counter": "quầy", "a.n": {"other": "{{.N}} nơi"}}`})
	words := map[string]string{"a.counter": "综合窗口", "a.n#other": "{{.N}}处"}
	if err := b.CheckOverride("zh", words); err != nil {
		t.Fatal(err)
	}
	own := b.Override("zh", words).Override("vi", map[string]string{"a.counter": "một cửa"})
	for _, c := range []struct{ got, want string }{
		{own.Printer("zh", nil, "").T("a.counter"), "综合窗口"},
		{own.Printer("zh", nil, "").T("a.n", "N", 3), "3处"},
		{own.Printer("vi", nil, "").T("a.counter"), "một cửa"},
		{own.Printer("en", nil, "").T("a.counter"), "service centre"},
		{b.Printer("zh", nil, "").T("a.counter"), "窗口"},
		{b.Printer("zh", nil, "").T("a.n", "N", 3), "3个地点"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	own.Printer("zh", nil, "").T("a.gone")
	if count, _ := b.Missing(); count != 1 {
		t.Error("what a territory misses is not counted with the rest")
	}
	err := b.CheckOverride("zh", map[string]string{"a.x": "x", "a.n": "x", "a.counter#other": "x", "a.n#many-ish": "x", "a.counter": "{{"})
	for _, want := range []string{`no text "a.x"`, `"a.n" counts`, `"a.counter" does not count`, "no plural form", "should be like"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v lacks %q", err, want)
		}
	}
}

func TestPrintersMayBeShared(t *testing.T) {
	t.Parallel()
	b := bundle(t, map[string]string{"en": `{"a.n": {"one": "{{.N}} place", "other": "{{.N}} places"}}`})
	p := b.Printer("en", nil, "")
	var wait sync.WaitGroup
	for n := range 8 {
		wait.Go(func() {
			for i := range 200 {
				p.T("a.n", "N", i*n+1000000)
				p.T("a.gone")
				i18n.Match("vi, zh;q=0.3", i18n.Languages[n%4:])
			}
		})
	}
	wait.Wait()
	if count, names := b.Missing(); count != 1600 || len(names) != 1 {
		t.Errorf("%d, %v", count, names)
	}
}

func TestPlainTextsCostNothing(t *testing.T) {
	b := bundle(t, map[string]string{"en": `{"a.plain": "Just so", "a.hello": "Hello {{.Who}}!"}`})
	p := b.Printer("en", nil, "")
	if n := testing.AllocsPerRun(100, func() { p.T("a.plain") }); n != 0 {
		t.Errorf("a plain text costs %v allocations", n)
	}
	if n := testing.AllocsPerRun(100, func() { p.T("a.hello", "Who", "Ana") }); n > 2 {
		t.Errorf("a text with an argument costs %v allocations", n)
	}
}

func BenchmarkT(b *testing.B) {
	bundle := i18n.NewBundle()
	if err := bundle.Add(catalogues(map[string]string{"en": `{"a.plain": "Just so", "a.n": {"one": "{{.N}} place", "other": "{{.N}} places near {{.Where}}"}}`})); err != nil {
		b.Fatal(err)
	}
	p := bundle.Printer("en", nil, "")
	b.Run("plain", func(b *testing.B) {
		for b.Loop() {
			p.T("a.plain")
		}
	})
	b.Run("plural", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			p.T("a.n", "N", 1350, "Where", "Auch")
		}
	})
}
