// Package inclusion holds the vocabularies of data.inclusion v1 beside our own: what its themes, audiences and networks are
// in our codes, and ours in its. The writer of the format and its reader share it.
//
// What always holds: what a code of ours is written as, read back, is written as the same.
package inclusion

import (
	"maps"
	"slices"
	"strings"

	"parvis/internal/fold"
)

// Themes are the themes that needs are, each once, in the order of their names.
func Themes(needs []string) []string {
	var all []string
	for _, need := range needs {
		if theme := themeOf[need]; theme != "" && !slices.Contains(all, theme) {
			all = append(all, theme)
		}
	}
	slices.Sort(all)
	return all
}

// Needs are the needs that a theme is; false when none of ours says the same.
func Needs(theme string) ([]string, bool) {
	needs, ok := needsOf[theme]
	return needs, ok
}

// Words are a code of the vocabularies as words, where nobody has a better name for it: what follows its family.
func Words(code string) string {
	_, after, ok := strings.Cut(code, "--")
	if !ok {
		after = code
	}
	return strings.ReplaceAll(after, "-", " ")
}

// Everyone is the audience that stands for all.
const Everyone = "tous-publics"

// Public is what data.inclusion calls an audience of ours; empty when it has no word that says the same.
func Public(audience string) string { return publicOf[audience] }

// Audiences are the audiences of ours that one of data.inclusion is; false when none says the same.
func Audiences(public string) ([]string, bool) {
	audiences, ok := audiencesOf[public]
	return audiences, ok
}

// Networks are the networks that programmes are, each once, in the order of their names.
func Networks(labels []string) []string {
	var all []string
	for _, label := range labels {
		if network := networkOf[strings.Join(fold.Words(label), " ")]; network != "" && !slices.Contains(all, network) {
			all = append(all, network)
		}
	}
	slices.Sort(all)
	return all
}

// Network is what a network calls itself; false when it is none of the vocabulary.
func Network(code string) (string, bool) {
	name, ok := networks[code]
	return name, ok
}

// networkOf is by the folded words of a programme.
var networkOf = func() map[string]string {
	all := map[string]string{
		"conseiller numerique": "conseillers-numeriques", "emmaus connect": "emmaus", "la croix rouge": "croix-rouge",
		"point d acces numerique caf": "caf", "fabriques de territoire": "fabrique-de-territoire", "grande ecole du numerique": "grandes-ecoles-du-numerique",
	}
	for _, code := range slices.Sorted(maps.Keys(networks)) {
		all[strings.Join(fold.Words(networks[code]), " ")] = code
	}
	return all
}()
