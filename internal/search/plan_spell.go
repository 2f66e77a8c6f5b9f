package search

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"parvis/internal/fold"
)

const (
	maxAlike  = 24 // terms that one misspelt word may mean
	maxMended = 4  // of them told as ways of writing it right
	tooFew    = 10 // a term this many times as frequent as the word may be what was meant, though the word occurs
)

// mistakes adds the terms that the word may be a misspelling of. A word that occurs is taken as it is, but for terms one
// mistake away that are far more frequent: then the word may itself be somebody's slip.
func (p *planner) mistakes(c *clause, w string, last, strong bool) {
	d := p.x.dict
	allowed := fold.Mistakes(w)
	if allowed == 0 {
		return
	}
	if strong {
		allowed = 1
	}
	found := p.x.spell.near(d, w, allowed)
	if last && !strong {
		for _, n := range p.x.spell.begun(d, w) {
			if !slices.ContainsFunc(found, func(k near) bool { return k.term == n.term }) {
				found = append(found, n)
			}
		}
	}
	if strong {
		found = slices.DeleteFunc(found, func(n near) bool { return len(d.terms[n.term].docs) < tooFew*(c.df+1) || c.df == 0 })
	}
	p.alike(c, w, found, strong)
}

// alike adds the nearest of the terms found, the more frequent ones as surer.
func (p *planner) alike(c *clause, w string, found []near, strong bool) {
	if len(found) == 0 {
		return
	}
	d := p.x.dict
	least := slices.MinFunc(found, func(a, b near) int { return cmp.Compare(a.mistakes, b.mistakes) }).mistakes
	found = slices.DeleteFunc(found, func(n near) bool { return n.mistakes > least })
	slices.SortFunc(found, func(a, b near) int {
		s, t := &d.terms[a.term], &d.terms[b.term]
		return cmp.Or(cmp.Compare(len(t.docs), len(s.docs)), strings.Compare(s.text, t.text))
	})
	most := math.Log(float64(1 + len(d.terms[found[0].term].docs)))
	sure := float32(sureAlike)
	if least > 1 {
		sure = sureFar
	}
	for i, n := range found[:min(len(found), maxAlike)] {
		frequent := math.Log(float64(1+len(d.terms[n.term].docs))) / most
		c.ways = append(c.ways, way{kind: Spelling, factor: sure * float32(0.8+0.2*frequent), terms: []uint32{n.term}})
		text := d.terms[n.term].text
		if !strong && i < maxMended && !strings.HasPrefix(text, w) && !strings.HasPrefix(w, text) {
			c.mended = append(c.mended, d.written(n.term)) // not for another ending
		}
	}
}

// guess is for a word that nothing else was found for: one mistake more than is usual.
func (p *planner) guess(c *clause, w string) {
	if allowed := fold.Mistakes(w) + 1; len(w) >= 3 && allowed <= 2 {
		p.alike(c, w, p.x.spell.near(p.x.dict, w, allowed), false)
		for i := range c.ways {
			c.ways[i].factor *= sureGuess / sureAlike
		}
	}
}
