package directory

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"parvis/internal/db"
	"parvis/internal/i18n"
	"parvis/internal/problem"
)

// Past is an import that wrote something.
type Past struct {
	ID                                   string
	Source                               string
	By                                   string // the account; empty for the program
	Made                                 time.Time
	Added, Changed, Back, Gone, Rejected int
	Undone                               time.Time // when it was first taken back; zero: it was not
}

// pastDays is for how many days an import can be taken back.
const pastDays = 90

// Imports are the imports that can be taken back, the newest first.
func (d *Directory) Imports(ctx context.Context) (all []Past, err error) {
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		rows, err := tx.Query(pastQuery + "ORDER BY made DESC, id DESC")
		all, err = db.Collect(rows, err, scanPast)
		return err
	})
	return all, err
}

const pastQuery = "SELECT id, source, made_by, made, added, changed, back, gone, rejected, undone FROM directory_import "

func scanPast(rows *db.Rows) (p Past, err error) {
	var made, undone db.Time
	err = rows.Scan(&p.ID, &p.Source, &p.By, &made, &p.Added, &p.Changed, &p.Back, &p.Gone, &p.Rejected, &undone)
	p.Made, p.Undone = made.Time, undone.Time
	return p, err
}

// ForgetImports forgets what records were before imports of long ago, which can then no longer be taken back.
func (d *Directory) ForgetImports(ctx context.Context) (n int64, err error) {
	err = d.db.Write(ctx, func(tx *db.Tx) error {
		n, err = tx.Exec("DELETE FROM directory_import WHERE made < $1", db.At(tx.Now().AddDate(0, 0, -pastDays)))
		return err
	})
	return n, err
}

// stateOf is a record as it is in the database, as a fingerprint.
func stateOf(one kept) string {
	if one == nil {
		return ""
	}
	return fingerprint(fmt.Sprint(one.values()...))
}

// remember keeps what records were before an import wrote them, and what it made of them. What an import writes twice it
// remembers as it was before the first time.
func remember(tx *db.Tx, importID, source, by string, t table, ids []string, before map[string]kept) error {
	if importID == "" || len(ids) == 0 {
		return nil
	}
	if _, err := tx.Exec(`INSERT INTO directory_import (id, source, made_by, made, added, changed, back, gone, rejected) VALUES ($1, $2, $3, $4, 0, 0, 0, 0, 0)
		ON CONFLICT DO NOTHING`, importID, source, by, tx.Now()); err != nil {
		return err
	}
	after, err := readKept(tx, t, ids)
	if err != nil {
		return err
	}
	rows, err := tx.Query("SELECT record FROM directory_import_record WHERE import = $1 AND subject = $2 AND record IN ("+db.In(len(ids), 3)+")",
		append([]any{importID, t.subject()}, db.Args(ids...)...)...)
	twice, err := db.Collect(rows, err, db.One[string])
	if err != nil {
		return err
	}
	var fresh [][]any
	for _, id := range ids {
		if slices.Contains(twice, id) {
			if _, err := tx.Exec("UPDATE directory_import_record SET after = $1 WHERE import = $2 AND subject = $3 AND record = $4", stateOf(after[id]), importID, t.subject(), id); err != nil {
				return err
			}
			continue
		}
		text := ""
		if old := before[id]; old != nil {
			text = jsonColumn(old)
		}
		fresh = append(fresh, []any{importID, t.subject(), id, text, stateOf(after[id]), nil})
	}
	return tx.Insert("directory_import_record", []string{"import", "subject", "record", "before", "after", "undone"}, fresh)
}

// subject is what the records of a table are.
func (t table) subject() string {
	switch t.name {
	case placeTable.name:
		return SubjectPlace
	case serviceTable.name:
		return SubjectService
	}
	return SubjectOrganisation
}

