package directory

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/language"

	"parvis/internal/i18n"
	"parvis/internal/problem"
)

// oneLine makes a value one line without double or outer spaces.
func oneLine(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

// heading puts a sentence of ours on one line; spaces that hold words together stay.
func heading(s string) string {
	return strings.Join(strings.FieldsFunc(clean(s), func(r rune) bool { return strings.ContainsRune(" \t\n", r) }), " ")
}

// clean drops what cannot be shown (control characters, signs that turn the line round, invalid bytes) and outer spaces,
// and keeps the lines.
func clean(s string) string {
	s = strings.ToValidUTF8(strings.ReplaceAll(s, "\r\n", "\n"), "")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || !unicode.Is(unicode.Cc, r) && r != '\ufeff' && r != '\u202d' && r != '\u202e' {
			return r
		}
		return -1
	}, s))
}

// cleanText cleans a text in each language and leaves out the languages that say nothing; nil when none does.
func cleanText(t i18n.Text) i18n.Text {
	var kept i18n.Text
	for lang, s := range t {
		if s = clean(s); s == "" {
			continue
		}
		if kept == nil {
			kept = i18n.Text{}
		}
		kept[lang] = s
	}
	return kept
}

// cleanLanguages puts codes of languages into their one form ("fr", "zh-Hant"), each once.
func cleanLanguages(wrong *problem.Fields, codes []string) []string {
	var kept []string
	for _, code := range codes {
		if code = strings.TrimSpace(code); code == "" {
			continue
		}
		tag, err := language.Parse(code)
		if err != nil {
			wrong.Add("languages", "directory.wrong.language", "Value", code)
		} else if !slices.Contains(kept, tag.String()) {
			kept = append(kept, tag.String())
		}
	}
	return kept
}

func needID(wrong *problem.Fields, id string) {
	switch {
	case id == "":
		wrong.Add("id", "directory.wrong.empty")
	case !placeID.MatchString(id):
		wrong.Add("id", "directory.wrong.id", "Value", id)
	}
}

func needName(wrong *problem.Fields, name i18n.Text) {
	if len(name) == 0 {
		wrong.Add("name", "directory.wrong.empty")
	}
}

func nonEmpty(parts ...string) []string {
	return slices.DeleteFunc(slices.Clone(parts), func(s string) bool { return s == "" })
}

// cleanLabels puts names of programmes on one line each, each once.
func cleanLabels(labels []string) []string {
	var kept []string
	for _, label := range labels {
		if label = oneLine(label); label != "" && !slices.Contains(kept, label) {
			kept = append(kept, label)
		}
	}
	return kept
}
