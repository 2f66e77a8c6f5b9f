package directoryweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"parvis/internal/authz"
	"parvis/internal/db/dbtest"
	"parvis/internal/directory"
	"parvis/internal/web"
	"parvis/internal/web/webtest"
)

// desks runs a test on both engines in a territory whose visitors are who the header Test-Role says.
func desks(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	for engine, address := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			w := open(t, address(t), pack(t, "nord"), func(s *web.Site) {
				s.SignIn = true
				s.Who = func(r *http.Request) (authz.Who, error) {
					if role := r.Header.Get("Test-Role"); role != "" {
						return authz.Who{Account: "acc-" + role, Name: "Ana", Role: authz.Role(role)}, nil
					}
					return authz.Anybody(), nil
				}
			})
			w.people(t)
			f(t, w)
		})
	}
}

func (w *world) as(role authz.Role) *webtest.Client {
	return w.In("en").With("Test-Role", string(role))
}

const deskPath = "/desk/directory"

func TestTheDeskIsForThoseWhoMayEdit(t *testing.T) {
	desks(t, func(t *testing.T, w *world) {
		remark, err := w.dir.Remark(t.Context(), directory.Remark{Place: "mediatheque", Kind: "hours", Words: "Fermé", Contact: "bao@nord.example"})
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{deskPath, deskPath + "/places/vieux", deskPath + "/remarks/" + remark.ID} {
			w.Get(path).Is(401)
			for _, role := range []authz.Role{authz.Resident, authz.Helper, authz.Agent} {
				w.as(role).Get(path).Is(403)
			}
			w.as(authz.Coordinator).Get(path).Is(200)
			w.as(authz.Manager).Get(path).Is(200)
		}
		for _, path := range []string{"/remind", "/places/vieux/link", "/places/vieux/right", "/places/vieux/gone", "/places/vieux/back", "/places/vieux/mail", "/places/vieux/closed", "/places/vieux/opened", "/remarks/" + remark.ID} {
			w.as(authz.Agent).Post(deskPath+path, nil).Is(403)
		}
	})
}

func TestTheDeskWorksThroughItsLists(t *testing.T) {
	desks(t, func(t *testing.T, w *world) {
		ana := w.as(authz.Coordinator)
		page := ana.Get(deskPath).Is(200)
		holds(t, "the lists", page.Text("ul.lists"), "Visitors say 0", "Not confirmed in time", "Closed for good 1")
		if page.Sent > 14_000 || page.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%d bytes", page.Sent)
		}
		for _, lang := range []string{"fr", "ro", "vi", "zh"} {
			for _, list := range directory.DeskLists() {
				w.as(authz.Manager).In(lang).Get(deskPath + "?list=" + string(list)).Is(200)
			}
			w.as(authz.Manager).In(lang).Get(deskPath + "/places/mediatheque").Is(200)
		}
		ana.Get(deskPath + "?list=weather").Is(404)
		stale := ana.Get(deskPath + "?list=stale").Is(200)
		if !stale.Has(`li[data-id=vieux]`) || stale.Has(`li[data-id=mediatheque]`) {
			t.Error("the stale ones")
		}
		narrow := ana.Get(deskPath + "?list=stale&reach=letter").Is(200)
		if narrow.Has(`li[data-id=vieux]`) || narrow.Attr("select[name=reach] option[selected]", "value") != "letter" {
			t.Error("narrowed")
		}
		gone := ana.Get(deskPath + "?list=gone").Is(200)
		form := form(gone, deskPath+"/places/fini/back")
		to := ana.Post(deskPath+"/places/fini/back", form).Is(303).Header.Get("Location")
		if !strings.HasPrefix(to, deskPath) {
			t.Errorf("leads to %s", to)
		}
		holds(t, "what was done", ana.Get(to).Is(200).Text("main"), "found again")
		to = ana.Post(deskPath+"/places/fini/back", url.Values{"next": {"https://evil.example/"}}).Is(303).Header.Get("Location")
		if !strings.HasPrefix(to, deskPath+"/places/fini") {
			t.Errorf("leads to %s", to)
		}
	})
}

