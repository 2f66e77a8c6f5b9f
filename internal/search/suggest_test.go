package search_test

import (
	"slices"
	"strings"
	"testing"

	"parvis/internal/search/searchtest"
)

func TestSuggest(t *testing.T) {
	t.Parallel()
	x := indexOf(docs(town)...)
	for typed, want := range map[string][]string{
		"bib":           {"bibliothèque", "Bibliothèque municipale", "Bibliothèque Jean-Jaurès"},
		"Mairie de Rou": {"Mairie de roubaix", "Mairie de Roubaix"},
		"centre soc":    {"centre social", "Centre social Saint-Martin"},
		"静":             {"静安区图书馆"},
		"jing":          {"静安区图书馆"},
		"tà":            {"Nhà văn hóa thôn Tà Lang"},
		"da n":          {"da nẵng"},
		"scoala":        {"Școala Ștefan cel Mare"},
	} {
		got := x.Suggest(typed, 6)
		for _, w := range want {
			if !slices.ContainsFunc(got, func(g string) bool { return strings.EqualFold(g, w) }) {
				t.Errorf("%q is completed as %q, want %q among them", typed, got, w)
			}
		}
	}
	for _, nothing := range []string{"", "  ", "!", "zzzz"} {
		if got := x.Suggest(nothing, 5); len(got) != 0 {
			t.Errorf("%q is completed as %q", nothing, got)
		}
	}
	if got := x.Suggest("bib", 0); got != nil {
		t.Errorf("none wanted, got %q", got)
	}
}

func TestSuggestIsBoundedAndHasNoDoubles(t *testing.T) {
	t.Parallel()
	places := searchtest.Places(1000, 9)
	x := indexOf(places...)
	for _, q := range searchtest.Beginnings(places, 100, 9) {
		got := x.Suggest(q.Words, 5)
		if len(got) == 0 || len(got) > 5 {
			t.Fatalf("%q: %d suggestions", q.Words, len(got))
		}
		seen := map[string]bool{}
		for _, s := range got {
			if seen[strings.ToLower(s)] {
				t.Fatalf("%q: %q twice", q.Words, s)
			}
			seen[strings.ToLower(s)] = true
		}
	}
}
