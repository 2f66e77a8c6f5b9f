package directory

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"

	"parvis/internal/db"
	"parvis/internal/geo"
	"parvis/internal/hours"
	"parvis/internal/search"
)

// Signs that part what comes as one text: a row of one text is read several times as fast as one of many columns. No text
// that is kept has them (see clean).
const (
	unit   = "\x1f" // between columns
	group  = "\x1d" // between services
	column = "\x1e" // between the columns of a service
)

// foundColumns are what the index reads of a place and of what is offered there.
const foundColumns = `SELECT id, concat_ws($1, COALESCE(organisation, ''), kind, name, about, street, more, postcode, town,
	unit, hours, wheelchair, languages, equipment, labels, CASE WHEN itinerant THEN '1' ELSE '' END, COALESCE((
		SELECT string_agg(concat_ws($2, name, details, needs, audiences, ways, entry, fee, languages), $3 ORDER BY id)
		FROM directory_service WHERE place = directory_place.id AND gone IS NULL), '')), lat, lon
	FROM directory_place WHERE gone IS NULL AND `

// parting are the first parameters of foundColumns.
var parting = []any{unit, column, group}

func scanFound(rows *db.Rows) (found, error) {
	var f found
	var row, services string
	if err := rows.Scan(&f.id, &row, &f.lat, &f.lon); err != nil {
		return f, err
	}
	err := cut(row, unit, &f.organisation, &f.kind, &f.name, &f.about, &f.street, &f.more, &f.postcode, &f.town, &f.unit, &f.hours,
		&f.wheelchair, &f.languages, &f.equipment, &f.labels, &f.itinerant, &services)
	if err != nil || services == "" {
		return f, err
	}
	f.services = make([]offered, 0, strings.Count(services, group)+1)
	for service := range strings.SplitSeq(services, group) {
		var s offered
		if err := cut(service, column, &s.name, &s.details, &s.needs, &s.audiences, &s.ways, &s.entry, &s.fee, &s.languages); err != nil {
			return f, err
		}
		f.services = append(f.services, s)
	}
	return f, nil
}

// cut parts a row that came as one text.
func cut(row, sign string, to ...*string) error {
	for i, t := range to {
		var more bool
		if *t, row, more = strings.Cut(row, sign); more != (i < len(to)-1) {
			return fmt.Errorf("a row has %d columns, not %d", i+1, len(to))
		}
	}
	return nil
}

// loadAtOnce is how many places are read at a time.
const loadAtOnce = 2000

// load makes the index from one moment of the database, a few thousand places at a time.
func (x *index) load(ctx context.Context, d *db.DB, today hours.Date) (n int, err error) {
	x.mu.Lock()
	x.loaded = false
	x.mu.Unlock()
	var last int64
	err = d.Read(ctx, func(tx *db.Tx) error {
		if err := tx.QueryRow("SELECT COALESCE(max(seq), 0) FROM event").Scan(&last); err != nil {
			return err
		}
		if err := tx.QueryRow("SELECT count(*) FROM directory_place WHERE gone IS NULL AND twin_of IS NULL").Scan(&n); err != nil {
			return err
		}
		x.grow(n)
		ready := make(chan []search.Doc, 2)
		var filling sync.WaitGroup
		filling.Go(func() { // the index takes in a part while the next is read
			x.docs.Fill(n, func(yield func([]search.Doc) bool) {
				for docs := range ready {
					yield(docs)
				}
			})
		})
		err := x.read(tx, today, func(docs []search.Doc) { ready <- docs })
		close(ready)
		filling.Wait()
		return err
	})
	if err != nil {
		return 0, err
	}
	x.mu.Lock()
	x.loaded = true
	x.mu.Unlock()
	x.reach(last)
	return n, nil
}

