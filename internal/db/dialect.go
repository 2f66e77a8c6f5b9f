package db

import "strings"

// Lock makes a rule that spans rows hold: until the transaction ends, no other that asks for the same kind and id goes
// past this line. On SQLite there is one writer, so it has nothing to do.
func (t *Tx) Lock(kind, id string) error {
	s, ok := t.db.store.(*pgStore)
	if !ok {
		return nil
	}
	_, err := t.Exec("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", s.schema+"\x1f"+kind+"\x1f"+id)
	return err
}

// SkipLocked ends a SELECT that takes rows to work on, so that two nodes never take the same one. On SQLite, where
// one writer works at a time, it is empty.
func (t *Tx) SkipLocked() string {
	if t.db.engine == SQLite {
		return ""
	}
	return " FOR UPDATE SKIP LOCKED"
}

// places gives n parameters from $start on. SQLite looks each name up in a list, which takes long when there are many:
// there they have no names.
func (t *Tx) places(n, start int) string {
	if t.db.engine == SQLite {
		return strings.TrimSuffix(strings.Repeat("?,", n), ",")
	}
	return In(n, start)
}

// most is how many values one statement carries at most, below the limit of both engines.
const most = 30000

// Insert adds many rows at once, as many to a statement as the engines allow. Each row has a value for each column.
func (t *Tx) Insert(table string, columns []string, rows [][]any) error {
	one := max(1, most/len(columns))
	if t.db.engine == SQLite {
		one = min(one, 50) // a statement that stays small is compiled once and used again
	}
	for len(rows) > 0 {
		n := min(one, len(rows))
		var values strings.Builder
		args := make([]any, 0, n*len(columns))
		for i, row := range rows[:n] {
			if i > 0 {
				values.WriteByte(',')
			}
			values.WriteString("(" + t.places(len(columns), len(args)+1) + ")")
			args = append(args, row...)
		}
		if _, err := t.Exec("INSERT INTO "+table+" ("+strings.Join(columns, ", ")+") VALUES "+values.String(), args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}
