package search_test

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parvis/internal/fold"
	"parvis/internal/geo"
	"parvis/internal/search"
	"parvis/internal/search/searchtest"
	"parvis/internal/snapshot"
)

// questions are asked of made places in several ways.
func questions(places []search.Doc, seed uint64) []search.Query {
	var all []search.Query
	asked := slices.Concat(searchtest.Full(places, 60, seed), searchtest.Misspelt(places, 60, seed), searchtest.Beginnings(places, 40, seed))
	near := geo.Point{Lat: 50.4, Lon: 3.1}
	for i, q := range asked {
		query := search.Query{Words: q.Words, Limit: 30, Prefix: i%2 == 0}
		switch i % 4 {
		case 1:
			query.Near = &near
		case 2:
			query.Filters = map[string][]string{"spoken": {"fr", "vi"}, "fee": {"free"}}
		case 3:
			query.Near, query.Within = &near, 20_000
		}
		all = append(all, query)
	}
	return append(all, search.Query{Limit: 50}, search.Query{Near: &near, Limit: 50}, search.Query{Words: "de la", Limit: 50})
}

// again writes the snapshot of an index, and gives what is read of it.
func again(t interface{ Fatal(...any) }, x *search.Index) *search.Index {
	var file bytes.Buffer
	w := snapshot.NewWriter(&file)
	x.Save(w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	read, r := search.New(), snapshot.NewReader(&file)
	if read.Restore(r); r.Err() != nil {
		t.Fatal("the snapshot is not read: ", r.Err())
	}
	return read
}

// TestOrderDoesNotMatter feeds the same documents in other orders, in other batches, after others that went, and over
// older versions of themselves; all answers must be the same to the last detail.
func TestOrderDoesNotMatter(t *testing.T) {
	t.Parallel()
	const n = 1200
	places := searchtest.Places(n, 7)
	plain := indexOf(places...)
	plain.Unions(200)
	asked := questions(places, 7)
	shuffled := func(r *rand.Rand) []search.Doc {
		other := slices.Clone(places)
		r.Shuffle(n, func(i, j int) { other[i], other[j] = other[j], other[i] })
		return other
	}
	others := map[string]func(r *rand.Rand) *search.Index{
		"shuffled": func(r *rand.Rand) *search.Index { return indexOf(shuffled(r)...) },
		"one by one": func(r *rand.Rand) *search.Index {
			x := search.New()
			for _, d := range shuffled(r) {
				x.Put(d)
			}
			return x
		},
		"after others went": func(*rand.Rand) *search.Index {
			gone := searchtest.Places(n, 8)
			for i := range gone {
				gone[i].ID = "gone" + gone[i].ID
			}
			x := indexOf(slices.Concat(gone, places[:n/2])...)
			x.Unions(200)
			for i, d := range places[n/2:] {
				x.Remove(gone[2*i].ID, gone[2*i+1].ID)
				x.Put(d)
			}
			return x
		},
		"kept half way": func(r *rand.Rand) *search.Index {
			whole := shuffled(r)
			old := indexOf(whole[:n/2]...)
			for _, d := range whole[:n/4] {
				old.Remove(d.ID)
			}
			x := again(t, old)
			x.Put(whole[:n/8]...)
			x.Put(whole...)
			return again(t, x)
		},
		"over older versions": func(r *rand.Rand) *search.Index {
			old := shuffled(r)
			for i := range old {
				old[i].Fields = slices.Clone(old[(i+1)%n].Fields)[:4]
				old[i].Facets = map[string][]string{"kind": {"old"}}
				old[i].Point = nil
			}
			x := indexOf(old...)
			x.Unions(200)
			x.Put(shuffled(r)[:n/2]...)
			x.Put(shuffled(r)...)
			return x
		},
	}
	for name, build := range others {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := build(rand.New(rand.NewPCG(1, 2)))
			if _, sound := x.Sound(); !sound {
				t.Fatal("the unions are not sound")
			}
			for _, q := range asked {
				want, got := plain.Search(q), x.Search(q)
				if !reflect.DeepEqual(want, got) {
					t.Fatalf("%+v\n gives %+v\nwant %+v", q, got, want)
				}
			}
		})
	}
}

func TestUnionsChangeNoAnswer(t *testing.T) {
	t.Parallel()
	places := searchtest.Places(1200, 5)
	with, without := indexOf(places...), indexOf(places...)
	if n, sound := with.Unions(100); n < 20 || !sound {
		t.Fatalf("%d unions, sound: %v", n, sound)
	}
	without.Unions(-1)
	for _, q := range questions(places, 5) {
		if want, got := without.Search(q), with.Search(q); !reflect.DeepEqual(want, got) {
			t.Fatalf("%+v\n gives %+v\nwant %+v", q, got, want)
		}
	}
}

