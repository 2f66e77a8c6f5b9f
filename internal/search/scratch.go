package search

import "math"

// scratch is the room that one search works in, used again by later ones.
type scratch struct {
	docs  int
	total []float32 // of each document in the result, its score; 0 elsewhere
	best  []float32 // while a clause is scored, its best way; 0 elsewhere
	sum   []float32 // while a way of several parts is scored, what they give; 0 elsewhere
	one   []float32 // while a part is scored, what it gives; 0 elsewhere
	sets  []bitset
	used  int
	keys  []uint64
	owned []owned
}

func (x *Index) borrow() *scratch {
	s, _ := x.scratch.Get().(*scratch)
	if s == nil || s.docs < len(x.docs) {
		room := len(x.docs) + len(x.docs)/8 + 64
		s = &scratch{docs: room, total: make([]float32, room), best: make([]float32, room), sum: make([]float32, room), one: make([]float32, room)}
	}
	s.used = 0
	return s
}

// empty gives a set without members, good until the search ends.
func (s *scratch) empty(x *Index) bitset {
	n := words(len(x.docs))
	if s.used == len(s.sets) {
		s.sets = append(s.sets, make(bitset, words(s.docs)))
	}
	b := s.sets[s.used][:n]
	s.used++
	clear(b)
	return b
}

// copied gives a copy of a set, good until the search ends.
func (s *scratch) copied(x *Index, of bitset) bitset {
	b := s.empty(x)
	copy(b, of)
	return b
}

// give returns the sets taken since mark, which was s.used.
func (s *scratch) give(mark int) { s.used = mark }

// A key orders documents: the better score first, of equal ones the lower rank. Scores are never below 0, so that their
// bits have their order.
func keyOf(score float32, rank uint32) uint64 {
	return uint64(math.Float32bits(score))<<32 | uint64(^rank)
}

func (x *Index) docOfKey(key uint64) (doc uint32, score float32) {
	return x.byID[^uint32(key)], math.Float32frombits(uint32(key >> 32))
}
