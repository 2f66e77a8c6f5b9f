package directoryweb_test

import (
	"slices"
	"testing"

	"parvis/internal/directory"
	"parvis/internal/i18n"
	"parvis/internal/web/webtest"
)

func TestHomeAsksAndShowsTheDoors(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		page := w.Get("/").Is(200)
		if plain(page.Text("h1")) != "De quoi avez-vous besoin ?" || page.Attr("form.big", "action") != "/places" || page.Attr("input[name=q]", "placeholder") == "" {
			t.Error("asks")
		}
		if doors := hrefs(page.All("a.door")); len(doors) != 5 || !slices.Contains(doors, "/places?way=home") || !slices.Contains(doors, "tel:0353015959") {
			t.Errorf("doors %v", doors)
		}
		holds(t, "the phone's door", page.Text(`a.door[href^="tel:"]`), "Ouvert jusqu’à 18 h")
		holds(t, "what is asked for most", page.Text(".has-hero"), "Aide aux démarches en ligne 2 lieux", "Ouvert en ce moment")
		open := hrefs(page.All(`.card h3 a[href^="/places/"]`))
		if !slices.Equal(open, []string{"/places/mediatheque", "/places/coop"}) && !slices.Equal(open, []string{"/places/coop", "/places/mediatheque"}) {
			t.Errorf("open now, where one can go: %v", open)
		}
		if more := hrefs(page.All(".ways a")); !slices.Equal(more, []string{"/share", "/organisations", "/social-economy"}) {
			t.Errorf("further: %v", more)
		}
		w.at(t, "2026-11-26 03:00")
		night := w.Get("/").Is(200)
		holds(t, "at night", night.Text(".has-hero"), "Des lieux pour vous aider", "Fermé, ouvre à 9 h")
		holds(t, "the phone's door at night", night.Text(`a.door[href^="tel:"]`), "Ouvre à 8 h 30")
		if got := hrefs(night.All(`.card h3 a[href^="/places/"]`)); len(got) != 3 || slices.Contains(got, "/places/portail") {
			t.Errorf("at night: %v", got)
		}
	})
}

func TestHomeOfAnEmptyTerritory(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		page := w.Get("/").Is(200)
		if page.Has(".card") || !page.Has("form[role=search]") || !page.Has("a.door") {
			t.Error("nothing is shown that is not there")
		}
		for _, path := range []string{"/places", "/map", "/social-economy", "/organisations"} {
			if empty := w.Get(path).Is(200); total(empty) != "0" || !empty.Has("main a") {
				t.Errorf("%s: %s", path, total(empty))
			}
		}
	})
}

