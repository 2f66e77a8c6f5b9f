package search

import (
	"iter"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"

	"parvis/internal/geo"
)

// Index holds the documents and answers queries. Documents have numbers inside, given as they come and given again
// once free; nothing of them shows outside.
type Index struct {
	mu      sync.RWMutex
	ids     map[string]uint32
	docs    []document
	tags    []uint32 // the caller's number of each document
	free    []uint32 // numbers without a document
	live    bitset
	where   []vector // of each document; NaN when unknown
	byID    []uint32 // the documents' numbers, by id
	rank    []uint32 // of each document, its place in byID
	names   []string // of fields
	dict    *dictionary
	spell   speller
	facets  *facets
	boost   []float32 // of each document
	boosted int       // documents whose boost is not 0
	heavy   heavy
	saving  int // steps that a union must save
	scratch sync.Pool
	taught  *taught // what facets' values are called; nil when nobody taught it
	texts   *texts  // while a great many documents come

	before, after []owned // room for the terms of a document that changes,
	values        []int   // and for its values

	everything memo // of all documents
	counted    counted
}

// document is what is kept of a Doc beside its terms: its id, its title and what it has, packed (see pack), one after the
// other in one text, so that the collector has one thing to look at.
type document struct {
	text     string
	title, p uint32 // where its title and what is packed begin
	point    geo.Point
}

func (d *document) id() string     { return d.text[:d.title] }
func (d *document) name() string   { return d.text[d.title:d.p] }
func (d *document) packed() string { return d.text[d.p:] }

// vector is a place as a point on the unit sphere: distances compare by three products.
type vector struct{ x, y, z float64 }

func vectorOf(p geo.Point) vector {
	const rad = math.Pi / 180
	sLat, cLat := math.Sincos(p.Lat * rad)
	sLon, cLon := math.Sincos(p.Lon * rad)
	return vector{cLat * cLon, cLat * sLon, sLat}
}

// New returns an empty index.
func New() *Index {
	return &Index{ids: map[string]uint32{}, dict: newDictionary(), facets: newFacets(), saving: worthSaving, counted: counted{from: manyFound}}
}

// Len is the number of documents.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.byID)
}

// Tag is the caller's number of a document; false when it is not there.
func (x *Index) Tag(id string) (uint32, bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	doc, known := x.ids[id]
	if !known {
		return 0, false
	}
	return x.tags[doc], true
}

// batch is how many documents are analysed before they go in together.
const batch = 4096

// Put adds documents, or replaces those of the same ID; of two with one ID the later counts. Searches see all of them
// at once.
func (x *Index) Put(docs ...Doc) {
	if len(docs) > batch {
		x.Fill(len(docs), slices.Chunk(docs, batch))
		return
	}
	ready := analyse(docs)
	x.mu.Lock()
	defer x.mu.Unlock()
	if len(docs) > len(x.byID)/8 {
		x.heavy.forget()
	}
	x.insert(ready)
	x.settle()
}

// Fill is Put of a great many documents, about so many, which come in parts: one part is made ready while the one before
// goes in. Searches wait until all are there.
func (x *Index) Fill(about int, parts iter.Seq[[]Doc]) {
	batches := make(chan []analysed, 1)
	go func() {
		defer close(batches)
		for part := range parts {
			batches <- analyse(part)
		}
	}()
	x.mu.Lock()
	defer x.mu.Unlock()
	x.heavy.forget()
	x.texts, x.dict.gathering = &texts{}, &gathering{}
	x.grow(about)
	for ready := range batches {
		x.insert(ready)
	}
	x.dict.spread()
	x.texts, x.dict.gathering = nil, nil
	x.settle()
}

// grow makes room for so many documents more.
func (x *Index) grow(n int) {
	x.docs, x.tags, x.where = slices.Grow(x.docs, n), slices.Grow(x.tags, n), slices.Grow(x.where, n)
	x.byID, x.rank, x.boost = slices.Grow(x.byID, n), slices.Grow(x.rank, n), slices.Grow(x.boost, n)
	if len(x.ids) == 0 {
		x.ids = make(map[string]uint32, n)
	}
}

// settle brings all that follows from the documents up to date: it comes before the next search.
func (x *Index) settle() {
	x.forget()
	x.dict.settle()
	x.spell.add(x.dict)
	x.facets.settle(len(x.docs))
	x.heavy.settle(x)
}

// analyse turns documents into terms, on all cores when there are many.
func analyse(docs []Doc) []analysed {
	ready := make([]analysed, len(docs))
	workers := min(runtime.GOMAXPROCS(0), len(docs)/64+1)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			var a analyser
			for i := w; i < len(docs); i += workers {
				ready[i] = a.doc(docs[i])
			}
		})
	}
	wait.Wait()
	return ready
}

func (x *Index) insert(ready []analysed) {
	var fresh []uint32
	for i := range ready {
		doc, known := x.ids[ready[i].id]
		if !known {
			doc = x.take(ready[i].id)
			fresh = append(fresh, doc)
		}
		x.write(doc, &ready[i])
	}
	x.sortIn(fresh)
}

