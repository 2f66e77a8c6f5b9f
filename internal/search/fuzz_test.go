package search_test

import (
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"parvis/internal/geo"
	"parvis/internal/search"
	"parvis/internal/search/searchtest"
)

// fuzzed are the documents that FuzzWords asks for, and their index, made once.
var fuzzed = sync.OnceValues(func() (*search.Index, map[string]search.Doc) {
	all := append(docs(town), searchtest.Places(100, 2)...)
	x := indexOf(all...)
	x.Unions(30)
	byID := map[string]search.Doc{}
	for _, d := range all {
		byID[d.ID] = d
	}
	return x, byID
})

// FuzzWords asks anything: no question may crash, no answer may be out of bounds, no filter may leak, and a page of an
// answer is a piece of the whole.
func FuzzWords(f *testing.F) {
	for _, asked := range []string{
		"", " ", "bibliothèque", "biblio theque rubaix", "静安图书馆", "jinganqutushuguan", "tsg", "đà nẵng", "ştefan", "l'été à la mairie de",
		"\xff\xfe", "a\u0301\u0301", "st st st st st", "的 的 的", "½№ﬁ", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		"xian xian xian xianxianxian", "12 bis rue", "\x01jing", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26",
	} {
		f.Add(asked, true, uint8(0))
		f.Add(asked, false, uint8(7))
		f.Add(asked, true, uint8(25))
	}
	f.Fuzz(func(t *testing.T, asked string, typed bool, flags uint8) {
		x, byID := fuzzed()
		q := search.Query{Words: asked, Prefix: typed, Limit: 10, NoFacets: flags&8 == 0}
		if flags&1 != 0 {
			q.Near, q.Within = &geo.Point{Lat: 50.4, Lon: 3.1}, 30_000
		}
		if flags&2 != 0 {
			q.Filters = map[string][]string{"spoken": {"fr"}}
		}
		if flags&4 != 0 {
			q.Keep = func(tag uint32) bool { return tag%2 == 0 }
		}
		if flags&16 != 0 {
			q.Filters = map[string][]string{asked: {asked}}
		}
		r := x.Search(q)
		if len(r.Hits) > 10 || r.Total > x.Len() || len(r.Hits) > r.Total || r.Total > 0 && len(r.Hits) == 0 {
			t.Fatalf("%q: %d hits of %d", asked, len(r.Hits), r.Total)
		}
		for i, h := range r.Hits {
			if h.Score < 0 || h.Score != h.Score || i > 0 && h.Score > r.Hits[i-1].Score {
				t.Fatalf("%q: scores %v", asked, r.Hits)
			}
			checkHit(t, q, h, byID[h.ID])
		}
		for _, word := range r.Dropped {
			if word == "" || !strings.Contains(asked, word) {
				t.Fatalf("%q: %q is let go, which nobody asked", asked, word)
			}
		}
		q.Offset, q.Limit, q.NoFacets = 3, 4, true
		if page := x.Search(q); page.Total != r.Total || !reflect.DeepEqual(ids(page.Hits), ids(r.Hits[min(3, len(r.Hits)):min(7, len(r.Hits))])) {
			t.Fatalf("%q: from the fourth %v of %d, the whole is %v of %d", asked, ids(page.Hits), page.Total, ids(r.Hits), r.Total)
		}
		checkCounts(t, r, byID)
		got := x.Suggest(asked, 4)
		if len(got) > 4 || len(slices.Compact(slices.Sorted(slices.Values(got)))) != len(got) || slices.Contains(got, "") {
			t.Fatalf("%q: suggestions %q", asked, got)
		}
	})
}

// checkHit checks that a hit passes what was asked, and tells no reason that its document does not have.
func checkHit(t *testing.T, q search.Query, h search.Hit, d search.Doc) {
	t.Helper()
	if d.ID == "" || q.Keep != nil && !q.Keep(d.Tag) {
		t.Fatalf("%+v finds %q, which is not kept", q, h.ID)
	}
	for name, values := range q.Filters {
		if !slices.ContainsFunc(d.Facets[name], func(v string) bool { return slices.Contains(values, v) }) {
			t.Fatalf("%+v finds %q with %s %q", q, h.ID, name, d.Facets[name])
		}
	}
	if q.Near != nil && (d.Point == nil || h.Distance > q.Within || h.Distance != geo.Distance(*q.Near, *d.Point)) {
		t.Fatalf("%+v finds %q %g m away", q, h.ID, h.Distance)
	}
	for _, why := range h.Reasons {
		if !slices.ContainsFunc(d.Fields, func(f search.Field) bool { return f.Name == why.Field }) || why.Word == "" || why.Matched == "" {
			t.Fatalf("%+v finds %q for %+v", q, h.ID, why)
		}
	}
}

// checkCounts checks that no facet's value is counted more often than documents have it.
func checkCounts(t *testing.T, r search.Result, byID map[string]search.Doc) {
	t.Helper()
	for name, row := range r.Facets {
		for _, c := range row {
			has := 0
			for _, d := range byID {
				if slices.Contains(d.Facets[name], c.Value) {
					has++
				}
			}
			if c.N < 0 || c.N > has {
				t.Fatalf("%s %q is counted %d times, %d documents have it", name, c.Value, c.N, has)
			}
		}
	}
}
