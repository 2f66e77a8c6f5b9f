package search

import "math"

// scratch is the room that one search works in, used again by later ones.
type scratch struct {
	docs      int // it is large enough for
	sets      []bitset
	usedSets  int
	bytes     [][]uint8
	usedZeros int
	keys      []uint64
	owned     []owned
}

func (x *Index) borrow() *scratch {
	s, _ := x.scratch.Get().(*scratch)
	if s == nil || s.docs < len(x.docs) {
		s = &scratch{docs: len(x.docs) + len(x.docs)/8 + 64}
	}
	s.usedSets, s.usedZeros = 0, 0
	return s
}

// empty gives a set without members, good until the search ends.
func (s *scratch) empty(x *Index) bitset {
	if s.usedSets == len(s.sets) {
		s.sets = append(s.sets, make(bitset, words(s.docs)))
	}
	b := s.sets[s.usedSets][:words(len(x.docs))]
	s.usedSets++
	clear(b)
	return b
}

// zeros gives a weight for each document, all 0, good until the search ends.
func (s *scratch) zeros(x *Index) []uint8 {
	if s.usedZeros == len(s.bytes) {
		s.bytes = append(s.bytes, make([]uint8, s.docs))
	}
	b := s.bytes[s.usedZeros][:len(x.docs)]
	s.usedZeros++
	clear(b)
	return b
}

// copied gives a copy of a set, good until the search ends.
func (s *scratch) copied(x *Index, of bitset) bitset {
	b := s.empty(x)
	copy(b, of)
	return b
}

// A key orders documents: the better score first, of equal ones the lower rank. Scores are never below 0, so that their
// bits have their order.
func keyOf(score float32, rank uint32) uint64 {
	return uint64(math.Float32bits(score))<<32 | uint64(^rank)
}

func (x *Index) docOfKey(key uint64) (doc uint32, score float32) {
	return x.byID[^uint32(key)], math.Float32frombits(uint32(key >> 32))
}
