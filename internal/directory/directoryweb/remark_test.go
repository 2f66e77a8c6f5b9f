package directoryweb_test

import (
	"net/url"
	"strings"
	"testing"

	"parvis/internal/directory"
	"parvis/internal/id"
)

func TestARemarkIsAskedAgainUntilItIsWhole(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		page := w.Get("/places/mediatheque/wrong").Is(200)
		holds(t, "the question", page.Text("main"), "Dites-nous ce qui n’est pas juste", "Médiathèque Le Lin Bleu", "Effacé au bout de 12 mois", "Les horaires")
		if len(page.All("input[type=radio][name=kind]")) != len(directory.Codes(directory.GroupRemark)) || page.Header.Get("Cache-Control") != "no-store" || !page.Has("meta[name=robots]") {
			t.Error("every kind is offered, and nobody keeps the page")
		}
		if ready := w.Get("/places/mediatheque/wrong?kind=phone"); !ready.Has("input[value=phone][checked]") {
			t.Error("a kind that came with the address")
		}
		for lang, want := range map[string][2]string{
			"fr": {"Choisissez de quoi il s’agit.", "Écrivez un numéro ou une adresse de courriel"}, "en": {"Choose what it is about.", "Write a phone number"},
			"ro": {"Alegeți despre ce este vorba.", "Scrieți un telefon"}, "vi": {"Bạn hãy chọn nội dung.", "Bạn hãy viết số điện thoại"}, "zh": {"请选择相关内容。", "请填写电话或邮箱"},
		} {
			sent := url.Values{"words": {"Fermé <b>le lundi</b>"}, "contact": {"chez moi"}}
			page := w.In(lang).Post("/places/mediatheque/wrong", sent).Is(422)
			holds(t, lang, page.Text("#errors"), want[0], want[1])
			holds(t, lang, page.Text("#f-contact-error"), want[1])
			if page.Text("textarea[name=words]") != "Fermé <b>le lundi</b>" || page.Attr("input[name=contact]", "value") != "chez moi" || page.Attr("input[name=contact]", "aria-invalid") != "true" {
				t.Errorf("%s: what was typed is lost", lang)
			}
		}
		for _, n := range []int{directory.RemarkMax + 1, 2 * directory.RemarkMax, 5 * directory.RemarkMax} {
			words := strings.Repeat("é", n)
			long := w.Post("/places/mediatheque/wrong", url.Values{"kind": {"other"}, "words": {words}}).Is(422)
			holds(t, "too long", long.Text("#errors"), "C’est trop long", "000 caractères au plus")
			if long.Text("textarea[name=words]") != words {
				t.Errorf("%d characters were typed, and are lost", n)
			}
		}
		if kept, err := w.dir.Remarks(t.Context(), true, 10, 0); err != nil || len(kept) != 0 {
			t.Errorf("kept %d, %v", len(kept), err)
		}
		w.Get("/places/nulle-part/wrong").Is(404)
		w.Post("/places/nulle-part/wrong", url.Values{"kind": {"closed"}}).Is(404)
	})
}

func TestARemarkIsKeptAndItsNumberShown(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		sent := w.In("en").Post("/places/mediatheque/wrong", url.Values{"kind": {"hours"}, "words": {"  Fermé le lundi "}, "contact": {"03 53 01 00 99"}}).Is(303)
		to := sent.Header.Get("Location")
		code, found := strings.CutPrefix(to, "/places/mediatheque/wrong/")
		if _, err := id.ParseCode(code); !found || err != nil {
			t.Fatalf("leads to %s", to)
		}
		page := w.In("en").Get(to).Is(200)
		holds(t, "the answer", page.Text("main"), code, "Somebody checks it with the place")
		if !page.Has(`main a[href="/places/mediatheque"]`) {
			t.Error("back to the place")
		}
		kept, err := w.dir.Remarks(t.Context(), false, 10, 0)
		if err != nil || len(kept) != 1 {
			t.Fatalf("kept %d, %v", len(kept), err)
		}
		if r := kept[0]; r.Code != code || r.Place != "mediatheque" || r.Kind != "hours" || r.Words != "Fermé le lundi" || r.Contact != "+33353010099" || r.Language != "en" {
			t.Errorf("kept %+v", r)
		}
		w.Get("/places/mediatheque/wrong/xyz").Is(404)
		w.Post("/places/mediatheque/wrong", url.Values{"kind": {"closed"}}).Is(303)
		if evil := w.With("Sec-Fetch-Site", "cross-site").With("Origin", "https://evil.example").Do("POST", "/places/mediatheque/wrong", strings.NewReader("kind=closed")); evil.Status != 403 {
			t.Errorf("another site's form: %d", evil.Status)
		}
	})
}