// told writes the figures of an import to its line in the list. What wrote nothing has none.
func (d *Directory) told(ctx context.Context, r *Report) error {
	return d.db.Write(context.WithoutCancel(ctx), func(tx *db.Tx) error {
		n, err := tx.Exec("UPDATE directory_import SET added = $2, changed = $3, back = $4, gone = $5, rejected = $6 WHERE id = $1",
			r.ID, r.Added, r.Changed, r.Back, r.Gone, r.Rejected)
		if n == 0 {
			r.ID = ""
		}
		return err
	})
}

// Undone tells what became of taking an import back.
type Undone struct {
	Past     Past
	Restored int // records that are again as they were before
	Removed  int // that were not there before, and are not now
	// Kept are the records that stay as they are: Changed where somebody changed them since, or they are needed by what came since.
	Kept []Planned
}

// Undo takes an import back: what it changed is again as it was, what it brought is not there any more. What was changed here
// since is not overwritten but listed, as is what something newer stands on. Taken back twice, it changes nothing more.
func (d *Directory) Undo(ctx context.Context, by, importID string) (*Undone, error) {
	u := &Undone{}
	err := d.db.Read(ctx, func(tx *db.Tx) error {
		rows, err := tx.Query(pastQuery+"WHERE id = $1", importID)
		found, err := db.Collect(rows, err, scanPast)
		if err == nil && len(found) == 0 {
			return problem.New(problem.NotFound, "directory.import.no-import", "ID", importID)
		}
		if err == nil {
			u.Past = found[0]
		}
		return err
	})
	if err == nil {
		err = d.db.Write(ctx, func(tx *db.Tx) error { return forgetTwins(tx, by, importID) })
	}
	if err != nil {
		return nil, err
	}
	for _, t := range []table{serviceTable, placeTable, organisationTable} { // what stands on others first
		for after := ""; ; {
			step := &undoing{by: by, importID: importID, table: t, after: after}
			if err := d.db.Write(ctx, step.run); err != nil {
				return u, fmt.Errorf("take import %s back, after %s %q: %w", importID, t.subject(), after, err)
			}
			u.Restored, u.Removed, u.Kept = u.Restored+step.restored, u.Removed+step.removed, append(u.Kept, step.kept...)
			if step.last == "" {
				break
			}
			after = step.last
		}
	}
	return u, d.db.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE directory_import SET undone = $2 WHERE id = $1 AND undone IS NULL", importID, tx.Now())
		return err
	})
}

// undoing takes a part of an import back, within its transaction, which may be run again.
type undoing struct {
	by, importID, after string
	table               table
	restored, removed   int
	kept                []Planned
	last                string // the record looked at last; empty when there was none

	tx *db.Tx
}

// past is one record of an import.
type past struct{ id, before, after string }

func (u *undoing) run(tx *db.Tx) error {
	u.tx, u.restored, u.removed, u.kept, u.last = tx, 0, 0, nil, ""
	if err := tx.Lock("directory", "import"); err != nil {
		return err
	}
	rows, err := tx.Query(fmt.Sprintf(`SELECT record, before, after FROM directory_import_record WHERE import = $1 AND subject = $2 AND undone IS NULL AND record > $3
		ORDER BY record LIMIT %d`, batch), u.importID, u.table.subject(), u.after)
	all, err := db.Collect(rows, err, func(r *db.Rows) (p past, err error) { return p, r.Scan(&p.id, &p.before, &p.after) })
	if err != nil || len(all) == 0 {
		return err
	}
	u.last = all[len(all)-1].id
	ids := make([]string, len(all))
	for i, p := range all {
		ids[i] = p.id
	}
	now, err := readKept(tx, u.table, ids)
	if err != nil {
		return err
	}
	needed, err := u.needed(ids)
	if err != nil {
		return err
	}
	var done []string
	for _, p := range all {
		ok, err := u.one(p, now[p.id], needed[p.id])
		if err != nil {
			return err
		}
		if ok {
			done = append(done, p.id)
		}
	}
	if len(done) == 0 {
		return nil
	}
	_, err = tx.Exec("UPDATE directory_import_record SET undone = $1 WHERE import = $2 AND subject = $3 AND record IN ("+db.In(len(done), 4)+")",
		append([]any{tx.Now(), u.importID, u.table.subject()}, db.Args(done...)...)...)
	return err
}

