package search

import (
	"cmp"
	"slices"
	"strings"
)

// heavy keeps, for beginnings that many documents' words have, the union of those words' postings ready made: each
// document once, with its greatest weight; and the counts of what is found by them. It changes no answer, only how long
// the first letters of a word take.
type heavy struct {
	docs   int // how many there were when the beginnings were chosen
	unions map[string]*union
	sorted []*union         // by prefix
	terms  map[uint32]*memo // frequent terms, by number
}

// union is the postings of all terms that begin with a prefix.
type union struct {
	prefix string
	list   list
	bits   bitset // the same documents
	memo   memo   // of its documents
}

const (
	termCost   = 40 // steps that a list costs beside its postings
	longPrefix = 8
	frequent   = 10 // what one of so many documents has is frequent
)

// worthSaving is how many steps a union must save in an index.
const worthSaving = 12000

// forget drops all unions: many documents are about to change.
func (h *heavy) forget() { *h = heavy{} }

// settle chooses the beginnings anew once there are a quarter more documents.
func (h *heavy) settle(x *Index) {
	if docs := len(x.byID); docs > h.docs+h.docs/4 {
		h.choose(x)
		h.count(x)
	}
}

// count counts ahead, so that the first who asks need not wait.
func (h *heavy) count(x *Index) {
	r := run{x: x, s: x.borrow()}
	defer x.scratch.Put(r.s)
	for _, u := range h.sorted {
		r.s.usedSets = 0
		u.memo.of(&r, u.bits, len(u.list))
	}
}

// choose finds the beginnings that are worth a union and makes these.
func (h *heavy) choose(x *Index) {
	c := chooser{d: x.dict, best: make([]uint8, len(x.docs)), saving: x.saving, unions: map[string]*union{}}
	c.walk(0, len(x.dict.order), 0)
	h.docs, h.unions, h.terms = len(x.byID), c.unions, map[uint32]*memo{}
	for _, n := range x.dict.order {
		if len(x.dict.terms[n].docs) > h.docs/frequent {
			h.terms[n] = &memo{}
		}
	}
	h.sorted = h.sorted[:0]
	for _, u := range c.unions {
		h.sorted = append(h.sorted, u)
	}
	slices.SortFunc(h.sorted, func(a, b *union) int { return strings.Compare(a.prefix, b.prefix) })
}

// chooser walks all beginnings, the longer ones first.
type chooser struct {
	d      *dictionary
	best   []uint8 // of each document, its greatest weight; 0 between unions
	saving int
	unions map[string]*union
}

// walk gives the steps that the terms at from, ..., to-1 cost, which share their first depth bytes, after it has made
// the unions below that are worth it.
func (c *chooser) walk(from, to, depth int) int {
	text := func(i int) string { return c.d.terms[c.d.order[i]].text }
	plain := 0
	for _, n := range c.d.order[from:to] {
		plain += termCost + len(c.d.terms[n].docs)
	}
	if plain < c.saving || depth > longPrefix {
		return plain
	}
	cost, i := 0, from
	if len(text(i)) == depth {
		cost, i = termCost+len(c.d.terms[c.d.order[i]].docs), i+1
	}
	for i < to {
		next := text(i)[depth]
		end := i + 1
		for end < to && text(end)[depth] == next {
			end++
		}
		cost += c.walk(i, end, depth+1)
		i = end
	}
	if depth == 0 || cost < c.saving {
		return cost
	}
	prefix := text(from)[:depth]
	if prefix[depth-1] >= 0x80 { // parts of a character are not asked for, and characters begin few terms
		return cost
	}
	u := c.union(prefix, from, to)
	if cost-len(u.list)-termCost < c.saving && len(u.list) < len(c.best)/frequent {
		return cost
	}
	c.unions[prefix] = u
	return len(u.list) + termCost
}

func (c *chooser) union(prefix string, from, to int) *union {
	u := &union{prefix: strings.Clone(prefix), bits: make(bitset, words(len(c.best)))}
	n := 0
	for _, term := range c.d.order[from:to] {
		for _, p := range c.d.terms[term].docs {
			doc := docOf(p)
			if c.best[doc] == 0 {
				u.bits.set(doc)
				n++
			}
			c.best[doc] = max(c.best[doc], uint8(p))
		}
	}
	u.list = make(list, 0, n)
	u.bits.each(func(doc uint32) {
		u.list = append(u.list, post(doc, c.best[doc]))
		c.best[doc] = 0
	})
	return u
}

// change brings the unions up to date with a document whose terms were before and are after.
func (h *heavy) change(d *dictionary, doc uint32, before, after []owned) {
	if len(h.unions) == 0 {
		return
	}
	weight := map[*union]uint8{}
	touch := func(o owned, w uint8) {
		text := d.terms[o.term()].text
		for n := 1; n <= min(longPrefix, len(text)); n++ {
			if u := h.unions[text[:n]]; u != nil {
				weight[u] = max(weight[u], w)
			}
		}
	}
	for _, o := range before {
		touch(o, 0)
	}
	for _, o := range after {
		if i, found := d.terms[o.term()].docs.at(doc); found {
			touch(o, uint8(d.terms[o.term()].docs[i]))
		}
	}
	for u, w := range weight {
		u.put(doc, w)
	}
}

// put gives the document its weight; 0 takes it out.
func (u *union) put(doc uint32, weight uint8) {
	for len(u.bits) < words(int(doc)+1) {
		u.bits = append(u.bits, 0)
	}
	if weight == 0 {
		u.list = u.list.drop(doc)
		u.bits.unset(doc)
		return
	}
	u.list = u.list.put(doc, weight)
	u.bits.set(doc)
}

// within gives the unions whose prefix begins with the given one, the widest ones alone.
func (h *heavy) within(prefix string) []*union {
	if u := h.unions[prefix]; u != nil {
		return []*union{u}
	}
	at, _ := slices.BinarySearchFunc(h.sorted, prefix, func(u *union, p string) int { return cmp.Compare(u.prefix, p) })
	var widest []*union
	for _, u := range h.sorted[at:] {
		if !strings.HasPrefix(u.prefix, prefix) {
			break
		}
		if n := len(widest); n == 0 || !strings.HasPrefix(u.prefix, widest[n-1].prefix) {
			widest = append(widest, u)
		}
	}
	return widest
}
