package search_test

import (
	"sync"
	"testing"

	"parvis/internal/geo"
	"parvis/internal/search"
	"parvis/internal/search/searchtest"
)

var fuzzed = sync.OnceValue(func() *search.Index {
	x := indexOf(append(docs(town), searchtest.Places(300, 2)...)...)
	x.Unions(50)
	return x
})

// FuzzWords asks anything: no question may crash, and no answer may be out of bounds.
func FuzzWords(f *testing.F) {
	for _, asked := range []string{
		"", " ", "bibliothèque", "biblio theque rubaix", "静安图书馆", "jinganqutushuguan", "tsg", "đà nẵng", "ştefan", "l'été à la mairie de",
		"\xff\xfe", "a\u0301\u0301", "st st st st st", "的 的 的", "½№ﬁ", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		"xian xian xian xianxianxian", "12 bis rue", "\x01jing", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26",
	} {
		f.Add(asked, true, uint8(0))
		f.Add(asked, false, uint8(7))
	}
	f.Fuzz(func(t *testing.T, asked string, typed bool, flags uint8) {
		x := fuzzed()
		q := search.Query{Words: asked, Prefix: typed, Limit: 10}
		if flags&1 != 0 {
			q.Near, q.Within = &geo.Point{Lat: 50.4, Lon: 3.1}, 30_000
		}
		if flags&2 != 0 {
			q.Filters = map[string][]string{"spoken": {"fr"}, asked: {asked}}
		}
		if flags&4 != 0 {
			q.Keep = func(id string) bool { return len(id)%2 == 0 }
		}
		r := x.Search(q)
		if len(r.Hits) > 10 || r.Total > x.Len() || len(r.Hits) > r.Total || r.Total > 0 && len(r.Hits) == 0 {
			t.Errorf("%q: %d hits of %d", asked, len(r.Hits), r.Total)
		}
		for i, h := range r.Hits {
			if h.Score < 0 || h.Score != h.Score || i > 0 && h.Score > r.Hits[i-1].Score {
				t.Errorf("%q: scores %v", asked, r.Hits)
			}
		}
		if got := x.Suggest(asked, 4); len(got) > 4 {
			t.Errorf("%q: %d suggestions", asked, len(got))
		}
	})
}
