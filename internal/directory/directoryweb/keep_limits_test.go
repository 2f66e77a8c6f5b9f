package directoryweb_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"parvis/internal/authz"
	"parvis/internal/directory"
	"parvis/internal/web/webtest"
)

func TestStrangeInputComesBackBesideItsField(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		link, en := w.linkTo(t, "mediatheque"), w.In("en")
		w.settle(t)
		before := w.dir.Sequence()
		for name, c := range map[string]struct{ field, typed, says string }{
			"hours that overlap":     {"day-1", "9h-12h, 11h-14h", "cannot be read as times"},
			"a phone with letters":   {"phones", "03 53 AB 00 12", "is not a phone number"},
			"5,000 characters":       {"bring", strings.Repeat("é", 5000), "1,000"},
			"5,001 characters":       {"bring", strings.Repeat("é", 5001), "5,000"},
			"a day of a thousand":    {"day-7", strings.Repeat("9", 1000), "200"},
			"an element":             {"mails", "<script>alert(1)</script>", "<script>"},
			"a quote and an element": {"sites", `"><img src=x onerror=alert(1)>`, "<img"},
		} {
			sent := form(en.Get(link), link)
			sent.Set(c.field, c.typed)
			sent.Set("words", "")
			page := en.Post(link, sent).Is(422)
			holds(t, name, page.Text("#f-"+c.field+"-error"), c.says)
			if !page.Has(`#errors a[href="#f-`+c.field+`"]`) || page.Has("main script") || page.Has("main img[src=x]") {
				t.Errorf("%s: the summary leads to the field, and nothing typed is an element: %.300s", name, page.Text("#errors"))
			}
			if again := form(page, link); again.Get(c.field) != c.typed || again.Get("phones") == "" {
				t.Errorf("%s: what was typed is lost: %.80q", name, again.Get(c.field))
			}
		}
		w.settle(t)
		if w.dir.Sequence() != before {
			t.Error("a form that was refused changed something")
		}
	})
}

func TestDoubledFieldsCountOnce(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		link, en := w.linkTo(t, "mediatheque"), w.In("en")
		sent := form(en.Get(link), link)
		id := sent["service"][0]
		sent["service"] = append(sent["service"], id, id, "none", "")
		sent["s-"+id+"-note"] = []string{"2 €", "3 €"}
		sent["phones"] = []string{"12", "03 53 01 00 77"}
		bad := en.Post(link, sent).Is(422)
		if n := len(bad.All(`input[name=service][value="` + id + `"]`)); n != 1 {
			t.Errorf("the service is on the form %d times", n)
		}
		w.settle(t)
		before := w.dir.Sequence()
		sent["phones"] = []string{"03 53 01 00 77", "12"}
		en.Post(link, sent).Is(303)
		w.settle(t)
		if n := w.dir.Sequence() - before; n != 3 {
			t.Errorf("%d events; want the place changed, one service changed, the place confirmed", n)
		}
		now, err := w.dir.Sheet(t.Context(), "mediatheque")
		if err != nil || now.Place.Contact.Phones[0].Number != "+33353010077" {
			t.Fatalf("%+v, %v", now, err)
		}
		for _, s := range now.Services {
			if s.ID == id && s.FeeNote["fr"] != "2 €" && s.FeeNote["en"] != "2 €" {
				t.Errorf("the first of two counts: %v", s.FeeNote)
			}
		}
	})
}

func TestAClosureIsAskedAgainWithTheDayThatIsWrong(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		link, en := w.linkTo(t, "mediatheque"), w.In("en")
		for _, c := range []struct{ from, to, hours, field, says string }{
			{"2026-12-24", "2026-12-20", "", "to", "before the first"},
			{"2020-01-01", "", "", "from", "over already"},
			{"2020-01-01", "2020-02-01", "", "to", "over already"},
			{"2030-02-30", "", "", "from", "This is needed"},
			{"31/02/2030", "", "", "from", "This is needed"},
			{strings.Repeat("1", 5000), "", "", "from", "40"},
			{"2026-12-24", "2029-01-01", "", "to", "366"},
			{"2026-12-24", "", "10:00-9:00-8:00", "hours", "cannot be read"},
		} {
			sent := url.Values{"from": {c.from}, "to": {c.to}, "hours": {c.hours}, "reason": {"Inventaire"}}
			page := en.Post(link+"/closed", sent).Is(422)
			holds(t, c.from+" "+c.to, page.Text("#f-"+c.field+"-error"), c.says)
			if page.Attr("input[name=reason]", "value") != "Inventaire" || page.Has(".closures") || page.Text("textarea[name=phones]") == "" {
				t.Errorf("%s to %s: what was typed is lost, or it is closed", c.from, c.to)
			}
		}
		w.In("fr").Post(link+"/closed", url.Values{"from": {"2026-12-24", "2020-01-01"}, "reason": {"<b>Noël</b>"}}).Is(303) // the first of two
		w.settle(t)
		if page := w.Get("/places/mediatheque").Is(200); !contains(page.Text("main"), "<b>Noël</b>") || page.Has("main .notice b b") {
			t.Error("the reason is not as it was typed")
		}
	})
}

