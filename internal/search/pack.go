package search

import (
	"encoding/binary"
	"slices"
)

// A document's own values and terms are packed in one string: how many values, the values in rising steps, then for
// each term its number in rising steps and the field where it weighs most.

func pack(values []int, terms []owned) string {
	b := make([]byte, 0, 2*len(values)+4*len(terms)+4)
	b = binary.AppendUvarint(b, uint64(len(values)))
	last := 0
	for _, v := range values {
		b = binary.AppendUvarint(b, uint64(v-last))
		last = v
	}
	before := uint32(0)
	for _, o := range terms {
		b = binary.AppendUvarint(b, uint64(o.term()-before))
		b = append(b, o.field())
		before = o.term()
	}
	return string(b)
}

// owned is a term that a document has, and in the lowest eight bits the number of the field's name: in order, by term.
type owned uint64

func own(term uint32, field uint8) owned { return owned(term)<<8 | owned(field) }

func (o owned) term() uint32 { return uint32(o >> 8) }
func (o owned) field() uint8 { return uint8(o) }

// findOwned finds a term among those of a document.
func findOwned(all []owned, term uint32) (int, bool) {
	i, _ := slices.BinarySearch(all, own(term, 0))
	return i, i < len(all) && all[i].term() == term
}

func uvarint(s string, i int) (uint64, int) {
	var v uint64
	for shift := 0; ; shift += 7 {
		c := s[i]
		i++
		v |= uint64(c&0x7f) << shift
		if c < 0x80 {
			return v, i
		}
	}
}

func (x *Index) eachValue(doc uint32, f func(value int)) {
	s := x.docs[doc].packed()
	if s == "" {
		return
	}
	n, i := uvarint(s, 0)
	v := 0
	for range n {
		var step uint64
		step, i = uvarint(s, i)
		v += int(step)
		f(v)
	}
}

func (x *Index) ownedBy(doc uint32, to []owned) []owned {
	s := x.docs[doc].packed()
	if s == "" {
		return to
	}
	n, i := uvarint(s, 0)
	for range n {
		_, i = uvarint(s, i)
	}
	t := uint32(0)
	for i < len(s) {
		var step uint64
		step, i = uvarint(s, i)
		t += uint32(step)
		to = append(to, own(t, s[i]))
		i++
	}
	return to
}
