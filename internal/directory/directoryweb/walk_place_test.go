package directoryweb_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"parvis/internal/directory"
	"parvis/internal/hours"
	"parvis/internal/web/webtest"
)

func num(v float64) string { return fmt.Sprintf("%.3f", v) }

// placeNumber is one of many places alike.
func placeNumber(i int) directory.Place {
	return directory.Place{ID: fmt.Sprintf("borne-%02d", i), Name: text(fmt.Sprintf("Borne numéro %02d", i)), Kind: "service-point", Point: at(43.6+float64(i)/1000, 0.5)}
}

func TestAPlaceTellsAllThatOneNeeds(t *testing.T) {
	t.Parallel()
	inValley(t, func(t *testing.T, v *valley) {
		page := v.client.Get("/places/mediatheque").Is(200)
		if got := page.Text("h1"); got != "Médiathèque des Glycines" {
			t.Errorf("called %q", got)
		}
		if page.Attr("[data-open]", "data-open") != "no" { // Wednesday noon: it has just closed
			t.Error("it is closed at noon")
		}
		if got := page.Text("[data-open]"); !strings.Contains(got, "14") {
			t.Errorf("when it opens next: %q", got)
		}
		for _, selector := range []string{
			`a[href="tel:+33536490001"]`, `a[href^="geo:43.65"]`, `a[href="mailto:glycines@vald.example"]`, `a[href="https://www.glycines.example/"]`,
			"table.hours tr.today", "svg.map", "svg.qr", `a[href="/places/mediatheque/wrong"]`, `a[href="https://registre.example/1"]`, "#s-papiers",
		} {
			if !page.Has(selector) {
				t.Errorf("%s is missing", selector)
			}
		}
		if got := len(page.All("table.hours tr")); got != 7 {
			t.Errorf("%d days of the week", got)
		}
		for _, words := range []string{"6 ordinateurs", "Vos identifiants", "4 rue des Glycines", "Gratuit", "Sans rendez-vous"} {
			if !strings.Contains(page.Body, words) {
				t.Errorf("it does not say %q", words)
			}
		}
		if got := v.client.In("en").Get("/places/mediatheque").Text("h1"); got != "Wisteria Library" {
			t.Errorf("in English it is %q", got)
		}
		v.client.Get("/places/nowhere").Is(404)
	})
}

func TestAPlaceThatIsNotAsUsual(t *testing.T) {
	t.Parallel()
	inValley(t, func(t *testing.T, v *valley) {
		if got := v.client.Get("/places/ancien").Is(200).Text(".notice"); !strings.Contains(got, "2024") {
			t.Errorf("nobody confirmed it for two years: %q", got)
		}
		bus := v.client.Get("/places/bus").Is(200)
		if bus.Has("svg.map") || bus.Has("table.hours") || !strings.Contains(bus.Body, "les jours de marché") {
			t.Error("what moves has no map, and hours that we cannot read stand as they were written")
		}
		today := hours.DateOf(webtest.Noon)
		v.shut("mediatheque", "Dégât des eaux", today, today+2)
		v.known()
		shut := v.client.Get("/places/mediatheque").Is(200)
		if got := shut.Text(".notice"); !strings.Contains(got, "Dégât des eaux") {
			t.Errorf("the closure is told as %q", got)
		}
		if err := v.directory.EndPlace(t.Context(), "", "recyclerie"); err != nil {
			t.Fatal(err)
		}
		v.known()
		gone := v.client.Get("/places/recyclerie").Is(200)
		if !gone.Has(".notice.bad") || gone.Has("table.hours") {
			t.Error("it has closed for good, and its page says so")
		}
		if got := names(v.client.Get("/places?q=recyclerie")); len(got) > 0 && got[0] == "Recyclerie du Pont" {
			t.Error("what has closed for good is still found")
		}
	})
}

// A page that was kept in memory is made anew once a place has changed.
func TestAChangeIsSeenAtOnce(t *testing.T) {
	t.Parallel()
	inValley(t, func(t *testing.T, v *valley) {
		v.client.Get("/places/bus").Is(200)
		v.put(directory.Place{ID: "bus", Kind: "mobile-stand", Name: text("Car des services"), Itinerant: true})
		v.known()
		if got := v.client.Get("/places/bus").Is(200).Text("h1"); got != "Car des services" {
			t.Errorf("after the change it is %q", got)
		}
		if got := names(v.client.Get("/places?q=car")); len(got) == 0 || got[0] != "Car des services" {
			t.Errorf("the list has %q", got)
		}
	})
}

func TestSomethingHereIsWrong(t *testing.T) {
	t.Parallel()
	inValley(t, func(t *testing.T, v *valley) {
		form := v.client.Get("/places/mediatheque/wrong").Is(200)
		if got := len(form.All("input[name=kind]")); got != len(directory.Codes(directory.GroupRemark)) {
			t.Errorf("%d things can be wrong", got)
		}
		again := v.client.Post("/places/mediatheque/wrong", url.Values{"words": {"Fermé le samedi"}, "contact": {"pas une adresse"}}).Is(422)
		if !strings.Contains(again.Text("textarea"), "Fermé le samedi") || again.Attr("input[name=contact]", "value") != "pas une adresse" {
			t.Error("what was typed is gone")
		}
		if got := len(again.All(".error")); got != 2 {
			t.Errorf("%d fields are told, want the kind and the contact", got)
		}
		sent := v.client.Post("/places/mediatheque/wrong", url.Values{"kind": {"hours"}, "words": {"Fermé le samedi"}, "contact": {"ana@example.org"}}).Is(303)
		thanks := v.client.Get(sent.Header.Get("Location")).Is(200)
		waiting, err := v.directory.Remarks(t.Context(), false, 10, 0)
		if err != nil || len(waiting) != 1 {
			t.Fatalf("%d remarks are kept, %v", len(waiting), err)
		}
		if r := waiting[0]; r.Place != "mediatheque" || r.Kind != "hours" || r.Words != "Fermé le samedi" || r.Contact != "ana@example.org" || r.Language != "fr" {
			t.Errorf("kept as %+v", r)
		}
		if !strings.Contains(thanks.Text("main"), waiting[0].Code) {
			t.Error("its number is not told")
		}
		v.client.Get("/places/mediatheque/wrong/no-code").Is(404)
		v.client.Post("/places/nowhere/wrong", url.Values{"kind": {"closed"}}).Is(404)
	})
}

func TestShareAndPoster(t *testing.T) {
	t.Parallel()
	inValley(t, func(t *testing.T, v *valley) {
		share := v.client.Get("/share").Is(200)
		if !share.Has("svg.qr") || !share.Has(`a[href="/poster"]`) || !share.Has(`a[href^="mailto:"]`) {
			t.Error("an address, a code, a poster, a mail")
		}
		if !strings.Contains(share.Body, "http://vald.localhost:8080/map") {
			t.Error("the address is not the map's")
		}
		poster := v.client.Get("/poster").Is(200)
		if !poster.Has("svg.qr") || !strings.Contains(poster.Text("main"), "05 36 49 12 34") {
			t.Error("the poster has a code and a telephone")
		}
		for _, path := range []string{"/share/qr.svg", "/places/mediatheque/qr.svg"} {
			if code := v.client.Get(path).Is(200); code.Header.Get("Content-Type") != "image/svg+xml" || !strings.HasPrefix(code.Body, "<svg") {
				t.Errorf("%s: %s", path, code.Header.Get("Content-Type"))
			}
		}
		v.client.Get("/places/nowhere/qr.svg").Is(404)
	})
}
