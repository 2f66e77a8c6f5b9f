package directory

import (
	"errors"

	"parvis/internal/db"
)

var serviceTable = newTable("directory_service", "id, place, name, details, needs, audiences, ways, entry, fee, fee_note, "+
	"languages, hours_given, hours, booking, capacity, capacity_said, capacity_until")

func (s *Service) values() []any {
	return append([]any{s.ID, s.Place, textColumn(s.Name), textColumn(s.Details), listColumn(s.Needs), listColumn(s.Audiences),
		listColumn(s.Ways), listColumn(s.Entry), s.Fee, textColumn(s.FeeNote), listColumn(s.Languages), s.Hours.Given,
		s.Hours.OSM, s.Booking, s.Capacity.Left, db.At(s.Capacity.Said), db.At(s.Capacity.Until)}, s.Record.values()...)
}

func scanService(rows *db.Rows) (Service, error) {
	var s Service
	var shared scanned
	var name, details, needs, audiences, ways, entry, feeNote, languages string
	var said, until db.Time
	fields := append([]any{&s.ID, &s.Place, &name, &details, &needs, &audiences, &ways, &entry, &s.Fee, &feeNote, &languages,
		&s.Hours.Given, &s.Hours.OSM, &s.Booking, &s.Capacity.Left, &said, &until}, shared.fields(&s.Record)...)
	if err := rows.Scan(fields...); err != nil {
		return s, err
	}
	shared.done()
	s.Needs, s.Audiences, s.Ways, s.Entry = readList(needs), readList(audiences), readList(ways), readList(entry)
	s.Languages = readList(languages)
	s.Capacity.Said, s.Capacity.Until = said.Time, until.Time
	var e1, e2, e3 error
	s.Name, e1 = readText(name)
	s.Details, e2 = readText(details)
	s.FeeNote, e3 = readText(feeNote)
	return s, errors.Join(e1, e2, e3)
}

// servicesAt reads the services that are offered at places, by place and id.
func servicesAt(tx *db.Tx, places []string) (map[string][]Service, error) {
	if len(places) == 0 {
		return nil, nil
	}
	return servicesWhere(tx, places, "AND gone IS NULL ")
}

// servicesWhere reads the services at places and at the records that are shown under them. Each keeps the record that it is of.
func servicesWhere(tx *db.Tx, places []string, and string) (map[string][]Service, error) {
	under, err := shownUnder(tx, places)
	if err != nil {
		return nil, err
	}
	places = withTwins(places, under)
	rows, err := tx.Query(serviceTable.query+"WHERE place IN ("+db.In(len(places), 1)+") "+and+"ORDER BY place, id", db.Args(places...)...)
	found, err := db.CollectInto(make([]Service, 0, 2*len(places)), rows, err, scanService)
	return gathered(found, under), err
}

// ownServices reads the services that are there, by the record that they are of.
func ownServices(tx *db.Tx, places []string) (map[string][]Service, error) {
	if len(places) == 0 {
		return nil, nil
	}
	rows, err := tx.Query(serviceTable.query+"WHERE place IN ("+db.In(len(places), 1)+") AND gone IS NULL ORDER BY place, id", db.Args(places...)...)
	found, err := db.Collect(rows, err, scanService)
	return gathered(found, nil), err
}

// serviceByID reads one service.
func serviceByID(tx *db.Tx, id string) (Service, bool, error) {
	rows, err := tx.Query(serviceTable.query+"WHERE id = $1", id)
	found, err := db.Collect(rows, err, scanService)
	if err != nil || len(found) == 0 {
		return Service{}, false, err
	}
	return found[0], true, nil
}
