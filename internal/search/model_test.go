package search_test

import (
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parvis/internal/fold"
	"parvis/internal/geo"
	"parvis/internal/search"
)

// modelWords are words that people mix up, begin alike, or share nothing.
var modelWords = strings.Fields("mairie marie maire ecole école bibliotheque bibliothèque creche poste posts social sociale centre emploi logement thu viện 图书馆 静安")

// modelDoc draws a document; its id is one of few, so that documents replace one another.
var modelDoc = rapid.Custom(func(t *rapid.T) search.Doc {
	some := func(label string) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(modelWords), 0, 3).Draw(t, label), " ")
	}
	d := search.Doc{
		ID:     fmt.Sprint("d", rapid.IntRange(0, 11).Draw(t, "id")),
		Fields: []search.Field{{Name: "name", Text: some("name"), Weight: 8}, {Name: "about", Text: some("about"), Weight: 1}},
		Facets: map[string][]string{},
		Boost:  rapid.SampledFrom([]float32{0, 0.5, -2}).Draw(t, "boost"),
	}
	for _, facet := range []string{"kind", "spoken"} {
		d.Facets[facet] = rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c"}), 0, 3).Draw(t, facet)
	}
	if rapid.Bool().Draw(t, "known") {
		d.Point = &geo.Point{Lat: rapid.Float64Range(50, 50.2).Draw(t, "lat"), Lon: rapid.Float64Range(3, 3.2).Draw(t, "lon")}
	}
	return d
})

// TestAnyHistoryIsAsAFreshIndex puts, replaces and removes documents in any order, teaches lessons on the way, keeps the
// index in a file and reads it again, asks again what was asked before, and compares with a map of the documents that are there, and with an index that was given these
// alone.
func TestAnyHistoryIsAsAFreshIndex(t *testing.T) {
	t.Parallel()
	lesson := func(value string) search.Lesson {
		return search.Lesson{Facet: "kind", Value: value, Fields: []search.Field{{Name: "need", Text: "papiers", Weight: 2}}}
	}
	rapid.Check(t, func(t *rapid.T) {
		x, there := search.New(), map[string]search.Doc{}
		x.KeepAllCounts()
		taught := "a"
		x.Teach(lesson(taught))
		var asked []search.Query
		t.Repeat(map[string]func(*rapid.T){
			"put": func(t *rapid.T) {
				batch := rapid.SliceOfN(modelDoc, 1, 6).Draw(t, "docs")
				x.Put(batch...)
				for _, d := range batch {
					there[d.ID] = d
				}
			},
			"remove": func(t *rapid.T) {
				gone := rapid.SliceOfN(rapid.SampledFrom([]string{"d0", "d1", "d2", "d3", "d4", "unknown"}), 0, 4).Draw(t, "ids")
				x.Remove(gone...)
				for _, id := range gone {
					delete(there, id)
				}
			},
			"teach": func(t *rapid.T) {
				taught = rapid.SampledFrom([]string{"a", "b"}).Draw(t, "value")
				x.Teach(lesson(taught))
			},
			"keep": func(t *rapid.T) {
				x = again(t, x)
				x.KeepAllCounts()
				x.Teach(lesson(taught))
			},
			"unite": func(t *rapid.T) { x.Unions(rapid.IntRange(1, 4).Draw(t, "least")) },
			"": func(t *rapid.T) {
				if x.Len() != len(there) {
					t.Fatalf("%d documents, want %d", x.Len(), len(there))
				}
				fresh := search.New()
				fresh.Teach(lesson(taught))
				for _, id := range slices.Sorted(maps.Keys(there)) {
					fresh.Put(there[id])
				}
				asked = append(asked, modelQuery(t))
				again := rapid.SampledFrom(asked).Draw(t, "again")
				for _, q := range []search.Query{asked[len(asked)-1], again} {
					got, want := foldMended(x.Search(q)), foldMended(fresh.Search(q))
					if !reflect.DeepEqual(got, want) {
						t.Fatalf("%+v\n gives %+v\n fresh %+v", q, got, want)
					}
					judge(t, q, got, there)
				}
			},
		})
	})
}

