package directory

import (
	"encoding/json"
	"fmt"
	"strings"

	"parvis/internal/db"
	"parvis/internal/i18n"
)

// recordColumns are the columns that organisations, places and services share, in the order of Record.values.
const recordColumns = "source, source_id, source_url, updated, confirmed, confirmed_by, gone, print"

func (r *Record) values() []any {
	return []any{r.Source.Name, r.Source.ID, r.Source.URL, db.At(r.Source.Updated), db.At(r.Confirmed.At), r.Confirmed.By,
		db.At(r.Gone), r.Print}
}

// scanned is where a row's shared columns are read to before they become a Record.
type scanned struct {
	r                                 *Record
	updated, confirmed, gone, changed db.Time
}

func (s *scanned) fields(r *Record) []any {
	s.r = r
	return []any{&r.Source.Name, &r.Source.ID, &r.Source.URL, &s.updated, &s.confirmed, &r.Confirmed.By, &s.gone, &r.Print,
		&s.changed}
}

func (s *scanned) done() {
	s.r.Source.Updated, s.r.Confirmed.At, s.r.Gone, s.r.Changed = s.updated.Time, s.confirmed.Time, s.gone.Time, s.changed.Time
}

// table is how a kind of record is kept: its own columns, to which the shared ones are added.
type table struct {
	name, update, query string
	columns             []string
}

// newTable writes the statements of a table. Parameters come in the order of its columns, then the shared ones, then
// the transaction's instant.
func newTable(name, own string) table {
	columns := strings.Split(own+", "+recordColumns, ", ")
	set := make([]string, 0, len(columns))
	for i, c := range columns[1:] {
		set = append(set, fmt.Sprintf("%s = $%d", c, i+2))
	}
	return table{
		name:    name,
		columns: append(append([]string(nil), columns...), "created", "changed"),
		update:  fmt.Sprintf("UPDATE %s SET %s, changed = $%d WHERE id = $1", name, strings.Join(set, ", "), len(columns)+1),
		query:   fmt.Sprintf("SELECT %s, changed FROM %s ", strings.Join(columns, ", "), name),
	}
}

// add inserts rows of values, each completed with the transaction's instant.
func (t table) add(tx *db.Tx, rows [][]any) error {
	for i := range rows {
		rows[i] = append(rows[i], tx.Now(), tx.Now())
	}
	return tx.Insert(t.name, t.columns, rows)
}

// change overwrites a row with values, whose first is its id.
func (t table) change(tx *db.Tx, values []any) error {
	_, err := tx.Exec(t.update, append(values, tx.Now())...)
	return err
}

// prints gives the prints of those records of a list that are here, and which of them have closed for good.
func (t table) prints(tx *db.Tx, ids []string) (map[string]standing, error) {
	found := make(map[string]standing, len(ids))
	rows, err := tx.Query("SELECT id, print, source, gone, confirmed, confirmed_by FROM "+t.name+" WHERE id IN ("+db.In(len(ids), 1)+")", db.Args(ids...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var s standing
		var gone, confirmed db.Time
		if err := rows.Scan(&id, &s.print, &s.source, &gone, &confirmed, &s.confirmed.By); err != nil {
			return nil, err
		}
		s.gone, s.confirmed.At = !gone.IsZero(), confirmed.Time
		found[id] = s
	}
	return found, rows.Err()
}

// standing is what a feed needs to know of a record that is here.
type standing struct {
	print     string
	source    string
	gone      bool
	confirmed Confirmation
}

// textColumn writes a text in several languages; one that says nothing is empty.
func textColumn(t i18n.Text) string {
	if len(t) == 0 {
		return ""
	}
	return jsonColumn(t)
}

func jsonColumn(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // our own types: a programming fault
	}
	return string(text)
}

// readText reads what textColumn wrote.
func readText(column string) (i18n.Text, error) {
	if column == "" {
		return nil, nil
	}
	t := i18n.Text{}
	return t, json.Unmarshal([]byte(column), &t)
}

func listColumn(list []string) string { return strings.Join(list, "|") }

func readList(column string) []string {
	if column == "" {
		return nil
	}
	return strings.Split(column, "|")
}
