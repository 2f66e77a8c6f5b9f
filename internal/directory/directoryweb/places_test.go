package directoryweb_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"parvis/internal/directory"
	"parvis/internal/geo"
	"parvis/internal/web/webtest"
)

func TestSearchFindsAndSaysWhy(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		page := w.Get("/places?q=formulaire").Is(200)
		if got := ids(page); len(got) == 0 || got[0] != "mediatheque" {
			t.Fatalf("found %v", got)
		}
		if page.Attr("form[role=search] input[name=q]", "value") != "formulaire" || plain(page.Text("h1")) != "De l’aide pour « formulaire »" {
			t.Errorf("the words are lost: %s", page.Text("h1"))
		}
		card := page.Texts("ol.results > li")[0]
		holds(t, "the card", card, "Médiathèque Le Lin Bleu", "84 rue du Lin, 59000 Lille", "Ouvert jusqu’à 17 h 30", "Gratuit", "Accessible en fauteuil roulant",
			"Premiers pas avec un ordinateur ou un téléphone, aide aux démarches en ligne et impôts", "« formulaire » dans ce qu’il propose")
		if page.Text("#p-mediatheque .pin-no") != "1" || !page.Has(`svg.map a[href="#p-mediatheque"]`) {
			t.Error("a place has the number of its pin")
		}
		holds(t, "the pin", page.Text(`svg.map a[href="#p-mediatheque"]`), "Numéro 1 : Médiathèque Le Lin Bleu")
	})
}

func TestAMapIsDrawnWhenThereIsSomethingToPin(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		if page := w.Get("/places?way=online").Is(200); len(ids(page)) == 0 || page.Has("svg.map") {
			t.Errorf("what is online alone stands nowhere: %v; a map: %v", ids(page), page.Has("svg.map"))
		}
	})
}

func TestSearchMendsWhatIsMisspelt(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		for _, typed := range []string{"mediatheqe", "MEDIATHEQUE", "médiathé"} {
			page := w.Get("/places?q=" + url.QueryEscape(typed)).Is(200)
			if got := ids(page); len(got) == 0 || got[0] != "mediatheque" {
				t.Errorf("%q finds %v", typed, got)
			}
		}
		page := w.Get("/places?q=mediatheqe")
		holds(t, "what was mended", page.Text("main"), "édiath")
		if !page.Has(".why") && !page.Has(".notice") {
			t.Error("nothing says how the words were understood")
		}
	})
}

func TestWhatIsWrittenAlikeIsNotMended(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		for typed, told := range map[string]bool{"l'ordinateur": false, "L’ORDINATEUR": false, "l'ordinnateur": true} {
			page := w.Get("/places?q=" + url.QueryEscape(typed)).Is(200)
			if len(ids(page)) == 0 || strings.Contains(page.Text("main"), "Nous avons cherché") != told {
				t.Errorf("%q finds %v; told what was searched: %v", typed, ids(page), !told)
			}
		}
	})
}

func TestWordsInARowAreOneReason(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		page := w.Get("/places?q=" + url.QueryEscape("Petits Groupes")).Is(200)
		if got := page.Texts(".why"); len(got) == 0 || plain(got[0]) != "« Petits Groupes » dans sa présentation" {
			t.Errorf("why: %q", got)
		}
		apart := w.Get("/places?q=" + url.QueryEscape("groupes de petits")).Is(200)
		if got := apart.Texts(".why"); len(got) == 0 || !strings.Contains(plain(got[0]), "« groupes »") || !strings.Contains(plain(got[0]), "« petits »") {
			t.Errorf("why, words apart: %q", got)
		}
	})
}

func TestNearATown(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		page := w.Get("/places?near=Roubaix").Is(200)
		if got := ids(page); len(got) < 3 || !slices.Contains([]string{"payant", "coop"}, got[0]) || got[2] != "mediatheque" {
			t.Errorf("near Roubaix: %v", got)
		}
		if page.Has(".notice") || page.Attr("form[role=search] input[name=near]", "value") != "Roubaix" {
			t.Error("a town that is known needs no explanation")
		}
		if aside := page.Texts("ol.results .aside"); len(aside) == 0 || !strings.HasSuffix(aside[0], "m") {
			t.Errorf("distances: %v", aside)
		}
		for _, typed := range []string{"roubai", "59100"} {
			if got := ids(w.Get("/places?near=" + typed).Is(200)); len(got) == 0 || !slices.Contains([]string{"payant", "coop"}, got[0]) {
				t.Errorf("near %s: %v", typed, got)
			}
		}
	})
}

