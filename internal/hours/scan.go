package hours

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a piece of the text: a number, a word in small letters, a comment without its quotes, or a sign.
type token struct {
	what  rune // '0' number, 'a' word, '"' comment, 0 end, else the sign itself
	text  string
	value int // of a number
	at    int // byte in the text
}

// same signs that people and programs write for others.
var same = map[rune]rune{
	'–': '-', '—': '-', '−': '-', '‐': '-', '‑': '-', '“': '"', '”': '"', '„': '"', '：': ':', '，': ',', '；': ';',
}

// scan cuts a text into tokens; the last one is the end.
func scan(text string) ([]token, *Error) {
	var tokens []token
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if other, ok := same[r]; ok {
			r = other
		}
		switch {
		case unicode.IsSpace(r):
			i += size
		case r >= '0' && r <= '9':
			end := i
			for end < len(text) && text[end] >= '0' && text[end] <= '9' {
				end++
			}
			value, err := strconv.Atoi(text[i:end])
			if err != nil || value > 9999 {
				return nil, &Error{text, i, "the number is too large"}
			}
			tokens, i = append(tokens, token{'0', text[i:end], value, i}), end
		case r == '"':
			inside, rest, ok := cutQuote(text[i+size:])
			if !ok {
				return nil, &Error{text, i, "the comment's second quotation mark is missing"}
			}
			tokens, i = append(tokens, token{'"', strings.Join(strings.Fields(inside), " "), 0, i}), len(text)-len(rest)
		case unicode.IsLetter(r):
			end := i
			for end < len(text) {
				l, n := utf8.DecodeRuneInString(text[end:])
				if !unicode.IsLetter(l) {
					break
				}
				end += n
			}
			tokens, i = append(tokens, token{'a', strings.ToLower(text[i:end]), 0, i}), end
		case strings.ContainsRune("-,;:|/+[].", r):
			tokens, i = append(tokens, token{r, string(r), 0, i}), i+size
		default:
			return nil, &Error{text, i, "this sign has no meaning in opening hours"}
		}
	}
	return append(tokens, token{at: len(text)}), nil
}

// cutQuote cuts at the first closing quotation mark of any kind.
func cutQuote(text string) (inside, rest string, ok bool) {
	for i, r := range text {
		if r == '"' || same[r] == '"' {
			return text[:i], text[i+utf8.RuneLen(r):], true
		}
	}
	return "", "", false
}

// The words, by their first letters; scan made them small.
var (
	weekdayNames = []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
	monthNames   = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september",
		"october", "november", "december"}
)

// weekday reads Mo, Mon, Monday, with or without a dot; Monday is 0.
func weekday(t token) (int, bool) { return prefixed(t, weekdayNames, 2) }

// month reads Jan, January; January is 0.
func month(t token) (int, bool) { return prefixed(t, monthNames, 3) }

func prefixed(t token, names []string, least int) (int, bool) {
	if t.what != 'a' || len(t.text) < least {
		return 0, false
	}
	for i, name := range names {
		if strings.HasPrefix(name, t.text) {
			return i, true
		}
	}
	return 0, false
}
