package directoryweb_test

import (
	"net/url"
	"strings"
	"testing"

	"parvis/internal/authz"
	"parvis/internal/directory"
	"parvis/internal/web/webtest"
)

// twice reads two registers that have one place in common, and one of which nobody can be sure.
func (w *world) twice(t *testing.T) {
	t.Helper()
	for source, rows := range map[string]string{
		"Annuaire A": "a1,Point info Alma,Roubaix,59100,12 rue de Paris,50.69,3.18,0320000001,Aider aux démarches administratives\n" +
			"a2,Maison du Lin,Roubaix,59100,3 rue du Lin,50.68,3.17,0320000002,Aider aux démarches administratives\n",
		"Annuaire B": "b1,Point infos Alma,Roubaix,59100,12 r. de Paris,50.69,3.18,+33320000001,Aider aux démarches administratives\n" +
			"b2,MAISON DU LIN (annexe),Roubaix,59100,3 rue du Lin,50.68,3.17,,Aider aux démarches administratives\n",
	} {
		feed := "id,nom,commune,code_postal,adresse,latitude,longitude,telephone,services\n" + rows
		if _, err := w.dir.Import(t.Context(), strings.NewReader(feed), directory.Feed{Source: source}); err != nil {
			t.Fatal(err)
		}
	}
	w.settle(t)
}

// The address of a record that is shown under another leads there, for good; both registers are named.
func TestOnePlaceHasOneAddress(t *testing.T) {
	desks(t, func(t *testing.T, w *world) {
		w.twice(t)
		moved := 0
		entries, err := w.dir.Entries(t.Context(), directory.EntryQuery{Limit: 500})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if strings.HasPrefix(e.Place.Name["fr"], "Point info") {
				page := w.In("en").Get("/places/" + e.Place.ID).Is(200)
				holds(t, "both registers", page.Text(".source"), "Annuaire A", "Annuaire B")
				sheet, err := w.dir.Sheet(t.Context(), e.Place.ID)
				if err != nil || len(sheet.Twins) != 1 {
					t.Fatal(sheet, err)
				}
				for range 2 { // also from the pages that are kept
					to := w.In("en").Get("/places/" + sheet.Twins[0].ID + "?x=1").Is(301).Header.Get("Location")
					if to != "/places/"+e.Place.ID+"?x=1" {
						t.Error(to)
					}
				}
				w.as(authz.Manager).Get(deskPath + "/places/" + sheet.Twins[0].ID).Is(200)
				moved++
			}
		}
		if moved != 1 {
			t.Errorf("%d places are called so", moved)
		}
	})
}

// waitingPair leads from the desk's list to the one pair that waits.
func waitingPair(t *testing.T, c *webtest.Client) string {
	t.Helper()
	links := hrefs(c.Get(deskPath + "?list=twins").Is(200).All("ul.rows h3 a"))
	if len(links) != 1 {
		t.Fatalf("%d pairs wait", len(links))
	}
	return links[0]
}

func TestTheDeskSettlesAPair(t *testing.T) {
	desks(t, func(t *testing.T, w *world) {
		w.twice(t)
		ana := w.as(authz.Manager)
		list := ana.Get(deskPath + "?list=twins").Is(200)
		holds(t, "the list", list.Text("main"), "1 pair", "Maison du Lin and MAISON DU LIN (annexe)", "Annuaire A · Annuaire B · Roubaix", "Names much alike")
		at := waitingPair(t, ana)
		w.Get(at).Is(401)
		w.as(authz.Agent).Get(at).Is(403)
		w.as(authz.Agent).Post(at, url.Values{"as": {"same"}}).Is(403)
		page := ana.Get(at).Is(200)
		holds(t, "side by side", page.Text("main"), "3 rue du Lin", "03 20 00 00 02", "Annuaire A", "a2", "Annuaire B", "b2", "What speaks for it", "the same address")
		if n := len(page.All(".twins > section")); n != 2 {
			t.Errorf("%d records", n)
		}
		if n := len(page.All("form[method=post] button[name=as]")); n != 3 {
			t.Errorf("%d ways on", n)
		}
		ana.Post(at, url.Values{"as": {"later"}}).Is(303)
		if waitingPair(t, ana) != at {
			t.Error("put off, it waits no more")
		}
		if to := ana.Post(at, url.Values{"as": {"same"}}).Is(303).Header.Get("Location"); to != deskPath+"?list=twins&done=same" {
			t.Error(to)
		}
		holds(t, "done", ana.Get(deskPath+"?list=twins&done=same").Is(200).Text("main"), "shown as one place", "Nothing waits here")
		w.settle(t)
		found := w.In("en").Get("/places?q=maison+du+lin").Is(200)
		if n := len(found.All("main [data-id]")); n != 1 {
			t.Errorf("%d places are found", n)
		}
		settled := ana.Get(deskPath + "?list=decided").Is(200)
		holds(t, "what was decided", settled.Text("main"), "2 pairs", "One place, decided on", "found by the import")
		decided := ana.Get(at).Is(200)
		holds(t, "decided", decided.Text("main"), "One place, decided on", "Show as two places again", "Nothing is lost")
		if n := len(decided.All("form[method=post] button[name=as]")); n != 1 {
			t.Errorf("%d ways back", n)
		}
		for range 2 {
			ana.Post(at, url.Values{"as": {"apart"}}).Is(303)
		}
		w.settle(t)
		if n := len(w.In("en").Get("/places?q=maison+du+lin").Is(200).All("main [data-id]")); n != 2 {
			t.Errorf("%d places are found", n)
		}
		holds(t, "not asked again", ana.Get(deskPath+"?list=twins").Text("main"), "Nothing waits here")
		holds(t, "two places", ana.Get(at).Is(200).Text("main"), "Two places, decided on", "The same place")
		ana.Get(deskPath + "/twins/nothing").Is(404)
		ana.Post(deskPath+"/twins/nothing", url.Values{"as": {"later"}}).Is(404)
		ana.Post(deskPath+"/twins/nothing", url.Values{"as": {"same"}}).Is(404)
	})
}

// The question in five languages.
func TestThePairAsksInEveryLanguage(t *testing.T) {
	desks(t, func(t *testing.T, w *world) {
		w.twice(t)
		at := waitingPair(t, w.as(authz.Manager))
		for lang, words := range map[string][]string{
			"en": {"Is this one place?", "The same place", "Two places", "Later", "names much alike", "the same address"},
			"fr": {"Est-ce un seul lieu", "C’est le même lieu", "Ce sont deux lieux", "Plus tard", "noms très proches", "même adresse"},
			"ro": {"Este un singur loc?", "Este același loc", "Sunt două locuri", "Mai târziu", "nume foarte apropiate", "aceeași adresă"},
			"vi": {"Đây có phải là một nơi?", "Cùng một nơi", "Là hai nơi", "Để sau", "tên gần giống", "cùng địa chỉ"},
			"zh": {"是同一个地点吗？", "是同一个地点", "是两个地点", "稍后再定", "名称相近", "地址相同"},
		} {
			page := w.In(lang).With("Test-Role", string(authz.Manager)).Get(at).Is(200)
			holds(t, lang, page.Text("main"), words...)
			if page.Attr("html", "lang") != lang {
				t.Error(lang, page.Attr("html", "lang"))
			}
		}
	})
}
