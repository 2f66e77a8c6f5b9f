package search

import "sync/atomic"

// memo keeps a table of counts until a document changes.
type memo struct {
	table atomic.Pointer[map[string][]Count]
}

// table counts every facet's values in the result; those of a filtered name in what would be found without its filter.
func (r *run) table() map[string][]Count {
	m := r.memo()
	if m != nil {
		if known := m.table.Load(); known != nil {
			return *known
		}
	}
	table := r.x.facets.table(r.counts(), r.q.values(), r.q.Filters)
	if m != nil {
		m.table.Store(&table)
	}
	return table
}

func (r *run) counts() []uint32 {
	counts := make([]uint32, len(r.x.facets.values))
	r.countLanes(r.result, r.found, counts, nil)
	r.countColumns(r.result, counts, nil)
	for name, set := range r.others() {
		if i, ok := r.x.facets.byName[name]; ok {
			a := &r.x.facets.all[i]
			r.countLanes(set, set.count(), counts, a)
			r.countColumns(set, counts, a)
		}
	}
	return counts
}

// memo is where the table of the result is kept, if the result is one that is asked for often: everything, all that has
// a frequent word, all that has words with a frequent beginning.
func (r *run) memo() *memo {
	q := &r.q
	if len(r.filters) > 0 || q.Box != nil || q.Keep != nil || q.Near != nil && q.Within > 0 || q.values() != manyCounts {
		return nil
	}
	if len(r.plan.words) == 0 {
		return &r.x.everything
	}
	if len(r.required) != 1 {
		return nil
	}
	// The result holds all documents of each way. Where it has no more than one has, it is those.
	for i := range r.required[0].ways {
		w := &r.required[0].ways[i]
		if u := r.x.heavy.unions[w.prefix]; u != nil && len(u.list) == r.found {
			return &u.memo
		}
		for _, n := range w.terms {
			if m := r.x.heavy.terms[n]; m != nil && len(r.x.dict.terms[n].docs) == r.found {
				return m
			}
		}
	}
	return nil
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
