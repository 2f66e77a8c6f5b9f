package directory

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/geo"
	"parvis/internal/i18n"
)

func TestPinsAreWhatAMapDraws(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		town(t, dir)
		put(t, dir, Place{ID: "nowhere", Name: fr("Ligne d'appel"), Kind: "phone-line"})
		load(t, dir)
		pins := dir.Pins(Query{})
		open := map[string]string{}
		for _, p := range pins {
			open[p.ID] = p.Open
		}
		if len(pins) != 4 || open["library"] != OpenYes || open["hall"] != OpenNo || open["office"] != OpenUnknown {
			t.Errorf("%v", open)
		}
		if some := dir.Pins(Query{Words: "vélo"}); len(some) != 1 || some[0].ID != "repair" || some[0].Name["fr"] != "Atelier vélo" {
			t.Errorf("%+v", some)
		}
		if box, ok := Bounds(pins); !ok || box.South != 50.371 || box.North != 50.690 {
			t.Errorf("%+v, %v", box, ok)
		}
		near := find(t, dir, Query{Here: &geo.Point{Lat: 50.64, Lon: 3.06}, Limit: 3}).Found
		if strings.Join(idsOf(near), " ") != "hall library repair" || near[1].Distance < 1000 || near[1].Distance > 2000 {
			t.Errorf("%v", idsOf(near))
		}
		if got := dir.Suggest("médi", 5); len(got) == 0 {
			t.Error("nothing completes médi")
		}
	})
}

func TestGeoJSONSaysWhatTheStandardSays(t *testing.T) {
	t.Parallel()
	pins := []Pin{
		{ID: "a", Name: i18n.Text{"fr": `Le "Pont" <b>`, "en": "Bridge"}, Kind: "library", Point: geo.Point{Lat: 50.5, Lon: 3.25}, Open: OpenYes},
		{ID: "b", Name: i18n.Text{"vi": "Nhà văn hóa"}, Kind: "community-hall", Point: geo.Point{Lat: 16, Lon: 108}, Open: OpenUnknown},
	}
	var b strings.Builder
	if err := WriteGeoJSON(&b, pins, "fr", "en"); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Type     string
		Features []struct {
			Type, ID string
			Geometry struct {
				Type        string
				Coordinates [2]float64
			}
			Properties map[string]string
		}
	}
	if err := json.Unmarshal([]byte(b.String()), &got); err != nil {
		t.Fatal(err)
	}
	first := got.Features[0]
	if got.Type != "FeatureCollection" || len(got.Features) != 2 || first.Type != "Feature" || first.ID != "a" || first.Geometry.Type != "Point" ||
		first.Geometry.Coordinates != [2]float64{3.25, 50.5} || first.Properties["name"] != `Le "Pont" <b>` || first.Properties["open"] != "yes" ||
		got.Features[1].Properties["name"] != "Nhà văn hóa" || strings.Contains(b.String(), "<b>") {
		t.Errorf("%s", b.String())
	}
	b.Reset()
	if err := WriteGeoJSON(&b, nil, "fr"); err != nil || b.String() != `{"type":"FeatureCollection","features":[]}`+"\n" {
		t.Errorf("%q, %v", b.String(), err)
	}
	if _, ok := Bounds(nil); ok {
		t.Error("nothing has bounds")
	}
	full := errors.New("the line is cut")
	if err := WriteGeoJSON(broken{full}, pins, "fr"); !errors.Is(err, full) {
		t.Errorf("a writer that fails: %v", err)
	}
}

type broken struct{ err error }

func (c broken) Write([]byte) (int, error) { return 0, c.err }
