package directoryweb

import (
	"embed"
	"net/http"
	"time"

	"parvis/internal/authz"
	"parvis/internal/directory"
	"parvis/internal/org"
	"parvis/internal/web"
)

//go:embed templates
var files embed.FS

// What the directory's pages have beyond the house's style sheet: lists one, the pages of one thing another, so that each
// fetches only what it needs.
var (
	styles      = []string{"css/directory.css"}
	sheetStyles = []string{"css/sheet.css"}
	mapStyles   = []string{"css/directory.css", "css/drawn.css"}
)

// Room is the directory of one territory with what its pages show around it.
type Room struct {
	Directory *directory.Directory
	pack      *org.Pack
	base      Base
	chart     chart
}

// NewRoom prepares the pages of a territory's directory. A map under ours may be given, when the installation has one.
func NewRoom(d *directory.Directory, pack *org.Pack, base Base) *Room {
	if base.File != "" {
		base.Address = baseMap
	}
	return &Room{Directory: d, pack: pack, base: base, chart: newChart(pack)}
}

// Base is a map of streets to draw under the places, and whom to thank for it: a PMTiles file on this machine, or the
// address pattern of somebody's tiles, pictures or vector tiles (.mvt, .pbf). The zero Base is none.
type Base struct {
	File    string
	Address string
	Credit  string
}

// baseMap is where a PMTiles file is served, in the ranges that the moving map asks for.
const baseMap = "/basemap.pmtiles"

// Routes are all the pages of the directory.
func (room *Room) Routes() []web.Route {
	page := func(path string, serve web.Handler) web.Route {
		return web.Route{Method: http.MethodGet, Path: path, Can: authz.ReadPublic, Serve: serve, Shared: true, Fresh: time.Minute}
	}
	edit := func(method, path string, serve web.Handler) web.Route {
		return web.Route{Method: method, Path: deskHome + path, Can: authz.EditDirectory, Serve: serve}
	}
	onMap := page("/map", room.mapPage)
	onMap.Policy = web.Map
	framed := page("/embed", room.embed)
	framed.Policy = web.Embed
	routes := []web.Route{
		page("/", room.home),
		page("/places", room.places),
		page("/places/{id}", room.place),
		page("/places/{id}/qr.svg", room.placeCode),
		{Method: http.MethodGet, Path: "/places/{id}/wrong", Can: authz.SuggestCorrection, Serve: room.remark},
		{Method: http.MethodPost, Path: "/places/{id}/wrong", Can: authz.SuggestCorrection, Serve: room.keepRemark},
		{Method: http.MethodGet, Path: "/places/{id}/wrong/{code}", Can: authz.SuggestCorrection, Serve: room.remarkKept},
		{Method: http.MethodGet, Path: "/keep/{token}", Can: authz.SuggestCorrection, Serve: room.keep},
		{Method: http.MethodPost, Path: "/keep/{token}", Can: authz.SuggestCorrection, Serve: room.correct},
		{Method: http.MethodPost, Path: "/keep/{token}/right", Can: authz.SuggestCorrection, Serve: room.right},
		{Method: http.MethodPost, Path: "/keep/{token}/closed", Can: authz.SuggestCorrection, Serve: room.closeDays},
		{Method: http.MethodPost, Path: "/keep/{token}/opened", Can: authz.SuggestCorrection, Serve: room.openDays},
		{Method: http.MethodPost, Path: "/keep/{token}/again", Can: authz.SuggestCorrection, Serve: room.again},
		{Method: http.MethodGet, Path: "/keep/{token}/done", Can: authz.SuggestCorrection, Serve: room.keepDone},
		{Method: http.MethodGet, Path: "/keep/{token}/stop", Can: authz.SuggestCorrection, Serve: room.stopping},
		{Method: http.MethodPost, Path: "/keep/{token}/stop", Can: authz.SuggestCorrection, Serve: room.stop},
		edit(http.MethodGet, "", room.desk),
		edit(http.MethodPost, "/remind", room.deskRemind),
		edit(http.MethodGet, "/places/{id}", room.deskPlace),
		edit(http.MethodPost, "/places/{id}/link", room.deskLink),
		edit(http.MethodPost, "/places/{id}/right", room.deskRight),
		edit(http.MethodPost, "/places/{id}/closed", room.deskClose),
		edit(http.MethodPost, "/places/{id}/opened", room.deskOpen),
		edit(http.MethodPost, "/places/{id}/mail", room.deskMail),
		edit(http.MethodPost, "/places/{id}/gone", room.deskEnd),
		edit(http.MethodPost, "/places/{id}/back", room.deskBack),
		edit(http.MethodGet, "/twins/{id}", room.deskTwins),
		edit(http.MethodPost, "/twins/{id}", room.decideTwins),
		edit(http.MethodGet, "/remarks/{id}", room.deskRemark),
		edit(http.MethodPost, "/remarks/{id}", room.answerRemark),
		onMap,
		framed,
		page("/map/data.geojson", room.mapData),
		page("/tiles/{z}/{x}/{y}", room.tile),
		page("/share", room.share),
		page("/share/qr.svg", room.shareCode),
		page("/poster", room.poster),
		page("/social-economy", room.social),
		page("/open-data", room.open),
		{Method: http.MethodGet, Path: "/open-data/search", Can: authz.ReadPublic, Serve: room.table, Policy: web.Open},
		page("/organisations", room.organisations),
		page("/organisations/{id}", room.organisation),
	}
	if room.base.File != "" {
		routes = append(routes, web.Route{Method: http.MethodGet, Path: baseMap, Can: authz.ReadPublic, Serve: room.baseFile})
	}
	return routes
}
