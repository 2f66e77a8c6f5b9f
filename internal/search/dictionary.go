package search

import (
	"slices"
	"strings"
)

// dictionary holds the terms of an index and where each occurs. A term keeps its number for ever, also when no document
// has it any more; then it is in no order and passed over everywhere.
type dictionary struct {
	terms  []term
	byText map[string]uint32
	order  []uint32 // the numbers of the terms that some document has, by text
	came   []uint32 // to be sorted into order
	went   []uint32 // to be taken out of it

	gathering *gathering // while a great many documents come
}

// gathering is where postings wait until all have come: then each list gets its room at once.
type gathering struct {
	parts  [][]waiting
	counts []uint32 // of each term, how many wait
}

type waiting struct {
	term uint32
	posting
}

// aPart is how many postings wait together.
const aPart = 1 << 16

// term is one word, syllable or pair.
type term struct {
	text   string
	raw    string // how people write it, where that differs; else empty
	docs   list
	sorted bool // it is in order
}

func newDictionary() *dictionary { return &dictionary{byText: map[string]uint32{}} }

// number gives the term's number, a new one when it was not known. A posting and settle must follow.
func (d *dictionary) number(text string, kept *texts) uint32 {
	n, ok := d.byText[text]
	if !ok {
		n = uint32(len(d.terms))
		text = kept.keep(text)
		d.terms = append(d.terms, term{text: text})
		d.byText[text] = n
	}
	if g := d.gathering; g != nil {
		for len(g.counts) < len(d.terms) {
			g.counts = append(g.counts, 0)
		}
		if g.counts[n] > 0 {
			return n
		}
	}
	if t := &d.terms[n]; !t.sorted && len(t.docs) == 0 {
		d.came = append(d.came, n)
	}
	return n
}

// put gives a term a document.
func (d *dictionary) put(n uint32, doc uint32, weight uint8) {
	g := d.gathering
	if g == nil {
		d.terms[n].docs = d.terms[n].docs.put(doc, weight)
		return
	}
	last := len(g.parts) - 1
	if last < 0 || len(g.parts[last]) == aPart {
		g.parts = append(g.parts, make([]waiting, 0, aPart))
		last++
	}
	g.parts[last] = append(g.parts[last], waiting{n, post(doc, weight)})
	g.counts[n]++
}

// spread puts what waits into the lists, the short ones in one piece of memory.
func (d *dictionary) spread() {
	g, short := d.gathering, 0
	for n, count := range g.counts {
		if l := len(d.terms[n].docs) + int(count); count > 0 && l <= shortList {
			short += l
		}
	}
	together := make(list, 0, short)
	for n, count := range g.counts {
		t := &d.terms[n]
		switch l := len(t.docs) + int(count); {
		case count == 0:
		case l <= shortList:
			at := len(together)
			together = append(together, t.docs...)[:at+l]
			t.docs = together[at : at+len(t.docs) : at+l] // growing, it moves out
		default:
			t.docs = append(make(list, 0, l+l/64), t.docs...)
		}
	}
	for _, part := range g.parts {
		for _, w := range part {
			t := &d.terms[w.term]
			t.docs = t.docs.put(docOf(w.posting), uint8(w.posting))
		}
	}
	g.parts = nil
	clear(g.counts)
}

// drop takes a document's posting out. How a term is written is forgotten with its last document.
func (d *dictionary) drop(n uint32, doc uint32) {
	t := &d.terms[n]
	t.docs = t.docs.drop(doc)
	if len(t.docs) == 0 {
		t.docs, t.raw = nil, ""
		d.went = append(d.went, n)
	}
}

// settle brings the order up to date with the postings; it must come before the next search.
func (d *dictionary) settle() {
	if len(d.went) > 0 {
		for _, n := range d.went {
			d.terms[n].sorted = len(d.terms[n].docs) > 0 && d.terms[n].sorted
		}
		d.order = slices.DeleteFunc(d.order, func(n uint32) bool { return !d.terms[n].sorted })
		d.went = d.went[:0]
	}
	if len(d.came) == 0 {
		return
	}
	fresh := d.came[:0]
	for _, n := range d.came {
		if t := &d.terms[n]; !t.sorted && len(t.docs) > 0 {
			t.sorted = true
			fresh = append(fresh, n)
		}
	}
	byText := func(a, b uint32) int { return strings.Compare(d.terms[a].text, d.terms[b].text) }
	slices.SortFunc(fresh, byText)
	d.order, _ = merged(d.order, fresh, byText)
	d.came = nil
}

// find gives the number of a term that some document has.
func (d *dictionary) find(text string) (uint32, bool) {
	n, ok := d.byText[text]
	return n, ok && len(d.terms[n].docs) > 0
}

// df is how many documents have the term.
func (d *dictionary) df(text string) int {
	if n, ok := d.byText[text]; ok {
		return len(d.terms[n].docs)
	}
	return 0
}

// beginning gives the stretch of order whose terms begin with the prefix.
func (d *dictionary) beginning(prefix string) (from, to int) {
	from, _ = slices.BinarySearchFunc(d.order, prefix, func(n uint32, p string) int { return strings.Compare(d.terms[n].text, p) })
	rest := d.order[from:]
	// Gallop: most stretches are short.
	step := 1
	for step < len(rest) && strings.HasPrefix(d.terms[rest[step]].text, prefix) {
		step *= 2
	}
	rest = rest[:min(step, len(rest))]
	n, _ := slices.BinarySearchFunc(rest, prefix, func(n uint32, p string) int {
		if strings.HasPrefix(d.terms[n].text, p) {
			return -1
		}
		return 1
	})
	return from, from + n
}

// written is how people write the term.
func (d *dictionary) written(n uint32) string {
	if t := &d.terms[n]; t.raw != "" {
		return t.raw
	}
	return d.terms[n].text
}

// shortList is how many postings a list has that lies with others in one piece of memory.
const shortList = 256
