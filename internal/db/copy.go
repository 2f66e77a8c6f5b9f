package db

import (
	"context"
	"fmt"
	"strings"

	"parvis/internal/problem"
)

// Copy fills an empty, migrated store with everything that another one holds, in one transaction of each, and
// compares the number of rows of each table before it commits. Both have the same version of the tables.
func Copy(ctx context.Context, from, to *DB) error {
	return from.Read(ctx, func(src *Tx) error {
		return to.Write(ctx, func(dst *Tx) error {
			tables, err := dst.tables()
			if err != nil {
				return err
			}
			if err := sameVersion(src, dst); err != nil {
				return err
			}
			for _, t := range tables {
				if err := copyTable(src, dst, t); err != nil {
					return fmt.Errorf("table %s: %w", t.name, err)
				}
			}
			return nil
		})
	})
}

// table is a table with its columns, and which of them hold truth values.
type table struct {
	name    string
	columns []string
	truth   []bool
}

// tables lists the tables, those first that others point to.
func (t *Tx) tables() ([]table, error) {
	names, err := t.tableNames()
	if err != nil {
		return nil, err
	}
	points := map[string][]string{}
	for _, name := range names {
		if points[name], err = t.parents(name); err != nil {
			return nil, err
		}
	}
	var sorted []table
	done := map[string]bool{}
	var visit func(name string) error
	visit = func(name string) error {
		if done[name] {
			return nil
		}
		done[name] = true
		for _, parent := range points[name] {
			if err := visit(parent); err != nil {
				return err
			}
		}
		one, err := t.table(name)
		sorted = append(sorted, one)
		return err
	}
	for _, name := range names {
		if err := visit(name); err != nil {
			return nil, err
		}
	}
	return sorted, nil
}

func (t *Tx) tableNames() ([]string, error) {
	query := "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'migration' ORDER BY name"
	if t.db.engine == Postgres {
		query = `SELECT table_name FROM information_schema.tables
			WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name <> 'migration' ORDER BY table_name`
	}
	rows, err := t.Query(query)
	return Collect(rows, err, One[string])
}

func (t *Tx) parents(name string) ([]string, error) {
	query := `SELECT DISTINCT "table" FROM pragma_foreign_key_list($1) WHERE "table" <> $1`
	if t.db.engine == Postgres {
		query = `SELECT DISTINCT p.relname FROM pg_constraint c JOIN pg_class p ON p.oid = c.confrelid JOIN pg_class t ON t.oid = c.conrelid
			JOIN pg_namespace n ON n.oid = t.relnamespace
			WHERE c.contype = 'f' AND n.nspname = current_schema() AND t.relname = $1 AND p.relname <> $1`
	}
	rows, err := t.Query(query, name)
	return Collect(rows, err, One[string])
}

func (t *Tx) table(name string) (table, error) {
	query := "SELECT name, type FROM pragma_table_info($1) ORDER BY cid"
	if t.db.engine == Postgres {
		query = `SELECT column_name, data_type FROM information_schema.columns
			WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position`
	}
	one := table{name: name}
	rows, err := t.Query(query, name)
	_, err = Collect(rows, err, func(r *Rows) (bool, error) {
		var column, kind string
		err := r.Scan(&column, &kind)
		one.columns = append(one.columns, column)
		one.truth = append(one.truth, strings.EqualFold(kind, "boolean"))
		return true, err
	})
	return one, err
}

func sameVersion(src, dst *Tx) error {
	var a, b int64
	const query = "SELECT max(version_id) FROM migration"
	if err := src.QueryRow(query).Scan(&a); err != nil {
		return err
	}
	if err := dst.QueryRow(query).Scan(&b); err != nil {
		return err
	}
	if a != b {
		return problem.Because(problem.Conflict, fmt.Errorf("tables of version %d cannot be copied into tables of version %d: migrate first", a, b))
	}
	return nil
}

// copyRows is how many rows are held in memory at a time.
const copyRows = 500

func copyTable(src, dst *Tx, t table) error {
	var there int64
	if err := dst.QueryRow("SELECT count(*) FROM " + t.name).Scan(&there); err != nil {
		return err
	}
	if there > 0 {
		return problem.Because(problem.Conflict, fmt.Errorf("the store to copy into holds %d rows already", there))
	}
	sent, err := sendRows(src, dst, t)
	if err != nil {
		return err
	}
	if err := dst.QueryRow("SELECT count(*) FROM " + t.name).Scan(&there); err != nil {
		return err
	}
	if there != sent {
		return fmt.Errorf("%d rows read and %d rows kept", sent, there)
	}
	return nil
}

func sendRows(src, dst *Tx, t table) (sent int64, err error) {
	rows, err := src.Query("SELECT " + strings.Join(t.columns, ", ") + " FROM " + t.name)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	held := make([][]any, 0, copyRows)
	for more := true; more; {
		if more = rows.Next(); more {
			row, err := t.read(rows)
			if err != nil {
				return sent, err
			}
			held = append(held, row)
		}
		if len(held) == copyRows || !more {
			if err := dst.Insert(t.name, t.columns, held); err != nil {
				return sent, err
			}
			sent += int64(len(held))
			held = held[:0]
		}
	}
	return sent, rows.Err()
}

// read gives a row's values as both engines take them: SQLite keeps truth as a number, and its driver gives no bytes as
// nothing at all.
func (t table) read(rows *Rows) ([]any, error) {
	row, into := make([]any, len(t.columns)), make([]any, len(t.columns))
	for i := range row {
		into[i] = &row[i]
	}
	err := rows.Scan(into...)
	for i, value := range row {
		switch v := value.(type) {
		case int64:
			if t.truth[i] {
				row[i] = v != 0
			}
		case []byte:
			if v == nil {
				row[i] = []byte{}
			}
		}
	}
	return row, err
}
