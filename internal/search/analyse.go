package search

import (
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
	tag       uint32
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

// analyser turns documents into terms. One serves one document after the other.
type analyser struct {
	text   []byte // the terms, one after the other
	terms  []gathered
	table  [256]int32 // by hash, the last term with it, 1 the first; 0 none
	number uint8      // of the field
	met    []int32    // the terms of the field
	run    []rune     // the Han characters just before
	ready  []entry    // room for what the documents have, taken piece by piece
}

// gathered is a term with all its occurrences so far.
type gathered struct {
	start, end int // in the analyser's text
	next       int32
	raw        string
	most, sum  float64 // of the weights of the fields that it is in
	field      uint8   // where it weighs most
	last       uint8   // where it was seen last
}

func (a *analyser) doc(d Doc) analysed {
	a.text, a.terms = a.text[:0], a.terms[:0]
	clear(a.table[:])
	out := analysed{id: d.ID, boost: max(d.Boost, -1), tag: d.Tag, point: geo.Point{Lat: math.NaN()}, facets: d.Facets}
	if d.Point != nil && d.Point.Valid() {
		out.point = *d.Point
	}
	for i, f := range d.Fields[:min(len(d.Fields), math.MaxUint8)] {
		if i == 0 {
			out.title = f.Text
		}
		out.fields = append(out.fields, f.Name)
		a.number = uint8(i)
		a.field(f)
	}
	text := string(a.text)
	out.entries = a.room(len(a.terms))
	for i := range a.terms {
		t := &a.terms[i]
		// Where it weighs most counts in full, the other fields a quarter.
		out.entries[i] = entry{term: text[t.start:t.end], raw: t.raw, weight: weigh(t.most + (t.sum-t.most)/4), field: t.field}
	}
	return out
}

// written is how a word is written in small letters, where that differs from the word as folded; else empty.
func written(raw string, word []byte) string {
	plain := len(raw) == len(word)
	for i := 0; plain && i < len(raw); i++ {
		c := raw[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		plain = c == word[i]
	}
	if plain {
		return ""
	}
	return strings.ToLower(raw)
}

// room gives n entries.
func (a *analyser) room(n int) []entry {
	if len(a.ready) < n {
		a.ready = make([]entry, max(n, 4096))
	}
	taken := a.ready[:n:n]
	a.ready = a.ready[n:]
	return taken
}

// field takes the terms of one field. A word in a short field weighs more than one in a long field.
func (a *analyser) field(f Field) {
	words := 0
	a.run, a.met = a.run[:0], a.met[:0]
	fold.Each(f.Text, func(raw string, word []byte) {
		words++
		start := len(a.text)
		a.text = append(a.text, word...)
		if r, size := utf8.DecodeRune(word); size == len(word) && fold.IsHan(r) {
			a.add(start, "")
			a.han(r)
			return
		}
		a.run = a.run[:0]
		a.add(start, written(raw, word))
	})
	weight := float64(f.Weight)
	if weight == 0 {
		weight = 1
	}
	weight = max(0.01, min(100, weight)) / (0.7 + 0.3*math.Sqrt(float64(words)/3))
	for _, i := range a.met {
		t := &a.terms[i]
		t.sum += weight
		if weight > t.most {
			t.most, t.field = weight, a.number
		}
	}
}

// add takes the term that was written to the end of the text, from start.
func (a *analyser) add(start int, raw string) {
	term := a.text[start:]
	h := uint32(2166136261)
	for _, c := range term {
		h = (h ^ uint32(c)) * 16777619
	}
	h = (h ^ h>>15) & 255
	for i := a.table[h]; i > 0; i = a.terms[i-1].next {
		t := &a.terms[i-1]
		if string(a.text[t.start:t.end]) != string(term) {
			continue
		}
		a.text = a.text[:start]
		t.raw = richer(t.raw, raw)
		if t.last != a.number { // said twice in a field counts once
			t.last = a.number
			a.met = append(a.met, i-1)
		}
		return
	}
	a.met = append(a.met, int32(len(a.terms)))
	a.terms = append(a.terms, gathered{start: start, end: len(a.text), next: a.table[h], raw: raw, last: a.number})
	a.table[h] = int32(len(a.terms))
}

func (a *analyser) join(parts ...string) {
	start := len(a.text)
	for _, p := range parts {
		a.text = append(a.text, p...)
	}
	a.add(start, "")
}

// han takes the sound of a character, the pair it makes with the one before, and in the name the initials.
func (a *analyser) han(r rune) {
	said := fold.Readings(r)
	for _, s := range said {
		a.join(soundMark, s)
	}
	if n := len(a.run); n > 0 {
		before := a.run[n-1]
		a.join(string(before), string(r))
		for _, s := range some(fold.Readings(before)) {
			for _, t := range some(said) {
				a.join(pairMark, s, t)
			}
		}
		if a.number == 0 && n > 1 {
			a.initials(a.run[n-2], before, r)
		}
	}
	a.run = append(a.run, r)
}

func (a *analyser) initials(x, y, z rune) {
	for _, i := range firsts(x) {
		for _, j := range firsts(y) {
			for _, k := range firsts(z) {
				a.join(initialMark, string([]byte{i, j, k}))
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
