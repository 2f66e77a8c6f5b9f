package db_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/problem"
)

// addOne reads a number and writes it back one higher: the classic update that is lost when two do it at once.
func addOne(tx *db.Tx, lock bool) error {
	if lock {
		if err := tx.Lock("sum", "a"); err != nil {
			return err
		}
	}
	var n int
	if err := tx.QueryRow("SELECT value FROM counter WHERE name = 'sum'").Scan(&n); err != nil {
		return err
	}
	_, err := tx.Exec("UPDATE counter SET value = $1 WHERE name = 'sum'", n+1)
	return err
}

func sum(t *testing.T, d *db.DB, lock bool) (n int) {
	t.Helper()
	err := d.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec("INSERT INTO counter (name, value) VALUES ('sum', 0) ON CONFLICT (name) DO UPDATE SET value = 0")
		return err
	})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 25 {
				if err := d.Write(ctx, func(tx *db.Tx) error { return addOne(tx, lock) }); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	err = errors.Join(err, d.Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow("SELECT value FROM counter WHERE name = 'sum'").Scan(&n)
	}))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Under a lock no update is lost, on either engine. Without it PostgreSQL loses some, which shows that the test can see.
func TestLockKeepsARuleThatSpansRows(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if n := sum(t, d, true); n != 200 {
			t.Errorf("200 times one more is %d", n)
		}
		if d.Engine() == db.SQLite {
			return // one writer: there is nothing to lose
		}
		const tries = 20 // on a busy machine the callers may happen not to meet
		for range tries {
			if sum(t, d, false) < 200 {
				return
			}
		}
		t.Error("nothing is lost without a lock either: the test is blind")
	})
}

// Two who take two locks in opposite order wait for each other; one is run again, and both get through.
func TestWhoWaitsForEachOtherIsRunAgain(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var both sync.WaitGroup
		var arrived atomic.Int32
		take := func(first, second string) {
			err := d.Write(ctx, func(tx *db.Tx) error {
				if err := tx.Lock("room", first); err != nil {
					return err
				}
				if d.Engine() == db.Postgres && arrived.Add(1) <= 2 {
					for arrived.Load() < 2 { // both hold their first
						if _, err := tx.Exec("SELECT pg_sleep(0.005)"); err != nil {
							return err
						}
					}
				}
				if err := tx.Lock("room", second); err != nil {
					return err
				}
				return set(tx, first, "v")
			})
			if err != nil {
				t.Errorf("%s, %s: %v", first, second, err)
			}
		}
		both.Go(func() { take("a", "b") })
		both.Go(func() { take("b", "a") })
		both.Wait()
		if n := count(t, d); n != 2 {
			t.Errorf("%d of 2 got through", n)
		}
		if d.Engine() == db.Postgres && d.Stats().Again == 0 {
			t.Error("nobody waited for the other: the test shows nothing")
		}
	})
}

// Locks of one territory do not hold up another in the same database.
func TestLocksAreATerritorysOwn(t *testing.T) {
	t.Parallel()
	one := dbtest.Open(t, dbtest.Postgres(t), db.Options{})
	other := dbtest.Open(t, dbtest.Postgres(t), db.Options{})
	err := one.Write(ctx, func(tx *db.Tx) error {
		if err := tx.Lock("room", "a"); err != nil {
			return err
		}
		return other.Write(ctx, func(tx *db.Tx) error { return tx.Lock("room", "a") })
	})
	if err != nil {
		t.Error(err)
	}
}

// Workers take rows at once, and none is taken twice.
func TestSkipLockedGivesARowToOne(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const rows = 40
		err := d.Write(ctx, func(tx *db.Tx) error {
			for i := range rows {
				if err := set(tx, fmt.Sprint(i), "free"); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		var taken sync.Map
		var workers sync.WaitGroup
		for range 6 {
			workers.Go(func() {
				for {
					var name string
					err := d.Write(ctx, func(tx *db.Tx) error {
						err := tx.QueryRow("SELECT name FROM setting WHERE value = 'free' ORDER BY name LIMIT 1" + tx.SkipLocked()).Scan(&name)
						if err != nil {
							return err
						}
						_, err = tx.Exec("UPDATE setting SET value = 'taken' WHERE name = $1", name)
						return err
					})
					if problem.Is(err, problem.NotFound) {
						return
					}
					if _, twice := taken.LoadOrStore(name, true); twice || err != nil {
						t.Errorf("%s taken twice: %v, %v", name, twice, err)
					}
				}
			})
		}
		workers.Wait()
		n := 0
		taken.Range(func(any, any) bool { n++; return true })
		if n != rows {
			t.Errorf("%d of %d taken", n, rows)
		}
	})
}

func TestInsertTakesAnyNumberOfRows(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, n := range []int{0, 1, 49, 50, 51, 12345} {
			rows := make([][]any, n)
			for i := range rows {
				rows[i] = []any{fmt.Sprintf("%d of %d", i, n), "v", i}
			}
			before := count(t, d)
			err := d.Write(ctx, func(tx *db.Tx) error { return tx.Insert("setting", []string{"name", "value", "changed"}, rows) })
			if err != nil || count(t, d)-before != n {
				t.Errorf("%d rows: %v, %d kept", n, err, count(t, d)-before)
			}
		}
	})
}

// What a text means is the same on both: order by bytes, LIKE minds capitals, no zero bytes, nothing but UTF-8.
func TestTextsMeanTheSameOnBothEngines(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		texts := []string{"", "Z", "a", "É", "é", "đ", "Đà Nẵng", "静安", "🙂", "a'b\"c\\d"}
		err := d.Write(ctx, func(tx *db.Tx) error {
			for _, s := range texts {
				if err := set(tx, s, s); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		var likeA int
		err = d.Read(ctx, func(tx *db.Tx) error {
			rows, err := tx.Query("SELECT value FROM setting WHERE name IN ("+db.In(len(texts), 1)+") ORDER BY name", db.Args(texts...)...)
			if got, err = db.Collect(rows, err, db.One[string]); err != nil {
				return err
			}
			return tx.QueryRow("SELECT count(*) FROM setting WHERE name LIKE $1", "A%").Scan(&likeA)
		})
		if want := `["" "Z" "a" "a'b\"c\\d" "É" "é" "Đà Nẵng" "đ" "静安" "🙂"]`; err != nil || fmt.Sprintf("%q", got) != want {
			t.Errorf("%v\n got %q\nwant %s", err, got, want)
		}
		if likeA != 0 {
			t.Error("LIKE does not mind capitals")
		}
		for _, s := range []string{"a\x00b", "\xff", "caf\xe9"} {
			if err := d.Write(ctx, func(tx *db.Tx) error { return set(tx, s, "") }); !problem.Is(err, problem.Invalid) {
				t.Errorf("%q: %v", s, err)
			}
		}
	})
}

func TestInOfNothingIsNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var n int
		err := d.Read(ctx, func(tx *db.Tx) error {
			return tx.QueryRow("SELECT count(*) FROM counter WHERE name IN (" + db.In(0, 1) + ")").Scan(&n)
		})
		if err != nil || n != 0 || strings.Count(db.In(3, 2), "$") != 3 || db.In(3, 2) != "$2,$3,$4" {
			t.Errorf("%v, %d, %s", err, n, db.In(3, 2))
		}
	})
}
