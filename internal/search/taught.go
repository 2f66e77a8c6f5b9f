package search

import (
	"cmp"
	"slices"
	"strings"
)

// Lesson is what a facet's value is called, in whatever languages and ways: who types its words finds the documents that
// have the value, though none of them says it.
type Lesson struct {
	Facet, Value string
	Fields       []Field // their names are told in reasons
	// Spare are further words, for a question that has a word which neither the documents nor any Fields have: what the
	// value is called in languages that are not the documents'.
	Spare []Field
}

// Teach gives the index its lessons, in place of earlier ones. They cost nothing a document.
func (x *Index) Teach(lessons ...Lesson) {
	t := &taught{words: New(), spare: New(), values: make(map[string]Lesson, len(lessons))}
	docs, spare := make([]Doc, len(lessons)), make([]Doc, len(lessons))
	for i, l := range lessons {
		id := l.Facet + "\x00" + l.Value
		docs[i], spare[i] = Doc{ID: id, Fields: l.Fields}, Doc{ID: id, Fields: l.Spare}
		t.values[id] = l
	}
	t.words.Put(docs...)
	t.spare.Put(spare...)
	x.mu.Lock()
	defer x.mu.Unlock()
	x.taught = t
	x.counted.forget()
}

// taught is what an index was taught: indexes of their own whose documents are facets' values.
type taught struct {
	words, spare *Index
	values       map[string]Lesson // by document
}

// lesson is a way by a facet's value: the documents that have it, and how much the word weighs there.
type lesson struct {
	facet, value string
	number       int    // of the value
	weight       uint8  // on the scale of postings, what the way takes off not taken
	field, text  string // where the lesson has the word, and how
}

// learnt is what the lessons make of one clause.
type learnt struct {
	ways   []way
	exact  bool // one of them has the word itself
	mended []string
}

// learn reads the question against the lessons, once for all its words.
func (p *planner) learn(text string) {
	if t := p.x.taught; t != nil {
		p.lessons, p.beside = p.read(text, t, t.words)
		p.spare, _ = p.read(text, t, t.spare)
	}
}

// read gives by word what the lessons of an index make of it, and of it beside the word before.
func (p *planner) read(text string, t *taught, x *Index) (words, beside map[int]learnt) {
	s := x.borrow()
	defer x.scratch.Put(s)
	r := run{x: x, s: s, result: x.live, found: len(x.byID)}
	words, beside = map[int]learnt{}, map[int]learnt{}
	for _, c := range x.plan(text, p.prefix).clauses {
		if l := p.lessonsOf(&r, t, &c); c.optional {
			beside[c.at] = l
		} else {
			words[c.at] = l
		}
	}
	return words, beside
}

// lessonsOf turns the ways of a clause among the lessons into ways by values, the surest of each value.
func (p *planner) lessonsOf(r *run, t *taught, c *clause) learnt {
	out := learnt{mended: c.mended}
	at := map[uint32]int{} // by document: which of out.ways
	for i := range c.ways {
		w := &c.ways[i]
		if w.kind == Prefix && len(p.words[c.at].word) < 3 && !p.words[c.at].han {
			continue // two letters begin too much
		}
		r.s.usedSets, r.s.usedZeros = 0, 0
		set, best := r.s.empty(r.x), r.s.zeros(r.x)
		r.takeWay(w, set, best)
		set.each(func(doc uint32) {
			out.exact = out.exact || w.kind == Exact // also of a value that no document has: the word is no slip
			l, ok := p.lessonAt(r, t, doc, w, best[doc])
			if !ok {
				return
			}
			next := way{kind: w.kind, factor: w.factor, taught: l}
			if n, known := at[doc]; !known {
				at[doc] = len(out.ways)
				out.ways = append(out.ways, next)
			} else if next.gives() > out.ways[n].gives() {
				out.ways[n] = next
			}
		})
	}
	slices.SortFunc(out.ways, func(a, b way) int { // the weightiest is told as the reason
		return cmp.Or(cmp.Compare(b.gives(), a.gives()),
			strings.Compare(a.taught.facet, b.taught.facet), strings.Compare(a.taught.value, b.taught.value))
	})
	return out
}

// gives is what a way by a value gives to the documents that have it, on the scale of postings.
func (w *way) gives() uint8 { return uint8(max(1, int(w.taught.weight)+w.steps())) }

// lessonAt is the lesson behind a document of the lessons; false when no document of the index has the value.
func (p *planner) lessonAt(r *run, t *taught, doc uint32, w *way, got uint8) (*lesson, bool) {
	taught := t.values[r.x.docs[doc].id()]
	f := p.x.facets
	i, ok := f.byName[taught.Facet]
	if !ok {
		return nil, false
	}
	v, ok := f.all[i].byText[taught.Value]
	if !ok || f.values[v].docs.n == 0 {
		return nil, false
	}
	l := &lesson{facet: taught.Facet, value: taught.Value, number: v, weight: uint8(min(255, int(got)-w.steps()))}
	r.s.owned = r.x.ownedBy(doc, r.s.owned[:0])
	if o, ok := r.has(w); ok {
		l.text = strings.TrimLeft(r.x.dict.terms[o.term()].text, soundMark+pairMark+initialMark)
		if int(o.field()) < len(r.x.names) {
			l.field = r.x.names[o.field()]
		}
	}
	return l, true
}

// knows reports whether a lesson has the word itself: then it is no mistake, whatever the documents say.
func (p *planner) knows(i int) bool { return p.lessons[i].exact || p.spare[i].exact }

// teach adds the ways by values to a clause. Where the word is known, lessons that have it misspelt do not count, and
// those to spare do not count at all.
func (p *planner) teach(c *clause, i int, strong bool) {
	own := p.lessons[i]
	if c.df == 0 && !own.exact && (p.spare[i].exact || len(own.ways)+len(c.ways) == 0) {
		p.take(c, p.spare[i], strong)
	}
	p.take(c, own, strong)
	c.df = min(c.df, len(p.x.byID))
}

func (p *planner) take(c *clause, l learnt, strong bool) {
	alone := len(c.ways) == 0 && len(l.ways) > 0
	for _, w := range l.ways {
		if strong && w.kind == Spelling {
			continue
		}
		if w.kind == Exact {
			c.df += p.x.facets.values[w.taught.number].docs.n
		}
		c.ways = append(c.ways, w)
	}
	if alone && !strong {
		c.mended = append(c.mended, l.mended...)
	}
}

// teachPair adds to a clause of two words side by side what the lessons have side by side.
func (p *planner) teachPair(c *clause, i int) bool {
	l := p.beside[i]
	if len(l.ways) == 0 || p.words[i].small {
		return false
	}
	c.at, c.optional, c.share = i, true, sharePair
	for _, w := range l.ways {
		c.df += p.x.facets.values[w.taught.number].docs.n
		c.ways = append(c.ways, w)
	}
	c.df = min(c.df, len(p.x.byID))
	return true
}

// takeTaught adds the documents that have the value to the set, and raises their weight to what the lesson gives.
func (r *run) takeTaught(w *way, set bitset, best []uint8) {
	give := w.gives()
	docs := &r.x.facets.values[w.taught.number].docs
	docs.orInto(set)
	docs.each(func(doc uint32) { best[doc] = max(best[doc], give) })
}

// has reports whether the set has a document.
func (s *docset) has(doc uint32) bool {
	if s.bits == nil {
		_, found := slices.BinarySearch(s.list, doc)
		return found
	}
	return int(doc>>6) < len(s.bits) && s.bits.has(doc)
}
