package directory

import (
	"testing"
	"time"
)

func TestFreshnessFollowsTheTerritorysRule(t *testing.T) {
	t.Parallel()
	day := func(text string) time.Time {
		d, err := time.Parse("2006-01-02", text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct {
		updated, confirmed string
		ask, months        int
		want               Freshness
	}{
		{"", "", 5, 6, Undated},
		{"2026-05-23", "", 5, 6, ToConfirm},       // six months to the day
		{"2026-05-22", "", 5, 6, Stale},           // a day more
		{"2026-06-23", "", 5, 6, Fresh},           // five months to the day
		{"2026-06-22", "", 5, 6, ToConfirm},       // a day more
		{"2026-05-23", "", 0, 6, Fresh},           // a territory that asks only when it is over
		{"2024-01-01", "2026-11-01", 5, 6, Fresh}, // old at its source, confirmed since
		{"2026-11-01", "2024-01-01", 5, 6, Fresh},
		{"2026-05-22", "", 11, 12, Fresh},
		{"", "2025-01-01", 5, 6, Stale},
	} {
		var r Record
		if c.updated != "" {
			r.Source.Updated = day(c.updated)
		}
		if c.confirmed != "" {
			r.Confirmed.At = day(c.confirmed)
		}
		if got := r.Freshness(day("2026-11-23"), c.ask, c.months); got != c.want {
			t.Errorf("updated %q, confirmed %q, %d months: %s, want %s", c.updated, c.confirmed, c.months, got, c.want)
		}
	}
}

func TestFingerprintTellsContentsApart(t *testing.T) {
	t.Parallel()
	p := Place{ID: "a", Name: fr("Mairie"), Labels: []string{"b"}}
	print := fingerprint(p.said()...)
	same := Place{ID: "a", Name: fr("Mairie"), Labels: []string{"b"}, Record: Record{Confirmed: Confirmation{By: "x", At: today}, Changed: today}}
	if fingerprint(same.said()...) != print {
		t.Error("a confirmation changes what the source says")
	}
	for name, other := range map[string]Place{
		"name":    {ID: "a", Name: fr("Mairie 2"), Labels: []string{"b"}},
		"label":   {ID: "a", Name: fr("Mairie"), Labels: []string{"b", "c"}},
		"updated": {ID: "a", Name: fr("Mairie"), Labels: []string{"b"}, Record: Record{Source: Source{Updated: today}}},
	} {
		if fingerprint(other.said()...) == print {
			t.Errorf("another %s makes no difference", name)
		}
	}
}
