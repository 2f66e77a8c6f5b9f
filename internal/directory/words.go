package directory

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"parvis/internal/fold"
	"parvis/internal/i18n"
	"parvis/internal/search"
)

// Locales are this package's own words: what is wrong with a row, the figures of a report.
//
//go:embed locales/*.json
var Locales embed.FS

// synonyms are the words that people use for what the vocabularies name, by language: "ordi" for a computer.
//
//go:embed synonyms/*.json
var synonymFiles embed.FS

// searched are the vocabularies whose words find places.
var searched = []Group{GroupNeed, GroupKind, GroupEquipment, GroupAudience}

// words are the words of the vocabularies, in every language.
type words struct {
	printers map[string]*i18n.Printer
	lessons  []search.Lesson             // what the index is taught of them
	called   map[Group]map[string]string // by folded words: the code that they name
}

// How much a word counts when it names what a place offers or is: as a label, and as what people type for it.
const (
	weightLabel    = 5
	weightEveryday = 4
)

// share is how much of a weight the words of a vocabulary keep.
var share = map[Group]float32{GroupNeed: 1, GroupKind: 0.8, GroupEquipment: 0.7, GroupAudience: 0.3}

// newWords gathers the words of a territory. A bundle without the labels of the vocabularies leaves everyday words.
func newWords(bundle *i18n.Bundle, s Setting) (*words, error) {
	if bundle == nil {
		bundle = i18n.NewBundle()
		if err := bundle.Add(Locales); err != nil {
			return nil, err
		}
	}
	w := &words{printers: map[string]*i18n.Printer{}}
	defer w.callNames(bundle)
	typed := map[string]map[Group]map[string][]string{}
	for _, lang := range i18n.Languages {
		w.printers[lang] = bundle.Printer(lang, s.Zone, "")
		read, err := readSynonyms(lang)
		if err != nil {
			return nil, err
		}
		typed[lang] = read
	}
	for _, g := range searched {
		for _, code := range vocabularies[g] {
			lesson := search.Lesson{Facet: string(g), Value: code}
			for _, lang := range i18n.Languages {
				label := ""
				if bundle.Has(lang, Key(g, code)) {
					label = w.printers[lang].T(Key(g, code))
				}
				if slices.Contains(s.Languages, lang) {
					lesson.Fields = append(lesson.Fields, fieldsOf(g, "", label, typed[lang][g][code])...)
				} else {
					lesson.Spare = append(lesson.Spare, fieldsOf(g, ":"+lang, label, typed[lang][g][code])...)
				}
			}
			w.lessons = append(w.lessons, lesson)
		}
	}
	return w, nil
}

// fieldsOf are the words of one code in one language: each its own field, so that none weighs less for the others. The
// fields' names end in mark.
func fieldsOf(g Group, mark, label string, typed []string) []search.Field {
	name, weight := FieldNeed+mark, share[g]
	if g == GroupKind || g == GroupAudience {
		name = FieldAbout + mark
	}
	var fields []search.Field
	if label != "" {
		fields = append(fields, search.Field{Name: name, Text: label, Weight: weight * weightLabel})
	}
	for _, text := range typed {
		fields = append(fields, search.Field{Name: name, Text: text, Weight: weight * weightEveryday})
	}
	return fields
}

// readSynonyms reads a language's file of everyday words: group, code, words.
func readSynonyms(lang string) (map[Group]map[string][]string, error) {
	data, err := synonymFiles.ReadFile("synonyms/" + lang + ".json")
	if err != nil {
		return nil, err
	}
	var read map[Group]map[string][]string
	if err := json.Unmarshal(data, &read); err != nil {
		return nil, fmt.Errorf("read synonyms/%s.json: %w", lang, err)
	}
	for g, codes := range read {
		for code := range codes {
			if !Known(g, code) {
				return nil, fmt.Errorf("synonyms/%s.json: %s has no code %q", lang, g, code)
			}
		}
	}
	return read, nil
}

// text is a message in every language.
func (w *words) text(key string) i18n.Text {
	t := i18n.Text{}
	for lang, p := range w.printers {
		t[lang] = p.T(key)
	}
	return t
}

// Translation tells how words of a language that is not the territory's were understood.
type Translation struct {
	Asked string // the words
	Group Group
	Code  string // what they mean
}

// printer writes in a territory's first language.
func (w *words) printer(languages []string) *i18n.Printer { return w.printers[languages[0]] }

// codes are the codes that a text names by their words, in any of our languages, with commas between. False unless all of it
// are such words.
func (w *words) codes(g Group, text string) ([]string, bool) {
	if w.called[g] == nil {
		return nil, false
	}
	var all []string
	for part := range strings.SplitSeq(text, ", ") {
		code, known := w.called[g][strings.Join(fold.Words(part), " ")]
		if !known {
			return nil, false
		}
		all = append(all, code)
	}
	return all, true
}

// labelled is a text with what it is about before it, in the printer's language; nothing when it says nothing.
func labelled(p *i18n.Printer, what, text string) string {
	if text = clean(text); text == "" {
		return ""
	}
	return p.T("directory.said."+what, "Text", text)
}

// callNames gathers what the codes of vocabularies are called, in every language. A word of two codes names neither.
func (w *words) callNames(bundle *i18n.Bundle) {
	w.called = map[Group]map[string]string{}
	for _, g := range []Group{GroupNeed, GroupAudience, GroupEntry, GroupFee, GroupWheelchair} {
		names, twice := map[string]string{}, map[string]bool{}
		for _, lang := range i18n.Languages {
			for _, code := range vocabularies[g] {
				if !bundle.Has(lang, Key(g, code)) {
					continue
				}
				name := strings.Join(fold.Words(w.printers[lang].T(Key(g, code))), " ")
				if other, known := names[name]; known && other != code {
					twice[name] = true
				}
				names[name] = code
			}
		}
		for name := range twice {
			delete(names, name)
		}
		w.called[g] = names
	}
}
