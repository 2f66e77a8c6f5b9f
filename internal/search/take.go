package search

// A clause's weights are kept on the scale of postings, 0 for documents that do not satisfy it. A way that is less sure
// takes steps off: a product is a sum on that scale.

// take finds the documents that satisfy the clause, and the surest weight of each.
func (r *run) take(c *clause) {
	c.set, c.best = r.s.empty(r.x), r.s.zeros(r.x)
	for i := range c.ways {
		r.takeWay(&c.ways[i], c.set, c.best)
	}
}

func (r *run) takeWay(w *way, set bitset, best []uint8) {
	switch {
	case w.parts != nil:
		r.takeParts(w, set, best)
		return
	case w.taught != nil:
		r.takeTaught(w, set, best)
		return
	}
	steps := w.steps()
	r.lists(w, func(l list, all bitset) {
		if all != nil {
			set.or(all)
			raise(best, l, steps)
			return
		}
		raiseSet(best, set, l, steps)
	})
}

// takeParts takes the documents that satisfy all parts; their weight is the mean of the parts' weights.
func (r *run) takeParts(w *way, set bitset, best []uint8) {
	usedSets, usedZeros := r.s.usedSets, r.s.usedZeros
	all := r.s.empty(r.x)
	parts := make([][]uint8, len(w.parts))
	for i := range w.parts {
		met := r.s.empty(r.x)
		parts[i] = r.s.zeros(r.x)
		r.takeWay(&w.parts[i], met, parts[i])
		if i == 0 {
			copy(all, met)
		} else {
			all.and(met)
		}
	}
	steps := w.steps()
	all.each(func(doc uint32) {
		sum := 0
		for _, p := range parts {
			sum += int(p[doc])
		}
		best[doc] = max(best[doc], uint8(max(1, sum/len(parts)+steps)))
	})
	set.or(all)
	r.s.usedSets, r.s.usedZeros = usedSets, usedZeros
}

// raise raises best to the weights of the list's documents, steps lower.
func raise(best []uint8, l list, steps int) {
	for _, p := range l {
		if v := int(uint8(p)) + steps; v > int(best[docOf(p)]) {
			best[docOf(p)] = uint8(v)
		}
	}
}

// raiseSet is raise, and adds the documents to the set.
func raiseSet(best []uint8, set bitset, l list, steps int) {
	for _, p := range l {
		doc := docOf(p)
		set[doc>>6] |= 1 << (doc & 63)
		if v := int(uint8(p)) + steps; v > int(best[doc]) {
			best[doc] = uint8(v)
		}
	}
}

// seek is how many steps of a long list one look into its middle is worth.
const seek = 16

// takeOptional finds the weights of an optional clause, whose ways have no parts, for the documents of the result; what
// it says of others does not matter.
func (r *run) takeOptional(c *clause) {
	c.best = r.s.zeros(r.x)
	for i := range c.ways {
		if c.ways[i].taught != nil {
			r.takeTaught(&c.ways[i], r.s.empty(r.x), c.best)
			continue
		}
		steps := c.ways[i].steps()
		r.lists(&c.ways[i], func(l list, _ bitset) {
			if r.found*seek > len(l) {
				raise(c.best, l, steps)
				return
			}
			r.result.each(func(doc uint32) {
				at, found := l.at(doc)
				if found {
					c.best[doc] = max(c.best[doc], uint8(max(1, int(uint8(l[at]))+steps)))
				}
				l = l[at:]
			})
		})
	}
}

// lists calls f with lists of postings that together are the way's, and with a list's documents as a set where that is
// at hand. A document may be in several lists.
func (r *run) lists(w *way, f func(l list, all bitset)) {
	d := r.x.dict
	for _, n := range w.terms {
		f(d.terms[n].docs, nil)
	}
	if w.prefix == "" {
		return
	}
	at := w.from
	for _, u := range r.x.heavy.within(w.prefix) {
		f(u.list, u.bits)
		from, to := w.from, w.to
		if u.prefix != w.prefix {
			from, to = d.beginning(u.prefix)
		}
		for _, n := range d.order[at:from] {
			f(d.terms[n].docs, nil)
		}
		at = to
	}
	for _, n := range d.order[at:w.to] {
		f(d.terms[n].docs, nil)
	}
}
