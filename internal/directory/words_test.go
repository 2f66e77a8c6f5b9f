package directory

import (
	"slices"
	"testing"

	"parvis/internal/i18n"
	"parvis/internal/search"
)

func TestEveryNeedIsCalledSomethingByEverybody(t *testing.T) {
	t.Parallel()
	for _, lang := range i18n.Languages {
		read, err := readSynonyms(lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, need := range Codes(GroupNeed) {
			if len(read[GroupNeed][need]) < 2 {
				t.Errorf("%s: %d everyday words for %s", lang, len(read[GroupNeed][need]), need)
			}
		}
		for g, codes := range read {
			for code, words := range codes {
				if len(slices.Compact(slices.Sorted(slices.Values(words)))) != len(words) || slices.Contains(words, "") {
					t.Errorf("%s: %s %s says something twice, or nothing: %q", lang, g, code, words)
				}
			}
		}
	}
}

func TestTheTerritorysLanguagesComeFirst(t *testing.T) {
	t.Parallel()
	w, err := newWords(bundle(t), Setting{Languages: []string{"ro", "en"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, lesson := range w.lessons {
		if lesson.Facet != "need" || lesson.Value != "tax" {
			continue
		}
		own := slices.ContainsFunc(lesson.Fields, func(f search.Field) bool { return f.Text == "ANAF" && f.Name == FieldNeed })
		spare := slices.ContainsFunc(lesson.Spare, func(f search.Field) bool { return f.Text == "thuế" && f.Name == FieldNeed+":vi" })
		if !own || !spare {
			t.Errorf("own %v, spare %v: %+v", own, spare, lesson)
		}
		return
	}
	t.Error("taxes are not taught")
}
