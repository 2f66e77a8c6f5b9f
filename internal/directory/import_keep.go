package directory

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"parvis/internal/db"
	"parvis/internal/i18n"
	"parvis/internal/problem"
)

// outcome is what became of a record.
type outcome int

const (
	same outcome = iota
	changed
	back
	added
)

// keep writes a batch of drafts in one transaction and counts what became of each.
func (d *Directory) keep(ctx context.Context, f Feed, drafts []draft, report *Report) error {
	var good []draft
	for i := range drafts {
		if !drafts[i].rejected() {
			drafts[i].print()
			good = append(good, drafts[i])
		}
	}
	var outcomes []outcome
	var lost map[int][]Finding
	var plan []Planned
	var prints map[string]printed
	err := d.db.Write(ctx, func(tx *db.Tx) error {
		outcomes, lost = make([]outcome, len(good)), map[int][]Finding{}
		if err := tx.Lock("directory", "import"); err != nil {
			return err
		}
		k := &keeper{tx: tx, by: f.By, drafts: slices.Clone(good), outcomes: outcomes, lost: lost, listed: f.List || f.DryRun, tried: report.tried}
		if k.importID, k.source = report.ID, report.Source; f.DryRun {
			k.arrived = report.arrived
		}
		err := k.run()
		plan, prints = k.plan, k.prints
		if err == nil && f.DryRun {
			return errDryRun
		}
		return err
	})
	if err != nil && !errors.Is(err, errDryRun) {
		return err
	}
	report.plan(plan...)
	report.wrote(prints)
	at := 0 // in good
	for _, one := range drafts {
		if one.rejected() {
			report.note(one.findings)
			continue
		}
		report.note(append(one.findings, lost[at]...))
		if len(lost[at]) == 0 || !lost[at][0].Rejected {
			report.count(outcomes[at])
		}
		at++
	}
	return nil
}

// errDryRun takes back what a dry run has written, once it is known what that was.
var errDryRun = errors.New("a dry run writes nothing")

func (r *Report) count(o outcome) {
	switch o {
	case added:
		r.Added++
	case changed:
		r.Changed++
	case back:
		r.Back++
	default:
		r.Same++
	}
}

// print notes what the source says, as a fingerprint on each record of the draft.
func (d *draft) print() {
	if d.organisation != nil {
		d.organisation.Print = fingerprint(d.organisation.said()...)
	}
	if d.place != nil {
		d.place.Print = fingerprint(d.place.said()...)
	}
	if d.service != nil {
		d.service.Print = fingerprint(d.service.said()...)
	}
}

// keeper writes a batch within its transaction.
type keeper struct {
	tx       *db.Tx
	by       string
	drafts   []draft
	outcomes []outcome
	lost     map[int][]Finding // by draft: what only the database could tell
	listed   bool              // plan is asked for
	plan     []Planned
	tried    map[string]printed // the organisations that earlier batches of a dry run would have written
	prints   map[string]printed // what this one writes
	importID string             // empty: it cannot be taken back
	source   string             // the register, for the list of imports
	arrived  map[string]bool    // of a dry run: the records that earlier batches would have added
}

// printed is a record that was written: whether it was not there before, and what an organisation says, which alone may
// stand in several batches.
type printed struct {
	new  bool
	said []any
}

// wrote notes what a batch has written. A dry run has to remember what is no longer in the database then.
func (r *Report) wrote(all map[string]printed) {
	if r.arrived == nil {
		r.written, r.arrived, r.tried = map[string]bool{}, map[string]bool{}, map[string]printed{}
	}
	for id, one := range all {
		r.written[id] = true
		if one.new {
			r.arrived[id] = true
		}
		if r.DryRun && one.said != nil {
			r.tried[id] = one
		}
	}
}

