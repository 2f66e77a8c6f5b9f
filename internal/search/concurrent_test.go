package search_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"parvis/internal/search"
	"parvis/internal/search/searchtest"
)

// TestSearchesWhileDocumentsChange runs searches beside changes: what never changes is always found, once.
func TestSearchesWhileDocumentsChange(t *testing.T) {
	t.Parallel()
	places := searchtest.Places(400, 4)
	x := indexOf(places...)
	x.Unions(100)
	steady := docs([][4]string{{"steady", "Bibliothèque inébranlable", "Auch", "Ordinateurs"}})[0]
	x.Put(steady)
	var changes, searches sync.WaitGroup
	stop := make(chan struct{})
	for w := range 2 {
		changes.Go(func() {
			for i := range 150 {
				d := places[(i*7+w)%len(places)]
				if i%3 == 0 {
					x.Remove(d.ID)
				} else {
					d.Fields = places[(i*11+w)%len(places)].Fields
					x.Put(d)
				}
				x.Put(steady)
			}
		})
	}
	faults := make(chan string, 10)
	for range 3 {
		searches.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				words := []string{"inebranlable", "inebranlabel", "in", "bibliotheque inebranlable"}[i%4]
				r := x.Search(search.Query{Words: words, Limit: 500, Prefix: true, Filters: map[string][]string{"town": {"Auch"}}})
				if !slices.Equal(ids(r.Hits), []string{"steady"}) {
					select {
					case faults <- fmt.Sprintf("%q finds %v", words, ids(r.Hits)):
					default:
					}
				}
				x.Suggest("bib", 3)
				x.Len()
			}
		})
	}
	changes.Wait()
	close(stop)
	searches.Wait()
	close(faults)
	for f := range faults {
		t.Error(f)
	}
	if _, sound := x.Sound(); !sound {
		t.Error("the unions are not sound")
	}
}
