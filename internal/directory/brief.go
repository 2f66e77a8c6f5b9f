package directory

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"parvis/internal/db"
	"parvis/internal/geo"
	"parvis/internal/i18n"
	"parvis/internal/search"
)

// Brief is a place as a list shows it: enough to choose by. It is read at once, where a Place takes ten times as long.
type Brief struct {
	ID         string
	Kind       string
	Name       i18n.Text
	Address    Address
	Point      *geo.Point // nil when not known
	Itinerant  bool       // it moves from village to village
	Wheelchair string     // of GroupWheelchair
	Needs      []string   // what is offered there, each once, in the order of its services
	Fees       []string   // of GroupFee: each service's
}

// Free reports whether all that is offered at the place is free of charge.
func (b *Brief) Free() bool {
	return len(b.Fees) > 0 && !slices.ContainsFunc(b.Fees, func(fee string) bool { return fee != FeeFree })
}

// offer adds a service to what is told of its place.
func (b *Brief) offer(needs []string, fee string) {
	for _, need := range needs {
		if !slices.Contains(b.Needs, need) {
			b.Needs = append(b.Needs, need)
		}
	}
	b.Fees = append(b.Fees, fee)
}

// Brief is the place as a list shows it.
func (e *Entry) Brief() Brief {
	p := &e.Place
	b := Brief{ID: p.ID, Kind: p.Kind, Name: p.Name, Address: p.Address, Point: p.Point, Itinerant: p.Itinerant, Wheelchair: p.Wheelchair}
	for i := range e.Services {
		b.offer(e.Services[i].Needs, e.Services[i].Fee)
	}
	return b
}

// Found is a place in a list.
type Found struct {
	Brief
	State    State
	Distance float64 // metres; -1 when not known
	Reasons  []Reason
}

// briefColumns are what a list shows of a place and the index does not know: one text a place, one reading.
const briefColumns = `SELECT id, concat_ws($1, street, more, postcode, town, unit, wheelchair, CASE WHEN itinerant THEN '1' ELSE '' END,
	COALESCE((SELECT string_agg(needs || ':' || fee, ',' ORDER BY id) FROM directory_service
		WHERE place = directory_place.id AND gone IS NULL), '')) FROM directory_place `

func scanBrief(rows *db.Rows) (Brief, error) {
	var b Brief
	var row, itinerant, services string
	if err := rows.Scan(&b.ID, &row); err != nil {
		return b, err
	}
	a := &b.Address
	err := cut(row, unit, &a.Street, &a.More, &a.Postcode, &a.Town, &a.Unit, &b.Wheelchair, &itinerant, &services)
	b.Itinerant = itinerant != ""
	for service := range strings.SplitSeq(services, ",") {
		if needs, fee, ok := strings.Cut(service, ":"); ok {
			b.offer(readList(needs), fee)
		}
	}
	return b, err
}

// fetch reads the places that were hit, in their order.
func (d *Directory) fetch(ctx context.Context, hits []search.Hit, known []entry, at time.Time) ([]Found, error) {
	if len(hits) == 0 {
		return nil, nil
	}
	args := make([]any, len(hits)+1)
	args[0] = unit
	place := make(map[string]int, len(hits))
	for i := range hits {
		args[i+1], place[hits[i].ID] = hits[i].ID, i
	}
	list := make([]Found, len(hits))
	err := d.db.Read(ctx, func(tx *db.Tx) error {
		rows, err := tx.Query(briefColumns+"WHERE id IN ("+db.In(len(hits), 2)+")", args...)
		briefs, err := db.CollectInto(make([]Brief, 0, len(hits)), rows, err, scanBrief)
		for i := range briefs {
			list[place[briefs[i].ID]].Brief = briefs[i]
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the places found: %w", err)
	}
	for i := range list {
		f, e := &list[i], &known[i]
		f.Kind, f.Distance, f.Reasons, f.State = e.kind, hits[i].Distance, reasons(hits[i].Reasons), d.index.stateOf(e, at)
		if !math.IsNaN(e.point.Lat) {
			f.Point = &e.point
		}
		if f.Name, err = readText(e.name); err != nil {
			return nil, fmt.Errorf("read the name of place %s: %w", f.ID, err)
		}
	}
	return slices.DeleteFunc(list, func(f Found) bool { return f.ID == "" }), nil // gone between the index and the database
}
