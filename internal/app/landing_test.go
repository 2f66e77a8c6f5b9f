package app_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parvis/internal/app"
	"parvis/internal/i18n"
	"parvis/internal/web/webtest"
)

const landing = "127.0.0.1:8080"

func TestLandingPresentsTheFive(t *testing.T) {
	t.Parallel()
	client := webtest.New(t, demo(t, options(t, ""), "hai-van", "nord", "sector4", "auch", "jingan").Handler()).At(landing)
	page := client.Get("/").Is(200)
	want := []string{"hai-van", "nord", "sector4", "auch", "jingan"}
	var hosts []string
	for _, link := range page.All(".territory h2 a") {
		hosts = append(hosts, hostOf(link.Attr[0].Val))
	}
	if !slices.Equal(hosts, want) {
		t.Errorf("it leads to %v, want %v", hosts, want)
	}
	if got := len(page.All(".shape-map .land")); got != 5 {
		t.Errorf("%d territories are drawn", got)
	}
	if got := len(page.All(".territory .figures dd")); got < 5 {
		t.Errorf("%d figures are told", got)
	}
	for _, id := range want {
		if !strings.Contains(page.Text("pre"), "127.0.0.1 "+id+".localhost") {
			t.Errorf("the hosts file lacks %s", id)
		}
	}
}

func hostOf(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	name, _, _ := strings.Cut(rest, ".localhost")
	return name
}

func TestLandingSpeaksEveryLanguage(t *testing.T) {
	t.Parallel()
	client := webtest.New(t, demo(t, options(t, ""), "auch", "jingan").Handler()).At(landing)
	seen := map[string]bool{}
	for _, lang := range i18n.Languages {
		page := client.In(lang).Get("/").Is(200)
		title := page.Text("h1")
		if page.Attr("html", "lang") != lang || seen[title] {
			t.Errorf("%s: the page says %q in %s", lang, title, page.Attr("html", "lang"))
		}
		seen[title] = true
	}
	// A territory speaks its reader's language where it can, else its own.
	for lang, want := range map[string][]string{"en": {"en", "en"}, "vi": {"fr", "zh"}, "zh": {"fr", "zh"}} {
		var spoken []string
		for _, card := range client.In(lang).Get("/").All(".territory") {
			for _, a := range card.Attr {
				if a.Key == "lang" {
					spoken = append(spoken, a.Val)
				}
			}
		}
		if !slices.Equal(spoken, want) {
			t.Errorf("read in %s they speak %v, want %v", lang, spoken, want)
		}
	}
}

func TestLandingHasItsLegalPagesAndNoDirectory(t *testing.T) {
	t.Parallel()
	client := webtest.New(t, demo(t, options(t, ""), "auch").Handler()).At(landing)
	for _, path := range []string{"/legal", "/privacy", "/accessibility", "/help"} {
		client.Get(path).Is(200)
	}
	if got := client.Get("/places?q=a").Is(303).Header.Get("Location"); got != "/" {
		t.Errorf("a search leads to %q", got)
	}
	client.Get("/map").Is(404)
	client.Get("/_demo").Is(404)
}

func TestPagesOfATerritoryStayUnderItsName(t *testing.T) {
	t.Parallel()
	client := webtest.New(t, demo(t, options(t, ""), "auch", "nord").Handler())
	auch, nord := client.At("auch.localhost:8080"), client.At("nord.localhost:8080")
	first := auch.Get("/places").Is(200).All("ol.results li")
	if len(first) == 0 {
		t.Fatal("Auch has no places")
	}
	for _, a := range first[0].Attr {
		if a.Key == "data-id" {
			auch.Get("/places/" + a.Val).Is(200)
			nord.Get("/places/" + a.Val).Is(404)
		}
	}
}

// Entering as somebody is of one territory: the other does not know them.
func TestDemoSignInIsOfOneTerritory(t *testing.T) {
	t.Parallel()
	client := webtest.New(t, demo(t, options(t, ""), "auch", "nord").Handler())
	auch := client.At("auch.localhost:8080")
	auch.Post("/_demo/enter", map[string][]string{"role": {"agent"}}).Is(303)
	auch.Get("/account").Is(200)
	client.At("nord.localhost:8080").Get("/account").Is(401)
}

