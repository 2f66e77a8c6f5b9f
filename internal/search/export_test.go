package search

import "fmt"

func (x *Index) Stats() string {
	posts, caps := 0, 0
	live := 0
	for _, t := range x.dict.terms {
		posts += len(t.docs)
		caps += cap(t.docs)
		if len(t.docs) > 0 {
			live++
		}
	}
	packed := 0
	for _, d := range x.docs {
		packed += len(d.packed)
	}
	sp := 0
	for _, l := range x.spell.levels {
		sp += 4 * (len(l.starts) + len(l.terms))
	}
	return fmt.Sprintf("terms %d postings %d cap %d packed %d KB spell %d KB levels %d values %d", live, posts, caps, packed>>10, sp>>10, len(x.spell.levels), len(x.facets.values))
}
