package search

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"parvis/internal/fold"
)

// What a question may be long: more is cut, since nobody types more.
const (
	maxText  = 512 // bytes
	maxWords = 24
)

// asked is one word of a question.
type asked struct {
	raw, word string
	gap       string // what stands between it and the word before: nothing, a sign that ties them, or else a space
	han       bool
	small     bool // may be missing, since the question has other words
}

// ask splits what was typed into words.
func ask(text string) []asked {
	if len(text) > maxText {
		end := maxText
		for end > 0 && !utf8.RuneStart(text[end]) {
			end--
		}
		text = text[:end]
	}
	var all []asked
	rest := text
	fold.Each(text, func(raw string, word []byte) {
		if len(all) == maxWords {
			return
		}
		gap := " "
		if before, after, found := strings.Cut(rest, raw); found {
			rest = after
			if slices.Contains(ties, before) {
				gap = before
			}
		}
		r, size := utf8.DecodeRune(word)
		all = append(all, asked{raw: raw, word: string(word), gap: gap, han: size == len(word) && fold.IsHan(r)})
	})
	return all
}

// ties are what two words may have between them without being apart.
var ties = []string{"", "'", "’", "-", "‑"}

// clause is one word of a question with all that may be meant by it. A document satisfies it by any of its ways.
type clause struct {
	at       int // the first word it stands for
	ways     []way
	optional bool     // counts where it matches, and is not asked for
	share    float32  // of its weight that counts; 1 but for some optional ones
	df       int      // documents that have the word itself; 0 where none has
	weight   float32  // by how rare it is
	mended   []string // ways of writing the word right, when it was taken for a mistake
	set      bitset   // the documents that satisfy it
	best     []uint8  // and the weight of each, on the scale of postings
}

// way is one thing that may be meant: any of some terms, any term that begins so, or several of those together.
type way struct {
	kind   Kind
	factor float32  // how sure it is, at most 1
	terms  []uint32 // any of these
	prefix string   // or any that begins so: those at from, ..., to-1 of the dictionary's order
	from   int
	to     int
	parts  []way   // or all of these
	taught *lesson // or a facet's value that is called so
}

// steps is how many steps of the scale of postings the way takes off, below 0 unless it is quite sure.
func (w *way) steps() int { return int(math.Round(16 * math.Log2(float64(w.factor)))) }

// plan is what a question is taken to mean.
type plan struct {
	words   []asked
	clauses []clause
}

// planner makes a plan against one state of the index.
type planner struct {
	x      *Index
	words  []asked
	prefix bool // the last word is still being typed

	lessons map[int]learnt // by word: what the lessons make of it
	spare   map[int]learnt // and those to spare
	beside  map[int]learnt // by word: what they make of it and the word before, side by side
}

func (x *Index) plan(text string, prefix bool) plan {
	p := planner{x: x, words: ask(text), prefix: prefix}
	out := plan{words: p.words}
	if slices.ContainsFunc(p.words, func(w asked) bool { return !stops[w.word] }) {
		for i := range p.words {
			p.words[i].small = stops[p.words[i].word]
		}
	}
	p.learn(text)
	seen := map[string]bool{}
	for i, w := range p.words {
		if seen[w.word] {
			continue
		}
		seen[w.word] = true
		c := clause{at: i, share: 1}
		switch {
		case w.small:
			c.optional, c.share = true, shareStop
			p.small(&c, i)
		case w.han:
			p.han(&c, i)
		default:
			p.word(&c, i)
		}
		if len(c.ways) > 0 {
			out.clauses = append(out.clauses, c)
		}
		pair, ok := p.pair(i)
		if p.teachPair(&pair, i) || ok {
			out.clauses = append(out.clauses, pair)
		}
	}
	return out
}

// small finds what a small word may mean: itself, or the beginning of the word that is being typed.
func (p *planner) small(c *clause, i int) {
	w := p.words[i].word
	c.df = p.x.dict.df(w)
	c.way(p.x, Exact, 1, w)
	if p.last(i) {
		c.begins(p.x, Prefix, sureTyped, w)
	}
}

// last reports whether the word is still being typed.
func (p *planner) last(i int) bool { return p.prefix && i == len(p.words)-1 }