// foldMended folds the words that an answer proposes: how they are written may come from a document that is gone.
func foldMended(r search.Result) search.Result {
	r.Corrected = fold.Fold(r.Corrected)
	for i := range r.Suggest {
		r.Suggest[i] = fold.Fold(r.Suggest[i])
	}
	return r
}

func modelQuery(t *rapid.T) search.Query {
	words := rapid.SliceOfN(rapid.SampledFrom(append([]string{"papiers", "mairei", "bibliotheqe", "tushuguan", "soc", "nothing"}, modelWords...)), 0, 3).Draw(t, "words")
	q := search.Query{Words: strings.Join(words, " "), Limit: 50, Prefix: rapid.Bool().Draw(t, "typed"), Filters: map[string][]string{}}
	for _, facet := range []string{"kind", "spoken"} {
		if rapid.IntRange(0, 2).Draw(t, facet) == 0 {
			q.Filters[facet] = rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "z"}), 0, 2).Draw(t, "values")
		}
	}
	if rapid.IntRange(0, 2).Draw(t, "near") == 0 {
		q.Near, q.Within = &geo.Point{Lat: 50.1, Lon: 3.1}, rapid.SampledFrom([]float64{0, 3000, 9000}).Draw(t, "within")
	}
	return q
}

// fits reports whether a document passes a query's filters, one of them left out, and its distance.
func fits(q search.Query, d search.Doc, without string) bool {
	for name, values := range q.Filters {
		if name != without && len(values) > 0 && !slices.ContainsFunc(d.Facets[name], func(v string) bool { return slices.Contains(values, v) }) {
			return false
		}
	}
	return q.Near == nil || q.Within == 0 || d.Point != nil && geo.Distance(*q.Near, *d.Point) <= q.Within
}

// hasAll reports whether a document has every word of the query, as it is written but for accents.
func hasAll(q search.Query, d search.Doc) bool {
	var own []string
	for _, f := range d.Fields {
		own = append(own, fold.Words(f.Text)...)
	}
	for _, w := range fold.Words(q.Words) {
		if !slices.Contains(own, w) {
			return false
		}
	}
	return true
}

// judge compares an answer with going through the documents.
func judge(t *rapid.T, q search.Query, r search.Result, there map[string]search.Doc) {
	t.Helper()
	found := map[string]bool{}
	for _, h := range r.Hits {
		d, known := there[h.ID]
		if !known || found[h.ID] || !fits(q, d, "") {
			t.Fatalf("%+v finds %q, which is gone, found twice or filtered out: %+v", q, h.ID, d)
		}
		found[h.ID] = true
		asked := len(strings.Fields(q.Words))
		if asked > 0 && len(h.Reasons) == 0 || len(h.Reasons) > asked+len(fold.Words(q.Words)) {
			t.Fatalf("%+v finds %q for %+v", q, h.ID, h.Reasons)
		}
		for _, why := range h.Reasons {
			if fault := wrongReason(why, d); fault != "" {
				t.Fatalf("%+v finds %+v for %+v: %s", q, d, why, fault)
			}
		}
	}
	if r.Total != len(r.Hits) {
		t.Fatalf("%+v: total %d, %d hits", q, r.Total, len(r.Hits))
	}
	whole := 0
	for id, d := range there {
		if !fits(q, d, "") || !hasAll(q, d) {
			continue
		}
		whole++
		if !found[id] {
			t.Fatalf("%+v does not find %+v", q, d)
		}
	}
	if whole > 0 && len(r.Dropped) > 0 {
		t.Fatalf("%+v lets go %q, though %d documents have all", q, r.Dropped, whole)
	}
	if q.Words == "" {
		countByHand(t, q, r, there)
	}
}

