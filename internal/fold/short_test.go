package fold_test

import (
	"slices"
	"strings"
	"testing"

	"parvis/internal/fold"
)

func TestShort(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]string{"st": "saint", "bd": "bulevardul", "ubnd": "uy ban nhan dan", "tp": "thanh pho", "sos": "soseaua"} {
		long := fold.Short(word)
		if !slices.ContainsFunc(long, func(w []string) bool { return strings.Join(w, " ") == want }) {
			t.Errorf("Short(%q) = %q, want %q among them", word, long, want)
		}
		for _, words := range long {
			if text := strings.Join(words, " "); fold.Fold(text) != text {
				t.Errorf("%q stands for %q, which is not folded", word, text)
			}
		}
	}
	if got := fold.Shortened("boulevard"); !slices.Equal(got, []string{"bd", "bld", "blvd", "bvd"}) {
		t.Errorf("boulevard is shortened as %q", got)
	}
	if fold.Shortened("thanh") != nil {
		t.Error("one word of several is not what the abbreviation stands for")
	}
	if fold.Short("roubaix") != nil {
		t.Error("a word that is no abbreviation")
	}
}
