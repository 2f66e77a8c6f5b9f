package search

import (
	"encoding/binary"
	"math"
	"math/bits"
	"slices"

	"parvis/internal/geo"
)

// How distance counts: a document nearHalf metres away keeps half of what nearness gives, and one without end as much
// as farShare of its score.
const (
	nearHalf = 4000
	farShare = 0.1
)

// hits gives the best documents of the result, from Offset.
func (r *run) hits() []Hit {
	x, q := r.x, r.q
	want := q.Offset + min(q.Limit, len(x.docs))
	keys := r.top(min(want, r.found))
	slices.SortFunc(keys, falling)
	r.s.keys = keys
	if q.Offset >= len(keys) {
		return nil
	}
	hits := make([]Hit, len(keys)-q.Offset)
	for i, key := range keys[q.Offset:] {
		doc, score := x.docOfKey(key)
		d := &x.docs[doc]
		hits[i] = Hit{ID: d.id(), Tag: x.tags[doc], Score: score, Distance: -1, Reasons: r.reasons(doc)}
		if q.Near != nil && d.point.Valid() {
			hits[i].Distance = geo.Distance(*q.Near, d.point)
		}
	}
	return hits
}

// top gives the keys of the best documents of the result, in no order.
func (r *run) top(want int) []uint64 {
	x := r.x
	var scored []*clause
	for i := range r.plan.clauses {
		c := &r.plan.clauses[i]
		if c.optional {
			r.takeOptional(c)
		}
		if c.optional || slices.Contains(r.required, c) {
			scored = append(scored, c)
		}
	}
	plain := len(scored) == 1 && x.boosted == 0 && r.q.Near == nil
	near := vector{}
	if r.q.Near != nil {
		near = vectorOf(*r.q.Near)
	}
	if plain {
		return r.topOf(scored[0], want)
	}
	keys := r.s.keys[:0]
	r.result.each(func(doc uint32) {
		score := float32(0)
		for _, c := range scored {
			score += c.weight * weights[c.best[doc]]
		}
		if len(r.plan.words) == 0 {
			score = 1
		}
		if x.boosted > 0 {
			score *= 1 + x.boost[doc]
		}
		if r.q.Near != nil {
			score *= nearness(near.square(x.where[doc]))
		}
		key := keyOf(score, x.rank[doc])
		if len(keys) == want && key <= keys[0] {
			return
		}
		keys = keepTop(keys, key, want)
	})
	return keys
}

// topOf is top where one clause alone counts: what weighs less than the worst that is kept needs no look. Eight documents
// are looked at together.
func (r *run) topOf(c *clause, want int) []uint64 {
	keys := r.s.keys[:0]
	least := uint8(1) // 0 does not satisfy the clause
	look := func(doc int, weight uint8) {
		if weight < least || !r.result.has(uint32(doc)) {
			return
		}
		key := keyOf(c.weight*weights[weight], r.x.rank[doc])
		if len(keys) == want && key <= keys[0] {
			return
		}
		if keys = keepTop(keys, key, want); len(keys) == want {
			worst, _ := r.x.docOfKey(keys[0])
			least = c.best[worst]
		}
	}
	at := 0
	for ; at+8 <= len(c.best); at += 8 {
		eight := binary.LittleEndian.Uint64(c.best[at:])
		for heavy := noLess(eight, least); heavy != 0; heavy &= heavy - 1 {
			i := bits.TrailingZeros64(heavy) >> 3
			look(at+i, uint8(eight>>(8*i)))
		}
	}
	for ; at < len(c.best); at++ {
		look(at, c.best[at])
	}
	return keys
}

// noLess sets the highest bit of each of eight bytes that is at least as great as least, which is 1 or more.
func noLess(eight uint64, least uint8) uint64 {
	const ones, low, high = 0x0101010101010101, 0x7f7f7f7f7f7f7f7f, 0x8080808080808080
	if least <= 128 {
		return (eight&low + uint64(128-least)*ones | eight) & high
	}
	return (eight&low + uint64(256-int(least))*ones) & eight & high
}

// nearness is what is left of a score at a distance, given as vector.square has it; NaN is as far as can be.
func nearness(square float64) float32 {
	if !(square >= 0) {
		return farShare
	}
	return float32(farShare + (1-farShare)/(1+metres(square)/nearHalf))
}

// metres is the distance of two places along the earth, given as vector.square has it.
func metres(square float64) float64 {
	return 2 * geo.Radius * math.Asin(math.Sqrt(min(square, 4))/2)
}
