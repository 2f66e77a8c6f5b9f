package fold

import "slices"

// short are the abbreviations that people write for words of places and streets, folded.
var short = map[string][][]string{
	// French
	"st": {{"saint"}}, "ste": {{"sainte"}}, "sts": {{"saints"}}, "bd": {{"boulevard"}, {"bulevardul"}}, "bld": {{"boulevard"}, {"bulevardul"}},
	"blvd": {{"boulevard"}, {"bulevardul"}}, "bvd": {{"boulevard"}}, "av": {{"avenue"}}, "ave": {{"avenue"}}, "pl": {{"place"}},
	"chem": {{"chemin"}}, "fg": {{"faubourg"}}, "fbg": {{"faubourg"}}, "imp": {{"impasse"}}, "rte": {{"route"}}, "sq": {{"square"}},
	"asso": {{"association"}}, "rdv": {{"rendez", "vous"}}, "bib": {{"bibliotheque"}, {"biblioteca"}}, "ccas": {{"centre", "communal", "action", "sociale"}},
	// Romanian
	"str": {{"strada"}}, "sos": {{"soseaua"}}, "bdul": {{"bulevardul"}}, "spl": {{"splaiul"}}, "int": {{"intrarea"}}, "al": {{"aleea"}},
	"sect": {{"sector"}}, "buc": {{"bucuresti"}},
	// Vietnamese
	"tp": {{"thanh", "pho"}}, "tx": {{"thi", "xa"}}, "tt": {{"thi", "tran"}}, "ubnd": {{"uy", "ban", "nhan", "dan"}}, "ktx": {{"ky", "tuc", "xa"}},
	"thpt": {{"trung", "hoc", "pho", "thong"}}, "thcs": {{"trung", "hoc", "co", "so"}}, "bv": {{"benh", "vien"}}, "dn": {{"da", "nang"}},
	"nvh": {{"nha", "van", "hoa"}}, "p": {{"phuong"}}, "q": {{"quan"}},
	// English
	"rd": {{"road"}}, "sqr": {{"square"}}, "lib": {{"library"}}, "ctr": {{"centre"}, {"center"}},
}

// Short gives what a folded word may be short for, each as its words: "bd" is boulevard or bulevardul, "ubnd" is
// uy ban nhan dan. A word that is no abbreviation gives nil. Do not change what it returns.
func Short(word string) [][]string { return short[word] }

// shortened are the abbreviations of single words, found by the word.
var shortened = func() map[string][]string {
	all := map[string][]string{}
	for abbreviation, meanings := range short {
		for _, words := range meanings {
			if len(words) == 1 {
				all[words[0]] = append(all[words[0]], abbreviation)
			}
		}
	}
	for _, abbreviations := range all {
		slices.Sort(abbreviations)
	}
	return all
}()

// Shortened gives how a folded word may be shortened, in order: "saint" is st. Do not change what it returns.
func Shortened(word string) []string { return shortened[word] }
