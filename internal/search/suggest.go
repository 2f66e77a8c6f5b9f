package search

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"parvis/internal/fold"
)

// Suggest completes what somebody is typing, the likeliest first, at most n: what was typed with its last word
// completed, then names of documents that the typed words find.
func (x *Index) Suggest(prefix string, n int) []string {
	prefix = strings.TrimLeft(prefix, " ")
	asked := ask(prefix)
	if len(asked) == 0 || n <= 0 {
		return nil
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	found := x.search(Query{Words: prefix, Prefix: true, Limit: max(50, 4*n), NoFacets: true})
	names := x.namesOf(found.Hits, n)
	completed := x.completions(prefix, asked, found.Hits, n)
	if half := (n + 1) / 2; len(completed) > half && len(names) > 0 {
		completed = completed[:max(half, n-len(names))]
	}
	var all []string
	seen := map[string]bool{fold.Fold(prefix): true}
	for _, text := range append(completed, names...) {
		if f := fold.Fold(text); !seen[f] && len(all) < n {
			seen[f] = true
			all = append(all, text)
		}
	}
	return all
}

// namesOf gives the names of the hits that were found by a word of their name.
func (x *Index) namesOf(hits []Hit, n int) []string {
	var names []string
	for _, h := range hits {
		title := x.docs[x.ids[h.ID]].name()
		words := fold.Words(title)
		byName := slices.ContainsFunc(h.Reasons, func(r Reason) bool {
			return r.Kind == Pinyin || slices.Contains(words, r.Matched)
		})
		if byName && !slices.Contains(names, title) && len(names) < n {
			names = append(names, title)
		}
	}
	return names
}

// completions gives what was typed with its last word completed: by the words that most documents have, or, when other
// words come before, that most of the documents found have.
func (x *Index) completions(prefix string, asked []asked, hits []Hit, n int) []string {
	last := asked[len(asked)-1]
	if last.han || !strings.HasSuffix(prefix, last.raw) {
		return nil
	}
	var terms []uint32
	if len(asked) == 1 {
		terms = x.frequent(last.word, n)
	} else {
		terms = x.among(hits, last, n)
	}
	head := strings.TrimSuffix(prefix, last.raw)
	var all []string
	for _, t := range terms {
		all = append(all, head+x.dict.written(t))
	}
	return all
}

// frequent gives the n longer words that begin so and that most documents have.
func (x *Index) frequent(word string, n int) []uint32 {
	d := x.dict
	from, to := d.beginning(word)
	var top []uint64
	for i := from; i < to; i++ {
		if t := &d.terms[d.order[i]]; len(t.text) > len(word) && spelled(t.text) {
			top = keepTop(top, uint64(len(t.docs))<<32|uint64(^uint32(i)), n)
		}
	}
	slices.SortFunc(top, falling)
	var terms []uint32
	for _, key := range top {
		terms = append(terms, d.order[^uint32(key)])
	}
	return terms
}

// among gives the n longer words that begin so and that most of the hits have.
func (x *Index) among(hits []Hit, word asked, n int) []uint32 {
	count := map[uint32]int{}
	var terms []owned
	for _, h := range hits {
		terms = x.ownedBy(x.ids[h.ID], terms[:0])
		for _, o := range terms {
			if text := x.dict.terms[o.term()].text; len(text) > len(word.word) && strings.HasPrefix(text, word.word) && spelled(text) {
				count[o.term()]++
			}
		}
	}
	all := slices.Collect(maps.Keys(count))
	slices.SortFunc(all, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), strings.Compare(x.dict.terms[a].text, x.dict.terms[b].text))
	})
	return all[:min(n, len(all))]
}
