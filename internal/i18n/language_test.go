package i18n_test

import (
	"strings"
	"testing"

	"parvis/internal/i18n"
)

func TestMatchTakesWhatTheBrowserAsksFor(t *testing.T) {
	t.Parallel()
	all := []string{"en", "fr", "ro", "vi", "zh"}
	for _, c := range []struct {
		accept  string
		offered []string
		want    string
	}{
		{"fr-CA", all, "fr"},
		{"fr-CA,fr;q=0.9,en;q=0.8", all, "fr"},
		{"zh-Hans-CN", all, "zh"},
		{"zh-TW", all, "zh"},
		{"zh-TW,en;q=0.5", all, "zh"},
		{"zh-TW", []string{"en", "vi"}, "en"},
		{"vi", all, "vi"},
		{"vi-VN,vi;q=0.9,fr-FR;q=0.8", []string{"fr", "en"}, "fr"},
		{"mo", all, "ro"},
		{"ro-MD", all, "ro"},
		{"yue", []string{"fr", "zh"}, "zh"},
		{"de;q=0.9, en;q=0.1", []string{"fr", "en"}, "en"},
		{"de", []string{"fr", "en"}, "fr"},
		{"xx-unknown", all, "en"},
		{"", []string{"ro", "en"}, "ro"},
		{"*", []string{"ro", "en"}, "ro"},
		{"en;q=abc", []string{"ro", "en"}, "ro"},
		{"en;q=0,fr", []string{"en", "fr"}, "fr"},
		{strings.Repeat("de;q=0.5,", 200) + "fr", []string{"ro", "fr"}, "ro"},
		{"fr," + strings.Repeat("x", 4000), []string{"ro", "fr"}, "fr"},
		{strings.Repeat("x", 4000), []string{"ro", "fr"}, "ro"},
		{"fr", nil, ""},
	} {
		if got := i18n.Match(c.accept, c.offered); got != c.want {
			t.Errorf("%.40q of %v: got %q, want %q", c.accept, c.offered, got, c.want)
		}
	}
}

func TestLanguagesHaveNames(t *testing.T) {
	t.Parallel()
	b := i18n.NewBundle()
	for code, want := range map[string]string{
		"vi":  "Vietnamese|vietnamien|vietnameză|Tiếng Việt|越南语",
		"ktv": "Cơ Tu|cơ tu|cơ tu|Tiếng Cơ Tu|戈都语",
		"ro":  "Romanian|roumain|română|Tiếng Romania|罗马尼亚语",
		"fsl": "French Sign Language|langue des signes française (LSF)|limba semnelor franceze|Ngôn ngữ ký hiệu Pháp|法国手语",
		"xq":  "xq|xq|xq|xq|xq",
	} {
		each(t, nil, "", func(p *i18n.Printer) string { return p.LanguageName(code) }, languages(want))
	}
	for _, code := range i18n.LanguageCodes() {
		if i18n.LanguageOwnName(code) == "" {
			t.Errorf("%s has no name of its own", code)
		}
		for _, lang := range i18n.Languages {
			if name := b.Printer(lang, nil, "").LanguageName(code); name == "" || strings.TrimSpace(name) != name {
				t.Errorf("%s in %s is %q", code, lang, name)
			}
		}
	}
	if got := i18n.LanguageOwnName("vi") + i18n.LanguageOwnName("xq"); got != "Tiếng Việtxq" {
		t.Errorf("got %q", got)
	}
	if n := len(i18n.LanguageCodes()); n < 40 {
		t.Errorf("only %d languages", n)
	}
}

func TestTextFallsBack(t *testing.T) {
	t.Parallel()
	name := i18n.Text{"fr": "Nord", "vi": "Bắc", "en": ""}
	for _, c := range []struct {
		lang, fallback, want, in string
	}{
		{"fr", "vi", "Nord", "fr"}, {"en", "vi", "Bắc", "vi"}, {"zh", "en", "Nord", "fr"},
	} {
		if got, in := name.With(c.lang, c.fallback); got != c.want || in != c.in {
			t.Errorf("%s: got %q in %s", c.lang, got, in)
		}
	}
	if got := (i18n.Text{"en": "North", "fr": "Nord"}).In("zh"); got != "North" {
		t.Errorf("got %q", got)
	}
	if got := (i18n.Text)(nil).In("zh", "en"); got != "" {
		t.Errorf("got %q", got)
	}
}