func TestTheStopPageServesWhateverBecomesOfTheLink(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		link, en := w.linkTo(t, "mediatheque"), w.In("en")
		holds(t, "asked first", en.Get(link+"/stop").Is(200).Text("main"), "Send us no more reminders")
		for range 2 { // mail programs open links: looking stops nothing
			if one, err := w.dir.DeskPlace(t.Context(), "mediatheque"); err != nil || one.Stopped {
				t.Fatalf("%+v, %v", one, err)
			}
			en.Get(link + "/stop").Is(200)
		}
		w.clock.Set(webtest.Noon.Add(time.Duration(directory.LinkWeeks) * 7 * 24 * time.Hour))
		en.Get(link).Is(410)
		done := en.Post(link+"/stop", url.Values{"stop": {"yes", "no"}}).Is(303).Header.Get("Location")
		en.Get(done).Is(200)
		en.Post(link+"/stop", url.Values{"stop": {"no"}}).Is(410) // only a link that serves brings them back
		if one, err := w.dir.DeskPlace(t.Context(), "mediatheque"); err != nil || !one.Stopped {
			t.Errorf("%+v, %v", one, err)
		}
		for _, path := range []string{"/stop", "/done?what=right", ""} {
			en.Get("/keep/" + strings.Repeat("B", 43) + path).Is(404)
			en.Get(link + "x" + path).Is(404)
		}
		en.Post("/keep/none/stop", url.Values{"stop": {"yes"}}).Is(404)
		en.Post("/keep/none/again", nil).Is(404)
	})
}

func TestTheDeskShowsNoTeamsAddress(t *testing.T) {
	desks(t, func(t *testing.T, w *world) {
		ana, at := w.as(authz.Coordinator), deskPath+"/places/vieux"
		ana.Post(at+"/mail", url.Values{"mail": {"secret@charmes.example"}}).Is(303)
		ana.Post(at+"/link", nil).Is(303)
		link := linkInLetter.FindString(w.letters(t)[0].Text)
		pages := []string{at, at + "?done=mail", at + "?done=sent", link, link + "/stop", link + "/done?what=moved", "/places/vieux"}
		for _, list := range directory.DeskLists() {
			pages = append(pages, deskPath+"?list="+string(list), deskPath+"?reach=letter&list="+string(list))
		}
		for _, path := range pages {
			if page := ana.Get(path).Is(200); strings.Contains(page.Body, "secret@") || strings.Contains(page.Body, "charmes.example") {
				t.Errorf("%s shows the team's address", path)
			}
		}
		bad := ana.Post(at+"/closed", url.Values{"from": {"x"}}).Is(422)
		ana.Post(at+"/mail", url.Values{"mail": {"other@charmes.example"}}).Is(303)
		for name, page := range map[string]*webtest.Page{"a form with a fault": bad, "a link to an address of before": ana.Get(link).Is(410)} {
			if strings.Contains(page.Body, "charmes.example") {
				t.Errorf("%s shows the team's address", name)
			}
		}
		ana.Post(at+"/mail", url.Values{"mail": {strings.Repeat("a", 250) + "@nord.example"}}).Is(422)
		ana.Post(at+"/mail", url.Values{"mail": {"a@nord.example\nb@nord.example"}}).Is(422)
	})
}

func TestTheDeskNarrowsAndRefuses(t *testing.T) {
	desks(t, func(t *testing.T, w *world) {
		ana := w.as(authz.Coordinator)
		for query, want := range map[string]int{
			"list=stale&unit=nowhere": 0, "list=stale&reach=" + url.QueryEscape("' OR 1=1"): 1, "list=stale&reach=call": 1, "list=stale&reach=letter": 0,
			"list=gone&reach=call&unit=": 1, "list=stale&page=-4": 1, "list=stale&page=9999999": 0, "list=stale&list=gone": 1,
		} {
			if page := ana.Get(deskPath + "?" + query).Is(200); len(page.All("ul.rows > li[data-id]")) != want {
				t.Errorf("%s: %d rows, want %d", query, len(page.All("ul.rows > li[data-id]")), want)
			}
		}
		ana.Get(deskPath + "?list=" + strings.Repeat("s", 300)).Is(422)
		for _, role := range []authz.Role{authz.Resident, authz.Helper, authz.Agent} {
			one := w.as(role)
			for _, list := range directory.DeskLists() {
				if page := one.Get(deskPath + "?list=" + string(list)).Is(403); page.Has("ul.rows") || page.Has("form[action^='/desk/directory']") {
					t.Errorf("%s sees the list %s", role, list)
				}
			}
			for _, path := range []string{"/remind", "/places/vieux/link", "/places/vieux/right", "/places/vieux/gone", "/places/vieux/mail", "/places/fini/back", "/places/nowhere/link"} {
				one.Post(deskPath+path, url.Values{"mail": {"mine@evil.example"}}).Is(403)
			}
		}
		if len(w.letters(t)) != 0 {
			t.Error("somebody without the right wrote a letter")
		}
		if evil := ana.With("Sec-Fetch-Site", "cross-site").With("Origin", "https://evil.example").Do("POST", deskPath+"/remind", nil); evil.Status != 403 {
			t.Errorf("another site's form: %d", evil.Status)
		}
	})
}
