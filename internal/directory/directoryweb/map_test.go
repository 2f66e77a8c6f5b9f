package directoryweb_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"parvis/internal/directory"
	"parvis/internal/geo"
	"parvis/internal/web/webtest"
)

func TestTheMapPage(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		page := w.Get("/map").Is(200)
		if total(page) != "9" || len(ids(page)) != 9 || !page.Has("svg.map .land") || !page.Has("svg.map .unit") {
			t.Errorf("%s places, %d beside the map", total(page), len(ids(page)))
		}
		if !strings.Contains(page.Header.Get("Content-Security-Policy"), "worker-src") || strings.Contains(w.Get("/places").Header.Get("Content-Security-Policy"), "worker-src") {
			t.Error("the map's policy holds where the map is, and nowhere else")
		}
		marks := page.All(`svg.map a.many[href^="/places?box="]`)
		if len(marks) == 0 {
			t.Fatal("no mark for several places")
		}
		for _, mark := range marks {
			list := w.Get(attr(mark, "href")).Is(200)
			holds(t, "the mark of "+fmt.Sprint(ids(list)), webtest.Text(mark), total(list)+" lieux ici")
		}
		if near := w.Get("/map?near=Lille").Is(200); !near.Has(`svg.map a[href="/places/mediatheque"]`) {
			t.Error("a mark of one leads to its place")
		}
		for _, name := range []string{"data-script", "data-worker", "data-sheet"} {
			w.Get(page.Attr("[data-map]", name)).Is(200)
		}
		if page.Attr("[data-map]", "data-places") != "/map/data.geojson" || !hasAttr(page, "[data-map]", "hidden") || !hasAttr(page, "[data-moving]", "hidden") {
			t.Error("the moving map waits until it is asked for")
		}
		if page.Has(`link[href*="/assets/map-"]`) {
			t.Error("nobody pays for the moving map before")
		}
	})
}

func TestTheMapOfAQuestion(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		page := w.Get("/map?near=Roubaix&fee=free&q=v%C3%A9lo").Is(200)
		if got := ids(page); !slices.Equal(got, []string{"coop"}) || page.Attr("[data-map]", "data-places") != "/map/data.geojson?fee=free&near=Roubaix&q=v%C3%A9lo" {
			t.Errorf("found %v", got)
		}
		if page.Attr("[data-map]", "data-centre")[:5] != "50.68" || page.Attr("[data-map]", "data-zoom") != "12.0" {
			t.Errorf("looks at %s", page.Attr("[data-map]", "data-centre"))
		}
		if page.Attr(".active a", "href") != "/map?near=Roubaix&q=v%C3%A9lo" || !page.Has(`.acts a[href="/places?fee=free&near=Roubaix&q=v%C3%A9lo"]`) {
			t.Error("choices and the list keep the question")
		}
		here := w.Get("/map?lat=50.69&lon=3.18").Is(200)
		if !here.Has(".here-mark") || here.Header.Get("Cache-Control") != "no-store" {
			t.Error("one's own position is drawn, and not kept")
		}
		empty := w.Get("/map?q=zzqxjwvk").Is(200)
		if total(empty) != "0" || !empty.Has(`.empty a[href^="tel:"]`) || !empty.Has("svg.map") {
			t.Error("no result is no dead end on the map either")
		}
		unknown := w.Get("/map?near=Zzyzx").Is(200)
		holds(t, "an unknown town", unknown.Text(".notice"), "Nous ne connaissons pas")
	})
}

// collection is GeoJSON as another program reads it.
type collection struct {
	Type     string
	Features []struct {
		ID         string
		Geometry   struct{ Coordinates [2]float64 }
		Properties struct{ Name, Kind, Open string }
	}
}

