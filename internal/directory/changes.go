package directory

import (
	"context"
	"fmt"
	"reflect"
	"time"

	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/problem"
)

// PutPlace enters a place, or what has changed about it; by is the account that does it. Without an id it is a new one.
// Putting what is there already writes nothing and appends no event. A record that came from a source keeps its source.
func (d *Directory) PutPlace(ctx context.Context, by string, p Place) (Place, error) {
	if p.ID == "" {
		p.ID = id.New()
	}
	if err := p.Clean(d.setting.Country); err != nil {
		return p, err
	}
	err := d.db.Write(ctx, func(tx *db.Tx) error {
		before, err := placesByID(tx, []string{p.ID})
		if err != nil {
			return err
		}
		if err := d.known(tx, p.Organisation); err != nil {
			return err
		}
		data := eventData{Organisation: p.Organisation}
		if len(before) == 0 {
			if err := placeTable.add(tx, [][]any{p.values()}); err != nil {
				return err
			}
			return happened(tx, SubjectPlace, Added, p.ID, by, data)
		}
		p.Record = before[0].Record
		if reflect.DeepEqual(p, before[0]) {
			return nil
		}
		if err := placeTable.change(tx, p.values()); err != nil {
			return err
		}
		return happened(tx, SubjectPlace, Changed, p.ID, by, data)
	})
	return p, whole("put place", p.ID, err)
}

// PutService enters a service, or what has changed about it, as PutPlace does.
func (d *Directory) PutService(ctx context.Context, by string, s Service) (Service, error) {
	if s.ID == "" {
		s.ID = id.New()
	}
	if err := s.Clean(); err != nil {
		return s, err
	}
	err := d.db.Write(ctx, func(tx *db.Tx) error {
		before, found, err := serviceByID(tx, s.ID)
		if err != nil {
			return err
		}
		if err := placeThere(tx, s.Place); err != nil {
			return err
		}
		data := eventData{Place: s.Place}
		if !found {
			if err := serviceTable.add(tx, [][]any{s.values()}); err != nil {
				return err
			}
			return happened(tx, SubjectService, Added, s.ID, by, data)
		}
		s.Record = before.Record
		if reflect.DeepEqual(s, before) {
			return nil
		}
		if err := serviceTable.change(tx, s.values()); err != nil {
			return err
		}
		if before.Place != s.Place { // the place that it left looks otherwise too
			if err := happened(tx, SubjectPlace, Changed, before.Place, by, eventData{}); err != nil {
				return err
			}
		}
		return happened(tx, SubjectService, Changed, s.ID, by, data)
	})
	return s, whole("put service", s.ID, err)
}

// PutOrganisation enters an organisation, or what has changed about it, as PutPlace does.
func (d *Directory) PutOrganisation(ctx context.Context, by string, o Organisation) (Organisation, error) {
	if o.ID == "" {
		o.ID = id.New()
	}
	if err := o.Clean(d.setting.Country); err != nil {
		return o, err
	}
	err := d.db.Write(ctx, func(tx *db.Tx) error {
		before, found, err := organisationByID(tx, o.ID)
		if err != nil {
			return err
		}
		if !found {
			if err := organisationTable.add(tx, [][]any{o.values()}); err != nil {
				return err
			}
			return happened(tx, SubjectOrganisation, Added, o.ID, by, eventData{})
		}
		o.Record = before.Record
		if reflect.DeepEqual(o, before) {
			return nil
		}
		if err := organisationTable.change(tx, o.values()); err != nil {
			return err
		}
		return happened(tx, SubjectOrganisation, Changed, o.ID, by, eventData{})
	})
	return o, whole("put organisation", o.ID, err)
}

// Confirm notes that name, with the account by when there is one, found a place and its services to be true now.
func (d *Directory) Confirm(ctx context.Context, by, name, place string) error {
	err := d.db.Write(ctx, func(tx *db.Tx) error { return confirm(tx, by, oneLine(name), place) })
	return whole("confirm place", place, err)
}

func confirm(tx *db.Tx, by, name, place string) error {
	if err := placeThere(tx, place); err != nil {
		return err
	}
	for _, what := range []string{placeTable.name + " SET confirmed = $1, confirmed_by = $2 WHERE id = $3",
		serviceTable.name + " SET confirmed = $1, confirmed_by = $2 WHERE place = $3 AND gone IS NULL"} {
		if _, err := tx.Exec("UPDATE "+what, tx.Now(), name, place); err != nil {
			return err
		}
	}
	return happened(tx, SubjectPlace, Confirmed, place, by, eventData{})
}

