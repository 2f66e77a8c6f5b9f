package directoryweb_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parvis/internal/directory"
	"parvis/internal/i18n"
)

func TestOpenNowFollowsTheClock(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		open := func() []string { return ids(w.Get("/places?open=now").Is(200)) }
		if got := open(); !slices.Contains(got, "mediatheque") || !slices.Contains(got, "coop") || slices.Contains(got, "payant") || slices.Contains(got, "fini") {
			t.Errorf("at noon: %v", got)
		}
		if page := w.Get("/places?open=now"); !page.Has("input[name=open][value=now][checked]") || page.Attr(".active a", "href") != "/places" {
			t.Error("the choice stays ticked, and can be taken away")
		}
		if label := labelOf(w.Get("/places"), "form.filters input[name=open]"); label != "Ouvert maintenant 3" {
			t.Errorf("counted: %q", label)
		}
		w.at(t, "2026-11-25 18:30")
		if got := open(); slices.Contains(got, "mediatheque") || !slices.Contains(got, "payant") || !slices.Contains(got, "exemple") {
			t.Errorf("in the evening: %v", got)
		}
		w.at(t, "2026-12-25 10:00")
		if got := open(); slices.Contains(got, "mediatheque") || !slices.Contains(got, "portail") {
			t.Errorf("on Christmas day: %v", got)
		}
	})
}

func TestOpenAtATime(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		page := w.Get("/places?at=2026-11-28T10:30").Is(200) // a Saturday
		if got := ids(page); !slices.Contains(got, "mediatheque") || slices.Contains(got, "payant") {
			t.Errorf("on Saturday morning: %v", got)
		}
		if page.Attr("form.filters input[name=at]", "value") != "2026-11-28T10:30" || page.Attr("form.filters input[name=at]", "type") != "datetime-local" {
			t.Error("the hour stays in its field")
		}
		holds(t, "the choice", page.Text(".active"), "28 novembre 2026")
		if now := w.Get("/places?open=now&at=2026-11-28T10:30"); !now.Has("input[name=open][checked]") || now.Attr("form.filters input[name=at]", "value") != "" {
			t.Error("now wins over an hour left in the field")
		}
		if got := ids(w.Get("/places?at=2026-12-01T14:30").Is(200)); !slices.Contains(got, "bus") {
			t.Errorf("the first Tuesday of the month: %v", got)
		}
	})
}

func TestAWrongHourIsToldBesideItsField(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		for lang, want := range map[string]string{
			"fr": "Choisissez un jour et une heure", "en": "Choose a day and a time", "ro": "Alegeți o zi și o oră", "vi": "Bạn hãy chọn ngày và giờ", "zh": "请选择日期和时间",
		} {
			page := w.In(lang).Get("/places?at=demain+matin&q=lin").Is(200)
			if page.Attr("form.filters input[name=at]", "value") != "demain matin" || page.Attr("form.filters input[name=at]", "type") != "text" || page.Attr("form.filters input[name=at]", "aria-invalid") != "true" {
				t.Errorf("%s: what was typed is lost", lang)
			}
			holds(t, lang, page.Text("#f-at-error"), want, "2026-11-25T12:00")
			if page.Attr("form.filters input[name=at]", "aria-describedby") != "f-at-error" || !page.Has("details.all-filters[open] details.filter[open] input[name=at]") {
				t.Errorf("%s: the fault is hidden", lang)
			}
			if len(ids(page)) == 0 {
				t.Errorf("%s: the rest of the question is forgotten", lang)
			}
		}
	})
}

