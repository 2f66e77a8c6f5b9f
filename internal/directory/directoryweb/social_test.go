package directoryweb_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"parvis/internal/directory"
)

func TestTheSocialEconomyByNeedAndByPlace(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		page := w.Get("/social-economy").Is(200)
		if got := ids(page); len(got) != 2 || !slices.Contains(got, "coop") || !slices.Contains(got, "griffe") {
			t.Errorf("the social economy: %v", got)
		}
		if page.Attr(`.cards a[href="/social-economy?need=repair-reuse"]`, "href") == "" {
			t.Error("a way in by need")
		}
		places := page.Attr(`ul.chips a[href="/social-economy?unit=59-c30"]`, "href")
		byPlace := w.Get(places).Is(200)
		if got := ids(byPlace); !slices.Equal(got, []string{"coop"}) || byPlace.Has(".cards") {
			t.Errorf("by place: %v", got)
		}
		byNeed := w.Get("/social-economy?need=repair-reuse").Is(200)
		if got := ids(byNeed); !slices.Equal(got, []string{"coop"}) || byNeed.Attr(".active a", "href") != "/social-economy" {
			t.Errorf("by need: %v", got)
		}
		words := w.Get("/social-economy?q=coperative&near=Lille").Is(200)
		if got := ids(words); len(got) == 0 || got[0] != "coop" || words.Attr("form[role=search]", "action") != "/social-economy" {
			t.Errorf("with the same search: %v", got)
		}
		if none := w.Get("/social-economy?q=mediatheque").Is(200); slices.Contains(ids(none), "mediatheque") && total(none) != "0" {
			t.Error("a library is no part of it")
		}
		for _, box := range page.All("form.filters input[name=need]") {
			if !slices.Contains(directory.SocialEconomyNeeds(), attr(box, "value")) {
				t.Errorf("offers %s", attr(box, "value"))
			}
		}
	})
}

func TestOrganisations(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		page := w.Get("/organisations").Is(200)
		if total(page) != "2" || !slices.Equal(hrefs(page.All(".card h2 a")), []string{"/organisations/atelier", "/organisations/reseau"}) {
			t.Errorf("%s organisations: %v", total(page), hrefs(page.All(".card h2 a")))
		}
		holds(t, "a card", page.Texts(".card")[1], "Réseau Clic et Clef", "Des lieux où l’on apprend.", "Lille", "1 lieu")
		for asked, want := range map[string]string{"q=repare": "/organisations/atelier", "q=lille": "/organisations/reseau", "need=repair-reuse": "/organisations/atelier", "need=tax": "/organisations/reseau"} {
			if got := hrefs(w.Get("/organisations?" + asked).Is(200).All(".card h2 a")); !slices.Equal(got, []string{want}) {
				t.Errorf("%s: %v", asked, got)
			}
		}
		none := w.Get("/organisations?q=zzz").Is(200)
		if total(none) != "0" || none.Attr(`.empty a[href="/organisations"]`, "href") == "" {
			t.Error("a dead end")
		}
		one := w.Get("/organisations/reseau").Is(200)
		holds(t, "its page", one.Text("main"), "Association", "Réseau Clic et Clef", "Des lieux où l’on apprend.", "03 53 01 00 13", "reseau@nord.example", "25 novembre 2026", "Ses lieux", "Médiathèque Le Lin Bleu")
		if one.Attr(`.card a[href="/places/mediatheque"]`, "href") == "" {
			t.Error("to its place")
		}
		holds(t, "needs in words", w.Get("/organisations/atelier").Text("dl.kv"), "Réparation et réemploi")
		if english := w.In("en").Get("/organisations/atelier").Is(200); english.Text("h1") != "Repair Workshop" || english.Attr("main .lead", "lang") != "fr" {
			t.Error("in English, and what is not says so")
		}
		w.Get("/organisations/nulle-part").Is(404)
	})
}

func TestPagesOfOrganisations(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		for i := range 65 {
			if _, err := w.dir.PutOrganisation(t.Context(), "tester", directory.Organisation{ID: fmt.Sprintf("o%02d", i), Name: fr(fmt.Sprintf("Atelier %02d", i))}); err != nil {
				t.Fatal(err)
			}
		}
		last := w.Get("/organisations?q=atelier&page=3").Is(200)
		if n := len(last.All(".card")); n != 5 || total(last) != "65" || last.Attr("a[rel=prev]", "href") != "/organisations?page=2&q=atelier" || last.Has("a[rel=next]") {
			t.Errorf("%d of %s", n, total(last))
		}
		if first := w.Get("/organisations"); len(first.All(".card")) != 30 || !strings.Contains(first.Text(".card h2 a[href$=o00]"), "00") {
			t.Error("the first page is in the order of names")
		}
	})
}
