package search_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"parvis/internal/geo"
	"parvis/internal/search"
)

func TestNearestFirst(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "n")
		var all []search.Doc
		for i := range n {
			d := search.Doc{ID: fmt.Sprintf("%03d", i), Fields: []search.Field{{Name: "name", Text: "Mairie", Weight: 8}}}
			if rapid.IntRange(0, 9).Draw(t, "known") > 0 {
				d.Point = &geo.Point{Lat: rapid.Float64Range(50, 51).Draw(t, "lat"), Lon: rapid.Float64Range(2, 4).Draw(t, "lon")}
			}
			all = append(all, d)
		}
		near := geo.Point{Lat: rapid.Float64Range(50, 51).Draw(t, "here lat"), Lon: rapid.Float64Range(2, 4).Draw(t, "here lon")}
		for _, words := range []string{"", "mairie"} {
			r := indexOf(all...).Search(search.Query{Words: words, Near: &near, Limit: n})
			if len(r.Hits) != n {
				t.Fatalf("%d hits of %d", len(r.Hits), n)
			}
			last := 0.0
			for _, h := range r.Hits {
				var i int
				fmt.Sscanf(h.ID, "%d", &i)
				want := math.Inf(1)
				if all[i].Point == nil {
					if h.Distance != -1 {
						t.Fatalf("%s lies nowhere, told %g m away", h.ID, h.Distance)
					}
				} else if want = geo.Distance(near, *all[i].Point); want != h.Distance {
					t.Fatalf("%s is %g m away, told %g", h.ID, want, h.Distance)
				}
				if want < last-0.1 {
					t.Fatalf("%s at %g m comes after one at %g m", h.ID, want, last)
				}
				last = want
			}
		}
	})
}

func TestDistanceWeighsWords(t *testing.T) {
	t.Parallel()
	at := func(km float64) *geo.Point { return &geo.Point{Lat: 50 + km/111.195, Lon: 3} }
	here := geo.Point{Lat: 50, Lon: 3}
	x := indexOf(
		search.Doc{ID: "here by the way", Point: at(0.1), Fields: []search.Field{{Name: "name", Text: "Centre", Weight: 8}, {Name: "about", Text: "près de la bibliothèque", Weight: 1}}},
		search.Doc{ID: "3 km", Point: at(3), Fields: []search.Field{{Name: "name", Text: "Bibliothèque", Weight: 8}}},
		search.Doc{ID: "50 km", Point: at(50), Fields: []search.Field{{Name: "name", Text: "Bibliothèque", Weight: 8}}},
		search.Doc{ID: "nowhere", Fields: []search.Field{{Name: "name", Text: "Bibliothèque", Weight: 8}}},
	)
	r := x.Search(search.Query{Words: "bibliothèque", Near: &here, Limit: 9})
	if got := fmt.Sprint(ids(r.Hits)); got != "[3 km 50 km here by the way nowhere]" {
		t.Errorf("order %s", got)
	}
	if r := x.Search(search.Query{Words: "bibliothèque", Limit: 9}); r.Hits[0].Distance != -1 {
		t.Error("a distance from nowhere")
	}
	if r := x.Search(search.Query{Near: &here, Within: 3001, Limit: 9}); !slices.Equal(ids(r.Hits), []string{"here by the way", "3 km"}) {
		t.Errorf("within 3 km: %v", ids(r.Hits))
	}
	if r := x.Search(search.Query{Near: &here, Within: 1e12, Limit: 9}); r.Total != 3 {
		t.Errorf("anywhere on earth: %d", r.Total)
	}
	if r := x.Search(search.Query{Box: &geo.Box{South: 49, North: 50.1, West: 2, East: 4}, Limit: 9}); r.Total != 2 {
		t.Errorf("in the box: %v", ids(r.Hits))
	}
}
