package search_test

import (
	"parvis/internal/search"
	"testing"
)

func TestSmoke(t *testing.T) {
	x := search.New()
	add := func(id, name, town string) {
		x.Put(search.Doc{ID: id, Fields: []search.Field{{Name: "name", Text: name, Weight: 8}, {Name: "town", Text: town, Weight: 4}}, Facets: map[string][]string{"town": {town}}})
	}
	add("1", "Bibliothèque Jean-Jaurès", "Roubaix")
	add("2", "Mairie de Roubaix", "Roubaix")
	add("3", "Centre social Saint-Martin", "Lille")
	add("4", "静安区图书馆", "上海")
	add("5", "Nhà văn hóa Hải Vân", "Đà Nẵng")
	add("6", "Bibliothèque municipale", "Lille")
	for _, q := range []string{"bibliotheque", "bibliotheqe", "biblio theque roubaix", "mairie de roubaix", "rubaix", "st martin", "静安", "静按", "jingan", "jing an tushuguan", "tsg", "da nang", "danang", "da nag", "hai va", "bibliotheque tourcoing", "tushugu", "centr socil"} {
		r := x.Search(search.Query{Words: q, Limit: 5, Prefix: true})
		t.Logf("%q: %d dropped %q corrected %q suggest %q", q, r.Total, r.Dropped, r.Corrected, r.Suggest)
		for _, h := range r.Hits {
			t.Logf("    %+v", h)
		}
	}
}