// needed tells which records others stand on: services, closures, remarks, letters of a place; places of an organisation.
func (u *undoing) needed(ids []string) (map[string]bool, error) {
	var queries []string
	switch u.table.name {
	case placeTable.name:
		for _, other := range []string{"directory_service", "directory_closure", "directory_remark", "directory_keeper", "directory_link"} {
			queries = append(queries, "SELECT place FROM "+other+" WHERE place IN ("+db.In(len(ids), 1)+")")
		}
	case organisationTable.name:
		queries = append(queries, "SELECT organisation FROM directory_place WHERE organisation IN ("+db.In(len(ids), 1)+")")
	}
	needed := map[string]bool{}
	for _, query := range queries {
		rows, err := u.tx.Query(query, db.Args(ids...)...)
		found, err := db.Collect(rows, err, db.One[string])
		if err != nil {
			return nil, err
		}
		for _, id := range found {
			needed[id] = true
		}
	}
	return needed, nil
}

// one takes one record back. False when it stays as it is, and is listed.
func (u *undoing) one(p past, now kept, needed bool) (bool, error) {
	if now == nil {
		return true, nil // somebody took it out already
	}
	subject, name, data := described(now)
	var before kept
	var err error
	if p.before != "" {
		if before, err = remembered(subject, p.before); err != nil {
			return false, fmt.Errorf("read what %s %s was: %w", subject, p.id, err)
		}
		if stateOf(before) == stateOf(now) {
			return true, nil // somebody put it back already
		}
	}
	if stateOf(now) != p.after || before == nil && needed {
		u.kept = append(u.kept, Planned{Verb: Changed, Subject: subject, ID: p.id, Name: name})
		return false, nil
	}
	if before == nil {
		if _, err := u.tx.Exec("DELETE FROM "+u.table.name+" WHERE id = $1", p.id); err != nil {
			return false, err
		}
		u.removed++
		if err := happened(u.tx, subject, Removed, p.id, u.by, data); err != nil || subject != SubjectPlace {
			return true, err
		}
		return true, leave(u.tx, u.by, p.id)
	}
	if err := u.table.change(u.tx, before.values()); err != nil {
		return false, err
	}
	u.restored++
	verb := Changed
	switch was, is := goneOf(before), goneOf(now); {
	case was && !is:
		verb = Gone
	case is && !was:
		verb = Back
	}
	_, _, then := described(before)
	if data.Place != then.Place { // the place that it leaves looks otherwise too
		if err := happened(u.tx, SubjectPlace, Changed, data.Place, u.by, eventData{}); err != nil {
			return false, err
		}
	}
	return true, happened(u.tx, subject, verb, p.id, u.by, then)
}

// described says what a record is, what it is called, and what its events name beside.
func described(one kept) (subject string, name i18n.Text, data eventData) {
	switch r := one.(type) {
	case *Place:
		return SubjectPlace, r.Name, eventData{Organisation: r.Organisation}
	case *Service:
		return SubjectService, r.Name, eventData{Place: r.Place}
	case *Organisation:
		return SubjectOrganisation, r.Name, eventData{}
	}
	return "", nil, eventData{}
}

func goneOf(one kept) bool {
	switch r := one.(type) {
	case *Place:
		return r.IsGone()
	case *Service:
		return r.IsGone()
	case *Organisation:
		return r.IsGone()
	}
	return false
}

// remembered reads a record as it was kept.
func remembered(subject, text string) (one kept, err error) {
	switch subject {
	case SubjectPlace:
		one = &Place{}
	case SubjectService:
		one = &Service{}
	default:
		one = &Organisation{}
	}
	return one, json.Unmarshal([]byte(text), one)
}
