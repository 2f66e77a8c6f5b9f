package directoryweb

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"parvis/internal/directory"
	"parvis/internal/geo"
	"parvis/internal/i18n"
	"parvis/internal/problem"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// mapPage shows all that was found on a map: drawn by the server, and moving when that is asked for. The list is a link
// away, and the first places stand below.
type mapPage struct {
	ui.Page
	Search  ui.SearchBox
	Total   int
	Drawn   ui.Map
	Live    liveMap
	List    ui.Button
	Share   ui.Button
	Results []resultView
	Sources string
}

var _ = ui.Parse[mapPage](files, "templates/map.html")

// Sizes of the map page.
const (
	pinsMax  = 5000 // places that one map draws
	underMap = 10   // places that stand below it
)

func (room *Room) mapPage(w http.ResponseWriter, r *web.Request) error {
	a := readAsk(r.URL.Query(), r.Words.Zone())
	query := room.query(r, a)
	query.Limit = underMap
	found, err := room.Directory.Search(r.Context(), query)
	if err != nil {
		return err
	}
	page := &mapPage{
		Search:  ui.SearchBox{Words: r.Words, Action: "/map", Value: a.Words, Near: true, Place: a.Near, Hidden: carried(a, false)},
		Total:   found.Total,
		Drawn:   room.drawAll(r, a),
		Live:    room.live(r, a),
		List:    ui.Button{Href: a.href("/places"), Text: r.T("directory.search.list"), Icon: "list"},
		Share:   ui.Button{Href: "/share", Text: r.T("directory.home.share"), Icon: "share-2"},
		Results: room.results(r, found.Found),
		Sources: room.base.Credit,
	}
	page.Page = ui.Page{
		Title: r.T("directory.map.title"), Scripts: []string{"locate", "map"}, Styles: []string{"css/directory.css", "map/dist/map.css"},
		Feeds: []ui.Feed{{Type: "application/geo+json", Href: a.href("/map/data.geojson"), Title: r.T("directory.map.title")}},
	}
	return r.Render(w, page)
}

// drawAll draws every place that was found; marks that stand for several lead to their list.
func (room *Room) drawAll(r *web.Request, a ask) ui.Map {
	m := room.chart.draw(r, r.T("directory.map.picture", "Territory", name(r, r.Territory.Name)), false)
	query := room.query(r, a)
	query.Limit = pinsMax
	for _, pin := range room.Directory.Pins(query) {
		m.Pins = append(m.Pins, ui.Pin{At: pin.Point, Name: name(r, pin.Name), Href: "/places/" + pin.ID})
	}
	m.Here = a.Here
	box := room.pack.Outline.Box()
	if a.Box != nil {
		box = *a.Box
	}
	m.Box = &box
	m.Closer = func(box geo.Box) string { return a.within(box).href("/places") }
	return m
}

// live is what the moving map needs to start.
func (room *Room) live(r *web.Request, a ask) liveMap {
	centre, zoomed := room.pack.Centre, room.pack.Zoom
	if a.Here != nil {
		centre, zoomed = *a.Here, zoomed+2
	}
	return liveMap{
		Data: a.href("/map/data.geojson"), Tiles: "/tiles/{z}/{x}/{y}", Base: room.base,
		Centre: coordinate(centre.Lat) + "," + coordinate(centre.Lon), Zoom: zoom(zoomed),
		Script: ui.AssetPath("map/dist/map.js"), Worker: ui.AssetPath("map/dist/worker.js"),
		Start: ui.Button{Text: r.T("directory.map.move"), Icon: "map", Hook: "moving"},
	}
}

// mapData gives the places that were found as GeoJSON, for maps of our own and of others.
func (room *Room) mapData(w http.ResponseWriter, r *web.Request) error {
	a := readAsk(r.URL.Query(), r.Words.Zone())
	query := room.query(r, a)
	query.Limit = pinsMax
	w.Header().Set("Content-Type", "application/geo+json")
	return directory.WriteGeoJSON(w, room.Directory.Pins(query), r.Words.Lang(), append(r.Territory.Languages, i18n.Languages...)...)
}

// tile draws one square of the map: the outline, the borders inside it, and their names.
func (room *Room) tile(w http.ResponseWriter, r *web.Request) error {
	at := [3]int{}
	for i, part := range []string{"z", "x", "y"} {
		n, err := strconv.Atoi(strings.TrimSuffix(r.PathValue(part), ".mvt"))
		if err != nil {
			return problem.Because(problem.NotFound, fmt.Errorf("tile: %w", err))
		}
		at[i] = n
	}
	data, err := geo.Tile(at[0], at[1], at[2], room.layers(r))
	if err != nil {
		return problem.Because(problem.NotFound, err)
	}
	w.Header().Set("Content-Type", "application/vnd.mapbox-vector-tile")
	_, err = w.Write(data)
	return err
}

func (room *Room) layers(r *web.Request) []geo.TileLayer {
	outline := geo.TileLayer{Name: "outline", Features: []geo.TileFeature{{Area: room.pack.Outline}}}
	units, names := geo.TileLayer{Name: "units"}, geo.TileLayer{Name: "names"}
	for i := range room.pack.Units {
		u := &room.pack.Units[i]
		if !u.Outline.Empty() {
			units.Features = append(units.Features, geo.TileFeature{Area: u.Outline})
		}
		if u.Point.Valid() && u.Point != (geo.Point{}) {
			names.Features = append(names.Features, geo.TileFeature{Point: &u.Point, Properties: map[string]any{"name": name(r, u.Name)}})
		}
	}
	return []geo.TileLayer{outline, units, names}
}