func TestAnUnknownTownIsToldWithOthers(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		page := w.Get("/places?near=Zzyzx&q=formulaire").Is(200)
		holds(t, "the notice", page.Text(".notice"), "Nous ne connaissons pas « Zzyzx »", "Lille")
		if href := page.Attr(`.notice a[href*="near=Lille"]`, "href"); href != "/places?near=Lille&q=formulaire" {
			t.Errorf("the proposal keeps the words: %s", href)
		}
		if len(ids(page)) == 0 {
			t.Error("the words still find")
		}
	})
}

func TestOnesOwnPositionIsUsedAndNotKept(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		page := w.Get("/places?lat=50.69012345&lon=3.18171&q=&near=").Is(200)
		if got := ids(page); len(got) == 0 || !slices.Contains([]string{"payant", "coop"}, got[0]) {
			t.Errorf("near by: %v", got)
		}
		if page.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("kept: %q", page.Header.Get("Cache-Control"))
		}
		if page.Attr(`form[role=search] input[name=lat]`, "value") != "50.69" || page.Attr(`form.filters input[name=lat]`, "value") != "50.69" {
			t.Error("a further question forgets where one is")
		}
		if !strings.Contains(page.Text(".active"), "Autour de ma position") {
			t.Error("nothing says that the position is used")
		}
		if !page.Has("circle.here-mark") {
			t.Error("the map does not show where one is")
		}
		if other := w.Get("/places?q=formulaire"); other.Header.Get("Cache-Control") == "no-store" {
			t.Error("a list without a position may be kept")
		}
	})
}

func TestFiltersCountNarrowAndGoAway(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		all := w.Get("/places").Is(200)
		if total(all) != "9" {
			t.Fatalf("%s places", total(all))
		}
		for name, want := range map[string]string{"fee=free": "7", "fee=paid": "1", "wheelchair=yes": "1", "spoken=ar": "1", "equipment=computer": "1", "kind=library": "1", "unit=59-c30": "2", "need=tax": "2", "audience=older": "", "way=online": "1"} {
			field, value, _ := strings.Cut(name, "=")
			box := fmt.Sprintf(`form.filters input[name=%s][value=%s]`, field, value)
			if !all.Has(box) {
				t.Errorf("no box for %s", name)
				continue
			}
			page := w.Get("/places?" + name).Is(200)
			if want != "" && total(page) != want {
				t.Errorf("%s leaves %s, want %s", name, total(page), want)
			}
			if label := labelOf(all, box); want != "" && !strings.HasSuffix(label, " "+want) {
				t.Errorf("%s says %q, and leaves %s", name, label, want)
			}
			if page.Attr(box, "checked") != "" || !hasAttr(page, box, "checked") {
				t.Errorf("%s is not ticked any more", name)
			}
			if chip := page.One(".active a.chip"); webtest.Text(chip) == "" || page.Attr(".active a.chip", "href") != "/places" {
				t.Errorf("%s cannot be taken away: %s", name, page.Attr(".active a.chip", "href"))
			}
		}
		two := w.Get("/places?q=lin&near=Lille&fee=free&wheelchair=yes").Is(200)
		if got := two.Texts(".active a"); len(got) != 3 || two.Attr(".active > a", "href") != "/places?near=Lille&q=lin" {
			t.Errorf("choices %v", got)
		}
		if !two.Has(`.active a[href="/places?near=Lille&q=lin&wheelchair=yes"]`) {
			t.Error("one choice is taken away alone")
		}
		if unit := w.Get("/places?unit=59-c30").Text(".active"); strings.Contains(unit, "59-c30") {
			t.Errorf("a unit is called by its name: %s", unit)
		}
	})
}

// labelOf is the text of the label around a box.
func labelOf(page *webtest.Page, box string) string {
	return webtest.Text(page.One(box).Parent)
}

func hasAttr(page *webtest.Page, selector, name string) bool {
	for _, a := range page.One(selector).Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func TestALongFilterUnfolds(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		needs := directory.Codes(directory.GroupNeed)[:12]
		for i, need := range needs {
			w.put(t, directory.Place{ID: fmt.Sprint("p", i), Name: fr("Lieu " + need)}, directory.Service{Name: fr("Aide"), Needs: []string{need}})
		}
		w.settle(t)
		few := w.Get("/places").Is(200)
		if n := len(few.All("form.filters label input[name=need]")); n != 5 {
			t.Errorf("%d needs at first", n)
		}
		more := few.Attr(`a[href="/places?more=need"]`, "href")
		page := w.Get(more).Is(200)
		if n := len(page.All("form.filters label input[name=need]")); n != len(needs) || !page.Has("details.all-filters[open] details.filter[open]") {
			t.Errorf("%d needs when all are asked for", n)
		}
		if page.Has(`a[href*="page=2"][href*="more="]`) || page.Has(`.active`) {
			t.Error("an unfolded filter is no choice")
		}
		chosen := w.Get("/places?need=" + needs[11]).Is(200)
		if !chosen.Has(`form.filters input[value=` + needs[11] + `][checked]`) {
			t.Error("a chosen value is always offered")
		}
	})
}