// wrongReason says what is wrong with a reason; empty when nothing is.
func wrongReason(why search.Reason, d search.Doc) string {
	if why.Facet != "" {
		if !slices.Contains(d.Facets[why.Facet], why.Value) {
			return "the document does not have the value"
		}
		return ""
	}
	i := slices.IndexFunc(d.Fields, func(f search.Field) bool { return f.Name == why.Field })
	if i < 0 {
		return "no such field"
	}
	text, word := fold.Words(d.Fields[i].Text), strings.Join(fold.Words(why.Word), "")
	joined := strings.Join(text, "")
	switch {
	case why.Kind == search.Pinyin:
		return ""
	case !strings.Contains(joined, strings.ReplaceAll(why.Matched, " ", "")):
		return "the field does not have the word"
	case why.Kind == search.Exact && strings.ReplaceAll(why.Matched, " ", "") != word:
		return "it is not the same word"
	case why.Kind == search.Spelling && mistakes(word, why.Matched) > fold.Mistakes(word)+1:
		return fmt.Sprintf("%d mistakes are too many", mistakes(word, why.Matched))
	}
	return ""
}

// countByHand compares the counts of facets with counting documents one by one, each facet without its own filter.
func countByHand(t *rapid.T, q search.Query, r search.Result, there map[string]search.Doc) {
	t.Helper()
	want := map[string]map[string]int{}
	for _, d := range there {
		for name, values := range d.Facets {
			for _, v := range slices.Compact(slices.Sorted(slices.Values(values))) {
				if fits(q, d, name) {
					if want[name] == nil {
						want[name] = map[string]int{}
					}
					want[name][v]++
				}
			}
		}
	}
	compareCounts(t, q, r.Facets, want)
}

// mistakes counts letters left out, put in, changed, or swapped with the next, in the fewest that make b of the whole or
// the beginning of it, as when a word is still being typed.
func mistakes(a, b string) int {
	table := make([][]int, len(a)+1)
	for i := range table {
		table[i] = make([]int, len(b)+1)
		for j := range table[i] {
			if i == 0 || j == 0 {
				table[i][j] = i + j
				continue
			}
			same := 1
			if a[i-1] == b[j-1] {
				same = 0
			}
			table[i][j] = min(table[i-1][j]+1, table[i][j-1]+1, table[i-1][j-1]+same)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				table[i][j] = min(table[i][j], table[i-2][j-2]+1)
			}
		}
	}
	return slices.Min(table[len(a)])
}

// slip makes up to three spelling mistakes.
func slip(t *rapid.T, word string) string {
	letters := []byte(word)
	for range rapid.IntRange(0, 3).Draw(t, "slips") {
		i := rapid.IntRange(0, len(letters)-1).Draw(t, "at")
		switch rapid.IntRange(0, 3).Draw(t, "slip") {
		case 0:
			letters[i] = 'b'
		case 1:
			letters = slices.Insert(letters, i, 'k')
		case 2:
			letters[i], letters[len(letters)-1-i] = letters[len(letters)-1-i], letters[i]
		case 3:
			if len(letters) > 4 {
				letters = slices.Delete(letters, i, i+1)
			}
		}
	}
	return string(letters)
}

// TestSpellingWithinLimits makes words of few letters, one a document, and asks for words like them: what is found is
// few mistakes away and none more than need be, and what is nearest and near enough is found.
func TestSpellingWithinLimits(t *testing.T) {
	t.Parallel()
	base := rapid.StringOfN(rapid.SampledFrom([]rune("bdgklmt")), 4, 10, -1)
	rapid.Check(t, func(t *rapid.T) {
		bases := rapid.SliceOfN(base, 1, 3).Draw(t, "bases")
		written := func(label string) string { return slip(t, rapid.SampledFrom(bases).Draw(t, label)) }
		var all []string // no more than one word may mean
		x := search.New()
		for range rapid.IntRange(1, 20).Draw(t, "words") {
			if w := written("word"); !slices.Contains(all, w) {
				all = append(all, w)
				x.Put(search.Doc{ID: w, Fields: []search.Field{{Name: "name", Text: w}}})
			}
		}
		q := written("asked")
		r := x.Search(search.Query{Words: q, Limit: len(all)})
		nearest, alike := math.MaxInt, []string{}
		for _, w := range all {
			n := whole(q, w)
			if n < nearest {
				nearest, alike = n, nil
			}
			if n == nearest {
				alike = append(alike, w)
			}
		}
		for _, h := range r.Hits {
			for _, why := range h.Reasons {
				if n := whole(q, h.ID); why.Kind == search.Spelling && (n > max(fold.Mistakes(q), 2) || why.Matched != h.ID || nearest > 0 && n > nearest) {
					t.Fatalf("%q finds %q, %d mistakes away: %+v", q, h.ID, whole(q, h.ID), why)
				}
			}
		}
		if nearest > fold.Mistakes(q) {
			return
		}
		for _, w := range alike {
			if got := ids(r.Hits); !slices.Contains(got, w) {
				t.Fatalf("%q does not find %q, %d mistakes away, but %q", q, w, nearest, got)
			}
		}
	})
}

