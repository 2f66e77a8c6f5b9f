package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"parvis/internal/db"
	"parvis/internal/fold"
	"parvis/internal/id"
	"parvis/internal/search"
	"parvis/internal/search/searchtest"
)

// withPeers calls measure with those peers that are there.
func withPeers(ctx context.Context, o searchOptions, places []search.Doc, figures *searchFigures, measure func(...answerer) error) error {
	if !o.peers {
		return measure()
	}
	if o.dir == "" {
		dir, err := os.MkdirTemp("", "bench-search-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		o.dir = dir
	}
	lite, err := db.Open(ctx, "sqlite:"+filepath.Join(o.dir, "peer.db"), db.Options{SynchronousNormal: true})
	if err != nil {
		return err
	}
	defer lite.Close()
	folded := foldedTexts(places)
	if err := fillFTS5(ctx, lite, folded); err != nil {
		return fmt.Errorf("fill FTS5: %w", err)
	}
	address := os.Getenv("PARVIS_TEST_POSTGRES")
	if address == "" {
		figures.Without = append(figures.Without, "PostgreSQL tsvector (PARVIS_TEST_POSTGRES is not set)")
		return lite.Read(ctx, func(tx *db.Tx) error { return measure(fts5(tx)) })
	}
	sign := "?"
	if strings.Contains(address, "?") {
		sign = "&"
	}
	address += sign + "search_path=bench_" + strings.ReplaceAll(id.New(), "-", "")
	post, err := db.Open(ctx, address, db.Options{})
	if err != nil {
		return err
	}
	defer func() {
		_ = post.Close()
		_ = db.Drop(context.WithoutCancel(ctx), address)
	}()
	if err := fillVectors(ctx, post, folded); err != nil {
		return fmt.Errorf("fill tsvector: %w", err)
	}
	return lite.Read(ctx, func(l *db.Tx) error {
		return post.Read(ctx, func(p *db.Tx) error { return measure(fts5(l), vectors(p)) })
	})
}

// foldedTexts is the one column that the peers search: all texts of a place folded, with their pinyin.
func foldedTexts(places []search.Doc) [][]any {
	rows := make([][]any, len(places))
	for i, d := range places {
		var texts []string
		for _, f := range d.Fields {
			texts = append(texts, fold.Column(f.Text))
		}
		rows[i] = []any{i, strings.Join(texts, " ")}
	}
	return rows
}

func statements(texts ...string) func(*db.Tx) error {
	return func(tx *db.Tx) error {
		for _, s := range texts {
			if _, err := tx.Exec(s); err != nil {
				return err
			}
		}
		return nil
	}
}

func fillFTS5(ctx context.Context, d *db.DB, rows [][]any) error {
	create := `CREATE VIRTUAL TABLE place USING fts5(folded, content='', tokenize="unicode61 remove_diacritics 0", prefix='2 3')`
	if err := d.Write(ctx, statements(create)); err != nil {
		return err
	}
	if err := d.Write(ctx, func(tx *db.Tx) error { return tx.Insert("place", []string{"rowid", "folded"}, rows) }); err != nil {
		return err
	}
	return d.Write(ctx, statements(`INSERT INTO place (place) VALUES ('optimize')`))
}

// fts5 asks for all words, the last one as a beginning where it is still typed, ranked by BM25.
func fts5(tx *db.Tx) answerer {
	return answerer{name: "SQLite FTS5", ask: func(q searchtest.Question) ([]int, error) {
		var b strings.Builder
		words := fold.Words(q.Words)
		for i, w := range words {
			fmt.Fprintf(&b, `"%s" `, w)
			if q.Prefix && i == len(words)-1 {
				b.WriteString("*")
			}
		}
		rows, err := tx.Query("SELECT rowid FROM place WHERE place MATCH $1 ORDER BY rank LIMIT $2", b.String(), answers)
		return db.Collect(rows, err, db.One[int])
	}}
}

func fillVectors(ctx context.Context, d *db.DB, rows [][]any) error {
	create := statements("CREATE TABLE place (id INTEGER PRIMARY KEY, folded TEXT NOT NULL, vector tsvector GENERATED ALWAYS AS (to_tsvector('simple', folded)) STORED)")
	if err := d.Write(ctx, create); err != nil {
		return err
	}
	if err := d.Write(ctx, func(tx *db.Tx) error { return tx.Insert("place", []string{"id", "folded"}, rows) }); err != nil {
		return err
	}
	return d.Write(ctx, statements("CREATE INDEX place_vector ON place USING gin (vector)", "ANALYZE place"))
}

// vectors asks the same of PostgreSQL, ranked by ts_rank.
func vectors(tx *db.Tx) answerer {
	const query = `SELECT id FROM place, to_tsquery('simple', $1) AS asked WHERE vector @@ asked ORDER BY ts_rank(vector, asked) DESC, id LIMIT $2`
	return answerer{name: "PostgreSQL tsvector", ask: func(q searchtest.Question) ([]int, error) {
		words := fold.Words(q.Words)
		for i, w := range words {
			words[i] = "'" + w + "'"
			if q.Prefix && i == len(words)-1 {
				words[i] += ":*"
			}
		}
		rows, err := tx.Query(query, strings.Join(words, " & "), answers)
		return db.Collect(rows, err, db.One[int])
	}}
}
