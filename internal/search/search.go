package search

import (
	"math"
	"slices"
	"strings"

	"parvis/internal/geo"
)

// Search answers a query. Query.Keep and Query.Also must not call the index.
func (x *Index) Search(q Query) Result {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.search(q)
}

func (x *Index) search(q Query) Result {
	s := x.borrow()
	defer x.scratch.Put(s)
	r := run{x: x, s: s, q: q}
	return r.answer()
}

// run is one search on its way.
type run struct {
	x *Index
	s *scratch
	q Query

	plan     plan
	filters  []filter
	placed   bitset // lives where the query says
	allowed  bitset // placed and passing every filter
	asked    bitset // Keep was asked
	kept     bitset // and said yes
	required []*clause
	result   bitset
	found    int // how many they are
}

// filter is one name of Query.Filters and the documents that pass it.
type filter struct {
	name string
	set  bitset
}

func (r *run) answer() Result {
	x, q := r.x, r.q
	r.plan = x.plan(q.Words, q.Prefix)
	r.place()
	r.filter()
	res := Result{}
	if len(r.plan.words) > 0 {
		r.match()
		res.Dropped = r.dropped()
		res.Corrected, res.Suggest = r.corrected(res.Dropped)
		if len(r.required) == 0 {
			if !q.NoFacets {
				res.Facets = map[string][]Count{}
			}
			return res
		}
	}
	r.result = r.meet(r.allowed)
	r.keep(r.result)
	r.found = r.result.count()
	res.Total = r.found
	res.Also = r.also()
	if !q.NoFacets {
		res.Facets = r.table()
	}
	if q.Limit > 0 && res.Total > q.Offset && q.Offset >= 0 {
		res.Hits = r.hits()
	}
	return res
}

// values is how many values of a facet are told.
func (q *Query) values() int {
	if q.Values > 0 {
		return q.Values
	}
	return manyCounts
}

// manyCounts is how many values of a facet are told when Query does not say.
const manyCounts = 100

// place finds the documents that lie where the query says.
func (r *run) place() {
	x, q := r.x, r.q
	r.placed = x.live[:words(len(x.docs))]
	within := q.Near != nil && q.Within > 0
	if q.Box == nil && !within {
		return
	}
	r.placed = r.s.copied(x, r.placed)
	box := geo.Box{South: -90, West: -180, North: 90, East: 180}
	if q.Box != nil {
		box = *q.Box
	}
	chord, near := math.Inf(1), vector{}
	if within {
		near = vectorOf(*q.Near)
		half := math.Sin(min(q.Within/geo.Radius/2, math.Pi/2))
		chord = 4 * half * half
	}
	r.placed.each(func(doc uint32) {
		p := x.docs[doc].point
		if !box.Contains(p) || within && !(near.square(x.where[doc]) <= chord) {
			r.placed.unset(doc)
		}
	})
}

// square is the square of the straight line between two places, the earth's radius being 1.
func (v vector) square(w vector) float64 {
	dx, dy, dz := v.x-w.x, v.y-w.y, v.z-w.z
	return dx*dx + dy*dy + dz*dz
}

// filter finds the documents that pass the filters.
func (r *run) filter() {
	r.allowed = r.placed
	for name, texts := range r.q.Filters {
		if len(texts) == 0 {
			continue
		}
		set := r.s.empty(r.x)
		r.x.facets.any(set, name, texts)
		r.filters = append(r.filters, filter{name: name, set: set})
		if len(r.filters) == 1 {
			r.allowed = r.s.copied(r.x, r.placed)
		}
		r.allowed.and(set)
	}
}

// meet gives the documents of the set that satisfy every required clause.
func (r *run) meet(set bitset) bitset {
	met := r.s.copied(r.x, set)
	for _, c := range r.required {
		met.and(c.set)
	}
	return met
}

// others gives, for each filtered name, what would be found without its filter.
func (r *run) others() map[string]bitset {
	if len(r.filters) == 0 {
		return nil
	}
	own := make(map[string]bitset, len(r.filters))
	for i := range r.filters {
		set := r.meet(r.placed)
		for j := range r.filters {
			if j != i {
				set.and(r.filters[j].set)
			}
		}
		r.keep(set)
		own[r.filters[i].name] = set
	}
	return own
}

// keep takes out of the set what Query.Keep does not want; each document is asked about once.
func (r *run) keep(set bitset) {
	if r.q.Keep == nil {
		return
	}
	if r.asked == nil {
		r.asked, r.kept = r.s.empty(r.x), r.s.empty(r.x)
	}
	set.each(func(doc uint32) {
		if !r.asked.has(doc) {
			r.asked.set(doc)
			if r.q.Keep(r.x.tags[doc]) {
				r.kept.set(doc)
			}
		}
	})
	set.and(r.kept)
}

// also counts those found that Query.Also says yes to.
func (r *run) also() int {
	n := 0
	if r.q.Also != nil {
		r.result.each(func(doc uint32) {
			if r.q.Also(r.x.tags[doc]) {
				n++
			}
		})
	}
	return n
}

// dropped names the words that the result does without.
func (r *run) dropped() []string {
	done := map[string]bool{}
	for _, c := range r.required {
		done[r.plan.words[c.at].word] = true
	}
	var dropped []string
	for _, w := range r.plan.words {
		if !w.small && !done[w.word] {
			dropped = append(dropped, w.raw)
			done[w.word] = true
		}
	}
	return dropped
}

// corrected writes the question as it was understood, and in other ways worth trying.
func (r *run) corrected(dropped []string) (string, []string) {
	mended := map[int][]string{}
	for i := range r.plan.clauses {
		if c := &r.plan.clauses[i]; len(c.mended) > 0 {
			mended[c.at] = c.mended
		}
	}
	var suggest []string
	corrected := ""
	if len(mended) > 0 {
		corrected = r.write(mended, 0, nil)
		for n := 1; n < maxMended; n++ {
			if text := r.write(mended, n, nil); text != corrected && (len(suggest) == 0 || suggest[len(suggest)-1] != text) {
				suggest = append(suggest, text)
			}
		}
	}
	if len(dropped) > 0 && len(r.required) > 0 {
		if text := r.write(mended, 0, dropped); text != "" && text != corrected {
			suggest = append(suggest, text)
		}
	}
	return corrected, suggest
}

// write puts the question together with the n-th way of mending each word, without the words to leave out.
func (r *run) write(mended map[int][]string, n int, without []string) string {
	var b strings.Builder
	tight, last := true, -1
	for i, w := range r.plan.words {
		if slices.Contains(without, w.raw) {
			continue
		}
		text := w.raw
		if m := mended[i]; len(m) > 0 {
			text = m[min(n, len(m)-1)]
		}
		switch {
		case b.Len() == 0 || tight && w.han:
		case last == i-1:
			b.WriteString(w.gap)
		default:
			b.WriteByte(' ')
		}
		tight, last = w.han, i
		b.WriteString(text)
	}
	return b.String()
}