// whole counts the mistakes between two whole words: those that make the longer one a beginning count too.
func whole(a, b string) int {
	const end = "|||||||||||||||||||||" // longer than any difference, so that no shorter beginning is nearer
	return mistakes(a+end, b+end)
}

// TestDistanceAnywhereOnEarth asks round any point, with any radius: over the poles, over the line of the date, and
// within boxes.
func TestDistanceAnywhereOnEarth(t *testing.T) {
	t.Parallel()
	point := rapid.Custom(func(t *rapid.T) geo.Point {
		lat := rapid.OneOf(rapid.Float64Range(-90, 90), rapid.SampledFrom([]float64{-90, 90, 0, 89.999, 50}))
		lon := rapid.OneOf(rapid.Float64Range(-180, 180), rapid.SampledFrom([]float64{-180, 180, 0, 179.999, -179.999}))
		return geo.Point{Lat: lat.Draw(t, "lat"), Lon: lon.Draw(t, "lon")}
	})
	rapid.Check(t, func(t *rapid.T) {
		here := point.Draw(t, "here")
		radius := math.Pow(10, rapid.Float64Range(0, 7.4).Draw(t, "radius"))
		places := rapid.SliceOfN(point, 1, 30).Draw(t, "places")
		for _, share := range []float64{0.5, 0.95, 0.999, 1.001, 1.05, 2} { // just within, just beyond, to the south and north
			const degree = geo.Radius * math.Pi / 180
			places = append(places, geo.Point{Lat: max(-90, here.Lat-share*radius/degree), Lon: here.Lon}, geo.Point{Lat: min(90, here.Lat+share*radius/degree), Lon: here.Lon})
		}
		x := search.New()
		for i := range places {
			x.Put(search.Doc{ID: fmt.Sprintf("%02d", i), Point: &places[i]})
		}
		x.Put(search.Doc{ID: "nowhere"})
		q := search.Query{Near: &here, Within: radius, Limit: len(places) + 1}
		if rapid.Bool().Draw(t, "in a box") {
			box := geo.BoxOf(point.Draw(t, "one corner"), point.Draw(t, "another"))
			q.Box = &box
		}
		found := map[string]bool{}
		last := 0.0
		for _, h := range x.Search(q).Hits {
			found[h.ID] = true
			if h.Distance < last-0.1 && last < 100_000 { // farther away it no longer matters
				t.Fatalf("%g m comes after %g m", h.Distance, last)
			}
			last = h.Distance
		}
		if found["nowhere"] {
			t.Fatal("what lies nowhere is near")
		}
		for i, p := range places {
			d := geo.Distance(here, p)
			if math.Abs(d-radius) < 0.01+radius*1e-6 {
				continue // on the circle: either is right
			}
			if want := d <= radius && (q.Box == nil || q.Box.Contains(p)); found[fmt.Sprintf("%02d", i)] != want {
				t.Fatalf("%v is %g m from %v, found within %g m and %v: %v", p, d, here, radius, q.Box, !want)
			}
		}
	})
}