func TestTheDeskActsOnAPlace(t *testing.T) {
	desks(t, func(t *testing.T, w *world) {
		ana, at := w.as(authz.Coordinator), deskPath+"/places/vieux"
		page := ana.Get(at).Is(200)
		holds(t, "the place", page.Text("main"), "Nobody has confirmed this since", "No e-mail is known", "Its record:", "Called: all is right")
		unsent := ana.Post(at+"/link", nil).Is(409)
		holds(t, "why no letter went", unsent.Text("main"), "This place has no mail address", "Where letters go instead")
		bad := ana.Post(at+"/mail", url.Values{"mail": {"chez nous"}}).Is(422)
		if bad.Attr("input[name=mail]", "value") != "chez nous" || bad.Text("#f-mail-error") == "" {
			t.Error("what was typed is lost")
		}
		ana.Post(at+"/mail", url.Values{"mail": {"charmes@nord.example"}}).Is(303)
		known := ana.Get(at).Is(200)
		if strings.Contains(known.Body, "charmes@") {
			t.Error("the team's address is shown")
		}
		ana.Post(at+"/link", nil).Is(303)
		if all := w.letters(t); len(all) != 1 || all[0].To != "charmes@nord.example" {
			t.Fatalf("letters %+v", all)
		}
		ana.Post(at+"/right", nil).Is(303)
		w.settle(t)
		holds(t, "confirmed", w.In("en").Get("/places/vieux").Text(".source"), "Today", "Département du Nord")
		ana.Post(at+"/closed", url.Values{"from": {"x"}}).Is(422)
		ana.Post(at+"/closed", url.Values{"from": {"2026-12-24"}}).Is(303)
		back := form(ana.Get(at), at+"/opened")
		for range 2 {
			ana.Post(at+"/opened", back).Is(303)
		}
		ana.Post(at+"/gone", nil).Is(303)
		w.settle(t)
		holds(t, "gone", w.In("en").Get("/places/vieux").Text("main"), "closed for good")
		holds(t, "and can come back", ana.Get(at).Text("main"), "It is there again")
		ana.Get(deskPath + "/places/nowhere").Is(404)
	})
}

func TestTheDeskAnswersWhatVisitorsSay(t *testing.T) {
	desks(t, func(t *testing.T, w *world) {
		ana := w.as(authz.Coordinator)
		w.In("en").Post("/places/mediatheque/wrong", url.Values{"kind": {"hours"}, "words": {"Closed on <b>Mondays</b>"}, "contact": {"bao@nord.example"}}).Is(303)
		list := ana.Get(deskPath).Is(200)
		holds(t, "the list", list.Text("main"), "1 message", "Closed on <b>Mondays</b>", "The opening hours", "Today")
		if strings.Contains(list.Body, "bao@") {
			t.Error("the list shows whom it is from")
		}
		at := list.Attr("ul.rows h3 a", "href")
		page := ana.Get(at).Is(200)
		holds(t, "the remark", page.Text("main"), "bao@nord.example", "That you looked at this address is written down.")
		to := ana.Post(at, url.Values{"answer": {"Thank you."}, "accepted": {"yes"}}).Is(303).Header.Get("Location")
		holds(t, "settled", ana.Get(to).Is(200).Text("main"), "the record is corrected", "Nothing waits here")
		if all := w.letters(t); len(all) != 1 || all[0].To != "bao@nord.example" {
			t.Errorf("letters %+v", all)
		}
		ana.Post(at, url.Values{"accepted": {"no"}}).Is(409)
		holds(t, "settled already", ana.Get(at).Is(200).Text("main"), "Settled on")
	})
}

func TestTheDeskSendsTheRemindersOfTheDayOnce(t *testing.T) {
	desks(t, func(t *testing.T, w *world) {
		w.clock.Set(webtest.Noon.AddDate(0, 7, 0).Add(time.Hour))
		ana := w.as(authz.Coordinator)
		ana.Post(deskPath+"/remind", nil).Is(303)
		n := len(w.letters(t))
		ana.Post(deskPath+"/remind", nil).Is(303)
		if n == 0 || len(w.letters(t)) != n {
			t.Errorf("%d letters, then %d", n, len(w.letters(t)))
		}
	})
}
