package fold

import "unicode/utf8"

// Pattern is a word that others are compared with, prepared once. Its distance counts letters left out, put in,
// changed, and two neighbours swapped, each as 1, no letter touched twice (optimal string alignment). It works on
// columns of bits: H. Hyyrö, "Explaining and extending the bit-parallel approximate string matching algorithm of
// Myers", 2001, and its transposition of 2002. A Pattern is not changed by use and may be shared.
type Pattern struct {
	word string
	wide []rune      // the word's letters when it is not ASCII
	bits [128]uint64 // for each ASCII letter the places where it stands
}

// MaxPattern is the longest word, in letters, that a Pattern compares; a longer one is as far as can be from all.
const MaxPattern = 64

// Mistakes is how many spelling mistakes a folded word may have and still be understood: none below 4 letters, one
// below 8, then two.
func Mistakes(word string) int {
	switch n := utf8.RuneCountInString(word); {
	case n < 4:
		return 0
	case n < 8:
		return 1
	default:
		return 2
	}
}

// far is more than any distance asked for.
const far = 1 << 20

// NewPattern prepares a folded word.
func NewPattern(word string) *Pattern {
	p := &Pattern{word: word}
	if !ascii(word) {
		p.wide = []rune(word)
		return p
	}
	if len(word) <= MaxPattern {
		for i := range len(word) {
			p.bits[word[i]] |= 1 << i
		}
	}
	return p
}

// Distance is how many mistakes lie between the pattern and t.
func (p *Pattern) Distance(t string) int {
	whole, _ := p.Both(t)
	return whole
}

// Beginning is how many mistakes lie between the pattern and that beginning of t which is closest to it.
func (p *Pattern) Beginning(t string) int {
	_, beginning := p.Both(t)
	return beginning
}

// Distance is how many mistakes lie between two folded words, as Pattern counts them.
func Distance(a, b string) int { return NewPattern(a).Distance(b) }

// Both is Distance and Beginning in one pass.
func (p *Pattern) Both(t string) (whole, beginning int) {
	if p.wide != nil || !ascii(t) {
		return p.slow(t)
	}
	m := len(p.word)
	if m == 0 {
		return len(t), 0
	}
	if m > MaxPattern {
		return far, far
	}
	var (
		last       = uint64(1) << (m - 1)
		vp         = ^uint64(0)
		vn, d0     uint64
		eqBefore   uint64
		dist, best = m, m
	)
	for i := range len(t) {
		eq := p.bits[t[i]]
		swap := (^d0 & eq) << 1 & eqBefore
		d0 = (((eq & vp) + vp) ^ vp) | eq | vn | swap
		hp := vn | ^(d0 | vp)
		hn := d0 & vp
		if hp&last != 0 {
			dist++
		} else if hn&last != 0 {
			dist--
		}
		best = min(best, dist)
		hp = hp<<1 | 1
		vp = hn<<1 | ^(d0 | hp)
		vn = hp & d0
		eqBefore = eq
	}
	return dist, best
}

// slow is Both for letters beyond ASCII, row by row.
func (p *Pattern) slow(t string) (whole, beginning int) {
	a, b := p.wide, []rune(t)
	if a == nil {
		a = []rune(p.word)
	}
	if len(a) > MaxPattern {
		return far, far
	}
	before, above, row := make([]int, len(a)+1), make([]int, len(a)+1), make([]int, len(a)+1)
	for j := range above {
		above[j] = j
	}
	best := len(a)
	for i := 1; i <= len(b); i++ {
		row[0] = i
		for j := 1; j <= len(a); j++ {
			cost := 1
			if a[j-1] == b[i-1] {
				cost = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && a[j-1] == b[i-2] && a[j-2] == b[i-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, above, row = above, row, before
		best = min(best, above[len(a)])
	}
	return above[len(a)], best
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
