package search_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"parvis/internal/search"
	"parvis/internal/search/searchtest"
)

// TestFillIsPut: a great many documents in parts give the same answers as one by one, also over what is there and with one
// id in several parts.
func TestFillIsPut(t *testing.T) {
	t.Parallel()
	places := searchtest.Places(900, 11)
	older := slices.Clone(places[:300])
	for i := range older {
		older[i].Fields = slices.Clone(places[(i+1)%300].Fields)
		older[i].Facets, older[i].Point, older[i].Boost = map[string][]string{"kind": {"older"}}, nil, 1
	}
	plain := indexOf(places...)
	for name, build := range map[string]func(*search.Index){
		"at once":        func(x *search.Index) { x.Fill(900, slices.Chunk(places, 7)) },
		"told too few":   func(x *search.Index) { x.Fill(3, slices.Chunk(places, 500)) },
		"told too many":  func(x *search.Index) { x.Fill(100_000, slices.Chunk(places, 100)) },
		"over others":    func(x *search.Index) { x.Put(older...); x.Fill(900, slices.Chunk(places, 64)) },
		"the same twice": func(x *search.Index) { x.Fill(1200, slices.Chunk(slices.Concat(older, places), 64)) },
		"then one by one": func(x *search.Index) {
			x.Fill(600, slices.Chunk(slices.Concat(older, places[300:600]), 50))
			for _, d := range slices.Concat(places[600:], places[:300]) {
				x.Put(d)
			}
		},
		"then out and in": func(x *search.Index) {
			x.Fill(900, slices.Chunk(places, 64))
			for _, d := range places[100:200] {
				x.Remove(d.ID)
			}
			x.Put(places[100:200]...)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := search.New()
			build(x)
			if x.Len() != len(places) {
				t.Fatalf("%d documents, want %d", x.Len(), len(places))
			}
			for _, q := range questions(places, 11) {
				if want, got := plain.Search(q), x.Search(q); !reflect.DeepEqual(want, got) {
					t.Fatalf("%+v\n gives %+v\nwant %+v", q, got, want)
				}
			}
		})
	}
}

func TestTagsAreTheCallers(t *testing.T) {
	t.Parallel()
	x := search.New()
	for i := range uint32(50) {
		x.Put(search.Doc{ID: fmt.Sprint("d", i), Tag: 1000 - i, Fields: []search.Field{{Name: "name", Text: "mairie"}}})
	}
	x.Put(search.Doc{ID: "d7", Tag: 7, Fields: []search.Field{{Name: "name", Text: "mairie"}}})
	x.Remove("d8")
	for id, want := range map[string]uint32{"d0": 1000, "d7": 7, "d49": 951} {
		if tag, known := x.Tag(id); !known || tag != want {
			t.Errorf("%s has the tag %d, %v; want %d", id, tag, known, want)
		}
	}
	if tag, known := x.Tag("d8"); known {
		t.Errorf("what is gone has the tag %d", tag)
	}
	r := x.Search(search.Query{Words: "mairie", Limit: 100, Keep: func(tag uint32) bool { return tag > 960 }, Also: func(tag uint32) bool { return tag%2 == 0 }})
	if r.Total != 38 || r.Also != 19 {
		t.Errorf("%d kept, %d of them even", r.Total, r.Also)
	}
	for _, h := range r.Hits {
		if tag, _ := x.Tag(h.ID); tag != h.Tag || tag <= 960 {
			t.Errorf("%+v", h)
		}
	}
}

// TestCountsStayRightWhileDocumentsChange: counts that were kept of a beginning are not told once a document has changed.
func TestCountsStayRightWhileDocumentsChange(t *testing.T) {
	t.Parallel()
	places := searchtest.Places(1500, 12)
	x := indexOf(places...)
	if n, _ := x.Unions(100); n < 10 {
		t.Fatalf("%d beginnings have a union", n)
	}
	asked := []search.Query{{}, {Words: "m", Prefix: true}, {Words: "de", Prefix: true}, {Words: "de"}, {Words: "centre"}, {Words: "st", Prefix: true, Limit: 3}}
	rounds := 12
	if testing.Short() {
		rounds = 3
	}
	for round := range rounds {
		for _, q := range asked { // so that they are kept
			x.Search(q)
		}
		changed := places[round*100 : round*100+3]
		x.Remove(changed[0].ID)
		changed[1].Facets = map[string][]string{"kind": {fmt.Sprint("kind ", round)}}
		changed[2].Fields = changed[2].Fields[:1]
		x.Put(changed[1:]...)
		fresh := search.New()
		for _, d := range places {
			if _, there := x.Tag(d.ID); there {
				fresh.Put(d)
			}
		}
		for _, q := range asked {
			if want, got := fresh.Search(q), x.Search(q); !reflect.DeepEqual(want, got) {
				t.Fatalf("round %d, %+v: %d found with %v, want %d with %v", round, q, got.Total, got.Facets["kind"], want.Total, want.Facets["kind"])
			}
		}
	}
}