// EndPlace notes that a place has closed for good. Its page says so, and it is no longer found.
func (d *Directory) EndPlace(ctx context.Context, by, place string) error {
	return d.turn(ctx, by, place, "IS NULL", Gone)
}

// ReopenPlace notes that a place which had closed for good is there again.
func (d *Directory) ReopenPlace(ctx context.Context, by, place string) error {
	return d.turn(ctx, by, place, "IS NOT NULL", Back)
}

// turn changes whether a place is there. One that is already so stays as it is, without an event.
func (d *Directory) turn(ctx context.Context, by, place, from, verb string) error {
	err := d.db.Write(ctx, func(tx *db.Tx) error {
		if err := placeThere(tx, place); err != nil {
			return err
		}
		var gone db.Time
		if verb == Gone {
			gone = tx.Now()
		}
		n, err := tx.Exec("UPDATE directory_place SET gone = $1, changed = $2 WHERE id = $3 AND gone "+from, gone, tx.Now(), place)
		if err != nil || n == 0 {
			return err
		}
		return happened(tx, SubjectPlace, verb, place, by, eventData{})
	})
	return whole("end or reopen place", place, err)
}

// SetCapacity notes how many places a service has left, true until a moment.
func (d *Directory) SetCapacity(ctx context.Context, by, service string, left int, until time.Time) error {
	err := d.db.Write(ctx, func(tx *db.Tx) error {
		if left < 0 || !until.After(tx.Now().Time) {
			var wrong problem.Fields
			wrong.Add("capacity", "directory.wrong.capacity")
			return wrong.Err()
		}
		s, found, err := serviceByID(tx, service)
		if err != nil {
			return err
		}
		if !found {
			return problem.Because(problem.NotFound, fmt.Errorf("no service %q", service))
		}
		if _, err := tx.Exec("UPDATE directory_service SET capacity = $1, capacity_said = $2, capacity_until = $3, changed = $2 WHERE id = $4",
			left, tx.Now(), db.At(until), service); err != nil {
			return err
		}
		return happened(tx, SubjectService, Changed, service, by, eventData{Place: s.Place})
	})
	return whole("set capacity of service", service, err)
}

// Close enters an exception to a place's hours. It is shown at once.
func (d *Directory) Close(ctx context.Context, by string, c Closure) (Closure, error) {
	err := d.db.Write(ctx, func(tx *db.Tx) (err error) {
		c, err = d.closeIn(tx, by, c)
		return err
	})
	return c, whole("close place", c.Place, err)
}

func (d *Directory) closeIn(tx *db.Tx, by string, c Closure) (Closure, error) {
	c.ID, c.By, c.Made = id.New(), by, tx.Now().Time
	if err := c.Clean(); err != nil {
		return c, err
	}
	if err := placeThere(tx, c.Place); err != nil {
		return c, err
	}
	if err := c.ahead(d.today()); err != nil {
		return c, err
	}
	if err := addClosure(tx, c); err != nil {
		return c, err
	}
	return c, happened(tx, SubjectClosure, Added, c.ID, by, eventData{Place: c.Place})
}

// RemoveClosure takes back an exception that was entered in error.
func (d *Directory) RemoveClosure(ctx context.Context, by, closure string) error {
	err := d.db.Write(ctx, func(tx *db.Tx) error {
		place, err := removeClosure(tx, closure)
		if err != nil {
			return err
		}
		return happened(tx, SubjectClosure, Removed, closure, by, eventData{Place: place})
	})
	return whole("remove closure", closure, err)
}

// placeThere is an error of kind NotFound when there is no such place.
func placeThere(tx *db.Tx, place string) error {
	var one int
	err := tx.QueryRow("SELECT 1 FROM directory_place WHERE id = $1", place).Scan(&one)
	if problem.Is(err, problem.NotFound) {
		return problem.Because(problem.NotFound, fmt.Errorf("no place %q", place))
	}
	return err
}

// known tells, as a wrong field, that a place names an organisation which is not in the directory.
func (d *Directory) known(tx *db.Tx, organisation string) error {
	if organisation == "" {
		return nil
	}
	_, found, err := organisationByID(tx, organisation)
	if err != nil || found {
		return err
	}
	var wrong problem.Fields
	wrong.Add("organisation", "directory.wrong.organisation", "Value", organisation)
	return wrong.Err()
}

// whole says what was being done, and to which record.
func whole(doing, id string, err error) error {
	if err != nil {
		return fmt.Errorf("%s %s: %w", doing, id, err)
	}
	return nil
}
