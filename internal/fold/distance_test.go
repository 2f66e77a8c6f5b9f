package fold_test

import (
	"testing"

	"pgregory.net/rapid"

	"parvis/internal/fold"
)

func TestDistance(t *testing.T) {
	t.Parallel()
	for _, v := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"roubaix", "roubaix", 0}, {"roubaix", "roubai", 1}, {"roubaix", "rubaix", 1},
		{"roubaix", "rouabix", 1}, {"roubaix", "roubeix", 1}, {"roubaix", "rroubaix", 1}, {"bibliotheque", "biblioteqeu", 2},
		{"ca", "abc", 3}, {"静安", "静按", 1}, {"静安", "安静", 1}, {"москва", "маскв", 2},
	} {
		if got := fold.Distance(v.a, v.b); got != v.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", v.a, v.b, got, v.want)
		}
	}
}

func TestMistakes(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]int{"": 0, "rue": 0, "静安区": 0, "auch": 1, "roubaix": 1, "dunkerque": 2, "bibliote": 2} {
		if got := fold.Mistakes(word); got != want {
			t.Errorf("Mistakes(%q) = %d, want %d", word, got, want)
		}
	}
}

// plain is the textbook table: whole distance and the least distance to a beginning of b.
func plain(a, b string) (whole, beginning int) {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	beginning = d[len(a)][0]
	for _, v := range d[len(a)] {
		beginning = min(beginning, v)
	}
	return d[len(a)][len(b)], beginning
}

func TestDistanceIsTheTextbooks(t *testing.T) {
	t.Parallel()
	words := rapid.StringOfN(rapid.SampledFrom([]rune("abc")), 0, 64, 64)
	rapid.Check(t, func(t *rapid.T) {
		a, b := words.Draw(t, "a"), words.Draw(t, "b")
		whole, beginning := plain(a, b)
		p := fold.NewPattern(a)
		if p.Distance(b) != whole || p.Beginning(b) != beginning {
			t.Fatalf("%q %q: %d and %d, want %d and %d", a, b, p.Distance(b), p.Beginning(b), whole, beginning)
		}
		// The slow way for letters beyond ASCII must agree: a leading foreign letter on both sides changes nothing.
		q := fold.NewPattern("я" + a)
		if len(a) < fold.MaxPattern && q.Distance("я"+b) != whole {
			t.Fatalf("%q %q beyond ASCII: %d, want %d", a, b, q.Distance("я"+b), whole)
		}
	})
}

func TestPatternTooLong(t *testing.T) {
	t.Parallel()
	long := make([]byte, fold.MaxPattern+1)
	for i := range long {
		long[i] = 'a'
	}
	if fold.Distance(string(long), string(long)) < 1000 {
		t.Error("a word too long to compare is far from all")
	}
}

func BenchmarkDistance(b *testing.B) {
	p := fold.NewPattern("bibliotheque")
	for b.Loop() {
		p.Distance("bibliothecaire")
	}
}
