package i18n

import (
	"maps"
	"slices"
)

// Text is one thing said in several languages, by language code, as a territory's pack or a record holds it.
type Text map[string]string

// In is the text in the language; else in the first of the fallbacks that is there, else in English, else in the
// first language by code; "" when there is none at all.
func (t Text) In(lang string, fallback ...string) string {
	text, _ := t.With(lang, fallback...)
	return text
}

// With is In, and the language of the text that it gives, for a lang attribute.
func (t Text) With(lang string, fallback ...string) (text, in string) {
	if s := t[lang]; s != "" {
		return s, lang
	}
	for _, other := range append(slices.Clip(fallback), "en") {
		if s := t[other]; s != "" {
			return s, other
		}
	}
	for _, other := range slices.Sorted(maps.Keys(t)) {
		if t[other] != "" {
			return t[other], other
		}
	}
	return "", ""
}
