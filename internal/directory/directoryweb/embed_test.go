package directoryweb_test

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parvis/internal/web/webtest"
)

// frameSource is the address in the lines that another site copies, which the page shows as text.
var frameSource = regexp.MustCompile(`src="([^"]+)"`)

// frameOf is the address, on this site, of the frame that a page offers to others.
func frameOf(t *testing.T, page *webtest.Page) string {
	t.Helper()
	tag := page.Text("[data-frame]")
	found := frameSource.FindStringSubmatch(tag)
	if found == nil || !strings.HasPrefix(tag, "<iframe ") || !strings.HasSuffix(tag, "></iframe>") || !strings.Contains(tag, ` title="`) {
		t.Fatalf("no frame in %q", tag)
	}
	u, err := url.Parse(strings.ReplaceAll(found[1], "&amp;", "&"))
	if err != nil || u.Host == "" {
		t.Fatalf("%q: %v", found[1], err)
	}
	return u.RequestURI()
}

func TestAnySiteCanFrameTheMap(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		address := frameOf(t, w.Get("/share").Is(200))
		if address != "/embed?hl=fr" {
			t.Errorf("all of the map in this page's language: %s", address)
		}
		page := w.Get(address).Is(200)
		if total(page) != "9" || len(ids(page)) != 9 || !page.Has("svg.map .land") || !page.Has("[data-map]") {
			t.Errorf("%s places, %d in the list", total(page), len(ids(page)))
		}
		if policy := page.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors *") || page.Header.Get("X-Frame-Options") != "" {
			t.Errorf("others may not frame it: %s", policy)
		}
		if page.Has("footer") || page.Has("nav") || page.Has("form") || page.Attr("base", "target") != "_blank" || page.Has(`a[href^="#"]`) {
			t.Error("nothing stands around it, and what is followed leaves the frame")
		}
		if w.Get("/map").Is(200).Has("base") {
			t.Error("other pages stay where they are")
		}
	})
}

func TestTheFrameShowsWhatWasShared(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		onMap := w.Get("/map?near=Roubaix&fee=free&q=v%C3%A9lo&lat=50.6&lon=3.1").Is(200)
		share := ""
		for _, link := range hrefs(onMap.All(".acts a")) {
			if strings.HasPrefix(link, "/share") {
				share = link
			}
		}
		if share != "/share?fee=free&near=Roubaix&q=v%C3%A9lo" {
			t.Errorf("what was asked is shared, where somebody stands is not: %s", share)
		}
		address := frameOf(t, w.Get(share).Is(200))
		page := w.Get(address).Is(200)
		if got := ids(page); !slices.Equal(got, []string{"coop"}) || !page.Has(`.acts a[href="/places?fee=free&near=Roubaix&q=v%C3%A9lo"]`) {
			t.Errorf("%s shows %v", address, got)
		}
		list := w.Get(address + "&view=list").Is(200)
		if !slices.Equal(ids(list), ids(page)) || list.Has("svg.map") || list.Has("[data-map]") {
			t.Error("the list alone")
		}
		none := w.Get("/embed?q=zzzzqqq").Is(200)
		if total(none) != "0" || !none.Has(".empty a") {
			t.Error("no result is no dead end in a frame either")
		}
	})
}
