package i18n_test

import (
	"html/template"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pgregory.net/rapid"

	"parvis/internal/i18n"
	"parvis/internal/i18n/i18ntest"
)

// FuzzCatalogue: no catalogue makes trouble; what is taken in can be said, and says no argument's name.
func FuzzCatalogue(f *testing.F) {
	for _, text := range []string{
		`{}`, `{"a.b": "x"}`, `{"a.b": "{{.X}} and {{ .Y }}"}`, `{"a.b": {"one": "1", "other": "{{.N}}"}}`, `{"a.b": {"=0": "x", "other": "y"}}`,
		`{"a.b": "{{"}`, `{"a.b": {}}`, `{"a": 1}`, `[`, `{"a.b": {"other": {"other": "x"}}}`, `{"a.b": "\u202f"}`, `{"a.b":"x"}{}`, "\ufeff{}",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		files := fstest.MapFS{}
		for _, lang := range i18n.Languages {
			files["locales/"+lang+".json"] = &fstest.MapFile{Data: []byte(text)}
		}
		i18ntest.Faults(files)
		b := i18n.NewBundle()
		if err := b.Add(files); err != nil {
			if !strings.Contains(err.Error(), "locales/") {
				t.Fatalf("%q: no file is named: %v", text, err)
			}
			return
		}
		for _, lang := range i18n.Languages {
			p := b.Printer(lang, nil, "")
			for _, key := range b.Keys(lang) {
				if got := p.T(key, "N", 3); got == "" {
					t.Fatalf("%q: %s says nothing", text, key)
				}
				p.HTML(key)
			}
		}
	})
}

// FuzzMatch: no header makes trouble, the answer is always one of those offered, and capital letters change nothing.
func FuzzMatch(f *testing.F) {
	for _, header := range []string{"", "*", "fr-CA,fr;q=0.9", "zh-Hans-CN", "en;q=2", "x-klingon", ";;;", "a-b-c-d-e-f-g-h", "i-default", "zh-min-nan"} {
		f.Add(header)
	}
	offered := []string{"ro", "en", "vi"}
	var pairs []string
	for c := 'a'; c <= 'z'; c++ {
		if c != 'q' && c != 'x' { // of a weight and of private use
			pairs = append(pairs, string(c), string(c-'a'+'A'))
		}
	}
	capitals := strings.NewReplacer(pairs...)
	f.Fuzz(func(t *testing.T, header string) {
		got := i18n.Match(header, offered)
		if got != "ro" && got != "en" && got != "vi" {
			t.Fatalf("%q: %q was not offered", header, got)
		}
		if other := i18n.Match(capitals.Replace(header), offered); other != got {
			t.Fatalf("%q: %q, in capitals %q", header, got, other)
		}
	})
}

// TestArgumentsStandWhereTheyShould puts any texts together around any values.
func TestArgumentsStandWhereTheyShould(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		words := rapid.StringMatching(`[a-zéđ范 ,]{1,12}`)
		before, between, value := "x"+words.Draw(rt, "before"), words.Draw(rt, "between"), rapid.String().Draw(rt, "value")
		count := rapid.IntRange(0, 999).Draw(rt, "count")
		b := i18n.NewBundle()
		if err := b.Add(catalogues(map[string]string{"en": `{"a.b": "` + before + `{{.Value}}` + between + `{{.N}}"}`})); err != nil {
			rt.Fatal(err)
		}
		p := b.Printer("vi", nil, "")
		want := before + value + between + p.Number(count)
		if got := p.T("a.b", "N", count, "Value", value); got != want {
			rt.Fatalf("got %q, want %q", got, want)
		}
		if got := string(p.HTML("a.b", "N", count, "Value", value)); got != template.HTMLEscapeString(want) && !strings.ContainsAny(want, "'\"\x00") {
			rt.Fatalf("got %q, want %q", got, template.HTMLEscapeString(want))
		}
	})
}

// TestEveryMinuteHasATime holds for each language: the minutes of a day are all told, each otherwise, and with digits
// that say them.
func TestEveryMinuteHasATime(t *testing.T) {
	t.Parallel()
	b := i18n.NewBundle()
	for _, lang := range i18n.Languages {
		p := b.Printer(lang, nil, "")
		seen := map[string]bool{}
		for m := range 24 * 60 {
			got := p.Clock(m)
			if seen[got] {
				t.Fatalf("%s: %q twice", lang, got)
			}
			seen[got] = true
			at := time.Date(2026, 11, 22, m/60, m%60, 0, 0, time.UTC)
			if p.Time(at) != got {
				t.Errorf("%s: Time and Clock differ at %d", lang, m)
			}
		}
	}
}

// TestEveryDayHasADate holds for each language: no two days of three years are told alike, in any form with a year.
func TestEveryDayHasADate(t *testing.T) {
	t.Parallel()
	b := i18n.NewBundle()
	for _, lang := range i18n.Languages {
		p := b.Printer(lang, nil, "")
		for name, say := range map[string]func(time.Time) string{"Date": p.Date, "DateLong": p.DateLong, "DateShort": p.DateShort} {
			seen := map[string]time.Time{}
			for day := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC); day.Year() < 2029; day = day.AddDate(0, 0, 1) {
				got := say(day)
				if before, twice := seen[got]; twice {
					t.Fatalf("%s %s: %q is %s and %s", lang, name, got, before, day)
				}
				seen[got] = day
			}
		}
	}
}
