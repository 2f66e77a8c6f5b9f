package search

import (
	"math/bits"
	"sync/atomic"
)

// few is how many documents are looked at one by one.
const few = 160

// memo keeps counts until a document changes. A count once made is not changed.
type memo struct{ counts atomic.Pointer[[]uint32] }

// counts counts every facet's values in the result; those of a filtered name in what would be found without its filter.
func (r *run) counts() []uint32 {
	m := r.memo()
	if m != nil {
		if known := m.counts.Load(); known != nil {
			return *known
		}
	}
	x := r.x
	counts := make([]uint32, len(x.facets.values))
	if r.found <= few {
		r.result.each(func(doc uint32) { x.eachValue(doc, func(v int) { counts[v]++ }) })
	}
	own := r.others()
	whole := newDense(r.result, r.found)
	for i := range x.facets.all {
		a := &x.facets.all[i]
		if set, ok := own[a.name]; ok {
			x.countOne(a, newDense(set, set.count()), counts)
		} else if r.found > few {
			x.countOne(a, whole, counts)
		}
	}
	if m != nil {
		m.counts.Store(&counts)
	}
	return counts
}

// memo is where the counts of the result are kept, if it is one that is asked for often: everything, or all that begins
// with some letters.
func (r *run) memo() *memo {
	q := &r.q
	if len(r.filters) > 0 || q.Box != nil || q.Keep != nil || q.Near != nil && q.Within > 0 {
		return nil
	}
	if len(r.plan.words) == 0 {
		return &r.x.everything
	}
	if len(r.required) == 1 {
		for i := range r.required[0].ways {
			// The result holds the whole union; where it has no more, it is the union.
			if u := r.x.heavy.unions[r.required[0].ways[i].prefix]; u != nil && len(u.list) == r.found {
				return &u.memo
			}
		}
	}
	return nil
}

// countOne counts the values of one facet.
func (x *Index) countOne(a *facet, in dense, counts []uint32) {
	if a.column == nil {
		for _, v := range a.ordered {
			counts[v] = in.count(&x.facets.values[v].docs)
		}
		return
	}
	for _, v := range a.ordered {
		counts[v] = 0
	}
	column := a.column
	in.set.each(func(doc uint32) {
		if int(doc) >= len(column) {
			return
		}
		switch v := column[doc]; v {
		case 0:
		case several:
			x.eachValue(doc, func(v int) {
				if &x.facets.all[x.facets.values[v].facet] == a {
					counts[v]++
				}
			})
		default:
			counts[v-1]++
		}
	})
}

// dense is a set of documents made ready for being met with many others: its words that are not empty.
type dense struct {
	set   bitset
	n     int
	at    []uint32 // where they are; nil when nearly all words hold something
	words []uint64
}

func newDense(set bitset, n int) dense {
	d := dense{set: set, n: n}
	if n > 2*len(set) {
		return d
	}
	room := min(n, len(set))
	d.at, d.words = make([]uint32, 0, room), make([]uint64, 0, room)
	for i, w := range set {
		if w != 0 {
			d.at, d.words = append(d.at, uint32(i)), append(d.words, w)
		}
	}
	return d
}

// count is how many are in both.
func (d *dense) count(s *docset) uint32 {
	if s.bits == nil || d.at == nil {
		return uint32(s.countIn(d.set))
	}
	n := 0
	other := s.bits
	for i, at := range d.at {
		if int(at) < len(other) {
			n += bits.OnesCount64(d.words[i] & other[at])
		}
	}
	return uint32(n)
}
