package search

import "math/bits"

// bitset is a set of document numbers, one bit each.
type bitset []uint64

// words is how many words n bits take.
func words(n int) int { return (n + 63) / 64 }

func (b bitset) has(doc uint32) bool { return b[doc>>6]&(1<<(doc&63)) != 0 }
func (b bitset) set(doc uint32)      { b[doc>>6] |= 1 << (doc & 63) }
func (b bitset) unset(doc uint32)    { b[doc>>6] &^= 1 << (doc & 63) }

func (b bitset) count() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// countAnd is how many are in both. A shorter set lacks what lies beyond its end.
func (b bitset) countAnd(o bitset) int {
	if len(o) < len(b) {
		b = b[:len(o)]
	}
	o = o[:len(b)]
	n := 0
	for len(b) >= 4 && len(o) >= 4 {
		n += bits.OnesCount64(b[0]&o[0]) + bits.OnesCount64(b[1]&o[1]) + bits.OnesCount64(b[2]&o[2]) + bits.OnesCount64(b[3]&o[3])
		b, o = b[4:], o[4:]
	}
	for i, w := range b {
		n += bits.OnesCount64(w & o[i])
	}
	return n
}

func (b bitset) and(o bitset) {
	n := min(len(b), len(o))
	for i, w := range o[:n] {
		b[i] &= w
	}
	clear(b[n:])
}

func (b bitset) andNot(o bitset) {
	for i, w := range o[:min(len(b), len(o))] {
		b[i] &^= w
	}
}

func (b bitset) or(o bitset) {
	for i, w := range o[:min(len(b), len(o))] {
		b[i] |= w
	}
}

func (b bitset) empty() bool {
	for _, w := range b {
		if w != 0 {
			return false
		}
	}
	return true
}

// each calls f for every member in rising order.
func (b bitset) each(f func(doc uint32)) {
	for i, w := range b {
		for w != 0 {
			f(uint32(i<<6 + bits.TrailingZeros64(w)))
			w &= w - 1
		}
	}
}
