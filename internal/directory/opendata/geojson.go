package opendata

import (
	"context"
	"fmt"
	"io"

	"parvis/internal/directory"
)

// feature is a place as GeoJSON (RFC 7946). One whose position nobody knows has a null geometry, as its section 3.2 allows.
type feature struct {
	Type       string    `json:"type"`
	ID         string    `json:"id"`
	Geometry   *geometry `json:"geometry"`
	Properties Place     `json:"properties"`
}

type geometry struct {
	Type        string     `json:"type"`
	Coordinates [2]float64 `json:"coordinates"` // longitude first
}

// WriteGeoJSON writes all places that are there as one GeoJSON FeatureCollection, and says how many.
func (s *Setting) WriteGeoJSON(ctx context.Context, d *directory.Directory, w io.Writer) (written int, err error) {
	if _, err := io.WriteString(w, `{"type":"FeatureCollection","features":[`+"\n"); err != nil {
		return 0, err
	}
	features := list{w: w}
	err = d.EachEntry(ctx, func(entries []directory.Entry) error {
		now := d.Now()
		for i := range entries {
			one := feature{Type: "Feature", ID: entries[i].Place.ID, Properties: s.Record(&entries[i], now)}
			if at := entries[i].Place.Point; at != nil {
				one.Geometry = &geometry{Type: "Point", Coordinates: [2]float64{at.Lon, at.Lat}}
			}
			if err := features.add(one); err != nil {
				return err
			}
			written++
		}
		return nil
	})
	if err != nil {
		return written, fmt.Errorf("write GeoJSON: %w", err)
	}
	_, err = io.WriteString(w, "\n]}\n")
	return written, err
}