// way adds a way by terms, if any document has one of them.
func (c *clause) way(x *Index, kind Kind, factor float32, texts ...string) bool {
	var terms []uint32
	for _, text := range texts {
		if n, ok := x.dict.find(text); ok {
			terms = append(terms, n)
		}
	}
	if len(terms) == 0 {
		return false
	}
	c.ways = append(c.ways, way{kind: kind, factor: factor, terms: terms})
	return true
}

// together adds a way by several terms at once, if each occurs.
func (c *clause) together(x *Index, kind Kind, factor float32, texts []string) bool {
	w := way{kind: kind, factor: factor}
	for _, text := range texts {
		n, ok := x.dict.find(text)
		if !ok {
			return false
		}
		w.parts = append(w.parts, way{kind: kind, factor: 1, terms: []uint32{n}})
	}
	c.ways = append(c.ways, w)
	return true
}

// begins adds the way of all terms that begin so.
func (c *clause) begins(x *Index, kind Kind, factor float32, prefix string) bool {
	from, to := x.dict.beginning(prefix)
	if from == to {
		return false
	}
	c.ways = append(c.ways, way{kind: kind, factor: factor, prefix: prefix, from: from, to: to})
	return true
}

// shareStop is how much of a small word's weight counts beside other words.
const shareStop = 0.3

// How sure the ways are. The word itself is 1.
const (
	sureShort   = 0.9  // an abbreviation
	sureSound   = 0.85 // pinyin, whole
	sureTyped   = 0.8  // the beginning, of a word still being typed
	sureTight   = 0.75 // words written together or apart
	sureEnding  = 0.6  // another ending
	sureHalf    = 0.5  // the beginning, of another word than the last
	sureAlike   = 0.55 // one mistake
	sureFar     = 0.4  // two
	sureInitial = 0.5  // the initials of characters
	sureGuess   = 0.3  // when nothing else is found
)

// word finds what a word that is not a Han character may mean.
func (p *planner) word(c *clause, i int) {
	x, w, last := p.x, p.words[i].word, p.last(i)
	c.df = x.dict.df(w)
	c.way(x, Exact, 1, w)
	for _, long := range fold.Short(w) {
		c.together(x, Exact, sureShort, long)
	}
	c.way(x, Exact, sureShort, fold.Shortened(w)...)
	strong := len(c.ways) > 0 || p.knows(i)
	switch {
	case last:
		strong = c.begins(x, Prefix, sureTyped, w) || strong
	case len(w) > 2:
		c.begins(x, Prefix, sureHalf, w)
	}
	p.endings(c, w)
	strong = p.sound(c, w, last) || strong
	p.apart(c, i)
	if c.df == 0 && !strong {
		p.tight(c, w)
	}
	p.mistakes(c, w, last, strong)
	p.teach(c, i, strong)
	if len(c.ways) == 0 {
		p.initials(c, w)
	}
	if len(c.ways) == 0 && !p.knows(i) {
		p.guess(c, w)
	}
}

// endings adds the word with its last letter changed, left out or one more: plurals, articles and cases of the
// languages that have them.
func (p *planner) endings(c *clause, w string) {
	if len(w) < 5 || !spelled(w) {
		return
	}
	d := p.x.dict
	from, to := d.beginning(w[:len(w)-1])
	var terms []uint32
	for _, n := range d.order[from:min(to, from+4096)] {
		if t := &d.terms[n]; len(t.text) <= len(w)+1 && t.text != w && len(t.docs) > 0 {
			terms = append(terms, n)
		}
	}
	if len(terms) > 0 {
		c.ways = append(c.ways, way{kind: Prefix, factor: sureEnding, terms: terms})
	}
}

// sound takes the word for pinyin: a syllable, or several written together, the last one perhaps half typed.
func (p *planner) sound(c *clause, w string, last bool) bool {
	if !spelled(w + "abc") {
		return false
	}
	x := p.x
	found := c.way(x, Pinyin, sureSound, soundMark+w)
	if last {
		found = c.begins(x, Pinyin, sureHalf, soundMark+w) || found
		found = len(w) > 2 && c.begins(x, Pinyin, sureTyped, pairMark+w) || found
	} else {
		found = c.way(x, Pinyin, sureSound, pairMark+w) || found
	}
	for _, said := range p.syllables(w, last) {
		found = p.pairs(c, said, last) || found
	}
	return found
}

