package search

import (
	"errors"
	"slices"

	"parvis/internal/geo"
	"parvis/internal/snapshot"
)

// The snapshot of an index is what its documents brought: them, the terms with their postings, the facets' values. All
// that follows from these is made again.

// Save writes the index. What it was taught is not part of it.
func (x *Index) Save(w *snapshot.Writer) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	w.Uint(uint64(len(x.names)))
	w.Texts(len(x.names), func(i int) string { return x.names[i] })
	x.saveDocuments(w)
	x.dict.save(w)
	w.Uint(uint64(len(x.facets.values)))
	w.Texts(len(x.facets.values), func(v int) string { return x.facets.values[v].text })
	w.Texts(len(x.facets.values), func(v int) string { return x.facets.all[x.facets.values[v].facet].name })
}

func (x *Index) saveDocuments(w *snapshot.Writer) {
	w.Uint(uint64(len(x.docs)))
	w.Texts(len(x.docs), func(doc int) string { return x.docs[doc].text })
	for doc := range x.docs {
		d := &x.docs[doc]
		w.Uint(uint64(d.title))
		w.Uint(uint64(d.p))
		w.Float(d.point.Lat)
		w.Float(d.point.Lon)
		w.Float(float64(x.boost[doc]))
	}
	w.Uints(x.tags)
	w.Uint(uint64(len(x.byID)))
	w.Uints(x.byID)
}

func (d *dictionary) save(w *snapshot.Writer) {
	w.Uint(uint64(len(d.terms)))
	w.Texts(len(d.terms), func(n int) string { return d.terms[n].text })
	w.Texts(len(d.terms), func(n int) string { return d.terms[n].raw })
	for n := range d.terms {
		w.Uint(uint64(len(d.terms[n].docs)))
	}
	for n := range d.terms {
		w.Uints(d.terms[n].docs)
	}
	w.Uint(uint64(len(d.order)))
	w.Uints(d.order)
}

// errSnapshot is what no index wrote.
var errSnapshot = errors.New("search: the snapshot is of no index")

// Restore reads what Save wrote into an index that is empty. After an error, which the reader tells, it is empty still.
func (x *Index) Restore(r *snapshot.Reader) {
	x.mu.Lock()
	defer x.mu.Unlock()
	fresh := New()
	fresh.names = make([]string, r.Len())
	r.Texts(len(fresh.names), func(i int, name string) { fresh.names[i] = name })
	fresh.restoreDocuments(r)
	fresh.dict.restore(r)
	fresh.restoreFacets(r)
	if !fresh.coherent() {
		r.Fail(errSnapshot)
	}
	if r.Err() != nil {
		return
	}
	x.names, x.docs, x.ids, x.tags, x.where, x.boost = fresh.names, fresh.docs, fresh.ids, fresh.tags, fresh.where, fresh.boost
	x.byID, x.rank, x.live, x.free, x.boosted = fresh.byID, fresh.rank, fresh.live, fresh.free, fresh.boosted
	x.dict, x.facets = fresh.dict, fresh.facets
	x.heavy.forget()
	x.settle()
}

func (x *Index) restoreDocuments(r *snapshot.Reader) {
	n := r.Len()
	if n > MaxDocs {
		r.Fail(errSnapshot)
		return
	}
	x.grow(n)
	x.docs, x.tags, x.where, x.boost, x.rank = x.docs[:n], x.tags[:n], x.where[:n], x.boost[:n], x.rank[:n]
	x.live = make(bitset, words(n))
	r.Texts(n, func(doc int, text string) { x.docs[doc].text = text })
	for doc := range x.docs {
		d := &x.docs[doc]
		d.title, d.p = uint32(r.Uint()), uint32(r.Uint())
		d.point = geo.Point{Lat: r.Float(), Lon: r.Float()}
		boost := float32(r.Float())
		switch {
		case d.text == "":
			x.free = append(x.free, uint32(doc))
			continue
		case d.title > d.p || int(d.p) >= len(d.text):
			r.Fail(errSnapshot)
			return
		}
		x.ids[d.id()] = uint32(doc)
		x.live.set(uint32(doc))
		x.where[doc] = vectorOf(d.point)
		x.lift(uint32(doc), boost)
	}
	r.Uints(x.tags)
	x.byID = x.byID[:min(r.Len(), n)]
	r.Uints(x.byID)
	if slices.ContainsFunc(x.byID, func(doc uint32) bool { return int(doc) >= n }) {
		r.Fail(errSnapshot)
		return
	}
	x.rankFrom(0)
}

func (d *dictionary) restore(r *snapshot.Reader) {
	n := r.Len()
	if r.Err() != nil {
		return
	}
	d.terms, d.byText = make([]term, n), make(map[string]uint32, n)
	r.Texts(n, func(n int, text string) { d.terms[n].text, d.byText[text] = text, uint32(n) })
	r.Texts(n, func(n int, raw string) { d.terms[n].raw = raw })
	counts, short := make([]int, n), 0
	for n := range counts {
		if counts[n] = r.Len(); counts[n] <= shortList {
			short += counts[n]
		}
	}
	if r.Err() != nil {
		return
	}
	together := make(list, short)
	for n, count := range counts {
		if count <= shortList {
			d.terms[n].docs, together = together[:count:count], together[count:]
		} else {
			d.terms[n].docs = make(list, count, count+count/64)
		}
		r.Uints(d.terms[n].docs)
	}
	d.order = make([]uint32, min(r.Len(), n))
	r.Uints(d.order)
	for _, at := range d.order {
		if int(at) < n {
			d.terms[at].sorted = true
		}
	}
}

// restoreFacets reads the values, and gives them to the documents that have them.
func (x *Index) restoreFacets(r *snapshot.Reader) {
	n := r.Len()
	if r.Err() != nil {
		return
	}
	values := make([]string, n)
	r.Texts(n, func(v int, text string) { values[v] = text })
	r.Texts(n, func(v int, name string) { x.facets.number(name, values[v]) })
	for doc := range x.docs {
		x.eachValue(uint32(doc), func(v int) {
			if v < len(x.facets.values) {
				x.facets.values[v].docs.add(uint32(doc), len(x.docs))
			}
		})
	}
}

// coherent reports whether the parts of an index that was read can be of one: a checksum has told already that they are
// as they were written.
func (x *Index) coherent() bool {
	return len(x.byID) == len(x.ids) && len(x.ids)+len(x.free) == len(x.docs) &&
		!slices.ContainsFunc(x.dict.order, func(n uint32) bool { return int(n) >= len(x.dict.terms) })
}
