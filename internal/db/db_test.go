package db_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/problem"
)

var ctx = context.Background()

// set writes one setting, the smallest row of the house.
func set(tx *db.Tx, name, value string) error {
	_, err := tx.Exec("INSERT INTO setting (name, value, changed) VALUES ($1, $2, $3)", name, value, tx.Now())
	return err
}

// count says how many settings a reader sees.
func count(t testing.TB, d *db.DB) (n int) {
	t.Helper()
	err := d.Read(ctx, func(tx *db.Tx) error { return tx.QueryRow("SELECT count(*) FROM setting").Scan(&n) })
	if err != nil {
		t.Fatalf("count: %v", err)
	}
	return n
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := d.Write(ctx, func(tx *db.Tx) error { return set(tx, "a", "1") }); err != nil {
			t.Fatal(err)
		}
		refused := errors.New("refused")
		if err := d.Write(ctx, func(tx *db.Tx) error { return errors.Join(set(tx, "b", "2"), refused) }); !errors.Is(err, refused) {
			t.Errorf("got %v, want the closure's own error", err)
		}
		if n := count(t, d); n != 1 {
			t.Errorf("%d settings; the one that was refused is not kept", n)
		}
	})
}

func TestErrorsHaveTheirKind(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		query string
		want  problem.Kind
	}{
		"no row":       {"", problem.NotFound},
		"twice":        {"INSERT INTO setting (name, value, changed) VALUES ('a', '', 0), ('a', '', 0)", problem.Conflict},
		"nobody's":     {"INSERT INTO team_member (team, account, since) VALUES ('x', 'y', 0)", problem.Conflict},
		"null":         {"INSERT INTO setting (name, value, changed) VALUES ('a', NULL, 0)", problem.Invalid},
		"no such word": {"INSERT INTO nowhere VALUES (1)", problem.Internal},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				err := d.Write(ctx, func(tx *db.Tx) error {
					if c.query == "" {
						var v string
						return tx.QueryRow("SELECT value FROM setting WHERE name = $1", "none").Scan(&v)
					}
					_, err := tx.Exec(c.query)
					return err
				})
				if problem.KindOf(err) != c.want || err == nil {
					t.Errorf("%v is %v, want %v", err, problem.KindOf(err), c.want)
				}
			})
		})
	}
}

func TestReadChangesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := d.Read(ctx, func(tx *db.Tx) error { return set(tx, "a", "1") }); err == nil {
			t.Error("a read has written")
		}
		if n := count(t, d); n != 0 {
			t.Errorf("%d settings", n)
		}
	})
}

func TestTimeComesBackToTheMillisecond(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		at := time.Date(2026, 10, 25, 2, 30, 0, 123456789, time.FixedZone("CEST", 7200))
		var got, never db.Time
		err := d.Write(ctx, func(tx *db.Tx) error {
			if _, err := tx.Exec("INSERT INTO setting (name, value, changed) VALUES ('a', '', $1)", db.At(at)); err != nil {
				return err
			}
			return tx.QueryRow("SELECT changed, $1 FROM setting", db.Time{}).Scan(&got, &never)
		})
		if err != nil {
			t.Fatal(err)
		}
		if !got.Equal(at.Truncate(time.Millisecond)) || got.Location() != time.UTC || got != db.At(at) {
			t.Errorf("%v came back as %v", at, got)
		}
		if !never.IsZero() {
			t.Errorf("no time came back as %v", never)
		}
	})
}