func TestPlacesAsGeoJSON(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		read := func(path string) (c collection) {
			page := w.Get(path).Is(200)
			if kind := page.Header.Get("Content-Type"); kind != "application/geo+json" {
				t.Errorf("%s is %s", path, kind)
			}
			if err := json.Unmarshal([]byte(page.Body), &c); err != nil || c.Type != "FeatureCollection" {
				t.Fatalf("%s: %v: %.200s", path, err, page.Body)
			}
			return c
		}
		if all := read("/map/data.geojson"); len(all.Features) != 7 {
			t.Errorf("%d places have a point", len(all.Features))
		}
		one := read("/map/data.geojson?need=online-forms&spoken=ar")
		if len(one.Features) != 1 || one.Features[0].ID != "mediatheque" || one.Features[0].Geometry.Coordinates != [2]float64{lille.Lon, lille.Lat} || one.Features[0].Properties.Open != "yes" || one.Features[0].Properties.Kind != "library" {
			t.Errorf("asked for: %+v", one.Features)
		}
		for id, want := range map[string]string{"mediatheque": "yes", "payant": "no", "griffe": "unknown"} {
			if single := read("/map/data.geojson?id=" + id); len(single.Features) != 1 || single.Features[0].ID != id || single.Features[0].Properties.Open != want {
				t.Errorf("%s alone: %+v", id, single.Features)
			}
		}
		if none := read("/map/data.geojson?id=portail"); len(none.Features) != 0 {
			t.Error("a place without a point")
		}
		w.Get("/map/data.geojson?id=nulle-part").Is(404)
		if feed := w.Get("/places/mediatheque").Attr(`link[type="application/geo+json"]`, "href"); feed != "/map/data.geojson?id=mediatheque" {
			t.Errorf("the page names its twin %s", feed)
		}
	})
}

func TestTiles(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		page := w.Get("/tiles/7/65/43.mvt").Is(200)
		if kind := page.Header.Get("Content-Type"); kind != "application/vnd.mapbox-vector-tile" || len(page.Body) < 100 {
			t.Errorf("%s, %d bytes", kind, len(page.Body))
		}
		for _, layer := range []string{"outline", "units", "names"} {
			if !strings.Contains(page.Body, layer) {
				t.Errorf("no layer %s", layer)
			}
		}
		if far := w.Get("/tiles/7/1/1.mvt").Is(200); len(far.Body) != 0 {
			t.Errorf("%d bytes in the ocean", len(far.Body))
		}
		for _, none := range []string{"/tiles/7/200/43.mvt", "/tiles/7/-1/43", "/tiles/40/1/1.mvt", "/tiles/a/b/c"} {
			w.Get(none).Is(404)
		}
	})
}

func TestDrawingsAreOfWhatIsAskedFor(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		for i := range 12 {
			at := geo.Point{Lat: lille.Lat + float64(i)/1000, Lon: lille.Lon + float64(i%3)/500}
			w.put(t, directory.Place{ID: fmt.Sprintf("l%02d", i), Name: fr(fmt.Sprintf("Lieu %d", i)), Point: &at})
		}
		at := douai
		w.put(t, directory.Place{ID: "loin", Name: fr("Lieu de Douai"), Point: &at})
		w.settle(t)
		whole, near := w.Get("/places").Is(200), w.Get("/places?near=Lille").Is(200)
		if len(near.All("svg.map .pin")) <= len(whole.All("svg.map .pin")) {
			t.Error("closer, fewer places share a mark")
		}
		if marks := whole.Texts("svg.map a.many text"); len(marks) == 0 || !strings.HasSuffix(marks[0], "+") {
			t.Errorf("a mark of several says the first and more: %v", marks)
		}
		names := w.Get("/map").Texts("svg.map > text")
		if !slices.Contains(names, "Dunkerque") {
			t.Errorf("names of towns: %v", names)
		}
		if path := whole.Attr("svg.map path.land", "d"); len(path) > 900 {
			t.Errorf("the outline of a list has %d bytes", len(path))
		}
		place := w.Get("/places/loin").Is(200)
		if len(place.All("svg.map .pin")) != 1 || place.Has("svg.map .pin a") {
			t.Error("a place's map shows the place")
		}
	})
}
