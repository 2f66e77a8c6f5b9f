package search

import (
	"strings"
)

// reasons tells for each word of the question by what the document satisfies it.
func (r *run) reasons(doc uint32) []Reason {
	if len(r.plan.words) == 0 {
		return nil
	}
	r.s.owned = r.x.ownedBy(doc, r.s.owned[:0])
	var all []Reason
	for i := range r.plan.clauses {
		c := &r.plan.clauses[i]
		if c.optional {
			continue
		}
		if reason, ok := r.reason(c, doc); ok {
			reason.Word = r.plan.words[c.at].raw
			all = append(all, reason)
		}
	}
	return all
}

// reason is the surest way by which the document, whose terms are at hand, satisfies the clause.
func (r *run) reason(c *clause, doc uint32) (Reason, bool) {
	best, sure := Reason{}, float32(0)
	for i := range c.ways {
		w := &c.ways[i]
		if w.factor <= sure {
			continue
		}
		if l := w.taught; l != nil {
			if r.x.facets.values[l.number].docs.has(doc) {
				best = Reason{Field: l.field, Matched: l.text, Kind: w.kind, Facet: l.facet, Value: l.value}
				sure = w.factor
			}
			continue
		}
		if o, ok := r.has(w); ok {
			text := r.x.dict.terms[o.term()].text
			best = Reason{Matched: strings.TrimLeft(text, soundMark+pairMark+initialMark), Kind: w.kind}
			if int(o.field()) < len(r.x.names) {
				best.Field = r.x.names[o.field()]
			}
			sure = w.factor
		}
	}
	return best, sure > 0
}

// has finds the term by which the document satisfies the way: the first part's, where there are several.
func (r *run) has(w *way) (owned, bool) {
	if w.parts != nil {
		first, ok := r.has(&w.parts[0])
		for i := range w.parts[1:] {
			if ok {
				_, ok = r.has(&w.parts[i+1])
			}
		}
		return first, ok
	}
	for _, n := range w.terms {
		if i, ok := findOwned(r.s.owned, n); ok {
			return r.s.owned[i], true
		}
	}
	best, found := owned(0), false
	if w.prefix != "" {
		for _, o := range r.s.owned {
			text := r.x.dict.terms[o.term()].text
			if strings.HasPrefix(text, w.prefix) && (!found || text < r.x.dict.terms[best.term()].text) {
				best, found = o, true
			}
		}
	}
	return best, found
}
