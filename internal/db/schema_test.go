package db_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
)

// schema.sql is what the migrations make, on both engines: tables, columns, constraints, indexes.
func TestSchemaTextIsWhatMigrationsMake(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	compare := func(t *testing.T, migrated *db.DB, address string) {
		written, err := db.Open(ctx, address, db.Options{SynchronousNormal: true})
		if err != nil {
			t.Fatal(err)
		}
		defer written.Close()
		if err := db.Script(ctx, written, string(text)); err != nil {
			t.Fatalf("schema.sql: %v", err)
		}
		want, got := shape(t, migrated), shape(t, written)
		for _, line := range want {
			if !slices.Contains(got, line) {
				t.Errorf("schema.sql lacks  %s", line)
			}
		}
		for _, line := range got {
			if !slices.Contains(want, line) {
				t.Errorf("migrations lack  %s", line)
			}
		}
		if len(want) < 100 {
			t.Errorf("only %d lines compared", len(want))
		}
	}
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		compare(t, dbtest.Open(t, dbtest.SQLite(t), db.Options{}), "sqlite:"+filepath.Join(t.TempDir(), "written.db"))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		compare(t, dbtest.Open(t, dbtest.Postgres(t), db.Options{}), dbtest.Postgres(t))
	})
}

// shape describes every table, column, constraint and index of a store, a line each.
func shape(t *testing.T, d *db.DB) (lines []string) {
	t.Helper()
	queries := []string{
		`SELECT m.name || '.' || c.name || ' ' || c.type || CASE WHEN c."notnull" = 1 THEN ' NOT NULL' ELSE '' END || ' default ' ||
			coalesce(c.dflt_value, '-') || ' key ' || c.pk || ' at ' || c.cid
			FROM sqlite_schema m, pragma_table_xinfo(m.name) c WHERE m.type = 'table' AND m.name NOT IN ('migration', 'sqlite_sequence')`,
		`SELECT m.name || ': ' || l."unique" || ' ' || l.partial || ' ' || (SELECT group_concat(coalesce(i.name, '?') || i.desc) FROM
			(SELECT name, "desc" FROM pragma_index_xinfo(l.name) WHERE key = 1 ORDER BY seqno) i) || ' ' ||
			coalesce((SELECT s.name FROM sqlite_schema s WHERE s.name = l.name AND s.sql IS NOT NULL), '')
			FROM sqlite_schema m, pragma_index_list(m.name) l WHERE m.type = 'table' AND m.name NOT IN ('migration', 'sqlite_sequence')`,
		`SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL`,
		`SELECT m.name || '.' || f."from" || ' -> ' || f."table" || '.' || coalesce(f."to", '') || ' ' || f.on_delete || ' ' || f.on_update
			FROM sqlite_schema m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table' AND m.name NOT IN ('migration', 'sqlite_sequence')`,
	}
	if d.Engine() == db.Postgres {
		queries = []string{
			`SELECT table_name || '.' || column_name || ' ' || data_type || ' null ' || is_nullable || ' default ' || coalesce(column_default, '-')
				|| ' at ' || ordinal_position || coalesce(' collate ' || collation_name, '') FROM information_schema.columns WHERE table_schema = current_schema() AND table_name <> 'migration'`,
			`SELECT t.relname || ': ' || pg_get_constraintdef(c.oid) FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
				JOIN pg_namespace n ON n.oid = t.relnamespace WHERE n.nspname = current_schema() AND t.relname <> 'migration'`,
			`SELECT replace(indexdef, schemaname || '.', '') FROM pg_indexes WHERE schemaname = current_schema() AND tablename <> 'migration'`,
		}
	}
	err := d.Read(ctx, func(tx *db.Tx) error {
		for _, q := range queries {
			rows, err := tx.Query(q)
			found, err := db.Collect(rows, err, db.One[string])
			if err != nil {
				return err
			}
			lines = append(lines, found...)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

var (
	tableLine  = regexp.MustCompile(`^CREATE TABLE \w+ \($`)
	columnLine = regexp.MustCompile(`^\t[a-z_]+ .*`)
	said       = regexp.MustCompile(`-- \S.{2,}`)
	personal   = regexp.MustCompile(`\[[^;\]]+; [^;\]]+; [^;\]]+\]`)
)

// schema.sql says what every table and column is; what is said of a person has its purpose, basis and time.
func TestSchemaTextSaysWhatEverythingIs(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	before, tables, columns := "", 0, 0
	for n, line := range strings.Split(string(text), "\n") {
		switch {
		case tableLine.MatchString(line):
			tables++
			if !strings.HasPrefix(before, "-- ") {
				t.Errorf("line %d: a table without a word on what it is: %s", n+1, line)
			}
		case columnLine.MatchString(line):
			columns++
			if !said.MatchString(line) {
				t.Errorf("line %d: a column without a word on what it is: %s", n+1, line)
			}
			if strings.Contains(line, "[") && !personal.MatchString(line) {
				t.Errorf("line %d: [purpose; basis; how long] is not complete: %s", n+1, line)
			}
			if word := regexp.MustCompile(`^\t(mail|phone|phones_of|recipient|says|birth\w*|first_name|last_name) `); word.MatchString(line) &&
				!strings.Contains(line, "[") && !strings.Contains(line, "everybody") {
				t.Errorf("line %d: personal, and no [purpose; basis; how long]: %s", n+1, line)
			}
		}
		before = line
	}
	if tables < 15 || columns < 100 {
		t.Errorf("read only %d tables and %d columns", tables, columns)
	}
}
