package search_test

import (
	"slices"
	"testing"

	"parvis/internal/search"
)

// school is an index of four documents that was taught what two needs are called.
func school() *search.Index {
	x := search.New()
	x.Put(
		search.Doc{ID: "hall", Fields: []search.Field{{Name: "name", Text: "Mairie de Lille", Weight: 8}}, Facets: map[string][]string{"need": {"tax", "civil"}}},
		search.Doc{ID: "point", Fields: []search.Field{{Name: "name", Text: "Point numérique", Weight: 8}}, Facets: map[string][]string{"need": {"tax"}}},
		search.Doc{ID: "named", Fields: []search.Field{{Name: "name", Text: "Maison des impôts", Weight: 8}}},
		search.Doc{ID: "other", Fields: []search.Field{{Name: "name", Text: "Piscine de Lille", Weight: 8}}},
	)
	x.Teach(
		search.Lesson{Facet: "need", Value: "tax", Fields: []search.Field{
			{Name: "offers", Text: "Impôts", Weight: 4}, {Name: "offers", Text: "fisc", Weight: 3}, {Name: "offers", Text: "thuế", Weight: 3}, {Name: "offers", Text: "税务", Weight: 3}}},
		search.Lesson{Facet: "need", Value: "civil", Fields: []search.Field{{Name: "offers", Text: "carte d'identité", Weight: 4}},
			Spare: []search.Field{{Name: "offers:ro", Text: "buletin", Weight: 2}, {Name: "offers:ro", Text: "fisc", Weight: 2}, {Name: "offers:ro", Text: "piscine", Weight: 2}}},
		search.Lesson{Facet: "need", Value: "nobody", Fields: []search.Field{{Name: "offers", Text: "dirigeable", Weight: 4}}},
	)
	return x
}

func gives(r search.Result) []string {
	var all []string
	for _, h := range r.Hits {
		all = append(all, h.ID)
	}
	return all
}

func TestALessonFindsWhatHasTheValue(t *testing.T) {
	t.Parallel()
	x := school()
	for words, want := range map[string][]string{
		"impots":              {"named", "hall", "point"}, // the one that says so itself comes first
		"fisc":                {"hall", "point"},
		"fisq":                {"hall", "point"}, // a slip
		"thue":                {"hall", "point"},
		"税务":                  {"hall", "point"},
		"shuiwu":              {"hall", "point"},
		"fisc lille":          {"hall"},
		"carte d'identité":    {"hall"},
		"carte identité fisc": {"hall"},
		"lille":               {"hall", "other"},
		"dirigeable":          nil,               // no document has the value
		"dirigeable lille":    {"hall", "other"}, // known, had by none: let go, not mended
		"numrique":            {"point"},
		"buletin":             {"hall"},  // a spare word, since nobody else has it
		"piscine":             {"other"}, // the documents have it: what it means elsewhere does not count
	} {
		got := gives(x.Search(search.Query{Words: words, Limit: 10}))
		if len(got) > 1 && words != "impots" {
			slices.Sort(got)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", words, got, want)
		}
	}
}

func TestALessonIsTold(t *testing.T) {
	t.Parallel()
	x := school()
	r := x.Search(search.Query{Words: "fisq", Limit: 1})
	want := search.Reason{Word: "fisq", Field: "offers", Matched: "fisc", Kind: search.Spelling, Facet: "need", Value: "tax"}
	if len(r.Hits) != 1 || len(r.Hits[0].Reasons) != 1 || r.Hits[0].Reasons[0] != want || r.Corrected != "fisc" {
		t.Errorf("%+v", r)
	}
	if r := x.Search(search.Query{Words: "fisc", Limit: 1}); r.Corrected != "" || len(r.Dropped) != 0 {
		t.Errorf("a word that was taught is taken for a slip: %+v", r)
	}
	if r := x.Search(search.Query{Words: "fi", Prefix: true, Limit: 1}); r.Total != 0 {
		t.Errorf("two letters begin a lesson: %+v", r)
	}
	if r := x.Search(search.Query{Words: "fis", Prefix: true, Limit: 10}); r.Total != 2 {
		t.Errorf("three letters do not: %+v", r)
	}
}

func TestLessonsFollowTheDocumentsAndAreReplaced(t *testing.T) {
	t.Parallel()
	x := school()
	x.Remove("hall")
	if got := gives(x.Search(search.Query{Words: "fisc", Limit: 10})); !slices.Equal(got, []string{"point"}) {
		t.Errorf("after one was removed: %v", got)
	}
	x.Put(search.Doc{ID: "other", Fields: []search.Field{{Name: "name", Text: "Piscine"}}, Facets: map[string][]string{"need": {"tax"}}})
	if got := gives(x.Search(search.Query{Words: "fisc", Limit: 10})); len(got) != 2 {
		t.Errorf("after one came to it: %v", got)
	}
	x.Teach(search.Lesson{Facet: "need", Value: "tax", Fields: []search.Field{{Name: "offers", Text: "octroi"}}})
	if r := x.Search(search.Query{Words: "octroi"}); r.Total != 2 {
		t.Errorf("the new lesson: %d", r.Total)
	}
	if r := x.Search(search.Query{Words: "税务"}); r.Total != 0 {
		t.Errorf("the old lesson is still known: %d", r.Total)
	}
}
