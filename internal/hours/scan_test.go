package hours

import (
	"strings"
	"testing"
)

func TestTokens(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                   "",
		"Mo-Fr 9:00":         "mo - fr 9 : 00",
		"  Mo\t–\u00a0FR  ":  "mo - fr",
		"Mo:09:00—12:00":     "mo : 09 : 00 - 12 : 00",
		`"a  b" „c” “d"`:     "<a b> <c> <d>",
		"Th[-1],24/7||off;+": "th [ - 1 ] , 24 / 7 | | off ; +",
		"9h30":               "9 h 30",
		"周一":                 "周一",
		"Mo.，Tu；We：":         "mo . , tu ; we :",
	} {
		tokens, wrong := scan(text)
		if wrong != nil {
			t.Errorf("%q: %v", text, wrong)
			continue
		}
		var got []string
		for _, token := range tokens[:len(tokens)-1] {
			if token.what == '"' {
				token.text = "<" + token.text + ">"
			}
			got = append(got, token.text)
		}
		if joined := strings.Join(got, " "); joined != want {
			t.Errorf("%q: got %q, want %q", text, joined, want)
		}
		if end := tokens[len(tokens)-1]; end.what != 0 || end.at != len(text) {
			t.Errorf("%q ends with %+v", text, end)
		}
	}
}

func TestTokensKnowWhereTheyStand(t *testing.T) {
	t.Parallel()
	text := "Mo – “été” 09:00"
	tokens, wrong := scan(text)
	if wrong != nil {
		t.Fatal(wrong)
	}
	for i, want := range []string{"Mo", "–", "“été”", "09", ":", "00", ""} {
		if !strings.HasPrefix(text[tokens[i].at:], want) {
			t.Errorf("token %d stands at %q, want %q", i, text[tokens[i].at:], want)
		}
	}
}

func TestSignsWithoutMeaning(t *testing.T) {
	t.Parallel()
	for text, at := range map[string]int{"Mo @": 3, "é!": 2, "Mo \"x": 3, "10000": 0, "\xff": 0, "Mo = Tu": 3, "(Mo)": 0} {
		if _, wrong := scan(text); wrong == nil || wrong.At != at {
			t.Errorf("%q: %v", text, wrong)
		}
	}
}

func TestDayAndMonthNames(t *testing.T) {
	t.Parallel()
	name := func(text string) token { return token{what: 'a', text: text} }
	for text, want := range map[string]int{"mo": 0, "tue": 1, "tues": 1, "wednes": 2, "thurs": 3, "fr": 4, "saturday": 5, "su": 6, "m": -1, "mondays": -1, "lu": -1} {
		if got, ok := weekday(name(text)); ok != (want >= 0) || ok && got != want {
			t.Errorf("%s is weekday %d, %v", text, got, ok)
		}
	}
	for text, want := range map[string]int{"jan": 0, "sept": 8, "december": 11, "ma": -1, "jui": -1, "mai": -1} {
		if got, ok := month(name(text)); ok != (want >= 0) || ok && got != want {
			t.Errorf("%s is month %d, %v", text, got, ok)
		}
	}
	if _, ok := weekday(token{what: '"', text: "mo"}); ok {
		t.Error("a comment passes for a weekday")
	}
}
