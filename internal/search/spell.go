package search

import (
	"math/bits"
	"slices"

	"parvis/internal/fold"
)

// speller finds terms that are few mistakes away from a word. It keeps, for each term of ASCII letters alone, what is
// left of its first seven letters when none, one or two are taken out; two words that near share one of these rests
// (W. Garbe's symmetric deletes). Rests are kept as hashes, so that what is found must be compared once more.
//
// Terms come in rising numbers and are never taken out. They lie on levels of halving sizes, so that a new term costs
// little however many there are.
type speller struct {
	levels []level
	known  uint32 // terms below this number are on the levels
}

const (
	spellPrefix = 7
	fewTerms    = 256 // terms not yet on a level, compared one by one
)

// level holds the rests of the terms from, ..., to-1: those of bucket b are terms[starts[b]:starts[b+1]].
type level struct {
	from, to uint32
	shift    int
	starts   []uint32
	terms    []uint32
}

// spelled reports whether a term takes part: a word of ASCII letters, from 3.
func spelled(text string) bool {
	if len(text) < 3 || len(text) > fold.MaxPattern {
		return false
	}
	for i := range len(text) {
		if text[i] < 'a' || text[i] > 'z' {
			return false
		}
	}
	return true
}

// add brings the levels up to date with the dictionary, but for the last few terms.
func (s *speller) add(d *dictionary) {
	to := uint32(len(d.terms))
	if to-s.known < fewTerms {
		return
	}
	from := s.known
	for len(s.levels) > 0 {
		last := s.levels[len(s.levels)-1]
		if last.to-last.from > 2*(to-from) {
			break
		}
		from = last.from
		s.levels = s.levels[:len(s.levels)-1]
	}
	s.levels = append(s.levels, newLevel(d, from, to))
	s.known = to
}

func newLevel(d *dictionary, from, to uint32) level {
	n := 0
	for _, t := range d.terms[from:to] {
		if spelled(t.text) {
			n += rests(t.text, deletes(t.text), func(uint64) {})
		}
	}
	width := bits.Len(uint(n)/2 + 1)
	l := level{from: from, to: to, shift: 64 - width, starts: make([]uint32, 1<<width+1), terms: make([]uint32, n)}
	for _, t := range d.terms[from:to] {
		if spelled(t.text) {
			rests(t.text, deletes(t.text), func(h uint64) { l.starts[h>>l.shift+1]++ })
		}
	}
	for i := 1; i < len(l.starts); i++ {
		l.starts[i] += l.starts[i-1]
	}
	next := slices.Clone(l.starts)
	for i, t := range d.terms[from:to] {
		if spelled(t.text) {
			rests(t.text, deletes(t.text), func(h uint64) {
				b := h >> l.shift
				l.terms[next[b]] = from + uint32(i)
				next[b]++
			})
		}
	}
	return l
}

// deletes is how many letters are taken out of a term: two where a word of eight letters may mean it.
func deletes(text string) int {
	if len(text) >= 6 {
		return 2
	}
	return 1
}

// rests calls f with the hash of every rest of the word's beginning, and says how many there are.
func rests(word string, most int, f func(hash uint64)) int {
	w := word[:min(len(word), spellPrefix)]
	n := 1
	f(hash(w, -1, -1))
	for i := range len(w) {
		f(hash(w, i, -1))
		n++
		for j := i + 1; most > 1 && j < len(w); j++ {
			f(hash(w, i, j))
			n++
		}
	}
	return n
}

// hash is that of the word without its letters i and j (FNV-1a, then mixed so that its upper bits are good).
func hash(w string, i, j int) uint64 {
	h := uint64(14695981039346656037)
	for k := range len(w) {
		if k != i && k != j {
			h = (h ^ uint64(w[k])) * 1099511628211
		}
	}
	h ^= h >> 32
	return h * 0x9E3779B97F4A7C15
}

// near is a term and its distance from a word.
type near struct {
	term     uint32
	mistakes int
}

// near gives the terms that some document has at most so many mistakes, one or two, from the word; the word itself is
// left out, and so is a term below six letters with two mistakes, which would be another word.
func (s *speller) near(d *dictionary, word string, mistakes int) []near {
	if !spelled(word) || mistakes < 1 {
		return nil
	}
	pattern := fold.NewPattern(word)
	var found []near
	for _, n := range s.candidates(d, word, mistakes) {
		t := &d.terms[n]
		if diff := len(t.text) - len(word); max(diff, -diff) > mistakes || len(t.docs) == 0 || !spelled(t.text) {
			continue
		}
		if m := pattern.Distance(t.text); m > 0 && m <= min(mistakes, deletes(t.text)) {
			found = append(found, near{term: n, mistakes: m})
		}
	}
	return found
}

// begun gives the longer terms that begin with the word once one mistake is mended. It serves words of six letters and
// more.
func (s *speller) begun(d *dictionary, word string) []near {
	if !spelled(word) || len(word) < spellPrefix-1 {
		return nil
	}
	pattern := fold.NewPattern(word)
	var found []near
	for _, n := range s.candidates(d, word, 1) {
		t := &d.terms[n]
		if len(t.text) > len(word) && len(t.docs) > 0 && spelled(t.text) && pattern.Beginning(t.text) == 1 {
			found = append(found, near{term: n, mistakes: 1})
		}
	}
	return found
}

// candidates gives, each once, all terms that may be so many mistakes away, and others.
func (s *speller) candidates(d *dictionary, word string, mistakes int) []uint32 {
	var all []uint32
	for _, l := range s.levels {
		rests(word, mistakes, func(h uint64) {
			b := h >> l.shift
			all = append(all, l.terms[l.starts[b]:l.starts[b+1]]...)
		})
	}
	for n := s.known; n < uint32(len(d.terms)); n++ {
		all = append(all, n)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
