package i18n_test

import (
	"testing"

	"parvis/internal/i18n"
)

// rules are CLDR's plural rules for whole numbers, written down a second time.
var rules = map[string]func(n int64) string{
	"en": func(n int64) string {
		if n == 1 {
			return "one"
		}
		return "other"
	},
	"fr": func(n int64) string {
		switch {
		case n <= 1:
			return "one"
		case n%1000000 == 0:
			return "many"
		}
		return "other"
	},
	"ro": func(n int64) string {
		switch {
		case n == 1:
			return "one"
		case n == 0 || n%100 >= 1 && n%100 <= 19:
			return "few"
		}
		return "other"
	},
	"vi": func(int64) string { return "other" },
	"zh": func(int64) string { return "other" },
}

func forms(t *testing.T) *i18n.Bundle {
	t.Helper()
	all := `{"a.n": {"one": "one", "few": "few", "many": "many", "other": "other"}}`
	return bundle(t, map[string]string{"en": all})
}

func TestPluralFormsFrom0To1000(t *testing.T) {
	t.Parallel()
	b := forms(t)
	for _, lang := range i18n.Languages {
		p := b.Printer(lang, nil, "")
		counts := []int64{1001, 1019, 1020, 1101, 2000, 10000, 100000, 999999, 1000000, 1000001, 2000000, 1000000000}
		for n := range int64(1001) {
			counts = append(counts, n)
		}
		for _, n := range counts {
			if got, want := p.T("a.n", "N", n), rules[lang](n); got != want {
				t.Errorf("%s: %d takes %s, want %s", lang, n, got, want)
			}
		}
	}
}

func TestEveryKindOfNumberCounts(t *testing.T) {
	t.Parallel()
	b := forms(t)
	for _, c := range []struct {
		lang string
		n    any
		want string
	}{
		{"en", uint8(1), "one"}, {"en", int16(1), "one"}, {"en", uint64(1), "one"}, {"en", 1.0, "one"}, {"en", 1.5, "other"},
		{"en", "1", "one"}, {"en", "1.0", "other"}, {"en", "many", "other"}, {"en", nil, "other"}, {"en", -1, "one"},
		{"fr", 1.5, "one"}, {"fr", float32(1.5), "one"}, {"fr", 2.5, "other"}, {"ro", 1.5, "few"}, {"ro", int32(20), "other"},
		{"vi", 1, "other"}, {"zh", 0, "other"}, {"fr", uint(1000000), "many"}, {"ro", uint32(119), "few"}, {"ro", int8(19), "few"},
		{"ro", uint16(120), "other"},
	} {
		if got := b.Printer(c.lang, nil, "").T("a.n", "N", c.n); got != c.want {
			t.Errorf("%s: %v takes %s, want %s", c.lang, c.n, got, c.want)
		}
	}
}

func TestNoneHasItsOwnForm(t *testing.T) {
	t.Parallel()
	b := bundle(t, map[string]string{
		"en": `{"a.n": {"=0": "No place", "one": "{{.N}} place", "other": "{{.N}} places"}}`,
		"fr": `{"a.n": {"=0": "Aucun lieu", "one": "{{.N}} lieu", "many": "{{.N}} de lieux", "other": "{{.N}} lieux"}}`,
		"ro": `{"a.n": {"=0": "Niciun loc", "one": "Un loc", "few": "{{.N}} locuri", "other": "{{.N}} de locuri"}}`,
		"vi": `{"a.n": {"=0": "Không có nơi nào", "other": "{{.N}} nơi"}}`,
		"zh": `{"a.n": {"=0": "没有地点", "other": "{{.N}}个地点"}}`,
	})
	for _, c := range []struct {
		lang string
		n    int
		want string
	}{
		{"en", 0, "No place"}, {"en", 1, "1 place"}, {"en", 1200, "1,200 places"},
		{"fr", 0, "Aucun lieu"}, {"fr", 1, "1 lieu"}, {"fr", 1000000, "1 000 000 de lieux"},
		{"ro", 0, "Niciun loc"}, {"ro", 1, "Un loc"}, {"ro", 2, "2 locuri"}, {"ro", 20, "20 de locuri"}, {"ro", 101, "101 locuri"},
		{"vi", 0, "Không có nơi nào"}, {"vi", 1, "1 nơi"}, {"zh", 0, "没有地点"}, {"zh", 2, "2个地点"},
	} {
		if got := readable(b.Printer(c.lang, nil, "").T("a.n", "N", c.n)); got != c.want {
			t.Errorf("%s %d: got %q, want %q", c.lang, c.n, got, c.want)
		}
	}
}