func TestWhatAllPlacesHaveNarrowsNothing(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		page := w.Get("/places?kind=library").Is(200)
		if page.Has("input[name=wheelchair]") || !page.Has("input[name=kind][value=library][checked]") {
			t.Error("only what narrows is offered, and what is chosen")
		}
		if w.Get("/places").Has("input[value=unknown]") {
			t.Error("that something is not known is no choice")
		}
	})
}

func TestNothingFoundLeadsOn(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		page := w.Get("/places?need=repair-reuse&wheelchair=yes&near=Lille").Is(200)
		if total(page) != "0" {
			t.Fatalf("%s found", total(page))
		}
		holds(t, "the ways on", page.Text(".empty"), "Aucun lieu ne réunit tout cela", "Sans « Réparation et réemploi » : 1 lieu", "Sans « Accessible en fauteuil roulant » : 1 lieu", "03 53 01 59 59")
		if page.Attr(`.empty a[href="/places?near=Lille&wheelchair=yes"]`, "href") == "" || !page.Has(`.empty a[href^="tel:"]`) || !page.Has(`.empty a[href="/places"]`) {
			t.Error("each way on leads somewhere")
		}
		if got := ids(page); len(got) == 0 || got[0] != "mediatheque" {
			t.Errorf("the nearest: %v", got)
		}
		words := w.Get("/places?q=zzqxjwvk").Is(200)
		holds(t, "words nobody knows", words.Text(".empty"), "Vérifiez l’orthographe", "quelqu’un cherche avec vous", "Sans « zzqxjwvk » : 9 lieux")
		if words.Has("svg.map") {
			t.Error("a map of no place")
		}
		night := w.Get("/places?at=2026-11-29T03:00&way=counter").Is(200)
		holds(t, "at night", night.Text(".empty"), "Sans « 29 novembre 2026")
		both := w.Get("/places?q=zzqxjwvk&need=marriage").Is(200)
		if !both.Has(".empty a") {
			t.Error("a dead end")
		}
	})
}

func TestPagesOfAList(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		for i := range 23 {
			at := geo.Point{Lat: 50.3 + float64(i)/100, Lon: 3.2}
			w.put(t, directory.Place{ID: fmt.Sprintf("lieu-%02d", i), Name: fr(fmt.Sprintf("Lieu %02d", i)), Point: &at})
		}
		w.settle(t)
		var all []string
		for number, want := range map[int]int{1: 10, 2: 10, 3: 3} {
			page := w.Get(fmt.Sprintf("/places?q=lieu&page=%d", number)).Is(200)
			got := ids(page)
			if len(got) != want || total(page) != "23" || page.Attr(".pages [aria-current]", "aria-label") == "" {
				t.Errorf("page %d: %d of %s", number, len(got), total(page))
			}
			if first := page.Text("#p-" + got[0] + " .pin-no"); first != fmt.Sprint(number*10-9) {
				t.Errorf("page %d begins with %s", number, first)
			}
			all = append(all, got...)
		}
		slices.Sort(all)
		if len(slices.Compact(all)) != 23 {
			t.Errorf("%d different places on three pages", len(all))
		}
		second := w.Get("/places?q=lieu&page=2")
		if second.Attr("a[rel=next]", "href") != "/places?page=3&q=lieu" || second.Attr("a[rel=prev]", "href") != "/places?q=lieu" {
			t.Errorf("ways: %s, %s", second.Attr("a[rel=next]", "href"), second.Attr("a[rel=prev]", "href"))
		}
		if beyond := w.Get("/places?q=lieu&page=400").Is(200); len(ids(beyond)) != 0 || total(beyond) != "23" {
			t.Error("a page beyond the last")
		}
		if one := w.Get("/places?q=lieu&page=3"); one.Attr(".found-head a", "href") != "/map?q=lieu" {
			t.Errorf("the map has all of them: %s", one.Attr(".found-head a", "href"))
		}
	})
}

func TestAPartOfTheMap(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		page := w.Get("/places?box=50.68,3.17,50.7,3.19").Is(200)
		if got := ids(page); len(got) != 2 || slices.Contains(got, "mediatheque") {
			t.Errorf("in the box: %v", got)
		}
		if page.Attr(".active a", "href") != "/places" || page.Attr(`form.filters input[name=box]`, "value") != "50.68,3.17,50.7,3.19" {
			t.Error("the box is a choice, and is carried along")
		}
		if !page.Has(`svg.map .many`) {
			t.Error("two in one place are one mark")
		}
	})
}

func TestTheMapIsAskedForByTheList(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		page := w.Get("/places?view=map&near=Roubaix&fee=free").Is(303)
		if to := page.Header.Get("Location"); to != "/map?fee=free&near=Roubaix" {
			t.Errorf("leads to %s", to)
		}
	})
}