func TestClocksGoBackInBucharest(t *testing.T) {
	each(t, "sector4", func(t *testing.T, w *world) {
		at := bucharest
		w.put(t, directory.Place{ID: "noapte", Kind: "service-point", Name: i18n.Text{"ro": "Punct de noapte"}, Point: &at, Hours: directory.ReadHours("Sa 20:00-06:00")})
		w.put(t, directory.Place{ID: "seara", Kind: "service-point", Name: i18n.Text{"ro": "Punct de seară"}, Point: &at, Hours: directory.ReadHours("Su 02:30-03:30")})
		w.settle(t)
		ro := w.In("ro")
		w.at(t, "2026-10-24 22:00")
		holds(t, "on Saturday evening", ro.Get("/places/noapte").Text(".state"), "Deschis până mâine la 06:00")
		early := w.clock.Now().Add(5*time.Hour + 30*time.Minute) // 03:30, before the clocks go back from 04:00 to 03:00
		for hour := range 2 {
			w.clock.Set(early.Add(time.Duration(hour) * time.Hour))
			page := ro.Get("/places/noapte").Is(200)
			if page.Attr("[data-open]", "data-open") != "yes" || !slices.Contains(ids(ro.Get("/places?open=now")), "noapte") {
				t.Errorf("03:30, the %d. time: closed", hour+1)
			}
			holds(t, "in the long night", page.Text(".state"), "Deschis până la 06:00")
		}
		w.at(t, "2026-10-25 06:00")
		if page := ro.Get("/places/noapte"); page.Attr("[data-open]", "data-open") != "no" {
			t.Error("at six in the new time it is closed")
		}
		if got := ids(ro.Get("/places?at=2026-10-25T02:45").Is(200)); !slices.Contains(got, "seara") || !slices.Contains(got, "noapte") {
			t.Errorf("asked for an hour of that night: %v", got)
		}
		w.at(t, "2027-03-27 23:00") // the clocks go forward from 03:00 to 04:00
		holds(t, "in spring", ro.Get("/places/noapte").Text(".state"), "Deschis până mâine la 06:00")
	})
}

func TestServiceHoursSpeak(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		service := func(id, hours string) directory.Service {
			return directory.Service{ID: id, Name: fr(id), Hours: directory.ReadHours(hours)}
		}
		w.put(t, directory.Place{ID: "p", Name: fr("Lieu")},
			service("semaine", "Mo-Fr 09:00-12:00,14:00-17:00; PH off"), service("deux", "Mo,Tu 09:00-12:00"), service("mot", `We 14:00-16:00 "sur inscription"`),
			service("ecole", "Tu,Th 13:30-17:00; SH off; PH off"), service("mois", "Tu[1,3] 09:30-12:00; PH off"), service("toujours", "24/7"),
			service("soir", "Fr 18:00+"), service("griffe", "quand il fait beau"), service("jamais", "2020 Jan 01 10:00-12:00"))
		said := func(lang, id string) string {
			return plain(w.In(lang).Get("/places/p").Is(200).Text("#s-" + id + " .kv"))
		}
		for id, want := range map[string]string{
			"semaine": "Horaires Lundi au vendredi 9 h – 12 h, 14 h – 17 h", "deux": "Horaires Lundi et mardi 9 h – 12 h", "mot": "Horaires Mercredi 14 h – 16 h (sur inscription)",
			"ecole": "Horaires Mardi 13 h 30 – 17 h, jeudi 13 h 30 – 17 h, sauf vacances scolaires", "toujours": "Horaires Ouvert jour et nuit",
			"mois": "Horaires Prochaines dates : mardi 1 décembre, 9 h 30 – 12 h ; mardi 15 décembre, 9 h 30 – 12 h ; mardi 5 janvier, 9 h 30 – 12 h",
			"soir": "Horaires Vendredi à partir de 18 h", "griffe": "Horaires quand il fait beau",
		} {
			if got := strings.ReplaceAll(said("fr", id), "1er ", "1 "); got != want {
				t.Errorf("%s: %q, want %q", id, got, want)
			}
		}
		for lang, want := range map[string]string{
			"en": "Opening hours Monday to Friday 09:00–12:00, 14:00–17:00", "ro": "Program Luni–vineri 09:00–12:00, 14:00–17:00", "vi": "Giờ mở cửa Thứ Hai – Thứ Sáu 09:00–12:00", "zh": "开放时间 星期一至星期五 09:00–12:00",
		} {
			if got := said(lang, "semaine"); !strings.HasPrefix(got, want) {
				t.Errorf("%s: %q, want %q", lang, got, want)
			}
		}
	})
}
