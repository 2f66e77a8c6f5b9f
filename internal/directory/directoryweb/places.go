package directoryweb

import (
	"net/http"
	"slices"
	"strconv"

	"parvis/internal/directory"
	"parvis/internal/fold"
	"parvis/internal/geo"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// perPage is how many places one page of a list shows: few enough to read on a phone, and to weigh little.
const perPage = 10

// placesPage is a list of places with what narrows it, and the same places on a drawn map.
type placesPage struct {
	ui.Page
	Search  ui.SearchBox
	Notices []ui.Notice
	Narrow  ui.Filters
	Total   int
	Active  ui.Tags
	Clear   *ui.Link
	ToMap   *ui.Link
	Results ui.Results
	Pages   ui.Pagination
	Empty   *ui.Empty
	Nearest ui.Results
	Map     ui.Map
}

var (
	_ = ui.Parse[placesPage](files, "templates/places.html", "templates/parts.html")
	_ = ui.Parse[socialPage](files, "templates/social.html", "templates/parts.html")
)

// places lists what a person asked for. Who asks for the map gets the map.
func (room *Room) places(w http.ResponseWriter, r *web.Request) error {
	values := r.URL.Query()
	a := readAsk(values, r.Words.Zone())
	if values.Get("view") == "map" {
		return r.Redirect(w, a.href("/map"))
	}
	page, err := room.list(r, a, "/places", false)
	if err != nil {
		return err
	}
	page.Title = r.T("directory.search.title")
	if a.Words != "" {
		page.Title = r.T("directory.search.title-words", "Words", a.Words)
	}
	page.ToMap = &ui.Link{Href: a.onPage("/map", 1), Text: r.T("directory.search.map"), Icon: "map"}
	unkept(w, a)
	return r.Render(w, page)
}

// unkept keeps an answer to somebody who said where they are out of every memory.
func unkept(w http.ResponseWriter, a ask) {
	if a.Here != nil {
		w.Header().Set("Cache-Control", "no-store")
	}
}

// list makes the page of a list at a path, of all places or of the social economy alone.
func (room *Room) list(r *web.Request, a ask, path string, social bool) (*placesPage, error) {
	query := room.query(r, a)
	query.Social, query.Limit, query.Offset = social, perPage, (a.Page-1)*perPage
	found, err := room.Directory.Search(r.Context(), query)
	if err != nil {
		return nil, err
	}
	page := &placesPage{
		Search: ui.SearchBox{Words: r.Words, Action: path, Value: a.Words, Near: true, Place: a.Near, Hidden: carried(a, false)},
		Total:  found.Total,
		Pages:  ui.Paginate(r.Words, a.Page, min((found.Total+perPage-1)/perPage, pageMax), func(n int) string { return a.onPage(path, n) }),
	}
	page.Page = ui.Page{Styles: styles}
	page.Active, page.Clear = room.active(r, a, path)
	page.Narrow = room.narrow(r, a, found, path, social, len(page.Active.Items))
	page.Notices = notices(r, a, found, path)
	page.Results = ui.Results{Items: numbered(room.results(r, a.Words, found.Found), (a.Page-1)*perPage), Anchors: true}
	if found.Total == 0 {
		page.Empty = room.empty(r, a, found, path)
		page.Nearest = ui.Results{Items: room.results(r, a.Words, found.Nearest), Nearest: true}
	}
	page.Map = room.resultMap(r, a, found, path)
	return page, nil
}

// query puts a question into the directory's terms.
func (room *Room) query(r *web.Request, a ask) directory.Query {
	q := directory.Query{Words: a.Words, Near: a.Near, Here: a.Here, Box: a.Box, Filters: a.Chosen, Language: r.Words.Lang()}
	switch a.Open {
	case "now":
		q.OpenAt = room.Directory.Now()
	case "at":
		q.OpenAt = a.At
	}
	return q
}

// carried is what a form passes on of the question beside its own fields: the search box what is filtered, the filters'
// form what is searched.
func carried(a ask, words bool) []ui.Hidden {
	names := append([]string{"lat", "lon", "open", "at"}, facets...)
	if words {
		names = []string{"q", "near", "lat", "lon", "box"}
	}
	var hidden []ui.Hidden
	values := a.values()
	for _, name := range names {
		for _, value := range values[name] {
			hidden = append(hidden, ui.Hidden{Name: name, Value: value})
		}
	}
	return hidden
}

// notices say how the question was understood.
func notices(r *web.Request, a ask, found *directory.Result, path string) []ui.Notice {
	var list []ui.Notice
	if near := found.Near; near != nil && !near.Exact {
		n := ui.Notice{Tone: ui.Wait, Icon: "map-pin", Text: r.T("directory.search.near-unknown", "Near", a.Near)}
		if near.Known {
			n = ui.Notice{Icon: "map-pin", Text: r.T("directory.search.near-taken", "Town", near.Town.Name)}
		}
		for _, town := range near.Others {
			b := a.clone()
			b.Near = town.Name
			n.Links = append(n.Links, ui.Link{Href: b.href(path), Text: town.Name})
		}
		list = append(list, n)
	}
	if found.Corrected != "" && !sameWords(found.Corrected, a.Words) {
		list = append(list, ui.Notice{Icon: "info", Text: r.T("directory.search.corrected", "Words", found.Corrected)})
	}
	if found.Translated != nil {
		list = append(list, ui.Notice{Icon: "languages", Text: r.T("directory.search.translated",
			"Words", found.Translated.Asked, "Meaning", word(r, found.Translated.Group, found.Translated.Code))})
	}
	if len(found.Dropped) > 0 && found.Total > 0 {
		list = append(list, ui.Notice{Icon: "info", Text: r.T("directory.search.dropped")})
	}
	return list
}

// sameWords tells whether two texts say the same words: an apostrophe, a capital or an accent less is no other spelling.
func sameWords(one, other string) bool {
	return slices.Equal(fold.Words(one), fold.Words(other))
}

// resultMap draws the places of a page of the list, or what came nearest.
func (room *Room) resultMap(r *web.Request, a ask, result *directory.Result, path string) ui.Map {
	var pins []ui.Pin
	for i := range result.Found {
		if p := &result.Found[i]; p.Point != nil {
			pins = append(pins, ui.Pin{At: *p.Point, Number: (a.Page-1)*perPage + i + 1, Name: name(r, p.Name), Href: "#p-" + p.ID})
		}
	}
	box := room.chart.whole
	switch {
	case a.Box != nil:
		box = *a.Box
	case len(pins) > 0 && (a.Words != "" || a.Near != "" || a.Here != nil || a.narrowed()):
		box = around(pins, a.Here)
	}
	m := room.chart.draw(r, r.T("directory.map.picture", "Territory", name(r, r.Territory.Name)), box, roughLines, false)
	m.Pins, m.Here = pins, a.Here
	m.Closer = func(box geo.Box) string { return a.within(box).href(path) }
	return m
}

func zoom(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }
