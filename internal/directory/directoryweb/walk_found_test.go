package directoryweb_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"parvis/internal/geo"
	"parvis/internal/i18n"
	"parvis/internal/web/webtest"
)

// names are the places of a list, in its order.
func names(p *webtest.Page) []string { return p.Texts("ol.results > li h2") }

func find(v *valley, query string) *webtest.Page {
	v.t.Helper()
	return v.client.Get("/places?" + query).Is(200)
}

func TestWordsFindPlacesAndSayWhy(t *testing.T) {
	t.Parallel()
	inValley(t, func(t *testing.T, v *valley) {
		page := find(v, "q=glycines")
		if got := names(page); !slices.Equal(got, []string{"Médiathèque des Glycines"}) {
			t.Fatalf("found %q", got)
		}
		if total := page.Attr("[data-total]", "data-total"); total != "1" {
			t.Errorf("%s in all", total)
		}
		if why := page.Text(".why"); !strings.Contains(why, "glycines") {
			t.Errorf("the reason is %q", why)
		}
		if got := page.Attr("form[role=search] input[name=q]", "value"); got != "glycines" {
			t.Errorf("what was asked comes back as %q", got)
		}
		if got := names(find(v, "q=glicines")); len(got) == 0 || got[0] != "Médiathèque des Glycines" {
			t.Errorf("a spelling mistake finds %q", got)
		}
		if got := names(find(v, "q=mediatheque")); len(got) != 1 {
			t.Errorf("without accents: %q", got)
		}
		if got := names(find(v, "q=ordi")); !slices.Contains(got, "Médiathèque des Glycines") {
			t.Errorf("half a word: %q", got)
		}
	})
}

func TestNearOrdersByDistance(t *testing.T) {
	t.Parallel()
	inValley(t, func(t *testing.T, v *valley) {
		page := find(v, "near=Montfort")
		if got := names(page); len(got) == 0 || got[0] != "Centre social Vieux Moulin" {
			t.Errorf("near Montfort: %q", got)
		}
		if !page.Has(".aside") {
			t.Error("how far it is is not said")
		}
		if got := names(find(v, "lat=43.65&lon=0.58")); len(got) == 0 || got[0] != "Médiathèque des Glycines" {
			t.Errorf("near the phone: %q", got)
		}
		unknown := find(v, "near=Xyzzy")
		if text := unknown.Text(".notice"); !strings.Contains(text, "Xyzzy") {
			t.Errorf("the unknown name is told as %q", text)
		}
		if !unknown.Has(`.notice a[href*="near="]`) {
			t.Error("no other name is offered")
		}
	})
}

func TestFiltersNarrowAndAreTakenBack(t *testing.T) {
	t.Parallel()
	inValley(t, func(t *testing.T, v *valley) {
		tests := map[string][]string{
			"need=housing":                  {"Centre social Vieux Moulin"},
			"way=phone":                     {"Bus des services"},
			"wheelchair=yes":                {"Médiathèque des Glycines"},
			"kind=shop":                     {"Recyclerie du Pont"},
			"equipment=printer":             {"Médiathèque des Glycines"},
			"spoken=en":                     {"Médiathèque des Glycines"},
			"need=online-forms&way=counter": {"Médiathèque des Glycines"},
			"fee=paid":                      {"Recyclerie du Pont"},
			"unit=haut":                     {"Médiathèque des Glycines"},
		}
		for query, want := range tests {
			page := find(v, query)
			if got := names(page); !slices.Equal(got, want) {
				t.Errorf("%s finds %q, want %q", query, got, want)
			}
			if !page.Has(".active a.chip") {
				t.Errorf("%s cannot be taken back", query)
			}
		}
		page := find(v, "need=housing&q=vieux")
		if !page.Has("input[name=need][value=housing][checked]") {
			t.Error("the box that was ticked is not ticked")
		}
		if !page.Has(`form[role=search] input[name=need][value=housing]`) {
			t.Error("a new search forgets the filter")
		}
	})
}

func TestOpenNowAndAtATime(t *testing.T) {
	t.Parallel()
	inValley(t, func(t *testing.T, v *valley) {
		v.clock.Set(webtest.Noon.Add(-time.Hour)) // 11:00 in the valley
		if got := names(find(v, "open=now")); !slices.Equal(got, []string{"Médiathèque des Glycines"}) {
			t.Errorf("open on Wednesday at 11:00: %q", got)
		}
		if got := names(find(v, "at=2026-11-28T15:00")); !slices.Equal(got, []string{"Recyclerie du Pont"}) {
			t.Errorf("open on Saturday at 15:00: %q", got)
		}
		wrong := find(v, "at=lundi")
		if !wrong.Has(".error") || wrong.Attr("#f-at", "value") != "lundi" {
			t.Error("a time that is none is told beside its field, and stays there")
		}
		if got := len(names(wrong)); got != 4 {
			t.Errorf("%d places beside the wrong time", got)
		}
	})
}

func TestNothingFoundIsNoDeadEnd(t *testing.T) {
	t.Parallel()
	inValley(t, func(t *testing.T, v *valley) {
		page := find(v, "need=housing&wheelchair=yes")
		if got := page.Attr("[data-total]", "data-total"); got != "0" {
			t.Fatalf("%s found", got)
		}
		if !page.Has(`.empty a[href="/places?need=housing"]`) || !page.Has(`.empty a[href="/places?wheelchair=yes"]`) {
			t.Error("letting go of one filter is not offered")
		}
		if !page.Has(`.empty a[href^="tel:"]`) {
			t.Error("no telephone")
		}
		if !page.Has("ol.nearest > li") {
			t.Error("what comes closest is not shown")
		}
	})
}

func TestListInEveryLanguage(t *testing.T) {
	t.Parallel()
	inValley(t, func(t *testing.T, v *valley) {
		for _, lang := range i18n.Languages {
			client := v.client.In(lang)
			for _, path := range []string{
				"/", "/places", "/places?q=glycines&open=now", "/places?q=xqzw", "/places?near=Nulle-part", "/places?at=x", "/map", "/map?need=housing",
				"/share", "/poster", "/social-economy", "/organisations", "/organisations?q=rien", "/organisations/tilleul",
				"/places/mediatheque", "/places/bus", "/places/ancien", "/places/recyclerie", "/places/mediatheque/wrong",
			} {
				if got := client.Get(path).Is(200).Attr("html", "lang"); got != lang {
					t.Errorf("%s asked in %s comes in %s", path, lang, got)
				}
			}
		}
	})
}

func TestAListOfManyHasPages(t *testing.T) {
	t.Parallel()
	inValley(t, func(t *testing.T, v *valley) {
		for i := range 45 {
			p := placeNumber(i)
			v.put(p)
		}
		v.known()
		first := find(v, "q=borne")
		if got := len(names(first)); got != 10 {
			t.Errorf("%d on the first page", got)
		}
		last := find(v, "q=borne&page=5")
		if got := len(names(last)); got != 5 {
			t.Errorf("%d on the last page", got)
		}
		if !first.Has(`nav.pages a[href="/places?page=2&q=borne"]`) || !last.Has("nav.pages [aria-current]") {
			t.Error("the pages are not linked")
		}
		if strings.Contains(first.Body, names(last)[0]+"<") {
			t.Error("a place is on two pages")
		}
	})
}

func TestHomeAsksAndLeadsOn(t *testing.T) {
	t.Parallel()
	inValley(t, func(t *testing.T, v *valley) {
		page := v.client.Get("/").Is(200)
		if got := len(page.All(".doors a")); got != 5 {
			t.Errorf("%d doors", got)
		}
		if !page.Has(`a[href="/places?need=online-forms"]`) {
			t.Error("the commonest need is not offered")
		}
		if href := page.Attr("form[role=search]", "action"); href != "/places" {
			t.Errorf("the search leads to %s", href)
		}
		if !page.Has(`.doors a[href^="tel:"]`) {
			t.Error("the fifth door is no telephone")
		}
	})
}

func TestSocialEconomyByNeedAndByWords(t *testing.T) {
	t.Parallel()
	inValley(t, func(t *testing.T, v *valley) {
		page := v.client.Get("/social-economy").Is(200)
		if got := names(page); !slices.Equal(got, []string{"Recyclerie du Pont"}) {
			t.Errorf("the social economy is %q", got)
		}
		if !page.Has(`a[href="/social-economy?need=repair-reuse"]`) {
			t.Error("its need is not offered")
		}
		if got := v.client.Get("/social-economy?q=glycines").Is(200).Attr("[data-total]", "data-total"); got != "0" {
			t.Errorf("a library is no part of it, and %s are found", got)
		}
		o := v.client.Get("/organisations?q=tilleul").Is(200)
		if got := o.Texts("h2 a"); !slices.Equal(got, []string{"Le Tilleul"}) {
			t.Errorf("organisations: %q", got)
		}
		if !v.client.Get("/organisations/tilleul").Is(200).Has(`a[href="/places/recyclerie"]`) {
			t.Error("its place is not linked")
		}
		v.client.Get("/organisations/nobody").Is(404)
	})
}

func TestMapDataAndTiles(t *testing.T) {
	t.Parallel()
	inValley(t, func(t *testing.T, v *valley) {
		data := v.client.Get("/map/data.geojson?kind=library").Is(200)
		if data.Header.Get("Content-Type") != "application/geo+json" || !strings.Contains(data.Body, `"id":"mediatheque"`) || strings.Contains(data.Body, "recyclerie") {
			t.Errorf("GeoJSON: %s", data.Body)
		}
		if all := v.client.Get("/map/data.geojson").Is(200).Body; strings.Contains(all, `"bus"`) {
			t.Error("what has no point is on no map")
		}
		if tile := v.client.Get("/tiles/0/0/0").Is(200); len(tile.Body) == 0 {
			t.Error("the world's tile is empty")
		}
		for _, none := range []string{"/tiles/0/1/0", "/tiles/x/0/0", "/tiles/30/0/0"} {
			v.client.Get(none).Is(404)
		}
		page := v.client.Get("/map").Is(200)
		if !page.Has("svg.map a") || !page.Has("ol.results > li") || !page.Has("[data-map]") {
			t.Error("the map has its picture, its list and its moving twin")
		}
		if csp := page.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "worker-src 'self'") {
			t.Errorf("the moving map could not start: %s", csp)
		}
		box := geo.Around(geo.Point{Lat: 43.75, Lon: 0.70}, 900)
		query := url.Values{"box": {strings.Join([]string{num(box.South), num(box.West), num(box.North), num(box.East)}, ",")}}
		if got := names(find(v, query.Encode())); !slices.Equal(got, []string{"Centre social Vieux Moulin"}) {
			t.Errorf("in that part of the map: %q", got)
		}
	})
}
