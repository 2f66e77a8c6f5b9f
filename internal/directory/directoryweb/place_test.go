package directoryweb_test

import (
	"testing"
	"time"

	"parvis/internal/directory"
	"parvis/internal/web/webtest"
)

func TestAPlaceTellsAllThatIsKnown(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		page := w.Get("/places/mediatheque").Is(200)
		if page.Text("h1") != "Médiathèque Le Lin Bleu" || page.Attr("[data-open]", "data-open") != "yes" {
			t.Errorf("%s, open: %s", page.Text("h1"), page.Attr("[data-open]", "data-open"))
		}
		holds(t, "the head", page.Text("header.sheet-head"), "Bibliothèque", "Ouvert jusqu’à 17 h 30", "84 rue du Lin, 59000 Lille", "Gratuit", "Accessible en fauteuil roulant", "Aidants Connect", "Appeler le 03 53 01 00 12")
		if page.Attr("header.sheet-head a.main", "href") != "tel:+33353010012" || page.Attr(`header.sheet-head a[href^="geo:"]`, "href") != "geo:50.631100,3.046800?q=50.631100,3.046800" {
			t.Errorf("ways on: %s", page.Attr("header.sheet-head a.main", "href"))
		}
		holds(t, "the first service", page.Text("#s-mediatheque-s1"), "Premiers pas avec l’ordinateur", "Par petits groupes.", "Gratuit", "Au guichet", "Sur rendez-vous", "4 places libres au 23 novembre",
			"Pour Personnes âgées", "Langues parlées Français", "Prix Gratuit pour les abonnés", "Horaires Mercredi 14 h – 16 h (sur inscription)", "Prendre rendez-vous")
		if page.Attr("#s-mediatheque-s1 a.link", "href") != "https://www.rendezvous.example/lin" {
			t.Error("where to book")
		}
		holds(t, "what to know", page.Text("[aria-labelledby=facts]"), "4 ordinateurs, connexion internet (fibre) et Wi-Fi", "Français et arabe", "Accessible en fauteuil roulant", "Réseau Clic et Clef")
		holds(t, "the way there", page.Text("[aria-labelledby=where]"), "84 rue du Lin, 59000 Lille", "03 53 01 00 12 (accueil)", "lin@nord.example", "lin.example")
		holds(t, "the source", page.Text(".source"), "registre", "Mis à jour 25 octobre 2026", "25 octobre 2026, par Le Lin Bleu", "http://vald.localhost:8080/places/mediatheque")
		if page.Has(".notice") || !page.Has("svg.map .pin") {
			t.Error("nothing to warn of, and a map")
		}
		if page.Attr(`a[href$="/wrong"]`, "href") != "/places/mediatheque/wrong" || page.Attr(`a[href="/organisations/reseau"]`, "href") == "" {
			t.Error("ways to the remark and to the organisation")
		}
		holds(t, "what to bring", page.Text("[aria-labelledby=bring]"), "Vos identifiants")
		if english := w.In("en").Get("/places/mediatheque").Is(200); english.Text("h1") != "Le Lin Bleu media library" || english.Attr("[aria-labelledby=bring] p", "lang") != "fr" || english.Attr("#s-mediatheque-s2 h3", "lang") != "fr" {
			t.Error("what is only there in another language says so")
		}
	})
}

func TestTheWeekOfAPlace(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		page := w.Get("/places/mediatheque").Is(200)
		if parts := page.Texts(".two h2"); len(parts) < 2 || parts[0] != "Horaires" {
			t.Errorf("the hours come first: %q", parts)
		}
		rows := page.Texts("table.hours tr")
		if len(rows) != 7 || plain(rows[0]) != "Mercredi 9 h – 17 h 30" || plain(rows[3]) != "Samedi 10 h – 12 h" || plain(rows[4]) != "Dimanche Fermé" {
			t.Errorf("the week: %q", rows)
		}
		if webtest.Text(page.One("table.hours tr.today")) != rows[0] || page.Attr("table.hours tr.today", "aria-current") != "date" {
			t.Error("today stands out")
		}
		w.at(t, "2026-12-21 10:00")
		holds(t, "Christmas week", w.Get("/places/mediatheque").Text("table.hours"), "Vendredi Fermé Jour férié : Noël")
		bus := w.Get("/places/bus").Is(200)
		holds(t, "hours that differ from week to week", bus.Text("table.hours"), "21 décembre")
		holds(t, "their next dates", bus.Text("[aria-labelledby=hours]"), "Prochaines dates : mardi 5 janvier, 14 h – 16 h ; mardi 19 janvier, 14 h – 16 h ; mardi 2 février, 14 h – 16 h")
	})
}