// pairs adds the way of all neighbouring syllables.
func (p *planner) pairs(c *clause, said []string, last bool) bool {
	w := way{kind: Pinyin, factor: sureSound}
	for i := 1; i < len(said); i++ {
		text := pairMark + said[i-1] + said[i]
		if last && i == len(said)-1 {
			from, to := p.x.dict.beginning(text)
			if from == to {
				return false
			}
			w.parts = append(w.parts, way{kind: Pinyin, factor: 1, prefix: text, from: from, to: to})
			continue
		}
		n, ok := p.x.dict.find(text)
		if !ok {
			return false
		}
		w.parts = append(w.parts, way{kind: Pinyin, factor: 1, terms: []uint32{n}})
	}
	c.ways = append(c.ways, w)
	return true
}

// syllables splits a word into three or more syllables that occur, in at most four ways; the last may be half typed.
func (p *planner) syllables(w string, last bool) [][]string {
	if len(w) < 4 || len(w) > 40 {
		return nil
	}
	var all [][]string
	steps := 0
	var walk func(rest string, said []string)
	walk = func(rest string, said []string) {
		if steps++; len(all) == 4 || steps > 200 {
			return
		}
		if rest == "" {
			if len(said) > 2 {
				all = append(all, slices.Clone(said))
			}
			return
		}
		for n := min(6, len(rest)); n > 0; n-- {
			if p.x.dict.df(soundMark+rest[:n]) > 0 {
				walk(rest[n:], append(said, rest[:n]))
			} else if last && n == len(rest) {
				if from, to := p.x.dict.beginning(soundMark + rest); from < to {
					walk("", append(said, rest))
				}
			}
		}
	}
	walk(w, nil)
	return all
}

// apart adds the word joined with its neighbour, when the two were torn: "biblio theque".
func (p *planner) apart(c *clause, i int) {
	for _, j := range []int{i - 1, i} {
		if j >= 0 && j+1 < len(p.words) && !p.words[j].han && !p.words[j+1].han {
			if joined := p.words[j].word + p.words[j+1].word; len(joined) > 4 {
				c.way(p.x, Spelling, sureTight, joined)
			}
		}
	}
}

// tight adds the word taken apart, when several were written together: "danang".
func (p *planner) tight(c *clause, w string) {
	if parts := p.takeApart(w); parts != nil && c.together(p.x, Spelling, sureTight, parts) {
		var written []string
		for _, part := range parts {
			if n, ok := p.x.dict.find(part); ok {
				written = append(written, p.x.dict.written(n))
			}
		}
		c.mended = append(c.mended, strings.Join(written, " "))
	}
}

// takeApart splits w into two to four words that occur, each of two letters at least and three in the mean when there
// are more than two: as few as can be, and of those the ones whose rarest word is the most frequent.
func (p *planner) takeApart(w string) []string {
	type split struct {
		parts, df int
		from      int
	}
	if len(w) < 4 || len(w) > 40 || !spelled(w) {
		return nil
	}
	best := make([]split, len(w)+1)
	best[0].df = math.MaxInt
	for to := 2; to <= len(w); to++ {
		for from := max(0, to-20); from <= to-2; from++ {
			if from > 0 && best[from].parts == 0 || from == 0 && to == len(w) {
				continue
			}
			df := min(best[from].df, p.x.dict.df(w[from:to]))
			n := best[from].parts + 1
			if df > 0 && n <= 4 && (best[to].parts == 0 || n < best[to].parts || n == best[to].parts && df > best[to].df) {
				best[to] = split{parts: n, df: df, from: from}
			}
		}
	}
	n := best[len(w)].parts
	if n == 0 || n > 2 && len(w) < 3*n {
		return nil
	}
	parts := make([]string, n)
	for to := len(w); n > 0; n-- {
		parts[n-1] = w[best[to].from:to]
		to = best[to].from
	}
	return parts
}
