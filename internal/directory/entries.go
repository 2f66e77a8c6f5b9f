package directory

import (
	"context"
	"fmt"
	"strings"
	"time"

	"parvis/internal/db"
)

// Entry is a place with what is offered there and who answers for it, as it is given to others.
type Entry struct {
	Place        Place
	Services     []Service
	Organisation *Organisation // nil when nobody said who answers for it
}

// Changed is when what an entry says last changed here.
func (e *Entry) Changed() time.Time {
	latest := e.Place.Changed
	for i := range e.Services {
		latest = later(latest, e.Services[i].Changed)
	}
	if e.Organisation != nil {
		latest = later(latest, e.Organisation.Changed)
	}
	return latest
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// EntryQuery says which entries are read. Its zero value: the first hundred places that are there.
type EntryQuery struct {
	After         string    // the id of the place read last; empty: from the first
	Limit         int       // places at most; 100 when 0
	ModifiedAfter time.Time // what changed later: the place, a service of it, who answers for it; zero: all
	Gone          bool      // what has closed for good is read, too
}

// entriesAtOnce is how many places are read at a time where nobody says.
const entriesAtOnce = 100

// Entries reads places in the order of their ids, which never change: who passes the last id on as After reads every place
// that stays as it is once, whatever happens to the others meanwhile.
func (d *Directory) Entries(ctx context.Context, q EntryQuery) (entries []Entry, err error) {
	where, args := []string{"id > $1", "twin_of IS NULL"}, []any{q.After}
	if !q.Gone {
		where = append(where, "gone IS NULL")
	}
	if !q.ModifiedAfter.IsZero() {
		where = append(where, `(changed > $2 OR id IN (SELECT COALESCE(p.twin_of, p.id) FROM directory_service s JOIN directory_place p ON p.id = s.place WHERE s.changed > $2)
			OR id IN (SELECT twin_of FROM directory_place WHERE twin_of IS NOT NULL AND changed > $2) OR organisation IN (SELECT id FROM directory_organisation WHERE changed > $2))`)
		args = append(args, db.At(q.ModifiedAfter))
	}
	limit := q.Limit
	if limit <= 0 {
		limit = entriesAtOnce
	}
	query := fmt.Sprintf("%sWHERE %s ORDER BY id LIMIT %d", placeTable.query, strings.Join(where, " AND "), limit)
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		rows, err := tx.Query(query, args...)
		places, err := db.Collect(rows, err, scanPlace)
		if err != nil {
			return err
		}
		entries, err = complete(tx, places, q.Gone)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read entries after %q: %w", q.After, err)
	}
	return entries, nil
}

// Entry reads one place as it is given to others, with what has closed for good at it: by its own id, or by that of a record
// that is shown under it. False when there is none such.
func (d *Directory) Entry(ctx context.Context, id string) (e Entry, found bool, err error) {
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		lead, err := leadOf(tx, id)
		if err != nil {
			return err
		}
		places, err := placesByID(tx, []string{lead})
		if err != nil || len(places) == 0 {
			return err
		}
		entries, err := complete(tx, places, true)
		if err == nil {
			e, found = entries[0], true
		}
		return err
	})
	return e, found, whole("read entry", id, err)
}

// Matching reads the entries that a query finds, in its order, and tells how many there are in all.
func (d *Directory) Matching(ctx context.Context, q Query) (entries []Entry, total int, err error) {
	asked := d.ask(&q, &Result{At: d.instant(&q)})
	asked.NoFacets, asked.Also = true, nil
	answer := d.index.find(asked)
	ids := make([]string, len(answer.Hits))
	for i := range answer.Hits {
		ids[i] = answer.Hits[i].ID
	}
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		places, err := placesByID(tx, ids)
		if err == nil {
			entries, err = complete(tx, places, false)
		}
		return err
	})
	if err != nil {
		return nil, 0, fmt.Errorf("read the entries found: %w", err)
	}
	return entries, answer.Total, nil
}

// EachEntry reads all places that are there, some at a time, each time what is true then: it holds nothing up, however
// long each takes with its part.
func (d *Directory) EachEntry(ctx context.Context, each func([]Entry) error) error {
	const atOnce = 500
	for after := ""; ; {
		entries, err := d.Entries(ctx, EntryQuery{After: after, Limit: atOnce})
		if err != nil || len(entries) == 0 {
			return err
		}
		if err := each(entries); err != nil {
			return err
		}
		if len(entries) < atOnce {
			return nil
		}
		after = entries[len(entries)-1].Place.ID
	}
}

// complete adds to places what the records under them say, what is offered there and who answers for them.
func complete(tx *db.Tx, places []Place, gone bool) ([]Entry, error) {
	if err := fillAll(tx, places); err != nil {
		return nil, err
	}
	entries := make([]Entry, len(places))
	ids := make([]string, len(places))
	asked := map[string]*Organisation{}
	for i := range places {
		entries[i].Place, ids[i] = places[i], places[i].ID
		if places[i].Organisation != "" {
			asked[places[i].Organisation] = nil
		}
	}
	services, err := offeredAt(tx, ids, gone)
	if err != nil {
		return nil, err
	}
	if err := organisationsByID(tx, asked); err != nil {
		return nil, err
	}
	for i := range entries {
		entries[i].Services = services[ids[i]]
		for s := range entries[i].Services {
			entries[i].Services[s].Place = ids[i]
		}
		entries[i].Organisation = asked[entries[i].Place.Organisation]
	}
	return entries, nil
}

// offeredAt reads what is offered at places, by place and id, with what has closed for good when it is asked for.
func offeredAt(tx *db.Tx, places []string, gone bool) (map[string][]Service, error) {
	if !gone {
		return servicesAt(tx, places)
	}
	if len(places) == 0 {
		return nil, nil
	}
	return servicesWhere(tx, places, "")
}

// organisationsByID fills a map of organisations by their ids. One that is not there stays nil.
func organisationsByID(tx *db.Tx, asked map[string]*Organisation) error {
	if len(asked) == 0 {
		return nil
	}
	ids := make([]string, 0, len(asked))
	for id := range asked {
		ids = append(ids, id)
	}
	rows, err := tx.Query(organisationTable.query+"WHERE id IN ("+db.In(len(ids), 1)+")", db.Args(ids...)...)
	found, err := db.Collect(rows, err, scanOrganisation)
	for i := range found {
		asked[found[i].ID] = &found[i]
	}
	return err
}
