package search

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// match finds the documents of each clause and chooses which clauses are required: all of them, or, when no allowed
// document satisfies all, the most that one satisfies together; of several choices of as many, the weightiest.
func (r *run) match() {
	x := r.x
	n := float64(len(x.byID))
	for i := range r.plan.clauses {
		c := &r.plan.clauses[i]
		df := c.df
		if !c.optional {
			r.take(c)
			if df == 0 {
				df = c.set.count()
			}
			r.required = append(r.required, c)
		}
		df = max(df, 1)
		c.weight = c.share * float32(math.Log(1+(n-float64(df)+0.5)/(float64(df)+0.5)))
	}
	if len(r.required) < 2 {
		return
	}
	mark := r.s.usedSets
	met := r.meet(r.allowed)
	r.keep(met)
	if !met.empty() {
		if r.q.Keep == nil {
			r.s.usedSets = mark
		}
		return
	}
	within := r.allowed
	if r.q.Keep != nil {
		some := r.s.empty(x)
		for _, c := range r.required {
			some.or(c.set)
		}
		some.and(within)
		r.keep(some)
		within = some
	}
	r.most(within)
}

// most keeps of the required clauses those that most documents of the set have together.
func (r *run) most(within bitset) {
	planes := r.tally(within)
	if planes == nil { // no allowed document has any of the words: judge by all
		if planes = r.tally(r.x.live); planes == nil {
			r.required = nil
			return
		}
	}
	// The documents with the highest count: from the highest plane down, those that have it, where any has.
	top := r.s.empty(r.x)
	for i := range top {
		top[i] = ^uint64(0)
	}
	for _, plane := range slices.Backward(planes) {
		higher := r.s.copied(r.x, top)
		higher.and(plane)
		if !higher.empty() {
			top = higher
		}
	}
	masks := map[uint32]bool{}
	top.each(func(doc uint32) {
		var mask uint32
		for i, c := range r.required {
			if c.set.has(doc) {
				mask |= 1 << i
			}
		}
		masks[mask] = true
	})
	best := uint32(0)
	for mask := range masks {
		if best == 0 || r.weightier(mask, best) {
			best = mask
		}
	}
	var kept []*clause
	for i, c := range r.required {
		if best&(1<<i) != 0 {
			kept = append(kept, c)
		}
	}
	r.required = kept
}

// tally counts for each document of the set how many required clauses it satisfies, one bit of the count a plane, the
// lowest first; nil when none satisfies any.
func (r *run) tally(within bitset) []bitset {
	planes := make([]bitset, bits.Len(uint(len(r.required))))
	for i := range planes {
		planes[i] = r.s.empty(r.x)
	}
	var any uint64
	for _, c := range r.required {
		for i, w := range c.set {
			carry := w & within[i]
			any |= carry
			for p := 0; carry != 0; p++ {
				carry, planes[p][i] = planes[p][i]&carry, planes[p][i]^carry
			}
		}
	}
	if any == 0 {
		return nil
	}
	return planes
}

// weightier compares two choices of clauses by what they may give, then by which has the earlier words.
func (r *run) weightier(a, b uint32) bool {
	weigh := func(mask uint32) (sum float64) {
		for i, c := range r.required {
			if mask&(1<<i) != 0 {
				sum += float64(c.weight * c.sure())
			}
		}
		return sum
	}
	return cmp.Or(cmp.Compare(weigh(a), weigh(b)), cmp.Compare(bits.Reverse32(a), bits.Reverse32(b))) > 0
}

// sure is how sure the clause's surest way is.
func (c *clause) sure() float32 {
	sure := float32(0)
	for i := range c.ways {
		sure = max(sure, c.ways[i].factor)
	}
	return sure
}