// read reads all places, some at a time, in the order of their ids.
func (x *index) read(tx *db.Tx, today hours.Date, give func([]search.Doc)) error {
	closures, err := allClosures(tx, today)
	if err != nil {
		return err
	}
	names, err := organisationNames(tx)
	if err != nil {
		return err
	}
	under, err := leadsWhere(tx, "gone IS NULL AND twin_of IS NOT NULL")
	if err != nil {
		return err
	}
	twins, err := foundUnder(tx, under)
	if err != nil {
		return err
	}
	closures = closuresUnder(closures, under)
	var part []found // the same room for each part
	for after := ""; ; {
		rows, err := tx.Query(foundColumns+"twin_of IS NULL AND id > $4 ORDER BY id LIMIT $5", append(parting[:3:3], after, loadAtOnce)...)
		part, err = db.CollectInto(part[:0], rows, err, scanFound)
		if err != nil || len(part) == 0 {
			return err
		}
		after = part[len(part)-1].id
		fillFound(part, twins)
		give(x.take(part, names, closures, func(string) uint32 { return x.newTag() }))
	}
}

// take notes what is known of places, under the numbers that tag gives them, and gives them as the search index wants
// them.
func (x *index) take(part []found, organisations map[string]string, closures map[string][]Closure, tag func(id string) uint32) []search.Doc {
	docs := make([]search.Doc, len(part))
	x.mu.Lock()
	defer x.mu.Unlock()
	for i := range part {
		f := &part[i]
		f.organisationName = organisations[f.organisation]
		docs[i] = x.doc(f)
		docs[i].Tag = tag(f.id)
		e := entry{brief: f.brief(), kind: coded(GroupKind, f.kind), point: geo.Point{Lat: math.NaN()},
			schedule: x.schedules.number(f.hours), closures: closures[f.id], social: social(f.kind, docs[i].Facets[FacetNeed])}
		if docs[i].Point != nil {
			e.point = *docs[i].Point
		}
		x.note(docs[i].Tag, e)
	}
	return docs
}

// organisationNames reads what organisations are called, in all languages.
func organisationNames(tx *db.Tx) (map[string]string, error) {
	names := map[string]string{}
	rows, err := tx.Query("SELECT id, name FROM directory_organisation WHERE gone IS NULL")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id, name string
		if err := rows.Scan(&id, &name); err != nil {
			return nil, err
		}
		names[id] = every(name)
	}
	return names, rows.Err()
}

// refresh reads places anew, and those of organisations: what is there is put in, what is gone is taken out.
func (x *index) refresh(ctx context.Context, d *db.DB, places, organisations map[string]bool, today hours.Date) error {
	var part []found
	var names map[string]string
	var closures map[string][]Closure
	err := d.Read(ctx, func(tx *db.Tx) error {
		var err error
		if names, err = organisationNames(tx); err != nil {
			return err
		}
		for organisation := range organisations {
			rows, err := tx.Query("SELECT id FROM directory_place WHERE organisation = $1", organisation)
			ids, err := db.Collect(rows, err, db.One[string])
			if err != nil {
				return err
			}
			for _, id := range ids {
				places[id] = true
			}
		}
		if err := alsoLeads(tx, places); err != nil {
			return err
		}
		part = nil
		closures = map[string][]Closure{}
		for ids := range slices.Chunk(slices.Sorted(maps.Keys(places)), loadAtOnce) {
			more, err := foundByID(tx, "twin_of IS NULL AND ", ids)
			if err != nil {
				return err
			}
			under, err := shownUnder(tx, ids)
			if err != nil {
				return err
			}
			twins, err := foundUnder(tx, under)
			if err != nil {
				return err
			}
			fillFound(more, twins)
			at, err := closuresAt(tx, ids, today)
			maps.Copy(closures, at)
			part = append(part, more...)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return errors.Join(errors.New("read what has changed"), err)
	}
	x.docs.Put(x.take(part, names, closures, x.ownTag)...)
	for _, f := range part {
		delete(places, f.id)
	}
	x.forget(slices.Collect(maps.Keys(places)))
	return nil
}

// forget takes places out.
func (x *index) forget(ids []string) {
	for _, id := range ids {
		tag, known := x.docs.Tag(id)
		if !known {
			continue
		}
		x.docs.Remove(id)
		x.mu.Lock()
		x.note(tag, entry{})
		x.free = append(x.free, tag)
		x.mu.Unlock()
	}
}

func pointOf(lat, lon *float64) *geo.Point {
	if lat == nil || lon == nil {
		return nil
	}
	return &geo.Point{Lat: *lat, Lon: *lon}
}
