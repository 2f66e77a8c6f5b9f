package search

import (
	"slices"

	"parvis/internal/geo"
)

// How distance counts: a document nearHalf metres away keeps half of what nearness gives, and one without end as much
// as farShare of its score.
const (
	nearHalf = 4000
	farShare = 0.1
)

// score gives each document of the result its score: for each clause the surest way that it satisfies, by how rare the
// word is and how much the field weighs.
func (r *run) score() {
	s := r.s
	if len(r.plan.words) == 0 {
		r.result.each(func(doc uint32) { s.total[doc] = 1 })
	}
	for i := range r.plan.clauses {
		c := &r.plan.clauses[i]
		if !c.optional && !slices.Contains(r.required, c) {
			continue
		}
		for w := range c.ways {
			r.scoreWay(&c.ways[w])
		}
		weight := c.idf * c.share
		r.result.each(func(doc uint32) {
			s.total[doc] += weight * s.best[doc]
			s.best[doc] = 0
		})
	}
	near := vector{}
	if r.q.Near != nil {
		near = vectorOf(*r.q.Near)
	}
	r.result.each(func(doc uint32) {
		score := s.total[doc] * (1 + r.x.docs[doc].boost)
		if r.q.Near != nil {
			score *= nearness(near.square(r.x.where[doc]))
		}
		s.total[doc] = score
	})
}

// nearness is what is left of a score at a distance, given as vector.square has it; NaN is as far as can be.
func nearness(square float64) float32 {
	if !(square >= 0) {
		return farShare
	}
	return float32(farShare + (1-farShare)/(1+metres(square)/nearHalf))
}

// scoreWay raises best, for the documents of the result, to what the way gives.
func (r *run) scoreWay(w *way) {
	best := r.s.best
	if w.parts == nil {
		r.eachIn(w, func(doc uint32, weight float32) { best[doc] = max(best[doc], w.factor*weight) })
		return
	}
	// All parts must be there; what they give is their mean.
	mark := r.s.used
	all := r.s.empty(r.x)
	r.fill(all, w)
	all.and(r.result)
	sum := r.s.sum
	share := w.factor / float32(len(w.parts))
	for i := range w.parts {
		seen := r.s.empty(r.x)
		r.eachIn(&w.parts[i], func(doc uint32, weight float32) {
			if all.has(doc) && !seen.has(doc) {
				seen.set(doc)
				sum[doc] += share * weight
			}
		})
	}
	all.each(func(doc uint32) {
		best[doc] = max(best[doc], sum[doc])
		sum[doc] = 0
	})
	r.s.give(mark)
}

// eachIn calls f for the way's postings of documents in the result.
func (r *run) eachIn(w *way, f func(doc uint32, weight float32)) {
	r.lists(w, func(l list) {
		for _, p := range l {
			if doc := docOf(p); r.result.has(doc) {
				f(doc, weights[p&0xff])
			}
		}
	})
}

// hits gives the best documents of the result, from Offset.
func (r *run) hits() []Hit {
	x, s, q := r.x, r.s, r.q
	want := q.Offset + min(q.Limit, len(x.docs))
	s.keys = s.keys[:0]
	r.result.each(func(doc uint32) {
		s.keep(keyOf(s.total[doc], x.rank[doc]), want)
		s.total[doc] = 0
	})
	slices.SortFunc(s.keys, func(a, b uint64) int {
		switch {
		case a > b:
			return -1
		case a < b:
			return 1
		}
		return 0
	})
	if q.Offset >= len(s.keys) {
		return nil
	}
	keys := s.keys[q.Offset:min(want, len(s.keys))]
	hits := make([]Hit, len(keys))
	for i, key := range keys {
		doc, score := x.docOfKey(key)
		d := &x.docs[doc]
		hits[i] = Hit{ID: d.id, Score: score, Distance: -1, Reasons: r.reasons(doc)}
		if q.Near != nil && d.point.Valid() {
			hits[i].Distance = geo.Distance(*q.Near, d.point)
		}
	}
	return hits
}

// keep holds the highest keys in a heap whose lowest is first.
func (s *scratch) keep(key uint64, want int) {
	if len(s.keys) < want {
		s.keys = append(s.keys, key)
		for i := len(s.keys) - 1; i > 0 && s.keys[i] < s.keys[(i-1)/2]; i = (i - 1) / 2 {
			s.keys[i], s.keys[(i-1)/2] = s.keys[(i-1)/2], s.keys[i]
		}
		return
	}
	if key <= s.keys[0] {
		return
	}
	s.keys[0] = key
	for i := 0; ; {
		least := i
		for _, child := range [2]int{2*i + 1, 2*i + 2} {
			if child < len(s.keys) && s.keys[child] < s.keys[least] {
				least = child
			}
		}
		if least == i {
			return
		}
		s.keys[i], s.keys[least] = s.keys[least], s.keys[i]
		i = least
	}
}
