package directoryweb

import (
	"net/http"

	"parvis/internal/directory"
	"parvis/internal/geo"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// mapPage shows all that was found on a map: drawn by the server, and moving when that is asked for. The first places
// stand beside it, and the whole list is a link away.
type mapPage struct {
	ui.Page
	Search  ui.SearchBox
	Notices []ui.Notice
	Total   int
	Active  ui.Tags
	Clear   *ui.Link
	Drawn   ui.Map
	Live    liveMap
	List    ui.Button
	Share   ui.Button
	Results ui.Results
	Empty   *ui.Empty
	Sources string
}

// liveMap is what the moving map needs to start, for a script.
type liveMap struct {
	Data   string // address of the places, as GeoJSON
	Tiles  string
	Centre string
	Zoom   string
	Base   Base
	Script string
	Worker string
	Sheet  string
	Start  ui.Button
}

var _ = ui.Parse[mapPage](files, "templates/map.html", "templates/moving.html")

// Sizes of the map page.
const (
	pinsMax   = 5000 // places that one map draws
	besideMap = 10   // places that stand beside it
	mapAround = 8000 // metres that it shows round a town or the person
	closeZoom = 12   // of the moving map, there
)

func (room *Room) mapPage(w http.ResponseWriter, r *web.Request) error {
	a := readAsk(r.URL.Query(), r.Words.Zone())
	query := room.query(r, a)
	query.Limit = besideMap
	found, err := room.Directory.Search(r.Context(), query)
	if err != nil {
		return err
	}
	page := &mapPage{
		Search:  ui.SearchBox{Words: r.Words, Action: "/map", Value: a.Words, Near: true, Place: a.Near, Hidden: carried(a, false)},
		Notices: notices(r, a, found, "/map"),
		Total:   found.Total,
		Drawn:   room.drawAll(r, a, found),
		Live:    room.live(r, a, found),
		List:    ui.Button{Href: a.onPage("/places", 1), Text: r.T("directory.search.list"), Icon: "list"},
		Share:   ui.Button{Href: a.elsewhere().onPage("/share", 1), Text: r.T("directory.home.share"), Icon: "share-2"},
		Results: ui.Results{Items: room.results(r, a.Words, found.Found)},
		Sources: room.base.Credit,
	}
	page.Active, page.Clear = room.active(r, a, "/map")
	if found.Total == 0 {
		page.Empty = room.empty(r, a, found, "/map")
	}
	page.Page = ui.Page{
		Title: r.T("directory.map.title"), Scripts: []string{"map"}, Styles: mapStyles,
		Feeds: []ui.Feed{{Type: "application/geo+json", Href: a.href("/map/data.geojson"), Title: r.T("directory.map.title")}},
	}
	unkept(w, a)
	return r.Render(w, page)
}

// focus is where somebody wants to look: round a town, round where they are; false when they did not say.
func focus(a ask, found *directory.Result) (geo.Point, bool) {
	switch {
	case a.Here != nil:
		return *a.Here, true
	case found.Near != nil && found.Near.Known:
		return found.Near.Town.Point, true
	}
	return geo.Point{}, false
}

// drawAll draws every place that was found; marks that stand for several lead to their list.
func (room *Room) drawAll(r *web.Request, a ask, found *directory.Result) ui.Map {
	box := room.chart.whole
	if at, said := focus(a, found); said {
		box = geo.Around(at, mapAround)
	}
	if a.Box != nil {
		box = *a.Box
	}
	m := room.chart.draw(r, r.T("directory.map.picture", "Territory", name(r, r.Territory.Name)), box, fineLines, true)
	query := room.query(r, a)
	query.Limit = pinsMax
	for _, pin := range room.Directory.Pins(query) {
		m.Pins = append(m.Pins, ui.Pin{At: pin.Point, Name: name(r, pin.Name), Href: "/places/" + pin.ID})
	}
	m.Here = a.Here
	m.Closer = func(box geo.Box) string { return a.within(box).href("/places") }
	return m
}

// live is what the moving map needs to start.
func (room *Room) live(r *web.Request, a ask, found *directory.Result) liveMap {
	centre, zoomed := room.pack.Centre, room.pack.Zoom
	if at, said := focus(a, found); said {
		centre, zoomed = at, max(zoomed, closeZoom)
	}
	return liveMap{
		Data: a.href("/map/data.geojson"), Tiles: "/tiles/{z}/{x}/{y}.mvt", Base: room.base,
		Centre: coordinate(centre.Lat) + "," + coordinate(centre.Lon), Zoom: zoom(zoomed),
		Script: ui.AssetPath("map/dist/map.js"), Worker: ui.AssetPath("map/dist/worker.js"), Sheet: ui.AssetPath("map/dist/map.css"),
		Start: ui.Button{Text: r.T("directory.map.move"), Icon: "map", Hook: "moving"},
	}
}
