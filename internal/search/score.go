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

// seek is how many steps of a long list one look into its middle is worth.
const seek = 16

// score gives each document of the result its score: for each clause the surest way that it satisfies, by how rare the
// word is and how much the field weighs.
func (r *run) score() {
	s, x := r.s, r.x
	if len(r.plan.words) == 0 {
		r.result.each(func(doc uint32) { s.total[doc] = 1 })
	}
	for i := range r.plan.clauses {
		if c := &r.plan.clauses[i]; c.optional || slices.Contains(r.required, c) {
			r.scoreClause(c)
		}
	}
	if x.boosted > 0 {
		r.result.each(func(doc uint32) { s.total[doc] *= 1 + x.boost[doc] })
	}
	if r.q.Near != nil {
		near := vectorOf(*r.q.Near)
		r.result.each(func(doc uint32) { s.total[doc] *= nearness(near.square(x.where[doc])) })
	}
}

// scoreClause adds to the totals what the clause gives.
func (r *run) scoreClause(c *clause) {
	weight := c.idf * c.share
	if len(c.ways) == 1 && len(c.ways[0].terms) == 1 {
		weight *= c.ways[0].factor
		r.add(r.s.total, r.x.dict.terms[c.ways[0].terms[0]].docs, weight)
		return
	}
	for i := range c.ways {
		r.scoreWay(&c.ways[i])
	}
	total, best := r.s.total, r.s.best
	r.result.each(func(doc uint32) {
		total[doc] += weight * best[doc]
		best[doc] = 0
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
	if w.taught != nil {
		r.raiseTaught(r.s.best, w)
		return
	}
	if w.parts == nil {
		r.lists(w, func(l list, _ bitset) { r.raise(r.s.best, l, w.factor) })
		return
	}
	// All parts must be there; what they give is their mean.
	mark := r.s.used
	all := r.s.empty(r.x)
	r.fill(all, w)
	all.and(r.result)
	best, sum, one := r.s.best, r.s.sum, r.s.one
	share := w.factor / float32(len(w.parts))
	for i := range w.parts {
		r.lists(&w.parts[i], func(l list, _ bitset) { r.raise(one, l, 1) })
		r.result.each(func(doc uint32) {
			sum[doc] += share * one[doc]
			one[doc] = 0
		})
	}
	r.result.each(func(doc uint32) {
		if all.has(doc) {
			best[doc] = max(best[doc], sum[doc])
		}
		sum[doc] = 0
	})
	r.s.give(mark)
}

// add adds the weights of the list's documents, times factor, to those of the result.
func (r *run) add(to []float32, l list, factor float32) {
	if r.found*seek < len(l) {
		r.result.each(func(doc uint32) {
			i, found := l.at(doc)
			if found {
				to[doc] += factor * weights[uint8(l[i])]
			}
			l = l[i:]
		})
		return
	}
	result := r.result
	for _, p := range l {
		if doc := docOf(p); result.has(doc) {
			to[doc] += factor * weights[uint8(p)]
		}
	}
}

// raise raises to, for the documents of the result, to the weights of the list's times factor.
func (r *run) raise(to []float32, l list, factor float32) {
	if r.found*seek < len(l) {
		r.result.each(func(doc uint32) {
			i, found := l.at(doc)
			if found {
				to[doc] = max(to[doc], factor*weights[uint8(l[i])])
			}
			l = l[i:]
		})
		return
	}
	result := r.result
	for _, p := range l {
		if doc := docOf(p); result.has(doc) {
			to[doc] = max(to[doc], factor*weights[uint8(p)])
		}
	}
}

// hits gives the best documents of the result, from Offset.
func (r *run) hits() []Hit {
	x, s, q := r.x, r.s, r.q
	want := q.Offset + min(q.Limit, len(x.docs))
	keys, floor := s.keys[:0], float32(0)
	r.result.each(func(doc uint32) {
		score := s.total[doc]
		s.total[doc] = 0
		if score < floor {
			return
		}
		keys = keepTop(keys, keyOf(score, x.rank[doc]), want)
		if len(keys) == want {
			_, floor = x.docOfKey(keys[0])
		}
	})
	s.keys = keys
	slices.SortFunc(keys, falling)
	if q.Offset >= len(keys) {
		return nil
	}
	hits := make([]Hit, len(keys)-q.Offset)
	for i, key := range keys[q.Offset:] {
		doc, score := x.docOfKey(key)
		d := &x.docs[doc]
		hits[i] = Hit{ID: d.id, Score: score, Distance: -1, Reasons: r.reasons(doc)}
		if q.Near != nil && d.point.Valid() {
			hits[i].Distance = geo.Distance(*q.Near, d.point)
		}
	}
	return hits
}
