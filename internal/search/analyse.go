package search

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"parvis/internal/fold"
	"parvis/internal/geo"
)

// Terms that are not a word of the text begin with a byte that no folded word has, so that they are never mixed up.
const (
	soundMark   = "\x01" // one syllable of pinyin: \x01jing
	pairMark    = "\x02" // two neighbouring syllables: \x02jingan
	initialMark = "\x03" // the initials of three neighbouring characters of a name: \x03tsg
)

// Two neighbouring Han characters are a term of their own, written together; a word of the text never holds two.

// maxSounds bounds how many readings of one character count for pairs.
const maxSounds = 3

// analysed is a document made ready for the index.
type analysed struct {
	id, title string
	boost     float32
	point     geo.Point // NaN when unknown
	fields    []string
	entries   []entry // by term, each term once
	facets    map[string][]string
}

// entry is one term of a document.
type entry struct {
	term   string
	raw    string // how it is written, where that differs from the term; else empty
	weight uint8
	field  uint8 // in analysed.fields, where it weighs most
}

// occurrence is a term in one field, before a document's occurrences are put together.
type occurrence struct {
	start, end int // in the analyser's text
	raw        string
	weight     float64
	field      uint8
}

// analyser turns documents into terms. One serves one document after the other.
type analyser struct {
	text  []byte
	found []occurrence
	run   []rune // the Han characters just before
	words int
}

func (a *analyser) doc(d Doc) analysed {
	a.text, a.found = a.text[:0], a.found[:0]
	out := analysed{id: d.ID, boost: max(d.Boost, -1), point: geo.Point{Lat: math.NaN()}, facets: d.Facets}
	if d.Point != nil && d.Point.Valid() {
		out.point = *d.Point
	}
	for i, f := range d.Fields[:min(len(d.Fields), math.MaxUint8)] {
		if i == 0 {
			out.title = f.Text
		}
		out.fields = append(out.fields, f.Name)
		a.field(f, uint8(i))
	}
	text := string(a.text)
	slices.SortFunc(a.found, func(x, y occurrence) int {
		return cmp.Or(strings.Compare(text[x.start:x.end], text[y.start:y.end]), cmp.Compare(y.weight, x.weight), cmp.Compare(x.field, y.field))
	})
	out.entries = gather(text, a.found)
	return out
}

// gather puts the occurrences of each term together: the heaviest counts in full, the others a quarter.
func gather(text string, found []occurrence) []entry {
	n := 0
	for i := range found {
		if i == 0 || text[found[i].start:found[i].end] != text[found[i-1].start:found[i-1].end] {
			n++
		}
	}
	entries := make([]entry, 0, n)
	for i := 0; i < len(found); {
		o := found[i]
		term := text[o.start:o.end]
		sum, field, raw := o.weight, o.field, o.raw
		for i++; i < len(found) && text[found[i].start:found[i].end] == term; i++ {
			if found[i].field != field { // said twice in a field counts once
				field = found[i].field
				sum += found[i].weight / 4
			}
			raw = richer(raw, found[i].raw)
		}
		entries = append(entries, entry{term: term, raw: raw, weight: weigh(sum), field: o.field})
	}
	return entries
}

// field takes the terms of one field. A word in a short field weighs more than one in a long field.
func (a *analyser) field(f Field, number uint8) {
	first := len(a.found)
	a.run, a.words = a.run[:0], 0
	fold.Each(f.Text, func(raw string, word []byte) {
		a.words++
		at := a.add(word, number)
		r, size := utf8.DecodeRune(word)
		if size == len(word) && fold.IsHan(r) {
			a.han(r, number, number == 0)
			return
		}
		a.run = a.run[:0]
		if raw = strings.ToLower(raw); raw != string(word) {
			a.found[at].raw = raw
		}
	})
	weight := float64(f.Weight)
	if weight == 0 {
		weight = 1
	}
	weight = max(0.01, min(100, weight)) / (0.7 + 0.3*math.Sqrt(float64(a.words)/3))
	for i := first; i < len(a.found); i++ {
		a.found[i].weight = weight
	}
}

func (a *analyser) add(term []byte, field uint8) int {
	start := len(a.text)
	a.text = append(a.text, term...)
	a.found = append(a.found, occurrence{start: start, end: len(a.text), field: field})
	return len(a.found) - 1
}

func (a *analyser) join(field uint8, parts ...string) {
	start := len(a.text)
	for _, p := range parts {
		a.text = append(a.text, p...)
	}
	a.found = append(a.found, occurrence{start: start, end: len(a.text), field: field})
}

// han takes the sound of a character, the pair it makes with the one before, and in a name the initials.
func (a *analyser) han(r rune, field uint8, name bool) {
	said := fold.Readings(r)
	for _, s := range said {
		a.join(field, soundMark, s)
	}
	if n := len(a.run); n > 0 {
		before := a.run[n-1]
		a.join(field, string(before), string(r))
		for _, s := range some(fold.Readings(before)) {
			for _, t := range some(said) {
				a.join(field, pairMark, s, t)
			}
		}
		if name && n > 1 {
			a.initials(a.run[n-2], before, r, field)
		}
	}
	a.run = append(a.run, r)
}

func (a *analyser) initials(x, y, z rune, field uint8) {
	var seen []string
	for _, i := range firsts(x) {
		for _, j := range firsts(y) {
			for _, k := range firsts(z) {
				if s := string([]byte{i, j, k}); !slices.Contains(seen, s) {
					seen = append(seen, s)
					a.join(field, initialMark, s)
				}
			}
		}
	}
}

// firsts are the letters that a character's readings begin with.
func firsts(r rune) []byte {
	var letters []byte
	for _, s := range some(fold.Readings(r)) {
		if !slices.Contains(letters, s[0]) {
			letters = append(letters, s[0])
		}
	}
	return letters
}

func some(readings []string) []string { return readings[:min(len(readings), maxSounds)] }

// richer chooses between two ways of writing one word, the same whichever comes first: the one with more letters
// beyond ASCII, so with its accents, else the first in order. An empty one is the word as folded, the poorest.
func richer(a, b string) string {
	if a == b {
		return a
	}
	if m, n := marks(a), marks(b); m > n || m == n && a < b {
		return a
	}
	return b
}

func marks(s string) int {
	n := 0
	for _, r := range s {
		if r >= utf8.RuneSelf {
			n++
		}
	}
	return n
}
