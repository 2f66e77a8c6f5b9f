package directoryweb

import (
	"fmt"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"

	"parvis/internal/directory"
	"parvis/internal/geo"
	"parvis/internal/i18n"
	"parvis/internal/problem"
	"parvis/internal/web"
)

// mapData gives the places that were found as GeoJSON, for maps of our own and of others.
func (room *Room) mapData(w http.ResponseWriter, r *web.Request) error {
	a := readAsk(r.URL.Query(), r.Words.Zone())
	query := room.query(r, a)
	query.Limit = pinsMax
	w.Header().Set("Content-Type", "application/geo+json")
	unkept(w, a)
	pins := room.Directory.Pins(query)
	if id := r.URL.Query().Get("id"); id != "" {
		sheet, err := room.Directory.Sheet(r.Context(), id)
		if err != nil {
			return err
		}
		pins = onePin(sheet)
	}
	return directory.WriteGeoJSON(w, pins, r.Words.Lang(), slices.Concat(r.Territory.Languages, i18n.Languages)...)
}

// onePin is one place for a map; nothing where nobody knows where it is.
func onePin(sheet *directory.Sheet) []directory.Pin {
	p := &sheet.Place
	if p.Point == nil {
		return nil
	}
	pin := directory.Pin{ID: p.ID, Name: p.Name, Kind: p.Kind, Point: *p.Point, Open: directory.OpenUnknown}
	switch {
	case sheet.State.Open:
		pin.Open = directory.OpenYes
	case sheet.State.Known:
		pin.Open = directory.OpenNo
	}
	return []directory.Pin{pin}
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

// baseFile serves the PMTiles file under the map, in the ranges that are asked for.
func (room *Room) baseFile(w http.ResponseWriter, r *web.Request) error {
	file, err := os.Open(room.base.File)
	if err != nil {
		return problem.Because(problem.Unavailable, err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return problem.Because(problem.Unavailable, err)
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Cache-Control", "public, max-age=86400")
	http.ServeContent(w, r.Request, "", info.ModTime(), file)
	return nil
}
