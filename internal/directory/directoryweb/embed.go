package directoryweb

import (
	"html"
	"net/http"
	"net/url"

	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// embedPage is the map and its list for a frame in another site's page. Its address says what is shown, as the map's
// does; view=list leaves the map out. All that can be followed leads out of the frame, to the site itself.
type embedPage struct {
	ui.Page
	Total   int
	Map     bool
	Drawn   ui.Map
	Live    liveMap
	Sources string
	Results ui.Results
	Empty   *ui.Empty
	Whole   ui.Button
}

var _ = ui.Parse[embedPage](files, "templates/embed.html", "templates/moving.html")

func (room *Room) embed(w http.ResponseWriter, r *web.Request) error {
	values := r.URL.Query()
	a := readAsk(values, r.Words.Zone())
	query := room.query(r, a)
	query.Limit = besideMap
	found, err := room.Directory.Search(r.Context(), query)
	if err != nil {
		return err
	}
	page := &embedPage{
		Total:   found.Total,
		Map:     values.Get("view") != "list",
		Sources: room.base.Credit,
		Results: ui.Results{Items: room.results(r, a.Words, found.Found)},
		Whole:   ui.Button{Href: a.onPage("/places", 1), Text: r.T("directory.embed.whole"), Icon: "list"},
	}
	page.Page = ui.Page{Title: r.T("directory.map.title"), Framed: true, Styles: styles}
	if page.Map {
		page.Drawn, page.Live = room.drawAll(r, a, found), room.live(r, a, found)
		page.Scripts, page.Styles = []string{"map"}, mapStyles
	}
	if found.Total == 0 {
		page.Empty = room.empty(r, a, found, "/map")
	}
	unkept(w, a)
	return r.Render(w, page)
}

// frameTag is what another site's page says to show the map that was asked for, in the language of this page.
func frameTag(r *web.Request, a ask) string {
	values := a.values()
	values.Set("hl", r.Words.Lang())
	address := r.Origin() + (&url.URL{Path: "/embed", RawQuery: values.Encode()}).RequestURI()
	title := r.T("directory.map.title") + " · " + name(r, r.Territory.Name)
	return `<iframe src="` + html.EscapeString(address) + `" title="` + html.EscapeString(title) +
		`" width="100%" height="640" style="border:0" loading="lazy"></iframe>`
}
