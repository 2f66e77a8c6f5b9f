package directory

import (
	"encoding/json"
	"errors"

	"parvis/internal/db"
)

var organisationTable = newTable("directory_organisation", "id, kind, name, about, needs, town, register, contact")

func (o *Organisation) values() []any {
	return append([]any{o.ID, o.Kind, textColumn(o.Name), textColumn(o.About), listColumn(o.Needs), o.Town,
		o.Register, jsonColumn(o.Contact)}, o.Record.values()...)
}

func scanOrganisation(rows *db.Rows) (Organisation, error) {
	var o Organisation
	var shared scanned
	var name, about, needs, contact string
	fields := append([]any{&o.ID, &o.Kind, &name, &about, &needs, &o.Town, &o.Register, &contact}, shared.fields(&o.Record)...)
	if err := rows.Scan(fields...); err != nil {
		return o, err
	}
	shared.done()
	o.Needs = readList(needs)
	var e1, e2 error
	o.Name, e1 = readText(name)
	o.About, e2 = readText(about)
	return o, errors.Join(e1, e2, json.Unmarshal([]byte(contact), &o.Contact))
}

func organisationByID(tx *db.Tx, id string) (Organisation, bool, error) {
	rows, err := tx.Query(organisationTable.query+"WHERE id = $1", id)
	found, err := db.Collect(rows, err, scanOrganisation)
	if err != nil || len(found) == 0 {
		return Organisation{}, false, err
	}
	return found[0], true, nil
}

// organisations reads those that are there, by id, with how many places each answers for.
func organisations(tx *db.Tx) ([]Listed, error) {
	counts := map[string]int{}
	rows, err := tx.Query(`SELECT organisation, count(DISTINCT COALESCE(twin_of, id)) FROM directory_place
		WHERE organisation IS NOT NULL AND gone IS NULL GROUP BY organisation`)
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var id string
		var n int
		if err := rows.Scan(&id, &n); err != nil {
			return nil, errors.Join(err, rows.Close())
		}
		counts[id] = n
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, err
	}
	rows, err = tx.Query(organisationTable.query + "WHERE gone IS NULL ORDER BY id")
	found, err := db.Collect(rows, err, scanOrganisation)
	listed := make([]Listed, len(found))
	for i, o := range found {
		listed[i] = Listed{Organisation: o, Places: counts[o.ID]}
	}
	return listed, err
}
