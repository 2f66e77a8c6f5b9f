package directoryweb_test

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"parvis/internal/authz"
	"parvis/internal/db"
	"parvis/internal/directory"
	"parvis/internal/notify"
	"parvis/internal/web/webtest"
)

var linkInLetter = regexp.MustCompile(`/keep/[A-Za-z0-9_-]{43}`)

// letters are what was written, the newest first.
func (w *world) letters(t *testing.T) []notify.Message {
	t.Helper()
	var all []notify.Message
	if err := w.store.Read(t.Context(), func(tx *db.Tx) (err error) { all, err = notify.List(tx, notify.Waiting, 100); return err }); err != nil {
		t.Fatal(err)
	}
	return all
}

// linkTo sends a letter to the team of a place and gives the page that it leads to.
func (w *world) linkTo(t *testing.T, place string) string {
	t.Helper()
	if err := w.dir.SendLink(t.Context(), authz.Who{Account: "ana", Role: authz.Coordinator}, place); err != nil {
		t.Fatal(err)
	}
	return linkInLetter.FindString(w.letters(t)[0].Text)
}

// form is what a browser would send of a page's form if nobody changed anything.
func form(page *webtest.Page, action string) url.Values {
	values := url.Values{}
	in := `form[action="` + action + `"] `
	for _, n := range page.All(in + "input[name]") {
		if kind := attr(n, "type"); (kind != "checkbox" && kind != "radio") || slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "checked" }) {
			values.Add(attr(n, "name"), attr(n, "value"))
		}
	}
	for _, n := range page.All(in + "textarea[name]") {
		values.Add(attr(n, "name"), inside(n))
	}
	for _, n := range page.All(in + "select[name]") {
		values.Add(attr(n, "name"), page.Attr(`select[name="`+attr(n, "name")+`"] option[selected]`, "value"))
	}
	return values
}

// inside is the text of a field, with its lines.
func inside(n *html.Node) string {
	if n.FirstChild == nil {
		return ""
	}
	return n.FirstChild.Data
}

func TestATeamOpensItsRecordByTheLinkInItsLetter(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		link := w.linkTo(t, "mediatheque")
		for lang, want := range map[string][2]string{
			"fr": {"Est-ce toujours juste", "Oui, tout est juste"}, "en": {"Is this still right?", "Yes, all is right"}, "ro": {"Mai este corect?", "Da, totul este corect"},
			"vi": {"Thông tin còn đúng không?", "Đúng, tất cả đều đúng"}, "zh": {"这些还对吗？", "是的，全部正确"},
		} {
			page := w.In(lang).Get(link).Is(200)
			holds(t, lang, page.Text("main"), want[0], want[1], "03 53 01 00 12")
			if page.Header.Get("Cache-Control") != "no-store" || !page.Has("meta[name=robots]") || page.Sent > 14_000 {
				t.Errorf("%s: nobody keeps this page, and it is light: %d bytes", lang, page.Sent)
			}
			if len(page.All("fieldset.days input")) != 7 {
				t.Errorf("%s: seven days", lang)
			}
		}
		w.Get(link[:len(link)-1] + "_").Is(404)
		holds(t, "an invented link", w.In("en").Get("/keep/"+strings.Repeat("a", 43)).Is(404).Text("main"), "We do not know this link")
		w.Post("/keep/"+strings.Repeat("a", 43)+"/right", nil).Is(404)
		if evil := w.With("Sec-Fetch-Site", "cross-site").With("Origin", "https://evil.example").Do("POST", link+"/right", nil); evil.Status != 403 {
			t.Errorf("another site's form: %d", evil.Status)
		}
	})
}

func TestAllIsRightIsSaidOnce(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		link := w.linkTo(t, "mediatheque")
		done := w.Post(link+"/right", nil).Is(303).Header.Get("Location")
		if done != link+"/done?what=right" {
			t.Fatalf("leads to %s", done)
		}
		holds(t, "thanks", w.In("en").Get(done).Is(200).Text("main"), "Thank you", "confirmed it today")
		w.settle(t)
		holds(t, "the public page", w.In("en").Get("/places/mediatheque").Is(200).Text(".source"), "Today, by the place’s own team")
		before := w.dir.Sequence()
		w.Post(link+"/right", nil).Is(303)
		w.settle(t)
		if w.dir.Sequence() != before {
			t.Error("the second time changed something")
		}
		w.Get(link + "/done?what=nothing").Is(404)
		holds(t, "the link again", w.In("en").Get(link).Is(200).Text("main"), "Your team confirmed this today")
	})
}

