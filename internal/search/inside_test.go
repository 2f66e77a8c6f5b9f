package search

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parvis/internal/fold"
)

// TestSpellerFindsWhatComparingAllFinds compares the speller with going through all terms, at any filling of its levels.
func TestSpellerFindsWhatComparingAllFinds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOfN(rapid.SampledFrom([]rune("abc")), 3, 12, -1)
		all := rapid.SliceOfNDistinct(word, 1, 400, rapid.ID[string]).Draw(t, "terms")
		steps := rapid.IntRange(1, len(all)).Draw(t, "step")
		d, s := newDictionary(), speller{}
		for i, w := range all {
			n := d.number(w, nil)
			d.terms[n].docs = d.terms[n].docs.put(uint32(i), 1)
			if i%steps == 0 {
				s.add(d)
			}
		}
		d.settle()
		dead := d.byText[rapid.SampledFrom(all).Draw(t, "dead")]
		d.drop(dead, docOf(d.terms[dead].docs[0]))
		asked := word.Draw(t, "asked")
		pattern := fold.NewPattern(asked)
		for mistakes := 1; mistakes <= 2; mistakes++ {
			var want, got []string
			for i, term := range d.terms {
				if m := pattern.Distance(term.text); uint32(i) != dead && m > 0 && m <= mistakes && (m == 1 || len(term.text) >= 6) {
					want = append(want, term.text)
				}
			}
			for _, n := range s.near(d, asked, mistakes) {
				got = append(got, d.terms[n.term].text)
			}
			slices.Sort(want)
			slices.Sort(got)
			if !slices.Equal(want, got) {
				t.Fatalf("%q with %d mistakes among %d terms: %q, want %q", asked, mistakes, len(all), got, want)
			}
		}
		if len(asked) < 6 {
			return
		}
		begun := map[string]bool{}
		for _, n := range s.begun(d, asked) {
			begun[d.terms[n.term].text] = true
		}
		for i, term := range d.terms {
			if want := uint32(i) != dead && len(term.text) > len(asked) && pattern.Beginning(term.text) == 1; want != begun[term.text] {
				t.Fatalf("%q begins %q with a mistake: %v, want %v", asked, term.text, begun[term.text], want)
			}
		}
	})
}

func TestBeginningOfTheDictionary(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOfN(rapid.SampledFrom([]rune("ab静")), 0, 4, -1)
		d := newDictionary()
		var live []string
		for i, w := range rapid.SliceOfN(word, 0, 60).Draw(t, "terms") {
			n := d.number(w, nil)
			d.terms[n].docs = d.terms[n].docs.put(uint32(i), 1)
			if i%3 == 0 {
				d.settle()
			}
			if i%5 == 0 {
				for len(d.terms[n].docs) > 0 {
					d.drop(n, docOf(d.terms[n].docs[0]))
				}
			}
		}
		d.settle()
		for _, term := range d.terms {
			if len(term.docs) > 0 {
				live = append(live, term.text)
			}
		}
		slices.Sort(live)
		prefix := word.Draw(t, "prefix")
		var want, got []string
		for _, w := range live {
			if strings.HasPrefix(w, prefix) {
				want = append(want, w)
			}
		}
		from, to := d.beginning(prefix)
		for _, n := range d.order[from:to] {
			got = append(got, d.terms[n].text)
		}
		if !slices.Equal(want, got) || len(d.order) != len(live) {
			t.Fatalf("%q begins %q, want %q of %q", prefix, got, want, live)
		}
	})
}

func TestListsAndSets(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var l list
		var s docset
		want := map[uint32]uint8{}
		for range rapid.IntRange(0, 200).Draw(t, "steps") {
			doc := uint32(rapid.IntRange(0, 300).Draw(t, "doc"))
			if rapid.IntRange(0, 2).Draw(t, "what") == 0 {
				delete(want, doc)
				l = l.drop(doc)
				s.remove(doc)
			} else {
				w := rapid.Uint8().Draw(t, "weight")
				want[doc] = w
				l = l.put(doc, w)
				s.add(doc, 400)
			}
		}
		all := make(bitset, words(301))
		s.orInto(all)
		if len(l) != len(want) || s.n != len(want) || all.count() != len(want) || s.countIn(all) != len(want) || !slices.IsSorted(l) {
			t.Fatalf("list %d, set %d, want %d", len(l), s.n, len(want))
		}
		for doc, w := range want {
			if i, found := l.at(doc); !found || uint8(l[i]) != w || !all.has(doc) {
				t.Fatalf("document %d: found %v", doc, found)
			}
		}
		s.each(func(doc uint32) {
			if _, ok := want[doc]; !ok {
				t.Fatalf("document %d should not be there", doc)
			}
		})
	})
}

func TestWeighKeepsOrder(t *testing.T) {
	t.Parallel()
	last := uint8(0)
	for _, w := range []float64{-1, 0, 0.001, 0.01, 0.1, 0.5, 1, 1.1, 2, 8, 50, 100, 200} {
		step := weigh(w)
		if step < last || step == 0 {
			t.Errorf("%g weighs %d after %d", w, step, last)
		}
		if w >= 0.01 && math.Abs(float64(weights[step])/w-1) > 0.03 {
			t.Errorf("%g is kept as %g", w, weights[step])
		}
		last = step
	}
	if weigh(math.NaN()) == 0 || weigh(math.Inf(1)) != 255 {
		t.Error("what is no number must weigh something")
	}
}

