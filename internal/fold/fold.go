package fold

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// special are the letters that Unicode does not decompose. Ð (eth) stands for Đ in texts typed on old keyboards.
var special = map[rune]string{
	'đ': "d", 'ð': "d", 'ł': "l", 'ø': "o", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'ı': "i", 'þ': "th", 'ħ': "h", 'ŧ': "t",
	'ĸ': "k", 'ŋ': "n", 'ƀ': "b", 'ɨ': "i", 'ʉ': "u", 'ς': "σ",
}

// table holds what each rune below its length becomes: Latin, Vietnamese, punctuation, kana without a search.
var table = func() (t [0x3100]string) {
	for r := range t {
		t[r] = letters(rune(r))
	}
	return t
}()

// wide is the same for the full-width forms, from U+FF00.
var wide = func() (t [0xF0]string) {
	for r := range t {
		t[r] = letters(rune(0xFF00 + r))
	}
	return t
}()

// letters is what one rune becomes: nothing for marks and what has no width, a space for what separates.
func letters(r rune) string {
	switch {
	case unicode.IsSpace(r) || unicode.IsControl(r) || r == utf8.RuneError:
		return " "
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return ""
	}
	if to, ok := special[unicode.ToLower(r)]; ok {
		return to
	}
	var b strings.Builder
	for _, part := range norm.NFKD.String(string(unicode.ToLower(r))) {
		low := unicode.ToLower(part)
		if to, ok := special[low]; ok {
			b.WriteString(to)
			continue
		}
		switch {
		case unicode.In(low, unicode.Mn, unicode.Me, unicode.Cf):
		case unicode.IsSpace(low):
			b.WriteByte(' ')
		default:
			b.WriteRune(low)
		}
	}
	return b.String()
}

// Fold gives s in the form in which words are compared: lower case, đ ł ø ß æ œ ı as d l o ss ae oe i, compatibility
// forms made plain (NFKD), no marks, a space on both sides of every Han character, single spaces, none at the ends.
func Fold(s string) string { return string(Append(make([]byte, 0, len(s)+8), s)) }

// Append adds the folded s to dst, as Fold gives it; dst counts as empty before.
func Append(dst []byte, s string) []byte {
	start := len(dst)
	gap := false // a space is due before the next letter
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case c <= ' ' || c == 0x7f:
				gap = true
				continue
			case c >= 'A' && c <= 'Z':
				c += 'a' - 'A'
			}
			if gap && len(dst) > start {
				dst = append(dst, ' ')
			}
			gap = false
			dst = append(dst, c)
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		dst, gap = appendRune(dst, start, r, gap)
	}
	return dst
}

func appendRune(dst []byte, start int, r rune, gap bool) ([]byte, bool) {
	var to string
	switch {
	case r < rune(len(table)):
		to = table[r]
	case r >= 0x4E00 && r <= 0x9FFF:
		return appendHan(dst, start, r), true
	case r >= 0xFF00 && r < 0xFF00+rune(len(wide)):
		to = wide[r-0xFF00]
	default:
		to = letters(r)
	}
	for _, part := range to {
		switch {
		case part == ' ':
			gap = true
		case part >= 0x2E80 && IsHan(part):
			dst, gap = appendHan(dst, start, part), true
		default:
			if gap && len(dst) > start {
				dst = append(dst, ' ')
			}
			gap = false
			dst = utf8.AppendRune(dst, part)
		}
	}
	return dst, gap
}

func appendHan(dst []byte, start int, r rune) []byte {
	if len(dst) > start {
		dst = append(dst, ' ')
	}
	return utf8.AppendRune(dst, r)
}

// IsHan reports whether r is a Chinese character.
func IsHan(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x2E80 && unicode.Is(unicode.Han, r)
}

// Words gives the words of s, folded, in order: runs of letters and digits, each Han character alone.
func Words(s string) []string {
	var all []string
	Each(s, func(_ string, word []byte) { all = append(all, string(word)) })
	return all
}

// IsWord reports whether a folded rune belongs to a word: a letter or a number of any script.
func IsWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r)
}