func TestACorrectionIsAskedAgainUntilItIsRight(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		link := w.linkTo(t, "mediatheque")
		was, err := w.dir.Sheet(t.Context(), "mediatheque")
		if err != nil {
			t.Fatal(err)
		}
		typed := form(w.In("en").Get(link), link)
		typed.Set("phones", "12 34\n03 53 01 00 12")
		typed.Set("day-3", "le matin")
		page := w.In("en").Post(link, typed).Is(422)
		holds(t, "what is wrong", page.Text("#errors"), "“12 34” is not a phone number", "Wednesday: “le matin” cannot be read as times")
		holds(t, "beside the phone", page.Text("#f-phones-error"), "“12 34” is not a phone number")
		holds(t, "beside the day", page.Text("#f-day-3-error"), "le matin")
		if inside(page.All("textarea[name=phones]")[0]) != "12 34\n03 53 01 00 12" || page.Attr("input[name=day-3]", "value") != "le matin" || page.Attr("textarea[name=phones]", "aria-invalid") != "true" {
			t.Error("what was typed is lost")
		}
		typed = form(page, link)
		typed.Set("phones", "03 53 01 00 99")
		typed.Set("day-3", "9h-12h et 14h-18h")
		id := typed["service"][1]
		typed.Set("s-"+id+"-fee", directory.FeePaid)
		typed.Set("s-"+id+"-note", "2 € la page")
		typed["s-"+id+"-entry"] = []string{directory.EntryAppointment}
		done := w.In("en").Post(link, typed).Is(303).Header.Get("Location")
		holds(t, "thanks", w.In("en").Get(done).Is(200).Text("main"), "on the page now")
		w.settle(t)
		public := w.In("en").Get("/places/mediatheque").Is(200)
		holds(t, "the public page", public.Text("main"), "03 53 01 00 99", "2 € la page", "Today, by the place’s own team")
		holds(t, "the hours", public.Text("table.hours"), "09:00–12:00", "14:00–18:00")
		now, _ := w.dir.Sheet(t.Context(), "mediatheque")
		if len(now.Services) != len(was.Services) || now.Place.About["fr"] != was.Place.About["fr"] || len(now.Place.Equipment) != len(was.Place.Equipment) || now.Place.Address != was.Place.Address || *now.Place.Point != *was.Place.Point {
			t.Errorf("something that was not on the form is lost: %+v", now.Place)
		}
		late := w.In("en").Post(link, typed).Is(409)
		holds(t, "a form of before", late.Text("main"), "Somebody changed this record")
		if late.Text("textarea[name=phones]") != "03 53 01 00 99" {
			t.Error("what was typed is lost")
		}
	})
}

func TestATeamAnnouncesThatItIsClosed(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		link := w.linkTo(t, "mediatheque")
		bad := w.In("en").Post(link+"/closed", url.Values{"from": {"demain"}, "reason": {"Inventaire"}}).Is(422)
		if bad.Text("#f-from-error") == "" || bad.Attr("input[name=reason]", "value") != "Inventaire" {
			t.Error("a day that is none, or what was typed is lost")
		}
		w.Post(link+"/closed", url.Values{"from": {"2026-12-24"}, "to": {"2026-12-20"}}).Is(422)
		w.Post(link+"/closed", url.Values{"from": {"2026-12-24"}, "hours": {"le soir"}}).Is(422)
		w.Post(link+"/closed", url.Values{"from": {"24/12/2026"}, "to": {"26.12.2026"}, "reason": {"Inventaire"}}).Is(303)
		w.settle(t)
		holds(t, "the public page", w.Get("/places/mediatheque").Is(200).Text("main"), "Fermé exceptionnellement", "24", "26 décembre", "Inventaire")
		page := w.Get(link).Is(200)
		back := form(page, link+"/opened")
		w.Post(link+"/opened", back).Is(303)
		if w.Get(link).Has(".closures") {
			t.Error("still closed")
		}
	})
}

func TestALinkOfBeforeSaysSoKindlyAndOffersANewOne(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		link := w.linkTo(t, "mediatheque")
		w.clock.Set(webtest.Noon.Add(43 * 24 * time.Hour))
		for _, c := range []struct{ lang, want, button string }{
			{"fr", "Ce n’est pas grave", "Envoyez-nous un nouveau lien"}, {"en", "No harm done", "Send us a new link"}, {"ro", "Nicio problemă", "Trimiteți-ne un link nou"},
			{"vi", "Không sao", "Gửi cho chúng tôi liên kết mới"}, {"zh", "没关系", "请发新链接"},
		} {
			page := w.In(c.lang).Get(link).Is(410)
			holds(t, c.lang, page.Text("main"), c.want, c.button)
			if strings.Contains(page.Body, "nord.example") && strings.Contains(page.Text("main"), "@") {
				t.Errorf("%s: the page shows an address", c.lang)
			}
		}
		w.Post(link, url.Values{"phones": {"1"}}).Is(410)
		w.Post(link+"/right", nil).Is(410)
		w.Post(link+"/closed", url.Values{"from": {"2027-01-24"}}).Is(410)
		done := w.Post(link+"/again", nil).Is(303).Header.Get("Location")
		holds(t, "on its way", w.In("en").Get(done).Is(200).Text("main"), "on its way")
		newer := linkInLetter.FindString(w.letters(t)[0].Text)
		if newer == link {
			t.Fatal("the same link again")
		}
		w.Get(newer).Is(200)
		holds(t, "stopping works with an old link", w.In("en").Get(link+"/stop").Is(200).Text("main"), "Send us no more reminders")
		w.Post(link+"/stop", url.Values{"stop": {"yes"}}).Is(303)
		holds(t, "and can be undone", w.In("en").Get(newer+"/stop").Is(200).Text("main"), "Remind us again")
		w.Post(newer+"/stop", url.Values{"stop": {"no"}}).Is(303)
		w.Get("/keep/none/stop").Is(404)
	})
}