// TestFoundByItsOwnWords makes documents of any letters; each must be found by each of its words.
func TestFoundByItsOwnWords(t *testing.T) {
	t.Parallel()
	text := rapid.OneOf(
		rapid.StringN(0, 40, 120),
		rapid.StringOfN(rapid.SampledFrom([]rune("abcdeéèàđươșțœß静安区重庆 '-.1２Ａ")), 0, 40, -1),
		rapid.SampledFrom([]string{"Bibliothèque Jean-Jaurès", "Đà Nẵng", "Ștefan cel Mare", "静安区图书馆", "de la", "the", "的"}),
	)
	doc := rapid.Custom(func(t *rapid.T) search.Doc {
		return search.Doc{
			ID:     rapid.StringN(0, 8, 20).Draw(t, "id"),
			Fields: []search.Field{{Name: "name", Text: text.Draw(t, "name"), Weight: 8}, {Name: "about", Text: text.Draw(t, "about"), Weight: rapid.Float32().Draw(t, "weight")}},
			Boost:  rapid.Float32Range(-2, 5).Draw(t, "boost"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(doc, 1, 12).Draw(t, "docs")
		x := indexOf(all...)
		last := map[string]search.Doc{}
		for _, d := range all {
			last[d.ID] = d
		}
		if x.Len() != len(last) {
			t.Fatalf("%d documents of %d", x.Len(), len(last))
		}
		for id, d := range last {
			for _, f := range d.Fields {
				for _, w := range fold.Words(f.Text) {
					for _, typed := range []bool{false, true} {
						r := x.Search(search.Query{Words: w, Limit: len(all), Prefix: typed})
						if len(w) <= 500 && !slices.Contains(ids(r.Hits), id) {
							t.Fatalf("%q is not found by its word %q of %q: %+v", id, w, f.Text, r)
						}
					}
				}
			}
		}
	})
}

// TestFiltersAndCounts compares filters, places and counts with going through all documents.
func TestFiltersAndCounts(t *testing.T) {
	t.Parallel()
	places := searchtest.Places(800, 3)
	x := indexOf(places...)
	x.Unions(300)
	byID := map[string]*search.Doc{}
	for i := range places {
		byID[places[i].ID] = &places[i]
	}
	words := map[string]map[string]bool{}
	for _, w := range []string{"", "mairie", "centre social", "ma", "bibliothque", "nha", "图书馆", "nowhere at all"} {
		words[w] = map[string]bool{}
		for _, h := range x.Search(search.Query{Words: w, Limit: len(places), Prefix: true, NoFacets: true}).Hits {
			words[w][h.ID] = true
		}
	}
	choices := map[string][]string{"spoken": {"fr", "vi", "tr", "xx"}, "fee": {"free", "paid"}, "kind": {"library", "school"}, "unit": {"Saint-Sel"}, "none": {"x"}}
	rapid.Check(t, func(t *rapid.T) {
		q := search.Query{Words: rapid.SampledFrom(slices.Sorted(maps.Keys(words))).Draw(t, "words"), Prefix: true, Limit: len(places), Values: 10_000}
		q.Filters = map[string][]string{}
		for _, name := range slices.Sorted(maps.Keys(choices)) {
			if rapid.IntRange(0, 2).Draw(t, name) == 0 {
				q.Filters[name] = rapid.SliceOfNDistinct(rapid.SampledFrom(choices[name]), 0, 2, rapid.ID[string]).Draw(t, "values")
			}
		}
		if rapid.Bool().Draw(t, "near") {
			q.Near = &geo.Point{Lat: rapid.SampledFrom([]float64{50.4, 16.06}).Draw(t, "lat"), Lon: rapid.SampledFrom([]float64{3.1, 108.1}).Draw(t, "lon")}
			q.Within = rapid.SampledFrom([]float64{0, 5000, 30_000}).Draw(t, "within")
		}
		if rapid.IntRange(0, 3).Draw(t, "box") == 0 {
			q.Box = &geo.Box{South: 50.3, West: 3, North: 50.6, East: 3.2}
		}
		calls := map[uint32]int{}
		keeps := func(tag uint32) bool { return tag%2 == 0 }
		q.Also = func(tag uint32) bool { return tag%3 == 0 }
		if rapid.IntRange(0, 3).Draw(t, "keep") == 0 {
			q.Keep = func(tag uint32) bool { calls[tag]++; return keeps(tag) }
		}
		passes := func(d *search.Doc, but string) bool {
			for name, values := range q.Filters {
				if name != but && len(values) > 0 && !slices.ContainsFunc(d.Facets[name], func(v string) bool { return slices.Contains(values, v) }) {
					return false
				}
			}
			return (q.Keep == nil || keeps(d.Tag)) && (q.Box == nil || q.Box.Contains(*d.Point)) &&
				(q.Near == nil || q.Within == 0 || geo.Distance(*q.Near, *d.Point) <= q.Within)
		}
		found := words[q.Words]
		if strings.Contains(q.Words, " ") {
			// Which words are let go may depend on the filters: judge those that have all.
			if q.Words != "centre social" || !slices.ContainsFunc(places, func(d search.Doc) bool { return found[d.ID] && passes(&d, "") }) {
				return
			}
		}
		r := x.Search(q)
		var want []string
		also := 0
		counts := map[string]map[string]int{}
		for id := range found {
			if passes(byID[id], "") {
				want = append(want, id)
				if q.Also(byID[id].Tag) {
					also++
				}
			}
			for name, values := range byID[id].Facets {
				if passes(byID[id], name) {
					for _, v := range slices.Compact(slices.Sorted(slices.Values(values))) {
						if counts[name] == nil {
							counts[name] = map[string]int{}
						}
						counts[name][v]++
					}
				}
			}
		}
		got := ids(r.Hits)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) || r.Total != len(want) {
			t.Fatalf("%+v finds %d, total %d, want %d", q, len(got), r.Total, len(want))
		}
		if r.Also != also {
			t.Fatalf("%+v: %d also, want %d", q, r.Also, also)
		}
		for tag, n := range calls {
			if n > 1 {
				t.Fatalf("asked %d times whether to keep %d", n, tag)
			}
		}
		compareCounts(t, q, r.Facets, counts)
	})
}

func compareCounts(t *rapid.T, q search.Query, got map[string][]search.Count, want map[string]map[string]int) {
	for name, row := range got {
		for i, c := range row {
			if c.N != want[name][c.Value] {
				t.Fatalf("%+v counts %d of %s %q, want %d", q, c.N, name, c.Value, want[name][c.Value])
			}
			if c.N == 0 && !slices.Contains(q.Filters[name], c.Value) {
				t.Fatalf("%+v counts nothing of %s %q, which was not chosen", q, name, c.Value)
			}
			if i > 0 && c.N > 0 && (row[i-1].N < c.N || row[i-1].N == c.N && row[i-1].Value >= c.Value) {
				t.Fatalf("%+v: %s is not in order: %+v", q, name, row)
			}
		}
	}
	for name, values := range want {
		for v, n := range values {
			if !slices.Contains(got[name], search.Count{Value: v, N: n}) {
				t.Fatalf("%+v does not count %d of %s %q", q, n, name, v)
			}
		}
	}
}

func TestValuesAreBoundedAndTheChosenStay(t *testing.T) {
	t.Parallel()
	var all []search.Doc
	for i := range 300 {
		all = append(all, search.Doc{ID: fmt.Sprint(i), Facets: map[string][]string{"unit": {fmt.Sprintf("u%03d", i), fmt.Sprintf("v%d", i%7)}}})
	}
	x := indexOf(all...)
	r := x.Search(search.Query{Filters: map[string][]string{"unit": {"u250", "nowhere"}}})
	if row := r.Facets["unit"]; len(row) != 102 || row[0] != (search.Count{Value: "v0", N: 43}) || row[100] != (search.Count{Value: "u250", N: 1}) || row[101].N != 0 || r.Total != 1 {
		t.Errorf("%d values: %v, total %d", len(row), row[:3], r.Total)
	}
	if row := x.Search(search.Query{Values: 3}).Facets["unit"]; len(row) != 3 {
		t.Errorf("%d values, want 3", len(row))
	}
	if r := x.Search(search.Query{NoFacets: true}); r.Facets != nil || r.Total != 300 {
		t.Errorf("%+v", r)
	}
}

// What was counted for a question is not taken for another one, whatever signs they have.
func TestCountsAreOfTheirOwnQuestion(t *testing.T) {
	t.Parallel()
	places := searchtest.Places(300, 3)
	kept, fresh := indexOf(places...), indexOf(places...)
	kept.KeepAllCounts()
	kept.Search(search.Query{Words: "so\x00"})
	typed := search.Query{Words: "so", Prefix: true}
	if got, want := kept.Search(typed), fresh.Search(typed); len(want.Facets) == 0 || !reflect.DeepEqual(got, want) {
		t.Errorf("gives %+v\nwant %+v", got.Facets, want.Facets)
	}
}
