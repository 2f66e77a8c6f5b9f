package org

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"parvis/internal/db"
	"parvis/internal/event"
	"parvis/internal/i18n"
)

// What events of this package are about. "organisation" is the directory's word for those it lists.
const (
	SubjectOffice = "office" // an organisation whose staff sign in: the authority, a partner
	SubjectTeam   = "team"
)

const (
	active = "active"
	closed = "closed"
)

// Store keeps the authority's organisations and teams, whose staff sign in, in the territory's database.
type Store struct{ db *db.DB }

// NewStore gives the store of a territory's database.
func NewStore(d *db.DB) *Store { return &Store{db: d} }

// Sync makes the store say what a pack says of the authority and of every partner that has teams: new ones are entered,
// changed ones changed, and those that the pack no longer has are closed, never erased, since accounts belong to them.
// It gives how many rows changed, each with its event; syncing the same pack again changes nothing.
func (s *Store) Sync(ctx context.Context, organisations []Organisation) (changed int, err error) {
	var wanted []office
	for _, o := range organisations {
		if o.Authority || len(o.Teams) > 0 {
			wanted = append(wanted, officeOf(o))
		}
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		changed = 0
		kept, err := offices(tx)
		if err != nil {
			return err
		}
		changed, err = reconcile(tx, kept, wanted)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("keep the authority's organisations: %w", err)
	}
	return changed, nil
}

// Organisations gives the authority, then its partners, with their teams, as the store has them; what is closed is left out.
func (s *Store) Organisations(ctx context.Context) ([]Organisation, error) {
	var kept []office
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		kept, err = offices(tx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the authority's organisations: %w", err)
	}
	var list []Organisation
	for _, o := range kept {
		if o.state == closed {
			continue
		}
		org := Organisation{ID: o.id, Authority: o.kind == kindAuthority}
		if err := json.Unmarshal([]byte(o.name), &org.Name); err != nil {
			return nil, fmt.Errorf("name of organisation %s: %w", o.id, err)
		}
		for _, t := range o.teams {
			team := Team{ID: t.id}
			if err := t.into(&team); err != nil {
				return nil, fmt.Errorf("team %s: %w", t.id, err)
			}
			if t.state == active {
				org.Teams = append(org.Teams, team)
			}
		}
		list = append(list, org)
	}
	return list, nil
}

const (
	kindAuthority = "authority"
	kindPartner   = "partner"
)

// office is a row of organisation with its teams, texts as they are stored.
type office struct {
	id, kind, name, state string
	teams                 []crew
}

// crew is a row of team.
type crew struct{ id, organisation, name, doors, languages, state string }

func officeOf(o Organisation) office {
	w := office{id: o.ID, kind: kindPartner, name: stored(o.Name), state: active}
	if o.Authority {
		w.kind = kindAuthority
	}
	for _, t := range o.Teams {
		w.teams = append(w.teams, crew{id: t.ID, organisation: o.ID, name: stored(t.Name), doors: stored(t.Doors), languages: stored(t.Languages), state: active})
	}
	return w
}

func stored[T i18n.Text | []string](v T) string {
	data, err := json.Marshal(v)
	if err != nil { // texts and lists always can
		return "null"
	}
	return string(data)
}

func (c crew) into(t *Team) error {
	for _, field := range []struct {
		text string
		into any
	}{{c.name, &t.Name}, {cmp.Or(c.doors, "null"), &t.Doors}, {cmp.Or(c.languages, "null"), &t.Languages}} {
		if err := json.Unmarshal([]byte(field.text), field.into); err != nil {
			return err
		}
	}
	return nil
}

// offices reads every organisation with its teams, the authority first, closed ones included.
func offices(tx *db.Tx) ([]office, error) {
	rows, err := tx.Query("SELECT id, kind, name, state FROM organisation ORDER BY kind, id")
	all, err := db.Collect(rows, err, func(r *db.Rows) (o office, err error) {
		return o, r.Scan(&o.id, &o.kind, &o.name, &o.state)
	})
	if err != nil {
		return nil, err
	}
	rows, err = tx.Query("SELECT id, organisation, name, COALESCE(doors, ''), COALESCE(languages, ''), state FROM team ORDER BY organisation, id")
	crews, err := db.Collect(rows, err, func(r *db.Rows) (c crew, err error) {
		return c, r.Scan(&c.id, &c.organisation, &c.name, &c.doors, &c.languages, &c.state)
	})
	if err != nil {
		return nil, err
	}
	for _, c := range crews {
		i := slices.IndexFunc(all, func(o office) bool { return o.id == c.organisation })
		all[i].teams = append(all[i].teams, c)
	}
	return all, nil
}

// reconcile writes the difference between what is kept and what is wanted, and counts it.
func reconcile(tx *db.Tx, kept, wanted []office) (changed int, err error) {
	was, will := rowsOf(kept), rowsOf(wanted)
	for _, r := range will {
		i := slices.IndexFunc(was, func(w record) bool { return w.subject == r.subject && w.id == r.id })
		kind := "added"
		if i >= 0 {
			kind = "changed"
			if was[i] == r {
				continue
			}
		}
		if err := r.put(tx, kind); err != nil {
			return 0, err
		}
		changed++
	}
	for _, w := range was {
		gone := !slices.ContainsFunc(will, func(r record) bool { return w.subject == r.subject && w.id == r.id })
		if gone && w.state == active {
			w.state = closed
			if err := w.put(tx, closed); err != nil {
				return 0, err
			}
			changed++
		}
	}
	return changed, nil
}

// record is a row of either table, so that both are compared and written in one way; organisations come before their teams.
type record struct{ subject, id, parent, kind, name, doors, languages, state string }

func rowsOf(all []office) []record {
	var rows []record
	for _, o := range all {
		rows = append(rows, record{subject: SubjectOffice, id: o.id, kind: o.kind, name: o.name, state: o.state})
	}
	for _, o := range all {
		for _, t := range o.teams {
			rows = append(rows, record{subject: SubjectTeam, id: t.id, parent: o.id, name: t.name, doors: t.doors, languages: t.languages, state: t.state})
		}
	}
	return rows
}

func (r record) put(tx *db.Tx, kind string) error {
	now := tx.Now()
	var err error
	if r.subject == SubjectOffice {
		_, err = tx.Exec(`INSERT INTO organisation (id, kind, name, state, created, changed) VALUES ($1, $2, $3, $4, $5, $5)
			ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name = excluded.name, state = excluded.state, changed = excluded.changed`,
			r.id, r.kind, r.name, r.state, now)
	} else {
		_, err = tx.Exec(`INSERT INTO team (id, organisation, name, place, doors, languages, state, created, changed)
			VALUES ($1, $2, $3, '', $4, $5, $6, $7, $7)
			ON CONFLICT (id) DO UPDATE SET organisation = excluded.organisation, name = excluded.name, doors = excluded.doors,
				languages = excluded.languages, state = excluded.state, changed = excluded.changed`,
			r.id, r.parent, r.name, r.doors, r.languages, r.state, now)
	}
	if err != nil {
		return fmt.Errorf("%s %s: %w", r.subject, r.id, err)
	}
	return event.Append(tx, event.Event{Kind: r.subject + "." + kind, Subject: r.subject, SubjectID: r.id})
}
