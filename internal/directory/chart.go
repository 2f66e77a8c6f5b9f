package directory

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"parvis/internal/geo"
	"parvis/internal/i18n"
	"parvis/internal/search"
)

// Pin is a place on a map.
type Pin struct {
	ID    string
	Name  i18n.Text
	Kind  string
	Point geo.Point
	Open  string // OpenYes, OpenNo, OpenUnknown
}

// What a pin says of a place's hours.
const (
	OpenYes     = "yes"
	OpenNo      = "no"
	OpenUnknown = "unknown"
)

// Pins gives the places of a query that have a point, for a map, at most its limit (5,000 when 0), the best first. It
// asks nothing of the database.
func (d *Directory) Pins(q Query) []Pin {
	r := &Result{At: d.instant(&q)}
	if q.Limit <= 0 {
		q.Limit = mostLimit
	}
	asked := d.ask(&q, r)
	asked.NoFacets, asked.Also = true, nil
	return d.index.pins(asked, r.At)
}

// pins are the places of a question that have a point, with what is known of each at the same moment.
func (x *index) pins(q search.Query, at time.Time) []Pin {
	x.mu.RLock()
	defer x.mu.RUnlock()
	hits := x.within(q).Hits
	pins := make([]Pin, 0, len(hits))
	for _, h := range hits {
		e := &x.entries[h.Tag]
		if !e.point.Valid() {
			continue
		}
		pin := Pin{ID: h.ID, Name: e.name(), Kind: e.kind, Point: e.point, Open: OpenUnknown}
		if state := x.setting.state(x.schedules.all[e.schedule], e.schedule > 0, e.closures, at); state.Open {
			pin.Open = OpenYes
		} else if state.Known {
			pin.Open = OpenNo
		}
		pins = append(pins, pin)
	}
	return pins
}

// feature is a pin as GeoJSON (RFC 7946).
type feature struct {
	Type       string          `json:"type"`
	ID         string          `json:"id"`
	Geometry   featurePoint    `json:"geometry"`
	Properties featureProperty `json:"properties"`
}

type featurePoint struct {
	Type        string     `json:"type"`
	Coordinates [2]float64 `json:"coordinates"` // longitude first
}

type featureProperty struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Kind string `json:"kind"`
	Open string `json:"open"`
}

// WriteGeoJSON writes pins as a GeoJSON FeatureCollection, with names in the reader's language or the nearest there is.
func WriteGeoJSON(w io.Writer, pins []Pin, language string, fallback ...string) error {
	if _, err := io.WriteString(w, `{"type":"FeatureCollection","features":[`); err != nil {
		return err
	}
	for i, p := range pins {
		text, err := json.Marshal(feature{
			Type: "Feature", ID: p.ID,
			Geometry:   featurePoint{Type: "Point", Coordinates: [2]float64{p.Point.Lon, p.Point.Lat}},
			Properties: featureProperty{ID: p.ID, Name: p.Name.In(language, fallback...), Kind: p.Kind, Open: p.Open},
		})
		if err != nil {
			return fmt.Errorf("write place %s: %w", p.ID, err)
		}
		if i > 0 {
			text = append([]byte{','}, text...)
		}
		if _, err := w.Write(text); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, "]}\n")
	return err
}

// Bounds is the box that holds all pins; false when there are none.
func Bounds(pins []Pin) (geo.Box, bool) {
	points := make([]geo.Point, len(pins))
	for i, p := range pins {
		points[i] = p.Point
	}
	return geo.BoxOf(points...), len(points) > 0
}
