package search_test

import (
	"testing"

	"parvis/internal/search"
	"parvis/internal/search/searchtest"
)

func BenchmarkSearch(b *testing.B) {
	places := searchtest.Places(20_000, 1)
	x := indexOf(places...)
	for name, asked := range map[string][]searchtest.Question{
		"full": searchtest.Full(places, 500, 1), "misspelt": searchtest.Misspelt(places, 500, 1), "letters": searchtest.Beginnings(places, 500, 1),
	} {
		b.Run(name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				q := asked[i%len(asked)]
				x.Search(search.Query{Words: q.Words, Prefix: q.Prefix, Limit: 20})
			}
		})
	}
}

func BenchmarkPut(b *testing.B) {
	places := searchtest.Places(20_000, 1)
	x := indexOf(places...)
	b.Run("one", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			d := places[i%len(places)]
			d.Fields = places[(i+1)%len(places)].Fields
			x.Put(d)
		}
	})
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			search.New().Put(places...)
		}
	})
}
