package main

import (
	"strconv"
	"strings"
	"unicode"
)

// said fills the blanks of a sentence: {name}, {town}, {in}, {unit}, {n}. In Vietnamese a unit inside a name begins with
// a small letter: "phường Hải Vân".
type said struct {
	name, nameEn, town, unit, unitEn string
	n                                int
}

func (v said) own(text, lang string) string {
	unit := v.unit
	if lang == "vi" && unit != "" {
		r := []rune(unit)
		unit = string(unicode.ToLower(r[0])) + string(r[1:])
	}
	return strings.NewReplacer("{name}", v.name, "{town}", v.town, "{in}", in(v.town), "{unit}", unit, "{n}", strconv.Itoa(v.n)).Replace(text)
}

func (v said) english(text string) string {
	return strings.NewReplacer("{name}", v.nameEn, "{town}", v.town, "{unit}", v.unitEn, "{n}", strconv.Itoa(v.n)).Replace(text)
}

// in is "à Lille", "au Quesnoy", "aux Moëres", "à La Madeleine": the French article joins the preposition.
func in(town string) string {
	if rest, ok := strings.CutPrefix(town, "Le "); ok {
		return "au " + rest
	}
	if rest, ok := strings.CutPrefix(town, "Les "); ok {
		return "aux " + rest
	}
	return "à " + town
}

// named parts "玉兰|Yulan"; a name without a bar is the same in both languages.
func named(name string) (own, en string) {
	own, en, ok := strings.Cut(name, "|")
	if !ok {
		en = own
	}
	return own, en
}

// joinSentences sets sentences one after the other; Chinese needs no space between them.
func joinSentences(lang string, sentences []string) string {
	if lang == "zh" {
		return strings.Join(sentences, "")
	}
	return strings.Join(sentences, " ")
}
