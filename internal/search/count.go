package search

import (
	"sync"
	"sync/atomic"
)

// memo keeps how many documents of a set have each value, by the value's number, until a document changes.
type memo struct {
	counts atomic.Pointer[[]uint32]
}

// of gives the counts of the memo's set, which has n documents.
func (m *memo) of(r *run, set bitset, n int) []uint32 {
	if known := m.counts.Load(); known != nil {
		return *known
	}
	counts := r.count(set, n)
	m.counts.Store(&counts)
	return counts
}

// counted keeps what was counted for questions without filters that find many documents, until a document changes: all
// who begin to type begin with the same few letters.
type counted struct {
	from   int // documents found
	mu     sync.Mutex
	counts map[question][]uint32
}

// question is what was asked, where nothing else narrows it.
type question struct {
	words  string
	prefix bool
}

const (
	manyFound   = 4000 // from here counting takes longer than the rest of a search
	countedMost = 128  // questions
)

// of gives the counts of a question, made by count when they are not known.
func (c *counted) of(q question, count func() []uint32) []uint32 {
	c.mu.Lock()
	known, ok := c.counts[q]
	c.mu.Unlock()
	if ok {
		return known
	}
	counts := count()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.counts == nil || len(c.counts) >= countedMost {
		c.counts = map[question][]uint32{}
	}
	c.counts[q] = counts
	return counts
}

// forget drops all: a document changes, and nobody searches meanwhile.
func (c *counted) forget() { c.counts = nil }

// table counts every facet's values in the result; those of a filtered name in what would be found without its filter.
func (r *run) table() map[string][]Count {
	return r.x.facets.table(r.counts(), r.q.values(), r.q.Filters)
}

func (r *run) counts() []uint32 {
	if !r.free() {
		counts := r.count(r.result, r.found)
		for name, set := range r.others() {
			if i, ok := r.x.facets.byName[name]; ok {
				a := &r.x.facets.all[i]
				r.countLanes(set, set.count(), counts, a)
				r.countColumns(set, counts, a)
			}
		}
		return counts
	}
	if r.found < r.x.counted.from {
		return r.countFree()
	}
	return r.x.counted.of(question{r.q.Words, r.q.Prefix}, r.countFree)
}

// free reports whether the words alone say what is found.
func (r *run) free() bool {
	q := &r.q
	return len(r.filters) == 0 && q.Box == nil && q.Keep == nil && (q.Near == nil || q.Within <= 0)
}

// countFree counts what the words alone find: beyond a part whose counts are kept.
func (r *run) countFree() []uint32 {
	m, part, n := r.known()
	if m == nil {
		return r.count(r.result, r.found)
	}
	counts := m.of(r, part, n)
	if n == r.found {
		return counts
	}
	rest := r.s.copied(r.x, r.result)
	rest.andNot(part)
	more := r.count(rest, r.found-n)
	for v, n := range counts {
		more[v] += n
	}
	return more
}

// count counts every facet's values in a set of n documents.
func (r *run) count(set bitset, n int) []uint32 {
	counts := make([]uint32, len(r.x.facets.values))
	r.countLanes(set, n, counts, nil)
	r.countColumns(set, counts, nil)
	return counts
}

// known gives the largest part of what the words find whose counts are kept: everything, all that has a frequent word, all that
// has words with a frequent beginning. No memo: none is.
func (r *run) known() (m *memo, part bitset, n int) {
	x := r.x
	if len(r.plan.words) == 0 {
		return &x.everything, r.result, r.found
	}
	if len(r.required) != 1 {
		return nil, nil, 0
	}
	// The result holds all documents of each way.
	var docs list
	for i := range r.required[0].ways {
		w := &r.required[0].ways[i]
		if u := x.heavy.unions[w.prefix]; u != nil && len(u.list) > n {
			m, part, n, docs = &u.memo, u.bits, len(u.list), nil
		}
		for _, t := range w.terms {
			if other := x.heavy.terms[t]; other != nil && len(x.dict.terms[t].docs) > n {
				docs = x.dict.terms[t].docs
				m, n = other, len(docs)
			}
		}
	}
	if docs != nil {
		part = r.s.empty(x)
		for _, p := range docs {
			part.set(docOf(p))
		}
	}
	return m, part, n
}

// Steps, measured: one document's lanes, and one word of two sets that are met.
const (
	laneStep = 4
	wordStep = 1
)

// countLanes counts the values that have lanes, in the set of n documents; those of one facet alone when only says so.
func (r *run) countLanes(set bitset, n int, counts []uint32, only *facet) {
	f := r.x.facets
	values := f.lanes.values
	if only != nil {
		if only.column != nil {
			return
		}
		values = only.ordered
	}
	rest := len(r.x.byID) - n
	byWords := wordStep * len(set) * len(values)
	switch byLanes := laneStep * f.lanes.stride * min(n, rest); {
	case byWords < byLanes || only != nil:
		for _, v := range values {
			counts[v] = uint32(f.values[v].docs.countIn(set))
		}
	case n <= rest:
		f.lanes.count(set, counts)
	default: // count those left out
		out := r.s.copied(r.x, r.x.live)
		for i, w := range set {
			out[i] &^= w
		}
		f.lanes.count(out, counts)
		for _, v := range values {
			counts[v] = uint32(f.values[v].docs.n) - counts[v]
		}
	}
}

// countColumns counts the values of facets with columns.
func (r *run) countColumns(set bitset, counts []uint32, only *facet) {
	x := r.x
	for i := range x.facets.all {
		a := &x.facets.all[i]
		if a.column == nil || only != nil && a != only {
			continue
		}
		for _, v := range a.ordered {
			counts[v] = 0
		}
		column := a.column
		set.each(func(doc uint32) {
			if int(doc) >= len(column) {
				return
			}
			switch v := column[doc]; v {
			case 0:
			case several:
				x.eachValue(doc, func(v int) {
					if x.facets.values[v].facet == i {
						counts[v]++
					}
				})
			default:
				counts[v-1]++
			}
		})
	}
}
