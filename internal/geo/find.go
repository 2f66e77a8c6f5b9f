package geo

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"parvis/internal/fold"
)

// key is how a place can be asked for.
type key struct {
	forms     []form
	postcodes []string // without spaces
}

// form is one name in folded words, and the same without spaces.
type form struct {
	words []string
	tight string
}

func keyOf(p Named) key {
	var k key
	add := func(words []string) {
		tight := strings.Join(words, "")
		if tight != "" && !slices.ContainsFunc(k.forms, func(f form) bool { return slices.Equal(f.words, words) }) {
			k.forms = append(k.forms, form{words: words, tight: tight})
		}
	}
	for _, name := range append([]string{p.Name}, p.Names...) {
		add(fold.Words(name))
		for _, said := range fold.Pinyin(name) {
			if strings.Contains(said, " ") {
				add(strings.Fields(said))
			}
		}
	}
	for _, code := range p.Postcodes {
		k.postcodes = append(k.postcodes, strings.Join(fold.Words(code), ""))
	}
	return k
}

// The tiers of a match, the surest first.
const (
	same       = iota // the whole name or a postcode
	begins            // the name or postcode begins so
	wholeWords        // every word is a word of the name, or its postcode
	halfWords         // every word begins a word of the name, or its postcode
	misspelt          // the whole name with mistakes
	misbegun          // its words, or its beginning, with mistakes
	no
)

type found struct {
	place, tier, mistakes int
}

// Find gives the places that the text may mean, at most n: those that match most exactly first, of two as exact the
// more populous one. It takes names with or without accents, hyphens and spaces, half typed, misspelt (one mistake from
// 4 letters, two from 8), in pinyin, "st" for saint, postcodes, and a postcode with a name. Mistakes are looked for when
// no name is the text itself.
func (g *Gazetteer) Find(text string, n int) []Named {
	words := fold.Words(text)
	if g == nil || n <= 0 || len(words) == 0 || len(text) > 200 {
		return nil
	}
	for i, w := range words {
		if long := fold.Short(w); len(long) > 0 && len(long[0]) == 1 && i < len(words)-1 {
			words[i] = long[0][0]
		}
	}
	ask := question{words: words, tight: strings.Join(words, "")}
	hits := g.scan(ask.exactly)
	if len(hits) < n && !slices.ContainsFunc(hits, func(f found) bool { return f.tier == same }) {
		ask.prepare()
		known := make(map[int]bool, len(hits))
		for _, h := range hits {
			known[h.place] = true
		}
		for _, h := range g.scan(ask.roughly) {
			if !known[h.place] {
				hits = append(hits, h)
			}
		}
	}
	slices.SortFunc(hits, func(a, b found) int {
		p, q := &g.places[a.place], &g.places[b.place]
		return cmp.Or(cmp.Compare(a.tier, b.tier), cmp.Compare(a.mistakes, b.mistakes), cmp.Compare(q.Population, p.Population),
			cmp.Compare(p.Name, q.Name), cmp.Compare(p.Code, q.Code))
	})
	named := make([]Named, 0, min(n, len(hits)))
	for _, h := range hits[:min(n, len(hits))] {
		named = append(named, g.places[h.place])
	}
	return named
}

func (g *Gazetteer) scan(match func(*key) (tier, mistakes int)) []found {
	var hits []found
	for i := range g.keys {
		if tier, mistakes := match(&g.keys[i]); tier < no {
			hits = append(hits, found{place: i, tier: tier, mistakes: mistakes})
		}
	}
	return hits
}

// question is what somebody typed.
type question struct {
	words    []string
	tight    string
	patterns []*fold.Pattern // of the words
	whole    *fold.Pattern
}

func (q *question) prepare() {
	q.whole = fold.NewPattern(q.tight)
	for _, w := range q.words {
		q.patterns = append(q.patterns, fold.NewPattern(w))
	}
}

// exactly matches without mistakes.
func (q *question) exactly(k *key) (int, int) {
	tier := no
	for _, code := range k.postcodes {
		if code == q.tight {
			return same, 0
		}
		if len(q.tight) > 1 && strings.HasPrefix(code, q.tight) {
			tier = begins
		}
	}
	for _, f := range k.forms {
		switch {
		case f.tight == q.tight:
			return same, 0
		case strings.HasPrefix(f.tight, q.tight):
			tier = min(tier, begins)
		case tier > wholeWords:
			tier = min(tier, q.byWords(f, k.postcodes))
		}
	}
	return tier, 0
}

// byWords matches each word of the question with one of the name or with a postcode, in any order.
func (q *question) byWords(f form, postcodes []string) int {
	tier := wholeWords
	named := false // at least one word of the name: a postcode alone is not this tier
	for _, w := range q.words {
		switch {
		case slices.Contains(f.words, w):
			named = true
		case slices.Contains(postcodes, w):
		case slices.ContainsFunc(f.words, func(s string) bool { return strings.HasPrefix(s, w) }):
			named, tier = true, halfWords
		default:
			return no
		}
	}
	if !named {
		return no
	}
	return tier
}

// roughly matches with mistakes.
func (q *question) roughly(k *key) (int, int) {
	tier, mistakes := no, 0
	better := func(t, m int) {
		if t < tier || t == tier && m < mistakes {
			tier, mistakes = t, m
		}
	}
	for _, f := range k.forms {
		if allowed := fold.Mistakes(q.tight); len(f.tight)+allowed*utf8.UTFMax >= len(q.tight) {
			whole, beginning := q.whole.Both(f.tight)
			if whole <= allowed {
				better(misspelt, whole)
			} else if beginning <= min(allowed, 1) && len(q.tight) > 4 {
				better(misbegun, beginning)
			}
		}
		if d, ok := q.wordsRoughly(f, k.postcodes); ok {
			better(misbegun, d)
		}
	}
	return tier, mistakes
}

func (q *question) wordsRoughly(f form, postcodes []string) (int, bool) {
	sum, named := 0, false
	for i, w := range q.words {
		least := len(w) + len(f.tight) + 1
		allowed := fold.Mistakes(w)
		for _, s := range f.words {
			if strings.HasPrefix(s, w) {
				least = 0
			} else if d := len(s) - len(w); allowed > 0 && max(d, -d) <= allowed*utf8.UTFMax {
				least = min(least, q.patterns[i].Distance(s))
			}
		}
		switch {
		case least <= allowed:
			named = true
		case slices.Contains(postcodes, w):
			least = 0
		default:
			return 0, false
		}
		sum += least
	}
	return sum, named
}
