package search

import (
	"parvis/internal/fold"
)

// Small extra weight for words that stand side by side in the document as in the question.
const sharePair = 0.6

// han finds what a Han character may mean: itself, or a character that sounds like it where it and its neighbour
// together occur nowhere, since that is how characters are mistyped.
func (p *planner) han(c *clause, i int) {
	x, w := p.x, p.words[i].word
	c.df = x.dict.df(w)
	c.way(x, Exact, 1, w)
	for _, j := range []int{i - 1, i} {
		if j < 0 || j+1 >= len(p.words) || !p.words[j].han || !p.words[j+1].han {
			continue
		}
		if x.dict.df(p.words[j].word+p.words[j+1].word) == 0 {
			c.way(x, Pinyin, sureAlike, saidAs(p.words[j].word, p.words[j+1].word)...)
		}
	}
	p.teach(c, i, len(c.ways) > 0)
	if len(c.ways) == 0 {
		var said []string
		for _, s := range fold.Readings([]rune(w)[0]) {
			said = append(said, soundMark+s)
		}
		c.way(x, Pinyin, sureGuess, said...)
	}
}

// saidAs gives the terms of two neighbouring characters' sounds.
func saidAs(a, b string) []string {
	var terms []string
	for _, s := range some(fold.Readings([]rune(a)[0])) {
		for _, t := range some(fold.Readings([]rune(b)[0])) {
			terms = append(terms, pairMark+s+t)
		}
	}
	return terms
}

// pair is a clause that counts where the word and the one before stand side by side, in characters or in sound.
func (p *planner) pair(i int) (clause, bool) {
	if i == 0 || p.words[i-1].han != p.words[i].han {
		return clause{}, false
	}
	a, b := p.words[i-1].word, p.words[i].word
	c := clause{at: i, optional: true, share: sharePair}
	text := a + b
	if !p.words[i].han {
		text = pairMark + a + b
		if !spelled(a+"abc") || !spelled(b+"abc") {
			return clause{}, false
		}
	}
	c.df = p.x.dict.df(text)
	return c, c.way(p.x, Exact, 1, text)
}

// initials takes the word for the initials of a name's characters: tsg for 图书馆.
func (p *planner) initials(c *clause, w string) {
	if len(w) < 3 || len(w) > 8 || !spelled(w) {
		return
	}
	var terms []string
	for i := 0; i+3 <= len(w); i++ {
		terms = append(terms, initialMark+w[i:i+3])
	}
	c.together(p.x, Pinyin, sureInitial, terms)
}