// forget drops counts that are no longer right.
func (x *Index) forget() {
	x.everything.counts.Store(nil)
	x.counted.forget()
	for _, u := range x.heavy.sorted {
		u.memo.counts.Store(nil)
	}
	for _, m := range x.heavy.terms {
		m.counts.Store(nil)
	}
}

// take gives a number to a new document.
func (x *Index) take(id string) uint32 {
	if n := len(x.free); n > 0 {
		doc := x.free[n-1]
		x.free = x.free[:n-1]
		x.ids[id] = doc
		x.docs[doc] = document{text: id, title: uint32(len(id)), p: uint32(len(id))}
		x.live.set(doc)
		return doc
	}
	doc := uint32(len(x.docs))
	if doc >= MaxDocs {
		panic("search: more documents than an index holds")
	}
	x.ids[id] = doc
	x.docs = append(x.docs, document{text: id, title: uint32(len(id)), p: uint32(len(id))})
	x.tags = append(x.tags, 0)
	x.where = append(x.where, vector{})
	x.rank = append(x.rank, 0)
	x.boost = append(x.boost, 0)
	for len(x.live) < words(len(x.docs)) {
		x.live = append(x.live, 0)
	}
	x.live.set(doc)
	return doc
}

// write changes a document's terms, values and place to the new ones; what stays the same is not touched.
func (x *Index) write(doc uint32, a *analysed) {
	x.before = x.ownedBy(doc, x.before[:0])
	before, terms := x.before, x.after[:0]
	if len(before) > 0 && x.dict.gathering != nil { // what it had may wait still
		x.dict.spread()
	}
	var beforeValues []int
	x.eachValue(doc, func(v int) { beforeValues = append(beforeValues, v) })

	var names [math.MaxUint8]uint8
	for i, name := range a.fields {
		names[i] = x.fieldNumber(name)
	}
	for i := range a.entries {
		e := &a.entries[i]
		n := x.dict.number(e.term, x.texts)
		t := &x.dict.terms[n]
		if raw := richer(t.raw, e.raw); raw != t.raw {
			t.raw = x.texts.keep(raw)
		}
		x.dict.put(n, doc, e.weight)
		terms = append(terms, own(n, names[e.field]))
	}
	slices.Sort(terms)
	x.after = terms
	for _, o := range before {
		if _, stays := findOwned(terms, o.term()); !stays {
			x.dict.drop(o.term(), doc)
		}
	}
	x.values = x.facets.numbers(a.facets, x.values[:0])
	values := x.values
	x.facets.change(doc, len(x.docs), beforeValues, values)
	x.heavy.change(x.dict, doc, before, terms)
	title := uint32(len(a.id))
	x.docs[doc] = document{text: x.texts.keep(a.id, a.title, pack(values, terms)), title: title, p: title + uint32(len(a.title)), point: a.point}
	x.ids[x.docs[doc].id()] = doc // the key is part of the text from now on
	x.tags[doc] = a.tag
	x.lift(doc, a.boost)
	x.where[doc] = vectorOf(a.point)
}

// lift gives a document its boost.
func (x *Index) lift(doc uint32, boost float32) {
	if x.boost[doc] != 0 {
		x.boosted--
	}
	if boost != 0 {
		x.boosted++
	}
	x.boost[doc] = boost
}

func (x *Index) fieldNumber(name string) uint8 {
	i := slices.Index(x.names, name)
	if i < 0 {
		i = len(x.names)
		x.names = append(x.names, strings.Clone(name))
	}
	return uint8(min(i, math.MaxUint8))
}

// Remove takes documents out. An unknown id is no fault.
func (x *Index) Remove(ids ...string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, id := range ids {
		doc, known := x.ids[id]
		if !known {
			continue
		}
		terms := x.ownedBy(doc, nil)
		for _, o := range terms {
			x.dict.drop(o.term(), doc)
		}
		var values []int
		x.eachValue(doc, func(v int) { values = append(values, v) })
		x.facets.change(doc, len(x.docs), values, nil)
		x.heavy.change(x.dict, doc, terms, nil)
		x.lift(doc, 0)
		delete(x.ids, id)
		x.live.unset(doc)
		x.docs[doc] = document{}
		x.free = append(x.free, doc)
		x.sortOut(doc)
	}
	x.settle()
}

// sortIn puts new documents in their places by id.
func (x *Index) sortIn(fresh []uint32) {
	if len(fresh) == 0 {
		return
	}
	byID := func(a, b uint32) int { return strings.Compare(x.docs[a].id(), x.docs[b].id()) }
	slices.SortFunc(fresh, byID)
	var first int
	x.byID, first = merged(x.byID, fresh, byID)
	x.rankFrom(first)
}

func (x *Index) sortOut(doc uint32) {
	at := int(x.rank[doc])
	x.byID = slices.Delete(x.byID, at, at+1)
	x.rankFrom(at)
}

func (x *Index) rankFrom(at int) {
	for i, doc := range x.byID[at:] {
		x.rank[doc] = uint32(at + i)
	}
}
