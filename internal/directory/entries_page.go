package directory

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"parvis/internal/db"
)

// PageQuery asks for one page of a list that standards number. The lists stand in the order in which records were entered,
// those that have closed for good included: a record stays on its page for ever, whatever happens to the others.
type PageQuery struct {
	Page          int // from 1
	Size          int // of a page; 50 when 0
	ModifiedAfter time.Time
	Organisation  string // id of who answers for it; empty: any
	Need          string // that a service helps with; empty: any
}

func (q PageQuery) limits() string {
	size := q.Size
	if size <= 0 {
		size = 50
	}
	return fmt.Sprintf(" ORDER BY created, id LIMIT %d OFFSET %d", size, (max(q.Page, 1)-1)*size)
}

// conditions gathers what a list's rows must be.
type conditions struct {
	all  []string
	args []any
}

// must adds a condition, whose only parameter is written as $.
func (c *conditions) must(condition string, arg any) {
	c.args = append(c.args, arg)
	c.all = append(c.all, strings.ReplaceAll(condition, "$", "$"+strconv.Itoa(len(c.args))))
}

func (c *conditions) where() string {
	if len(c.all) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(c.all, " AND ")
}

// PlacePage reads a page of the places, with all that was ever offered there, and how many there are in all.
func (d *Directory) PlacePage(ctx context.Context, q PageQuery) (entries []Entry, total int, err error) {
	var c conditions
	c.all = append(c.all, "twin_of IS NULL")
	if !q.ModifiedAfter.IsZero() {
		c.must("changed > $", db.At(q.ModifiedAfter))
	}
	if q.Organisation != "" {
		c.must("organisation = $", q.Organisation)
	}
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		places, n, err := pageOf(tx, placeTable, &c, q, scanPlace)
		if err != nil {
			return err
		}
		total = n
		entries, err = complete(tx, places, true)
		return err
	})
	return entries, total, whole("read a page of", "places", err)
}

// onceAtAPlace leaves out what is offered under the same name by another record of the place.
const onceAtAPlace = `NOT EXISTS (SELECT 1 FROM directory_place p JOIN directory_place q ON q.id = p.twin_of OR q.twin_of = p.twin_of AND q.id < p.id
	JOIN directory_service o ON o.place = q.id WHERE p.id = directory_service.place AND p.twin_of IS NOT NULL AND o.name = directory_service.name AND o.gone IS NULL)`

// ServicePage reads a page of the services, each with its place and who answers for it, and how many there are in all.
func (d *Directory) ServicePage(ctx context.Context, q PageQuery) (entries []Entry, total int, err error) {
	c := conditions{all: []string{onceAtAPlace}}
	if !q.ModifiedAfter.IsZero() {
		c.must("(changed > $ OR place IN (SELECT id FROM directory_place WHERE changed > $))", db.At(q.ModifiedAfter))
	}
	if q.Organisation != "" {
		c.must("place IN (SELECT id FROM directory_place WHERE organisation = $)", q.Organisation)
	}
	if q.Need != "" {
		c.must("'|' || needs || '|' LIKE $", "%|"+q.Need+"|%")
	}
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		services, n, err := pageOf(tx, serviceTable, &c, q, scanService)
		if err != nil {
			return err
		}
		total = n
		entries, err = around(tx, services)
		return err
	})
	return entries, total, whole("read a page of", "services", err)
}

// ServiceEntry reads one service with its place and who answers for it. False when there is none such.
func (d *Directory) ServiceEntry(ctx context.Context, id string) (e Entry, found bool, err error) {
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		s, there, err := serviceByID(tx, id)
		if err != nil || !there {
			return err
		}
		entries, err := around(tx, []Service{s})
		if err == nil {
			e, found = entries[0], true
		}
		return err
	})
	return e, found, whole("read service", id, err)
}

// OrganisationPage reads a page of the organisations, and how many there are in all.
func (d *Directory) OrganisationPage(ctx context.Context, q PageQuery) (list []Organisation, total int, err error) {
	var c conditions
	if !q.ModifiedAfter.IsZero() {
		c.must("changed > $", db.At(q.ModifiedAfter))
	}
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		list, total, err = pageOf(tx, organisationTable, &c, q, scanOrganisation)
		return err
	})
	return list, total, whole("read a page of", "organisations", err)
}

// pageOf reads a page of a table, and counts its rows.
func pageOf[T any](tx *db.Tx, t table, c *conditions, q PageQuery, scan func(*db.Rows) (T, error)) (list []T, total int, err error) {
	if err := tx.QueryRow("SELECT count(*) FROM "+t.name+c.where(), c.args...).Scan(&total); err != nil {
		return nil, 0, err
	}
	rows, err := tx.Query(t.query+c.where()+q.limits(), c.args...)
	list, err = db.Collect(rows, err, scan)
	return list, total, err
}

// around gives services their places and organisations: an entry each.
func around(tx *db.Tx, services []Service) ([]Entry, error) {
	ids := make([]string, len(services))
	for i := range services {
		ids[i] = services[i].Place
	}
	under, err := leadsOf(tx, ids)
	if err != nil {
		return nil, err
	}
	for i, id := range ids {
		if lead := under[id]; lead != "" {
			ids[i], services[i].Place = lead, lead
		}
	}
	places, err := shownByID(tx, ids)
	if err != nil {
		return nil, err
	}
	at := make(map[string]Place, len(places))
	asked := map[string]*Organisation{}
	for i := range places {
		at[places[i].ID] = places[i]
		if places[i].Organisation != "" {
			asked[places[i].Organisation] = nil
		}
	}
	if err := organisationsByID(tx, asked); err != nil {
		return nil, err
	}
	entries := make([]Entry, len(services))
	for i := range services {
		place := at[services[i].Place]
		entries[i] = Entry{Place: place, Services: services[i : i+1], Organisation: asked[place.Organisation]}
	}
	return entries, nil
}

// OwnID gives the id of a record that others know by a name made from it: the name itself when a record has it, else that
// of the record whose id makes the name. Kind is SubjectPlace, SubjectService or SubjectOrganisation. Empty: there is none.
func (d *Directory) OwnID(ctx context.Context, kind, name string, make func(id string) string) (own string, err error) {
	t := map[string]table{SubjectPlace: placeTable, SubjectService: serviceTable, SubjectOrganisation: organisationTable}[kind]
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		rows, err := tx.Query("SELECT id FROM "+t.name+" WHERE id = $1 OR id NOT LIKE '________-____-____-____-____________'", name)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id string
			if err := rows.Scan(&id); err != nil {
				return err
			}
			if id == name || make(id) == name {
				own = id
			}
		}
		return rows.Err()
	})
	return own, whole("look for record", name, err)
}
