package directory

import (
	"slices"
	"testing"
)

func TestVocabulariesAreWhole(t *testing.T) {
	t.Parallel()
	sizes := map[Group]int{GroupNeed: 53, GroupAudience: 15, GroupWay: 5, GroupEntry: 3, GroupFee: 4, GroupWheelchair: 4,
		GroupEquipment: 10, GroupKind: 19, GroupRemark: 7}
	for g, want := range sizes {
		codes := Codes(g)
		if len(codes) != want {
			t.Errorf("%s has %d codes, want %d", g, len(codes), want)
		}
		for i, code := range codes {
			if slices.Index(codes, code) != i || !Known(g, code) || !placeID.MatchString(code) {
				t.Errorf("%s: code %q is there twice, unknown, or not fit for an address", g, code)
			}
		}
	}
	if Known(GroupNeed, "town-hall") || Known("nothing", "") {
		t.Error("a code of another group is known")
	}
	codes := Codes(GroupWay)
	codes[0] = "spoilt"
	if !Known(GroupWay, WayOnline) || Codes(GroupWay)[0] != WayOnline {
		t.Error("whoever asks for codes can spoil them")
	}
}

func TestEveryCodeHasItsWordsInEveryLanguage(t *testing.T) {
	t.Parallel()
	words := bundle(t)
	for g, codes := range vocabularies {
		for _, code := range codes {
			for _, lang := range []string{"en", "fr", "ro", "vi", "zh"} {
				if !words.Has(lang, Key(g, code)) {
					t.Errorf("%s: no text for %s", lang, Key(g, code))
				}
			}
		}
	}
}

func TestSocialEconomyIsOfKnownCodes(t *testing.T) {
	t.Parallel()
	for _, kind := range SocialEconomyKinds() {
		if !Known(GroupKind, kind) {
			t.Errorf("unknown kind %q", kind)
		}
	}
	for _, need := range SocialEconomyNeeds() {
		if !Known(GroupNeed, need) {
			t.Errorf("unknown need %q", need)
		}
	}
	for _, c := range []struct {
		kind  string
		needs []string
		want  bool
	}{
		{"cooperative", nil, true}, {"library", []string{"waste"}, true}, {"library", []string{"job"}, false}, {"", nil, false},
	} {
		if got := social(c.kind, c.needs); got != c.want {
			t.Errorf("social(%q, %v) = %v", c.kind, c.needs, got)
		}
	}
}

func TestCodesComeInTheOrderInWhichTheyAreShown(t *testing.T) {
	t.Parallel()
	got := inOrder(GroupWay, []string{WayPhone, WayOnline, WayPhone, "unknown"})
	if !slices.Equal(got, []string{WayOnline, WayPhone}) {
		t.Errorf("got %v", got)
	}
}
