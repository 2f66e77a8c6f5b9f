package fold

import "unicode/utf8"

// Each calls f for every word of s, in order: how it is written in s, and folded. They are the words that Words gives.
// A sign that folds to several words (½) is the written form of each. The folded word is good during the call only.
func Each(s string, f func(raw string, word []byte)) {
	e := scanner{s: s, f: f, word: make([]byte, 0, 64)}
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			e.plain(i, i+1, c)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		e.rune(i, i+size, r)
		i += size
	}
	e.flush()
}

// scanner gathers the letters of one word at a time.
type scanner struct {
	s          string
	f          func(string, []byte)
	word       []byte
	start, end int // of the word in s
}

func (e *scanner) rune(from, to int, r rune) {
	var parts string
	switch {
	case r >= 0x4E00 && r <= 0x9FFF:
		e.han(from, to, r)
		return
	case r < rune(len(table)):
		parts = table[r]
	case r >= 0xFF00 && r < 0xFF00+rune(len(wide)):
		parts = wide[r-0xFF00]
	default:
		parts = letters(r)
	}
	switch {
	case len(parts) == 1:
		e.plain(from, to, parts[0])
		return
	case parts == "" && len(e.word) > 0:
		e.end = to // a mark belongs to the letter before
	}
	for _, part := range parts {
		switch {
		case IsHan(part):
			e.han(from, to, part)
		case IsWord(part):
			e.letter(from, to, part)
		default:
			e.flush()
		}
	}
}

// signs is what each sign of ASCII becomes in a word; 0 for what parts words.
var signs = func() (t [utf8.RuneSelf]byte) {
	for c := range t {
		switch {
		case 'A' <= c && c <= 'Z':
			t[c] = byte(c) + 'a' - 'A'
		case IsWord(rune(c)):
			t[c] = byte(c)
		}
	}
	return t
}()

// plain takes a sign of ASCII.
func (e *scanner) plain(from, to int, c byte) {
	letter := signs[c]
	if letter == 0 {
		e.flush()
		return
	}
	if len(e.word) == 0 {
		e.start = from
	}
	e.word, e.end = append(e.word, letter), to
}

func (e *scanner) letter(from, to int, r rune) {
	if len(e.word) == 0 {
		e.start = from
	}
	e.word, e.end = utf8.AppendRune(e.word, r), to
}

func (e *scanner) han(from, to int, r rune) {
	e.flush()
	if IsWord(r) {
		e.letter(from, to, r)
		e.flush()
	}
}

func (e *scanner) flush() {
	if len(e.word) > 0 {
		e.f(e.s[e.start:e.end], e.word)
		e.word = e.word[:0]
	}
}
