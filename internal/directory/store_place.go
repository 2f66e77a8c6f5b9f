package directory

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"parvis/internal/db"
	"parvis/internal/geo"
)

var placeTable = newTable("directory_place", "id, organisation, kind, name, about, bring, street, more, postcode, town, "+
	"unit, lat, lon, approximate, contact, hours_given, hours, wheelchair, access, languages, equipment, itinerant, "+
	"labels, register, said")

func (p *Place) values() []any {
	var organisation, lat, lon any
	if p.Organisation != "" {
		organisation = p.Organisation
	}
	if p.Point != nil {
		lat, lon = p.Point.Lat, p.Point.Lon
	}
	equipment := make([]string, len(p.Equipment))
	for i, e := range p.Equipment {
		equipment[i] = e.String()
	}
	said := ""
	if len(p.Said) > 0 {
		said = jsonColumn(p.Said)
	}
	return append([]any{p.ID, organisation, p.Kind, textColumn(p.Name), textColumn(p.About), textColumn(p.Bring),
		p.Address.Street, p.Address.More, p.Address.Postcode, p.Address.Town, p.Address.Unit, lat, lon, p.Approximate,
		jsonColumn(p.Contact), p.Hours.Given, p.Hours.OSM, p.Wheelchair, p.Access, listColumn(p.Languages),
		listColumn(equipment), p.Itinerant, strings.Join(p.Labels, "\n"), p.Register, said}, p.Record.values()...)
}

func scanPlace(rows *db.Rows) (Place, error) {
	var p Place
	var shared scanned
	var organisation *string
	var lat, lon *float64
	var name, about, bring, contact, languages, equipment, labels, said string
	fields := append([]any{&p.ID, &organisation, &p.Kind, &name, &about, &bring, &p.Address.Street, &p.Address.More,
		&p.Address.Postcode, &p.Address.Town, &p.Address.Unit, &lat, &lon, &p.Approximate, &contact, &p.Hours.Given,
		&p.Hours.OSM, &p.Wheelchair, &p.Access, &languages, &equipment, &p.Itinerant, &labels, &p.Register, &said},
		shared.fields(&p.Record)...)
	if err := rows.Scan(fields...); err != nil {
		return p, err
	}
	shared.done()
	if organisation != nil {
		p.Organisation = *organisation
	}
	if lat != nil && lon != nil {
		p.Point = &geo.Point{Lat: *lat, Lon: *lon}
	}
	p.Languages = readList(languages)
	for _, piece := range readList(equipment) {
		p.Equipment = append(p.Equipment, ParseEquipment(piece))
	}
	if labels != "" {
		p.Labels = strings.Split(labels, "\n")
	}
	if said != "" {
		if err := json.Unmarshal([]byte(said), &p.Said); err != nil {
			return p, fmt.Errorf("read place %s: %w", p.ID, err)
		}
	}
	var e1, e2, e3 error
	p.Name, e1 = readText(name)
	p.About, e2 = readText(about)
	p.Bring, e3 = readText(bring)
	return p, errors.Join(e1, e2, e3, json.Unmarshal([]byte(contact), &p.Contact))
}

// placesByID reads places in the order of ids; one that is not there is left out.
func placesByID(tx *db.Tx, ids []string) ([]Place, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := tx.Query(placeTable.query+"WHERE id IN ("+db.In(len(ids), 1)+")", db.Args(ids...)...)
	found, err := db.CollectInto(make([]Place, 0, len(ids)), rows, err, scanPlace)
	if err != nil {
		return nil, err
	}
	byID := make(map[string]*Place, len(found))
	for i := range found {
		byID[found[i].ID] = &found[i]
	}
	places := make([]Place, 0, len(found))
	for _, id := range ids {
		if p := byID[id]; p != nil {
			places = append(places, *p)
		}
	}
	return places, nil
}

// placesOf reads the places of an organisation that are there, by id, also those of which another record than its own is shown.
func placesOf(tx *db.Tx, organisation string) ([]Place, error) {
	rows, err := tx.Query(placeTable.query+`WHERE gone IS NULL AND twin_of IS NULL AND (organisation = $1
		OR id IN (SELECT twin_of FROM directory_place WHERE organisation = $1 AND twin_of IS NOT NULL)) ORDER BY id`, organisation)
	places, err := db.Collect(rows, err, scanPlace)
	if err != nil {
		return nil, err
	}
	return places, fillAll(tx, places)
}
