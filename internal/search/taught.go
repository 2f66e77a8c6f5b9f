package search

import (
	"slices"
	"strings"
)

// Lesson is what a facet's value is called, in whatever languages and ways: who types its words finds the documents that
// have the value, though none of them says it.
type Lesson struct {
	Facet, Value string
	Fields       []Field // their names are told in reasons
}

// Teach gives the index its lessons, in place of earlier ones. They cost nothing a document.
func (x *Index) Teach(lessons ...Lesson) {
	t := &taught{words: New(), values: make(map[string]Lesson, len(lessons))}
	docs := make([]Doc, len(lessons))
	for i, l := range lessons {
		docs[i] = Doc{ID: l.Facet + "\x00" + l.Value, Fields: l.Fields}
		t.values[docs[i].ID] = l
	}
	t.words.Put(docs...)
	x.mu.Lock()
	defer x.mu.Unlock()
	x.taught = t
}

// taught is what an index was taught: an index of its own whose documents are facets' values.
type taught struct {
	words  *Index
	values map[string]Lesson // by document
}

// lesson is a way by a facet's value: the documents that have it, and how much the word weighs there.
type lesson struct {
	facet, value string
	number       int // of the value
	weight       float32
	field, text  string // where the lesson has the word, and how
}

// learnt is what the lessons make of one clause.
type learnt struct {
	ways   []way
	exact  bool // one of them has the word itself
	mended []string
}

// learn reads the question against the lessons, once for all its words. Pairs of words come apart from the words.
func (p *planner) learn(text string) {
	t := p.x.taught
	if t == nil {
		return
	}
	x := t.words
	s := x.borrow()
	defer x.scratch.Put(s)
	r := run{x: x, s: s, result: x.live, found: len(x.byID)}
	p.lessons, p.beside = map[int]learnt{}, map[int]learnt{}
	for _, c := range x.plan(text, p.prefix).clauses {
		l := p.lessonsOf(&r, t, &c)
		if c.optional {
			p.beside[c.at] = l
		} else {
			p.lessons[c.at] = l
		}
	}
}

// lessonsOf turns the ways of a clause among the lessons into ways by values, the surest of each value.
func (p *planner) lessonsOf(r *run, t *taught, c *clause) learnt {
	out := learnt{mended: c.mended}
	best := map[uint32]int{} // by document: which of out.ways
	for i := range c.ways {
		w := &c.ways[i]
		if w.kind == Prefix && len(p.words[c.at].word) < 3 && !p.words[c.at].han {
			continue // two letters begin too much
		}
		r.scoreWay(w)
		r.result.each(func(doc uint32) {
			got := r.s.best[doc]
			r.s.best[doc] = 0
			if got <= 0 {
				return
			}
			l, ok := p.lessonAt(r, t, doc, w, got)
			if !ok {
				return
			}
			next := way{kind: w.kind, factor: w.factor, taught: l}
			out.exact = out.exact || w.kind == Exact
			if n, known := best[doc]; !known {
				best[doc] = len(out.ways)
				out.ways = append(out.ways, next)
			} else if old := &out.ways[n]; got > old.factor*old.taught.weight {
				*old = next
			}
		})
	}
	return out
}

// lessonAt is the lesson behind a document of the lessons; false when no document of the index has the value.
func (p *planner) lessonAt(r *run, t *taught, doc uint32, w *way, got float32) (*lesson, bool) {
	taught := t.values[r.x.docs[doc].id]
	f := p.x.facets
	i, ok := f.byName[taught.Facet]
	if !ok {
		return nil, false
	}
	v, ok := f.all[i].byText[taught.Value]
	if !ok || f.values[v].docs.n == 0 {
		return nil, false
	}
	l := &lesson{facet: taught.Facet, value: taught.Value, number: v, weight: got / w.factor}
	r.s.owned = r.x.ownedBy(doc, r.s.owned[:0])
	if o, ok := r.has(w); ok {
		l.text = strings.TrimLeft(r.x.dict.terms[o.term].text, soundMark+pairMark+initialMark)
		if int(o.field) < len(r.x.names) {
			l.field = r.x.names[o.field]
		}
	}
	return l, true
}

// knows reports whether a lesson has the word itself: then it is no mistake, whatever the documents say.
func (p *planner) knows(i int) bool { return p.lessons[i].exact }

// teach adds the ways by values to a clause. Where the word is known, lessons that have it misspelt do not count.
func (p *planner) teach(c *clause, i int, strong bool) {
	l := p.lessons[i]
	if len(l.ways) == 0 {
		return
	}
	alone := len(c.ways) == 0
	for _, w := range l.ways {
		if strong && w.kind == Spelling {
			continue
		}
		if w.kind == Exact {
			c.df += p.x.facets.values[w.taught.number].docs.n
		}
		c.ways = append(c.ways, w)
	}
	c.df = min(c.df, len(p.x.byID))
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

// raiseTaught raises to, for the documents of the result that have the value, to what the lesson gives.
func (r *run) raiseTaught(to []float32, w *way) {
	give := w.factor * w.taught.weight
	docs := &r.x.facets.values[w.taught.number].docs
	if docs.bits == nil {
		for _, doc := range docs.list {
			if r.result.has(doc) {
				to[doc] = max(to[doc], give)
			}
		}
		return
	}
	for i, word := range docs.bits[:min(len(docs.bits), len(r.result))] {
		if word &= r.result[i]; word != 0 {
			bitset{word}.each(func(bit uint32) {
				doc := uint32(i)<<6 + bit
				to[doc] = max(to[doc], give)
			})
		}
	}
}

// has reports whether the set has a document.
func (s *docset) has(doc uint32) bool {
	if s.bits == nil {
		_, found := slices.BinarySearch(s.list, doc)
		return found
	}
	return int(doc>>6) < len(s.bits) && s.bits.has(doc)
}