// TestEveryPageInEveryLanguage holds each page to what webtest checks of all (no missing word, one h1, its language), and
// to words of its own language.
func TestEveryPageInEveryLanguage(t *testing.T) {
	titles := map[string][5]string{ // fr, en, ro, vi, zh
		"/":                         {"De quoi avez-vous besoin ?", "What do you need?", "De ce aveți nevoie?", "Bạn cần gì?", "您需要什么帮助？"},
		"/places":                   {"Trouver de l’aide", "Find help", "Găsiți ajutor", "Tìm nơi giúp đỡ", "查找帮助"},
		"/places?q=lin&open=now":    {"De l’aide pour « lin »", "Help for “lin”", "Ajutor pentru „lin”", "Nơi giúp đỡ về “lin”", "查找“lin”"},
		"/places?q=zzqxjwvk":        {"De l’aide pour « zzqxjwvk »", "Help for “zzqxjwvk”", "Ajutor pentru „zzqxjwvk”", "Nơi giúp đỡ về “zzqxjwvk”", "查找“zzqxjwvk”"},
		"/map":                      {"La carte de l’aide", "The map of help", "Harta ajutorului", "Bản đồ nơi giúp đỡ", "帮助地图"},
		"/social-economy":           {"L’économie sociale et solidaire", "Social economy", "Economia socială", "Kinh tế xã hội và đoàn kết", "社会和互助经济"},
		"/organisations":            {"Organismes", "Organisations", "Organizații", "Các tổ chức", "机构"},
		"/organisations/reseau":     {"Réseau Clic et Clef", "", "", "", ""},
		"/share":                    {"Partager la carte", "Share the map", "Distribuiți harta", "Chia sẻ bản đồ", "分享地图"},
		"/poster":                   {"De l’aide près de chez vous", "Help is near you", "Ajutor aproape de dumneavoastră", "Có nơi giúp đỡ gần bạn", "帮助就在您身边"},
		"/places/mediatheque":       {"Médiathèque Le Lin Bleu", "Le Lin Bleu media library", "", "", ""},
		"/places/bus":               {"Bus du numérique", "", "", "", ""},
		"/places/griffe":            {"Association La Bobine", "", "", "", ""},
		"/places/mediatheque/wrong": {"Dites-nous ce qui n’est pas juste", "Tell us what is wrong", "Spuneți-ne ce nu este corect", "Cho chúng tôi biết điều chưa đúng", "告诉我们哪里有误"},
	}
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		for path, want := range titles {
			bodies := map[string]bool{}
			for i, lang := range []string{"fr", "en", "ro", "vi", "zh"} {
				page := w.In(lang).Get(path).Is(200)
				if got := plain(page.Text("h1")); want[i] != "" && got != want[i] {
					t.Errorf("%s in %s: %q, want %q", path, lang, got, want[i])
				}
				if want[i] == "" && page.Attr("h1", "lang") != "fr" && page.Attr("h1", "lang") != "en" {
					t.Errorf("%s in %s: its name says no language", path, lang)
				}
				bodies[page.Text("main")] = true
				if page.Attr("html", "lang") != lang {
					t.Errorf("%s in %s is in %s", path, lang, page.Attr("html", "lang"))
				}
			}
			if len(bodies) != len(i18n.Languages) {
				t.Errorf("%s reads the same in two languages", path)
			}
		}
	})
}

func TestPagesInMemoryGoWhenAPlaceChanges(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		paths := []string{"/", "/places", "/places/mediatheque", "/map", "/map/data.geojson"}
		before := map[string]*webtest.Page{}
		for _, path := range paths {
			before[path] = w.Get(path).Is(200)
			if again := w.Get(path); again.Header.Get("Etag") == "" || again.Header.Get("Etag") != before[path].Header.Get("Etag") {
				t.Errorf("%s is made anew without cause", path)
			}
		}
		changed := library()
		changed.Name = i18n.Text{"fr": "Médiathèque Le Lin Vert", "en": "Le Lin Vert media library"}
		if _, err := w.dir.PutPlace(t.Context(), "tester", changed); err != nil {
			t.Fatal(err)
		}
		w.settle(t)
		for _, path := range paths {
			page := w.Get(path).Is(200)
			if contains(page.Body, "Médiathèque Le Lin Bleu") || !contains(page.Body, "Le Lin Vert") {
				t.Errorf("%s still tells the old name", path)
			}
			if page.Header.Get("Etag") == before[path].Header.Get("Etag") {
				t.Errorf("%s has its old tag", path)
			}
		}
		if _, err := w.dir.Close(t.Context(), "tester", directory.Closure{Place: "mediatheque", From: date(2026, 11, 25), To: date(2026, 11, 25), Reason: fr("Panne")}); err != nil {
			t.Fatal(err)
		}
		w.settle(t)
		if !contains(w.Get("/places/mediatheque").Text("main"), "Panne") || contains(w.Get("/places?kind=library").Text("ol.results"), "Ouvert jusqu’à") {
			t.Error("a closure is told at once")
		}
		w.at(t, "2026-11-26 16:00")
		holds(t, "time passes without any event", w.Get("/places/mediatheque").Text(".state"), "Ouvert jusqu’à 17 h 30")
	})
}
