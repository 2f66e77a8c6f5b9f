package search

import (
	"math"
	"slices"
)

// A posting says that a document has a term, and how much that weighs: the document's number in the upper 24 bits, its
// weight on a logarithmic scale in the lower 8. A term's postings are sorted, so by document.
type posting = uint32

// MaxDocs is how many documents an index can hold.
const MaxDocs = 1<<24 - 1

func post(doc uint32, weight uint8) posting { return doc<<8 | uint32(weight) }

func docOf(p posting) uint32 { return p >> 8 }

// weights is what each step of the scale stands for: 128 is 1, 16 steps more are twice as much, 0 is nothing.
var weights = func() (w [256]float32) {
	for i := 1; i < len(w); i++ {
		w[i] = float32(math.Exp2(float64(i-128) / 16))
	}
	return w
}()

// weigh is the step of the scale nearest to w.
func weigh(w float64) uint8 {
	if !(w > 0) {
		return 1
	}
	return uint8(max(1, min(255, math.Round(128+16*math.Log2(w)))))
}

// list is a sorted list of postings, one a document.
type list []posting

// at is where the document's posting stands, or would stand.
func (l list) at(doc uint32) (int, bool) {
	if n := len(l); n == 0 || docOf(l[n-1]) < doc {
		return n, false
	}
	i, _ := slices.BinarySearch(l, doc<<8)
	return i, i < len(l) && docOf(l[i]) == doc
}

// put adds the document's posting or changes its weight.
func (l list) put(doc uint32, weight uint8) list {
	switch i, found := l.at(doc); {
	case found:
		l[i] = post(doc, weight)
		return l
	case i == len(l):
		return append(l, post(doc, weight))
	default:
		return slices.Insert(l, i, post(doc, weight))
	}
}

// drop takes the document's posting out.
func (l list) drop(doc uint32) list {
	if i, found := l.at(doc); found {
		return slices.Delete(l, i, i+1)
	}
	return l
}

// docset is a set of documents that is small as a list and fast as bits, whichever takes less room.
type docset struct {
	list []uint32
	bits bitset // when not nil, the set is here
	n    int
}

func (s *docset) add(doc uint32, docs int) {
	if s.bits == nil {
		i, found := slices.BinarySearch(s.list, doc)
		if found {
			return
		}
		s.list = slices.Insert(s.list, i, doc)
		s.n++
		if s.n > 64 && s.n > docs/32 {
			s.bits = make(bitset, words(docs))
			for _, d := range s.list {
				s.bits.set(d)
			}
			s.list = nil
		}
		return
	}
	for len(s.bits) < words(int(doc)+1) {
		s.bits = append(s.bits, 0)
	}
	if !s.bits.has(doc) {
		s.bits.set(doc)
		s.n++
	}
}

func (s *docset) remove(doc uint32) {
	if s.bits == nil {
		if i, found := slices.BinarySearch(s.list, doc); found {
			s.list = slices.Delete(s.list, i, i+1)
			s.n--
		}
		return
	}
	if int(doc>>6) < len(s.bits) && s.bits.has(doc) {
		s.bits.unset(doc)
		s.n--
	}
}

// orInto adds the set to b.
func (s *docset) orInto(b bitset) {
	if s.bits != nil {
		b.or(s.bits)
		return
	}
	for _, d := range s.list {
		b.set(d)
	}
}

// countIn is how many of the set are in b.
func (s *docset) countIn(b bitset) int {
	if s.bits != nil {
		return s.bits.countAnd(b)
	}
	n := 0
	for _, d := range s.list {
		if b.has(d) {
			n++
		}
	}
	return n
}

// each calls f for every member in rising order.
func (s *docset) each(f func(doc uint32)) {
	if s.bits != nil {
		s.bits.each(f)
		return
	}
	for _, d := range s.list {
		f(d)
	}
}
