package org

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestEditsAreADistance: as any distance, between two words it is none only for one word, the same both ways, and never
// longer than a detour.
func TestEditsAreADistance(t *testing.T) {
	t.Parallel()
	for pair, want := range map[[2]string]int{{"", ""}: 0, {"door", ""}: 4, {"counter", "countre"}: 2, {"home", "phone"}: 2, {"mon", "monday"}: 3} {
		if got := edits(pair[0], pair[1]); got != want {
			t.Fatalf("%q: %d edits, want %d", pair, got, want)
		}
	}
	word := rapid.StringMatching(`[abc-]{0,8}`)
	rapid.Check(t, func(rt *rapid.T) {
		a, b, c := word.Draw(rt, "a"), word.Draw(rt, "b"), word.Draw(rt, "c")
		ab := edits(a, b)
		if ab != edits(b, a) || (ab == 0) != (a == b) || ab > max(len(a), len(b)) || ab < max(len(a), len(b))-min(len(a), len(b)) {
			rt.Fatalf("%q to %q: %d, back %d", a, b, ab, edits(b, a))
		}
		if detour := edits(a, c) + edits(c, b); ab > detour {
			rt.Fatalf("%q to %q: %d, by %q %d", a, b, ab, c, detour)
		}
	})
}

// A letter too many, too few or wrong still leads to the word that was meant.
func TestOneSlipOfTheFingerIsForgiven(t *testing.T) {
	t.Parallel()
	known := slices.Concat(OrganisationKinds, []string{"near-home", "counter", "online"})
	rapid.Check(t, func(rt *rapid.T) {
		meant := []byte(rapid.SampledFrom(known).Draw(rt, "meant"))
		at := rapid.IntRange(0, len(meant)-1).Draw(rt, "at")
		slip := slices.Clone(meant)
		switch rapid.IntRange(0, 2).Draw(rt, "how") {
		case 0:
			slip[at] = 'x'
		case 1:
			slip = slices.Delete(slip, at, at+1)
		default:
			slip = slices.Insert(slip, at, 'x')
		}
		if got := nearest(string(slip), known); got != string(meant) {
			rt.Fatalf("%q leads to %q, not to %q", slip, got, meant)
		}
	})
	if got := oneOf("%", units); got != "one of percent" {
		t.Errorf("a sign that is no unit: %s", got)
	}
	if got := nearest("television", known); got != "" {
		t.Errorf("what is near nothing leads to %q", got)
	}
}
