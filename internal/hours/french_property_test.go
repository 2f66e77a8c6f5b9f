package hours_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parvis/internal/hours"
)

// hands are ways of writing a time of day.
var hands = []func(h, m int) string{
	func(h, m int) string { return fmt.Sprintf("%02d:%02d", h, m) },
	func(h, m int) string { return fmt.Sprintf("%d:%02d", h, m) },
	func(h, m int) string { return fmt.Sprintf("%dh%02d", h, m) },
	func(h, m int) string { return fmt.Sprintf("%d H %02d", h, m) },
	func(h, m int) string { return fmt.Sprintf("%d\u00a0h\u00a0%02d", h, m) },
	func(h, m int) string {
		if m == 0 {
			return fmt.Sprintf("%dh", h)
		}
		return fmt.Sprintf("%02dh%02d", h, m)
	},
	func(h, m int) string {
		if m == 0 {
			return fmt.Sprintf("%d heures", h)
		}
		return fmt.Sprintf("%d h %02d", h, m)
	},
}

// TestFrenchInAnyHand writes spans in one of these hands, joined as people join them, with words around.
func TestFrenchInAnyHand(t *testing.T) {
	t.Parallel()
	dashes := []string{"-", " - ", " à ", " – ", "/", " a "}
	joins := []string{" / ", " et ", ", ", " ", " - ", " & ", " puis "}
	before := []string{"", "de ", "Ouvert de ", "Mardi : ", "le 03/02/2027 : ", "Permanences "}
	after := []string{"", " sur rendez-vous", " (sauf août)", ".", " (12 rue du Port)"} // "1h 12 rue" may well be ten past one
	rapid.Check(t, func(t *rapid.T) {
		hand := rapid.SampledFrom(hands).Draw(t, "hand")
		dash, join := rapid.SampledFrom(dashes).Draw(t, "dash"), rapid.SampledFrom(joins).Draw(t, "join")
		var texts, want []string
		minute := rapid.IntRange(5, 9*12).Draw(t, "begin") * 5
		for range rapid.IntRange(1, 2).Draw(t, "spans") {
			from := minute
			to := from + 5*rapid.IntRange(6, 60).Draw(t, "length")
			minute = to + 5*rapid.IntRange(1, 24).Draw(t, "pause")
			texts = append(texts, hand(from/60, from%60)+dash+hand(to/60, to%60))
			want = append(want, fmt.Sprintf("%02d:%02d-%02d:%02d", from/60, from%60, to/60, to%60))
		}
		text := rapid.SampledFrom(before).Draw(t, "before") + strings.Join(texts, join) + rapid.SampledFrom(after).Draw(t, "after")
		if got, err := hours.FromFrench(text); err != nil || got != strings.Join(want, ",") {
			t.Fatalf("%q: got %q, %v; want %v", text, got, err, want)
		}
	})
}
