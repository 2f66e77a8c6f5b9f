package i18ntest_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"parvis/internal/i18n"
	"parvis/internal/i18n/i18ntest"
)

// good are catalogues with nothing wrong; each case spoils one text.
func good() map[string]string {
	return map[string]string{
		"en": `{"a.b": "Hello {{.Who}}!", "a.n": {"=0": "None", "one": "One place", "other": "{{.N}} places"}}`,
		"fr": `{"a.b": "Bonjour {{.Who}}\u202f!", "a.n": {"=0": "Aucun", "one": "{{.N}} lieu", "many": "{{.N}} de lieux", "other": "{{.N}} lieux"}}`,
		"ro": `{"a.b": "Bună, {{.Who}}!", "a.n": {"=0": "Niciunul", "one": "Un loc", "few": "{{.N}} locuri", "other": "{{.N}} de locuri"}}`,
		"vi": `{"a.b": "Chào {{.Who}}!", "a.n": {"=0": "Không có", "other": "{{.N}} nơi"}}`,
		"zh": `{"a.b": "{{.Who}}，您好！", "a.n": {"=0": "没有", "other": "{{.N}}个地点"}}`,
	}
}

func folder(texts map[string]string) fstest.MapFS {
	files := fstest.MapFS{}
	for _, lang := range i18n.Languages {
		files["locales/"+lang+".json"] = &fstest.MapFile{Data: []byte(texts[lang])}
	}
	return files
}

func TestGoodCataloguesPass(t *testing.T) {
	t.Parallel()
	i18ntest.Check(t, folder(good()))
}

func TestFaultsAreFound(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ lang, from, to, want string }{
		"missing key":      {"vi", `"a.b": "Chào {{.Who}}!", `, ``, "vi.json: a.b: is missing"},
		"stray key":        {"ro", `{"a.b"`, `{"a.c": "x", "a.b"`, "ro.json: a.c: is not in"},
		"other arguments":  {"zh", `{{.Who}}，`, ``, "arguments"},
		"empty":            {"ro", `"Un loc"`, `" "`, "empty"},
		"missing form":     {"ro", `"few": "{{.N}} locuri", `, ``, "needs [few one other]"},
		"form too many":    {"vi", `"other": "{{.N}} nơi"`, `"one": "1 nơi", "other": "{{.N}} nơi"`, "needs [other]"},
		"french one":       {"fr", `"{{.N}} lieu"`, `"Un lieu"`, "covers several"},
		"french space":     {"fr", `}}\u202f!`, "}} !", "U+202F"},
		"no space":         {"fr", `}}\u202f!`, "}}!", "U+202F"},
		"counts in one":    {"zh", `{"=0": "没有", "other": "{{.N}}个地点"}`, `"{{.N}}"`, "counts in one"},
		"zero in one":      {"zh", `"=0": "没有", `, ``, "=0"},
		"not an argument":  {"en", `{{.Who}}`, `{{Who}}`, "en.json:1"},
		"twice":            {"en", `{"a.b"`, `{"a.b": "x", "a.b"`, "twice"},
		"no json":          {"en", `{"a.b"`, `"a.b"`, "en.json:1"},
		"space at the end": {"en", `!"`, `! "`, "space"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			texts := good()
			spoilt := strings.Replace(texts[c.lang], c.from, c.to, 1)
			if spoilt == texts[c.lang] {
				t.Fatalf("nothing was spoilt: %q is not in %s", c.from, texts[c.lang])
			}
			texts[c.lang] = spoilt
			if got := strings.Join(i18ntest.Faults(folder(texts)), "\n"); !strings.Contains(got, c.want) {
				t.Errorf("got %q, want %q in it", got, c.want)
			}
		})
	}
}

// recorder is a test that notes what it is told instead of failing.
type recorder struct {
	testing.TB
	faults []string
}

func (r *recorder) Helper() {}

func (r *recorder) Error(args ...any) { r.faults = append(r.faults, args[0].(string)) }

func TestCheckFailsItsTestWithEveryFault(t *testing.T) {
	t.Parallel()
	texts := good()
	texts["vi"] = `{"a.b": "Chào {{.Who}}!", "a.x": "thừa"}`
	texts["fr"] = strings.Replace(texts["fr"], "{{.N}} lieu\"", "{{.N}} lieu:\"", 1)
	var r recorder
	i18ntest.Check(&r, folder(texts))
	if got := strings.Join(r.faults, "\n"); len(r.faults) != 3 || !strings.Contains(got, "U+202F") || !strings.Contains(got, "vi.json: a.n: is missing") ||
		!strings.Contains(got, "vi.json: a.x: is not in") {
		t.Errorf("got %q", r.faults)
	}
	delete(texts, "zh")
	if faults := i18ntest.Faults(fstest.MapFS{"locales/en.json": {Data: []byte(texts["en"])}}); len(faults) != 1 || !strings.Contains(faults[0], "fr.json") {
		t.Errorf("a catalogue that is not there: %q", faults)
	}
}

// TestFrenchSpaces is the rule for double punctuation alone.
func TestFrenchSpaces(t *testing.T) {
	t.Parallel()
	for text, bad := range map[string]bool{
		`Quoi ?`: true, `Quoi?`: true, `Quoi\u00a0?`: true, `Quoi\u202f?`: false, `{{.Who}} : oui`: true, `{{.Who}}\u202f: oui`: false,
		`Oui\u202f; non`: false, `Oui; non`: true, `à 10:30`: false, `https://exemple.fr`: false, `« oui »`: true, `«\u202foui\u202f»`: false,
		`Fini.`: false, `Vraiment\u202f?!`: false, `12:`: true, `l’aide`: false,
	} {
		texts := good()
		for lang := range texts {
			texts[lang] = `{"a.b": "Hi {{.Who}}"}`
		}
		if !strings.Contains(text, "{{.Who}}") {
			text += " {{.Who}}"
		}
		texts["fr"] = `{"a.b": "` + text + `"}`
		if got := len(i18ntest.Faults(folder(texts))) > 0; got != bad {
			t.Errorf("%s: %v", text, i18ntest.Faults(folder(texts)))
		}
	}
}