func TestKeepTop(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOf(rapid.Uint64()).Draw(t, "keys")
		want := rapid.IntRange(1, 20).Draw(t, "want")
		var top []uint64
		for _, k := range all {
			top = keepTop(top, k, want)
		}
		slices.SortFunc(top, falling)
		slices.SortFunc(all, falling)
		if !slices.Equal(top, all[:min(want, len(all))]) {
			t.Fatalf("kept %v of %v", top, all)
		}
	})
}

func TestPack(t *testing.T) {
	t.Parallel()
	x := New()
	x.docs = []document{{text: pack([]int{0, 3, 200, 70000}, []owned{own(1, 2), own(5, 255), own(1<<20, 0)})}, {}}
	var values []int
	x.eachValue(0, func(v int) { values = append(values, v) })
	if got := fmt.Sprint(values, x.ownedBy(0, nil), x.ownedBy(1, nil)); got != "[0 3 200 70000] [258 1535 268435456] []" {
		t.Errorf("unpacked %s", got)
	}
}

func TestRicherDoesNotDependOnOrder(t *testing.T) {
	t.Parallel()
	if richer("école", "ecole") != "école" || richer("", "école") != "école" || richer("écolé", "école") != "écolé" || richer("da", "") != "" {
		t.Error("the one with more accents, else the first in order")
	}
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.StringOfN(rapid.SampledFrom([]rune("aéè")), 0, 3, -1)
		a, b, c := w.Draw(t, "a"), w.Draw(t, "b"), w.Draw(t, "c")
		if richer(a, b) != richer(b, a) || richer(richer(a, b), c) != richer(a, richer(b, c)) {
			t.Fatalf("%q %q %q", a, b, c)
		}
	})
}

func TestTextsLieTogether(t *testing.T) {
	t.Parallel()
	var alone *texts
	if word := []byte("mairie"); alone.keep(string(word)) != "mairie" {
		t.Error("a text by itself is another")
	}
	together := &texts{}
	want := []string{"", "mairie", strings.Repeat("x", aPiece-3), "hôtel", strings.Repeat("y", 2*aPiece), "thư viện", ""}
	var kept []string
	for _, text := range want {
		kept = append(kept, together.keep(text))
	}
	if !slices.Equal(kept, want) {
		t.Error("texts that lie together have changed")
	}
	piece := together.piece
	together.keep("图书馆")
	if together.piece != piece {
		t.Error("a short text got a piece of its own, though there is room")
	}
}

// TestListsThatLieTogetherGrowApart: a short list that grows moves out, and its neighbours stay as they are.
func TestListsThatLieTogetherGrowApart(t *testing.T) {
	t.Parallel()
	d := newDictionary()
	d.gathering = &gathering{}
	const words = 40
	before := make([]list, words)
	for doc := range uint32(words * 10) { // w1 is in 10 documents, w2 in 20, and so on
		for i := range words {
			n := d.number(fmt.Sprint("w", i), nil)
			if doc < uint32(i*10) {
				d.put(n, 2*doc, 100)
				before[i] = before[i].put(2*doc, 100)
			}
		}
		if doc == 77 { // half-way: what comes later joins what lies together
			d.spread()
		}
	}
	d.spread()
	d.gathering = nil
	d.settle()
	for i := range words {
		if !slices.Equal(d.terms[i].docs, before[i]) {
			t.Fatalf("list %d has changed", i)
		}
	}
	for i := 0; i < words; i += 2 {
		d.terms[i].docs = d.terms[i].docs.put(1, 7).put(100_001, 9).drop(0)
	}
	for i := 1; i < words; i += 2 {
		if !slices.Equal(d.terms[i].docs, before[i]) {
			t.Errorf("list %d has changed with its neighbours", i)
		}
	}
}

func TestOwnedIsInOrderOfTerms(t *testing.T) {
	t.Parallel()
	all := []owned{own(3, 255), own(4, 0), own(1<<24, 7)}
	if !slices.IsSorted(all) || all[0].term() != 3 || all[0].field() != 255 || all[2].term() != 1<<24 {
		t.Errorf("%v", all)
	}
	for term, there := range map[uint32]bool{3: true, 4: true, 1 << 24: true, 2: false, 5: false, 1<<24 + 1: false} {
		if _, found := findOwned(all, term); found != there {
			t.Errorf("term %d found: %v", term, found)
		}
	}
}

func TestEightBytesAreComparedAtOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		eight, least := rapid.Uint64().Draw(t, "eight"), rapid.Uint8Range(1, 255).Draw(t, "least")
		for i := range 8 {
			want := uint8(eight>>(8*i)) >= least
			if got := noLess(eight, least)>>(8*i)&0xff == 0x80; got != want {
				t.Fatalf("byte %d of %016x and %d: %v", i, eight, least, got)
			}
		}
	})
}

// TestTableHasTheMostFrequentValues compares the table of a facet with many values with sorting all of them.
func TestTableHasTheMostFrequentValues(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := newFacets()
		counts := rapid.SliceOfN(rapid.OneOf(rapid.Uint32Range(0, 5), rapid.Uint32Range(0, 3000)), 1, 300).Draw(t, "counts")
		for i := range counts {
			f.number("town", fmt.Sprintf("t%03d", i))
		}
		f.settle(0)
		most := rapid.IntRange(1, 20).Draw(t, "most")
		var want []Count
		for i, n := range counts {
			if n > 0 {
				want = append(want, Count{Value: fmt.Sprintf("t%03d", i), N: int(n)})
			}
		}
		slices.SortStableFunc(want, func(a, b Count) int { return b.N - a.N })
		if got := f.table(counts, most, nil)["town"]; !slices.Equal(got, want[:min(most, len(want))]) {
			t.Fatalf("most %d: %v, want %v", most, got, want)
		}
	})
}
