package directory

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

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

// words are the words of the vocabularies: as labels, and as what people type for them.
type words struct {
	printers  map[string]*i18n.Printer
	languages []string                    // of the territory
	labels    map[Group]map[string]string // by code: the labels in the territory's languages
	everyday  map[Group]map[string]string // by code: what people type for it in the territory's languages
	abroad    *search.Index               // codes by their words in the other languages
}

// newWords gathers the words of a territory. A bundle without the labels of the vocabularies leaves everyday words.
func newWords(bundle *i18n.Bundle, s Setting) (*words, error) {
	if bundle == nil {
		bundle = i18n.NewBundle()
		if err := bundle.Add(Locales); err != nil {
			return nil, err
		}
	}
	w := &words{printers: map[string]*i18n.Printer{}, languages: s.Languages, labels: map[Group]map[string]string{},
		everyday: map[Group]map[string]string{}, abroad: search.New()}
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
		w.labels[g], w.everyday[g] = map[string]string{}, map[string]string{}
		for _, code := range vocabularies[g] {
			w.gather(bundle, typed, g, code)
		}
	}
	return w, nil
}

// gather sorts the words of one code into those of the territory's languages and those of others.
func (w *words) gather(bundle *i18n.Bundle, typed map[string]map[Group]map[string][]string, g Group, code string) {
	var labels, everyday []string
	var abroad []search.Field
	for _, lang := range i18n.Languages {
		label := ""
		if bundle.Has(lang, Key(g, code)) {
			label = w.printers[lang].T(Key(g, code))
		}
		said := strings.Join(typed[lang][g][code], ". ")
		if slices.Contains(w.languages, lang) {
			labels, everyday = append(labels, label), append(everyday, said)
			continue
		}
		abroad = append(abroad, search.Field{Name: lang, Text: label, Weight: 2}, search.Field{Name: lang, Text: said, Weight: 1})
	}
	w.labels[g][code] = strings.Join(nonEmpty(labels...), ". ")
	w.everyday[g][code] = strings.Join(nonEmpty(everyday...), ". ")
	if len(abroad) > 0 {
		w.abroad.Put(search.Doc{ID: string(g) + "." + code, Fields: abroad})
	}
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

// label is a code's word in the territory's first language; empty when the catalogues do not have it.
func (w *words) label(g Group, code string) string {
	first, _, _ := strings.Cut(w.labels[g][code], ". ")
	return first
}

// Translation tells how words of a language that is not the territory's were understood.
type Translation struct {
	Asked string // the words that were translated
	Group Group
	Code  string // what they mean
}

// sure is how well words of another language must fit to be translated.
const sure = 2 // hits looked at

// translate replaces the words of another language that name one of the vocabularies' codes by that code's label.
func (w *words) translate(asked string) (string, *Translation) {
	found := w.abroad.Search(search.Query{Words: asked, Limit: sure, NoFacets: true})
	if len(found.Hits) == 0 {
		return asked, nil
	}
	best := found.Hits[0]
	group, code, _ := strings.Cut(best.ID, ".")
	label := w.label(Group(group), code)
	if label == "" || len(best.Reasons) == 0 {
		return asked, nil
	}
	var taken []string
	for _, reason := range best.Reasons {
		taken = append(taken, reason.Word)
	}
	rest := asked
	for _, word := range taken {
		rest = strings.Replace(rest, word, " ", 1)
	}
	t := &Translation{Asked: strings.Join(taken, " "), Group: Group(group), Code: code}
	return strings.TrimSpace(oneLine(rest) + " " + label), t
}