func TestEveryTerritoryServesItsHousePages(t *testing.T) {
	t.Parallel()
	a := demo(t, options(t, ""), "hai-van", "sector4")
	for _, h := range a.Houses() {
		client := webtest.New(t, a.Handler()).At(h.Hosts[0] + ":8080")
		for _, lang := range h.Languages {
			for _, path := range []string{"/", "/places", "/map", "/share", "/poster", "/social-economy", "/organisations", "/legal", "/privacy", "/accessibility", "/help", "/sign-in", "/_demo", "/_ui"} {
				if got := client.In(lang).Get(path).Is(200).Attr("html", "lang"); got != lang {
					t.Errorf("%s%s asked in %s comes in %s", h.ID, path, lang, got)
				}
			}
		}
	}
}

func TestAFailedTerritoryStopsItselfAlone(t *testing.T) {
	t.Parallel()
	o := options(t, "")
	if _, err := app.Init(t.Context(), o, newTerritory); err != nil {
		t.Fatal(err)
	}
	broken := newTerritory
	broken.ID, broken.Host = "bris", "bris.localhost"
	if _, err := app.Init(t.Context(), o, broken); err != nil {
		t.Fatal(err)
	}
	damage(t, o, "bris", "territory.yaml", "id: bris\nzone: nowhere\n")
	a := open(t, o)
	if failed := a.Failed(); len(failed) != 1 || failed[0].Territory != "bris" || !strings.Contains(failed[0].Err.Error(), "territory.yaml:") {
		t.Errorf("left out: %v", failed)
	}
	if a.House("vald") == nil || a.House("bris") != nil {
		t.Error("the whole one is open, the broken one is not")
	}
	webtest.New(t, a.Handler()).Get("/").Is(200)
	damage(t, o, "vald", "territory.yaml", "id: [\n")
	if _, err := app.Open(t.Context(), o); err == nil || !strings.Contains(err.Error(), "bris") {
		t.Errorf("nothing could be opened, and the error says why: %v", err)
	}
}

func TestTwoTerritoriesUnderOneNameAreRefused(t *testing.T) {
	t.Parallel()
	o := options(t, "")
	twin := newTerritory
	twin.ID, twin.Host = "twin", "twin.localhost"
	for _, n := range []app.NewTerritory{newTerritory, twin} {
		if _, err := app.Init(t.Context(), o, n); err != nil {
			t.Fatal(err)
		}
	}
	moveTo(t, o, "twin", "vald.localhost")
	if _, err := app.Open(t.Context(), o); err == nil || !strings.Contains(err.Error(), "vald.localhost") {
		t.Errorf("got %v", err)
	}
}

func TestHealthAndMetrics(t *testing.T) {
	t.Parallel()
	a := demo(t, options(t, ""), "auch")
	client := webtest.New(t, a.Handler())
	client.Get("/health/live").Is(200)
	client.Get("/health/ready").Is(200)
	client.At("auch.localhost:8080").Get("/").Is(200)
	if text := client.Get("/metrics").Is(200).Body; !strings.Contains(text, "parvis_http_requests_total") {
		t.Errorf("the figures do not tell of the pages:\n%.400s", text)
	}
	if a.Took() < 0 {
		t.Error("opening takes time")
	}
}

func TestTilesOfOthersMayBeFetchedByTheMapAlone(t *testing.T) {
	t.Parallel()
	o := options(t, "")
	o.Config.Tiles.Address, o.Config.Tiles.Credit = "https://tiles.example:8443/{z}/{x}/{y}.mvt", "Les cartographes"
	client := webtest.New(t, demo(t, o, "auch").Handler()).At("auch.localhost:8080")
	page := client.Get("/map").Is(200)
	if csp := page.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "connect-src 'self' https://tiles.example:8443") {
		t.Errorf("the map may not fetch its tiles: %s", csp)
	}
	if base := page.Attr("[data-map]", "data-base"); base != o.Config.Tiles.Address || !strings.Contains(page.Body, "Les cartographes") {
		t.Errorf("the map under ours is %q", base)
	}
	if csp := client.Get("/").Is(200).Header.Get("Content-Security-Policy"); strings.Contains(csp, "tiles.example") {
		t.Errorf("a page without a map may fetch from elsewhere: %s", csp)
	}
}

// moveTo has a territory's pack say another host name.
func moveTo(t *testing.T, o app.Options, territory, host string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(o.Config.Data, territory, "pack", "territory.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	damage(t, o, territory, "territory.yaml", regexp.MustCompile(`hosts: .*`).ReplaceAllString(string(text), "hosts: ["+host+"]"))
}