func (k *keeper) run() error {
	for _, step := range []func() error{k.again, k.awaited, k.organisations, k.answering, k.places, k.standing, k.services} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// again writes what earlier batches of a dry run would have written and this one builds on.
func (k *keeper) again() error {
	var ids []string
	for _, d := range k.drafts {
		if o := d.organisation; o != nil && k.tried[o.ID].said != nil && !slices.Contains(ids, o.ID) {
			ids = append(ids, o.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	here, err := organisationTable.prints(k.tx, ids)
	var fresh [][]any
	for _, id := range ids {
		if _, found := here[id]; !found {
			fresh = append(fresh, k.tried[id].said)
		} else if err == nil {
			err = organisationTable.change(k.tx, k.tried[id].said)
		}
	}
	if err != nil {
		return err
	}
	return organisationTable.add(k.tx, fresh)
}

// awaited puts something where earlier batches of a dry run would have put the places that this one's services stand at.
func (k *keeper) awaited() error {
	named := map[string]bool{}
	for _, d := range k.drafts {
		if d.service != nil && d.place == nil && k.arrived[d.service.Place] {
			named[d.service.Place] = true
		}
	}
	known, err := k.known(placeTable.name, named)
	if err != nil {
		return err
	}
	var stand [][]any
	for _, id := range slices.Sorted(maps.Keys(named)) {
		if !known[id] {
			stand = append(stand, (&Place{ID: id}).values())
		}
	}
	return placeTable.add(k.tx, stand)
}

// record is one of the three kinds of record, as the keeper handles them alike.
type record struct {
	id      string
	shared  *Record
	values  func() []any
	data    eventData
	draft   int
	subject string
	name    i18n.Text
}

func (k *keeper) organisations() error {
	var all []record
	done := map[string]bool{}
	for i := range k.drafts {
		o := k.drafts[i].organisation
		if o == nil || done[o.ID] {
			continue
		}
		done[o.ID] = true
		all = append(all, record{o.ID, &o.Record, o.values, eventData{}, i, SubjectOrganisation, o.Name})
	}
	return k.write(organisationTable, all)
}

// answering takes the organisations that are not in the directory off places that name them.
func (k *keeper) answering() error {
	named := map[string]bool{}
	for _, d := range k.drafts {
		if d.place != nil && d.place.Organisation != "" {
			named[d.place.Organisation] = true
		}
	}
	known, err := k.known(organisationTable.name, named)
	if err != nil {
		return err
	}
	for i, d := range k.drafts {
		if d.place != nil && d.place.Organisation != "" && !known[d.place.Organisation] {
			k.lost[i] = append(k.lost[i], Finding{Line: d.line, Row: d.row, Field: "organisation", Value: d.place.Organisation,
				Key: "directory.wrong.organisation", Args: []any{"Value", d.place.Organisation}})
			alone := *d.place // the closure may run again: the draft stays as it was read
			alone.Organisation = ""
			alone.Print = fingerprint(alone.said()...)
			k.drafts[i].place = &alone
		}
	}
	return nil
}

func (k *keeper) places() error {
	var all []record
	for i, d := range k.drafts {
		if p := d.place; p != nil {
			all = append(all, record{p.ID, &p.Record, p.values, eventData{Organisation: p.Organisation}, i, SubjectPlace, p.Name})
		}
	}
	return k.write(placeTable, all)
}

// standing leaves out services whose place is not there.
func (k *keeper) standing() error {
	named := map[string]bool{}
	for _, d := range k.drafts {
		if d.service != nil && d.place == nil {
			named[d.service.Place] = true
		}
	}
	known, err := k.known(placeTable.name, named)
	if err != nil {
		return err
	}
	for i, d := range k.drafts {
		if d.service != nil && d.place == nil && !known[d.service.Place] {
			k.lost[i] = append(k.lost[i], Finding{Line: d.line, Row: d.row, Field: "place", Value: d.service.Place,
				Key: "directory.import.no-place", Args: []any{"Value", d.service.Place}, Rejected: true})
		}
	}
	return nil
}

func (k *keeper) services() error {
	var all []record
	for i, d := range k.drafts {
		if s := d.service; s != nil && k.lost[i] == nil || s != nil && !k.lost[i][0].Rejected {
			all = append(all, record{s.ID, &s.Record, s.values, eventData{Place: s.Place}, i, SubjectService, s.Name})
		}
	}
	return k.write(serviceTable, all)
}

// known tells which of the named records are in a table.
func (k *keeper) known(table string, named map[string]bool) (map[string]bool, error) {
	known := map[string]bool{}
	if len(named) == 0 {
		return known, nil
	}
	ids := slices.Sorted(maps.Keys(named))
	rows, err := k.tx.Query("SELECT id FROM "+table+" WHERE id IN ("+db.In(len(ids), 1)+")", db.Args(ids...)...)
	found, err := db.Collect(rows, err, db.One[string])
	for _, id := range found {
		known[id] = true
	}
	return known, err
}

// write adds what is new, changes what the source says otherwise than last time, brings back what had gone, and leaves
// the rest alone. A confirmation that is newer than the feed's stays.
func (k *keeper) write(t table, all []record) error {
	if len(all) == 0 {
		return nil
	}
	ids := make([]string, len(all))
	for i, r := range all {
		ids[i] = r.id
	}
	here, err := t.prints(k.tx, ids)
	if err != nil {
		return err
	}
	before, err := k.before(t, all, here)
	if err != nil {
		return err
	}
	var fresh [][]any
	var wrote []string
	for _, r := range all {
		old, found := here[r.id]
		became, verb := added, Added
		switch {
		case found && k.drafts[r.draft].apart && old.source != r.shared.Source.Name:
			k.others(t, r, old.source)
			continue
		case !found:
			fresh = append(fresh, r.values())
		case old.print == r.shared.Print && !old.gone:
			continue
		default:
			became, verb = changed, Changed
			if old.gone {
				became, verb = back, Back
			}
			kept := *r.shared
			if old.confirmed.At.After(r.shared.Confirmed.At) {
				r.shared.Confirmed = old.confirmed
			}
			err := t.change(k.tx, r.values())
			*r.shared = kept
			if err != nil {
				return err
			}
		}
		if k.prints == nil {
			k.prints = map[string]printed{}
		}
		k.prints[r.id] = printed{new: became != changed}
		if t.name == organisationTable.name {
			k.prints[r.id] = printed{became != changed, r.values()}
		}
		wrote = append(wrote, r.id)
		k.outcomes[r.draft] = max(k.outcomes[r.draft], became)
		if k.listed {
			k.plan = append(k.plan, Planned{Verb: verb, Subject: r.subject, ID: r.id, Name: r.name, Fields: differing(t, before[r.id], r.values())})
		}
		if err := happened(k.tx, r.subject, verb, r.id, k.by, r.data); err != nil {
			return err
		}
	}
	if err := t.add(k.tx, fresh); err != nil {
		return err
	}
	return remember(k.tx, k.importID, k.source, k.by, t, wrote, before)
}

// others notes that a record here with the id of a row's came from elsewhere: it is left as it is.
func (k *keeper) others(t table, r record, source string) {
	d := k.drafts[r.draft]
	f := Finding{Line: d.line, File: d.file, Row: d.row, Field: "id", Value: shorten(r.id), Key: "directory.import.other-source", Args: []any{"Source", source},
		Rejected: t.name != organisationTable.name}
	if source == "" {
		f.Key, f.Args = "directory.import.entered-here", nil
	}
	k.lost[r.draft] = append([]Finding{f}, k.lost[r.draft]...)
}

// seen is what a feed had: for each source, and each kind of record that its rows are about, the ids.
type seen map[seenKey]map[string]bool

type seenKey struct{ source, subject string }

func (s seen) note(d draft) {
	if d.row == "" {
		return
	}
	add := func(source, subject, id string) {
		key := seenKey{source, subject}
		if s[key] == nil {
			s[key] = map[string]bool{}
		}
		s[key][id] = true
	}
	if d.place != nil {
		add(d.place.Source.Name, SubjectPlace, d.place.ID)
	}
	if d.service != nil && (d.place == nil || d.apart) {
		add(d.service.Source.Name, SubjectService, d.service.ID)
	}
}

// inOrder are the sources and kinds of record, places first.
func (s seen) inOrder() []seenKey {
	return slices.SortedFunc(maps.Keys(s), func(a, b seenKey) int {
		return cmp.Or(strings.Compare(a.source, b.source), strings.Compare(a.subject, b.subject))
	})
}

// tableFor is the table of a kind of record.
func tableFor(subject string) table {
	switch subject {
	case SubjectPlace:
		return placeTable
	case SubjectService:
		return serviceTable
	}
	return organisationTable
}

// endMissing notes, when asked to, that what the feed's sources no longer have is gone. A source that lost too much stops it
// before anything of that source ends.
func (d *Directory) endMissing(ctx context.Context, f Feed, has seen, report *Report) error {
	if !f.EndMissing {
		return nil
	}
	all := map[seenKey][]Planned{}
	stopped := map[string]error{} // by source
	for _, key := range has.inOrder() {
		var gone []Planned
		here := 0
		err := d.db.Read(ctx, func(tx *db.Tx) (err error) {
			gone, here, err = missing(tx, tableFor(key.subject), key.source, has[key], report.arrived)
			return err
		})
		if err != nil {
			return fmt.Errorf("look for what %s no longer has: %w", key.source, err)
		}
		if f.List || f.DryRun {
			report.plan(gone...)
		}
		if shrinks(len(gone), here) && !f.Fewer && stopped[key.source] == nil {
			stopped[key.source] = problem.New(problem.Invalid, "directory.import.shrinks", "Source", key.source, "Gone", len(gone), "Here", here)
		}
		all[key] = gone
	}
	for _, key := range has.inOrder() {
		if err := stopped[key.source]; err != nil {
			return err
		}
		for part := range slices.Chunk(all[key], batch) {
			if !f.DryRun {
				if err := d.endAll(ctx, f, tableFor(key.subject), part, report); err != nil {
					return fmt.Errorf("end what %s no longer has: %w", key.source, err)
				}
			}
			report.Gone += len(part)
		}
	}
	return nil
}

// shrinks reports whether a source lost so much that its file is more likely cut off: over a third. One or two records of a
// short list may always go.
func shrinks(gone, here int) bool { return gone > 2 && 3*gone > here }

// missing reads which records of a source a feed does not have, and how many it had before, without those
// that have just arrived: a file that is cut off and has new rows is cut off all the same. A place that another register
// still has does not end.
func missing(tx *db.Tx, t table, source string, has, arrived map[string]bool) (gone []Planned, here int, err error) {
	subject, still := SubjectPlace, " AND NOT EXISTS (SELECT 1 FROM directory_place o WHERE o.twin_of = directory_place.id AND o.gone IS NULL)"
	if t.name == serviceTable.name {
		subject, still = SubjectService, ""
	}
	rows, err := tx.Query("SELECT id, name FROM "+t.name+" WHERE source = $1 AND gone IS NULL"+still+" ORDER BY id", source)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var id, name string
		if err := rows.Scan(&id, &name); err != nil {
			return nil, 0, err
		}
		if !arrived[id] {
			here++
		}
		if has[id] {
			continue
		}
		text, err := readText(name)
		if err != nil {
			return nil, 0, err
		}
		gone = append(gone, Planned{Verb: Gone, Subject: subject, ID: id, Name: text})
	}
	return gone, here, rows.Err()
}

func (d *Directory) endAll(ctx context.Context, f Feed, t table, ending []Planned, report *Report) error {
	subject, place := SubjectPlace, "id"
	if t.name == serviceTable.name {
		subject, place = SubjectService, "place"
	}
	ids := make([]string, len(ending))
	for i, one := range ending {
		ids[i] = one.ID
	}
	return d.db.Write(ctx, func(tx *db.Tx) error {
		before, err := readKept(tx, t, ids)
		if err != nil {
			return err
		}
		var ended []string
		for _, one := range ending {
			id, at := one.ID, ""
			err := tx.QueryRow("UPDATE "+t.name+" SET gone = $1, changed = $1 WHERE id = $2 AND gone IS NULL RETURNING "+place, tx.Now(), id).Scan(&at)
			if problem.Is(err, problem.NotFound) {
				continue // somebody else has just done it
			}
			if err != nil {
				return err
			}
			ended = append(ended, id)
			var data eventData
			if subject == SubjectService {
				data.Place = at
			}
			if err := happened(tx, subject, Gone, id, f.By, data); err != nil {
				return err
			}
		}
		return remember(tx, report.ID, report.Source, f.By, t, ended, before)
	})
}