func TestPlacesOfWhichLessIsKnown(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		for id, want := range map[string][]string{
			"muet":    {"Horaires inconnus : appelez avant", "Le point sur la carte est approximatif."},
			"griffe":  {"Tels que le lieu les a écrits quand la lumière est allumée", "Le lieu n’a pas encore détaillé ses services."},
			"bus":     {"Se déplace de village en village", "Lieu itinérant : appelez pour savoir où.", "Ce lieu n’a pas de point sur la carte."},
			"portail": {"Ouvert jour et nuit", "En ligne", "Ce lieu n’a pas de point sur la carte."},
			"vieux":   {"Personne ne l’a confirmé depuis le 25 février 2026. Appelez avant de venir."},
			"exemple": {"Fiche d’exemple, créée pour la démonstration"},
			"payant":  {"Payant"},
		} {
			page := w.Get("/places/" + id).Is(200)
			holds(t, id, page.Text("main"), want...)
			if page.Has("svg.map") == (id == "bus" || id == "portail") {
				t.Errorf("%s: map %v", id, page.Has("svg.map"))
			}
			if !page.Has("svg.qr") || !page.Has(`a[href$="/wrong"]`) {
				t.Errorf("%s: no code, or no way to tell what is wrong", id)
			}
		}
		w.Get("/places/nulle-part").Is(404)
		w.Get("/places/nulle-part/qr.svg").Is(404)
	})
}

func TestAPlaceThatIsGone(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		page := w.Get("/places/fini").Is(200)
		holds(t, "the page", page.Text("main"), "Ce lieu a fermé définitivement")
		if page.Attr("[data-open]", "data-open") != "no" || page.Has("table.hours") || page.Has("header.sheet-head a.btn") || page.Text(".state") != "" {
			t.Error("nobody is led there")
		}
		if got := ids(w.Get("/places?q=canal&near=Douai")); len(got) > 0 && got[0] == "fini" {
			t.Errorf("still found: %v", got)
		}
		if err := w.dir.ReopenPlace(t.Context(), "tester", "fini"); err != nil {
			t.Fatal(err)
		}
		w.settle(t)
		if again := w.Get("/places/fini"); !again.Has("table.hours") || again.Has(".notice.bad") {
			t.Error("it is back")
		}
	})
}

func TestClosuresAreTold(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		for _, c := range []directory.Closure{
			{Place: "mediatheque", From: date(2026, time.November, 25), To: date(2026, time.November, 26), Reason: fr("Ascenseur en réparation")},
			{Place: "mediatheque", From: date(2026, time.December, 24), To: date(2026, time.December, 24), Hours: "10:00-12:00", Reason: fr("Veille de Noël")},
			{Place: "muet", From: date(2026, time.November, 25), To: date(2026, time.November, 25)},
		} {
			if _, err := w.dir.Close(t.Context(), "tester", c); err != nil {
				t.Fatal(err)
			}
		}
		w.settle(t)
		page := w.Get("/places/mediatheque").Is(200)
		if page.Attr("[data-open]", "data-open") != "no" {
			t.Error("open in spite of its closure")
		}
		notices := page.Texts(".notice")
		if len(notices) != 2 {
			t.Fatalf("told: %q", notices)
		}
		holds(t, "closed", notices[0], "Fermé exceptionnellement : 25–26 novembre 2026", "Ascenseur en réparation")
		holds(t, "other hours", notices[1], "Horaires exceptionnels, 24 décembre 2026 : 10 h – 12 h", "Veille de Noël")
		holds(t, "the state", page.Text(".state"), "Fermé, ouvre vendredi à 9 h")
		holds(t, "the week", page.Text("table.hours"), "25 novembre Fermé", "27 novembre")
		if contains := ids(w.Get("/places?open=now")); len(contains) > 0 && contains[0] == "mediatheque" {
			t.Error("a closed place is not open now")
		}
		holds(t, "in English", w.In("en").Get("/places/mediatheque").Text("main"), "Closed: 25–26 November 2026", "Other hours, 24 December 2026: 10:00–12:00")
	})
}

func TestWhatIsLeftIsToldWhileItIsTrue(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		if err := w.dir.SetCapacity(t.Context(), "tester", "mediatheque-s2", 0, webtest.Noon.AddDate(0, 0, 2)); err != nil {
			t.Fatal(err)
		}
		w.settle(t)
		holds(t, "full", w.Get("/places/mediatheque").Text("#s-mediatheque-s2"), "Complet au 25 novembre")
		for lang, want := range map[string]string{"en": "4 places left on 23 November", "ro": "4 locuri libere, la 23 noiembrie", "vi": "Còn 4 chỗ (tính đến 23 tháng 11)", "zh": "剩余4个名额（11月23日更新）"} {
			holds(t, lang, w.In(lang).Get("/places/mediatheque").Text("#s-mediatheque-s1"), want)
		}
		w.at(t, "2027-01-15 10:00")
		page := w.Get("/places/mediatheque").Text("main")
		for _, old := range []string{"Complet", "places libres"} {
			if contains(page, old) {
				t.Errorf("what was said in November is repeated in January: %s", old)
			}
		}
	})
}
