package directory

import (
	"testing"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
)

// odd is every sign that cannot be shown, between two letters.
const odd = "a\x00\x01\x1d\x1e\x1f\x7f\u0085\ufeff\u202d\u202e\xffb"

// What parts the columns of the index is in no text that is kept: else one place alone keeps all others from being found.
func TestNoTextKeepsAnIndexFromBeingMade(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		load(t, dir)
		put(t, dir, Place{ID: "odd", Kind: KindServicePoint, Name: fr(odd), About: fr(odd), Bring: fr(odd),
			Address:   Address{Street: odd, More: odd, Postcode: odd, Town: odd, Unit: odd},
			Hours:     Hours{Given: odd, OSM: `Mo 09:00-12:00 "` + odd + `"`},
			Equipment: []Equipment{{Code: "wifi", Note: odd}}, Labels: []string{odd, "a\nb", "", odd}, Register: odd,
		}, Service{ID: "odd-service", Name: fr(odd), Details: fr(odd), FeeNote: fr(odd),
			Hours: Hours{Given: odd, OSM: `24/7 "` + odd + `"`}})
		settled(t, dir)
		anew, _ := open(t, d, north(t))
		load(t, anew)
		for _, known := range []*Directory{dir, anew} {
			if got := find(t, known, Query{Words: "ab"}); got.Total != 1 || got.Found[0].Name["fr"] != "ab" {
				t.Errorf("%d places, %+v", got.Total, got.Found)
			}
		}
		sheet, err := anew.Sheet(t.Context(), "odd")
		if err != nil {
			t.Fatal(err)
		}
		p := sheet.Place
		if p.Hours.Given != "ab" || p.Hours.OSM != `Mo 09:00-12:00 "ab"` || len(p.Labels) != 2 || p.Labels[0] != "ab" || p.Register != "ab" {
			t.Errorf("%+v", p)
		}
	})
}

func TestHoursLoseWhatCannotBeShown(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]Hours{
		" \x1f24/7\x00 ":              {Given: "24/7", OSM: "24/7"},
		"Mo 09:00-12:00 \"a\x1fb\"":   {Given: `Mo 09:00-12:00 "ab"`, OSM: `Mo 09:00-12:00 "ab"`},
		"Mo 09:00-12:00 \"\x1f\x1d\"": {Given: `Mo 09:00-12:00 ""`},
		"when\r\nit rains":            {Given: "when\nit rains"},
	} {
		if got := ReadHours(given); got != want {
			t.Errorf("%q is read as %+v, want %+v", given, got, want)
		}
	}
}
