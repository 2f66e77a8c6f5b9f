package db_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/problem"
)

// names gives the settings that are kept.
func names(t testing.TB, d *db.DB) map[string]bool {
	t.Helper()
	var all []string
	err := d.Read(ctx, func(tx *db.Tx) error {
		rows, err := tx.Query("SELECT name FROM setting")
		all, err = db.Collect(rows, err, db.One[string])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	kept := map[string]bool{}
	for _, name := range all {
		kept[name] = true
	}
	return kept
}

// 64 write at once; some are refused. Whoever was told yes is kept, whoever was told no is not, and on SQLite they
// share commits.
func TestCallersShareACommitAndKeepTheirOwnFate(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const callers, each = 64, 10
		refused := errors.New("refused")
		before := d.Stats()
		var all sync.WaitGroup
		for c := range callers {
			all.Go(func() {
				for n := range each {
					err := d.Write(ctx, func(tx *db.Tx) error {
						if err := set(tx, fmt.Sprintf("%d-%d", c, n), "v"); err != nil {
							return err
						}
						if n%5 == 4 {
							return refused
						}
						return nil
					})
					if (n%5 == 4) != errors.Is(err, refused) {
						t.Errorf("caller %d, write %d: %v", c, n, err)
					}
				}
			})
		}
		all.Wait()
		kept := names(t, d)
		for c := range callers {
			for n := range each {
				if name := fmt.Sprintf("%d-%d", c, n); kept[name] == (n%5 == 4) {
					t.Errorf("%s kept: %v", name, kept[name])
				}
			}
		}
		after := d.Stats()
		writes, commits := after.Writes-before.Writes, after.Commits-before.Commits
		if d.Engine() == db.SQLite && commits*2 > writes {
			t.Errorf("%d writes took %d commits: they do not share", writes, commits)
		}
	})
}

// Callers give up while others work. Whoever got a yes is kept; whoever got its context's error is not; nobody else
// loses anything by it.
func TestWhoGivesUpTakesNobodyAlong(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const callers, each = 32, 30
		var yes, no sync.Map
		var gaveUp atomic.Int64
		var all sync.WaitGroup
		for c := range callers {
			all.Go(func() {
				random := rand.New(rand.NewPCG(7, uint64(c)))
				for n := range each {
					name := fmt.Sprintf("%d-%d", c, n)
					own, stop := context.WithTimeout(ctx, time.Duration(random.IntN(3000))*time.Microsecond)
					if c%2 == 0 {
						own = ctx
					}
					err := d.Write(own, func(tx *db.Tx) error { return set(tx, name, "v") })
					stop()
					switch {
					case err == nil:
						yes.Store(name, true)
					case errors.Is(err, context.DeadlineExceeded) && c%2 == 1:
						gaveUp.Add(1)
						no.Store(name, true)
					default:
						t.Errorf("%s: %v", name, err)
					}
				}
			})
		}
		all.Wait()
		kept := names(t, d)
		yes.Range(func(name, _ any) bool {
			if !kept[name.(string)] {
				t.Errorf("%s was promised and is lost", name)
			}
			return true
		})
		no.Range(func(name, _ any) bool {
			if kept[name.(string)] {
				t.Errorf("%s was given up and is there", name)
			}
			return true
		})
		if gaveUp.Load() == 0 {
			t.Error("nobody gave up: the test shows nothing")
		}
	})
}

// A caller whose turn has begun is carried through, whatever becomes of its context.
func TestATurnThatHasBegunIsCarriedThrough(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		own, leave := context.WithCancel(ctx)
		err := d.Write(own, func(tx *db.Tx) error {
			leave()
			time.Sleep(5 * time.Millisecond)
			return set(tx, "a", "v")
		})
		if err != nil || count(t, d) != 1 {
			t.Errorf("%v, %d kept", err, count(t, d))
		}
		err = d.Write(own, func(tx *db.Tx) error { return set(tx, "b", "v") })
		if !errors.Is(err, context.Canceled) || count(t, d) != 1 {
			t.Errorf("who has left before: %v, %d kept", err, count(t, d))
		}
	})
}

// A closure that panics, or whose goroutine ends, takes back its own changes and harms nobody.
func TestAPanicIsItsCallersAlone(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var all sync.WaitGroup
		var panics atomic.Int64
		for c := range 30 {
			all.Go(func() {
				defer func() {
					if recover() != nil {
						panics.Add(1)
					}
				}()
				err := d.Write(ctx, func(tx *db.Tx) error {
					if err := set(tx, fmt.Sprint(c), "v"); err != nil {
						return err
					}
					switch c % 3 {
					case 1:
						panic("a fault in the program")
					case 2:
						runtime.Goexit()
					}
					return nil
				})
				if err != nil {
					t.Errorf("%d: %v", c, err)
				}
			})
		}
		all.Wait()
		kept := names(t, d)
		if panics.Load() != 10 || len(kept) != 10 || !kept["0"] || kept["1"] || kept["2"] {
			t.Errorf("%d panics, kept %v", panics.Load(), kept)
		}
	})
}

// together runs closures in one batch of SQLite: the first holds its turn until all others are waiting.
func together(t *testing.T, d *db.DB, closures ...func(*db.Tx) error) []error {
	t.Helper()
	errs := make([]error, len(closures))
	holds, waiting := make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	var once sync.Once
	all.Go(func() {
		errs[0] = d.Write(ctx, func(tx *db.Tx) error {
			once.Do(func() { close(holds) })
			<-waiting
			return closures[0](tx)
		})
	})
	<-holds
	for i, f := range closures[1:] {
		all.Go(func() { errs[i+1] = d.Write(ctx, f) })
	}
	for d.Stats().Waiting < int64(len(closures)-1) {
		runtime.Gosched()
	}
	close(waiting)
	all.Wait()
	return errs
}

var large = strings.Repeat("v", 1<<20)

// When there is no more space, the batch is lost: who needed too much is told so, all others run again and are kept.
func TestWhoFindsNoSpaceIsToldAndOthersRunAgain(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t), db.Options{})
	if err := db.LimitPages(d, 20); err != nil {
		t.Fatal(err)
	}
	var small atomic.Int64
	rounds := int64(0)
	for ; d.Stats().Again == 0 && rounds < 20; rounds++ { // a batch ends early on a slow machine: then nobody shared it
		errs := together(t, d,
			func(tx *db.Tx) error { small.Add(1); return set(tx, fmt.Sprint("a", rounds), "v") },
			func(tx *db.Tx) error { small.Add(1); return set(tx, fmt.Sprint("b", rounds), "v") },
			func(tx *db.Tx) error { return set(tx, "big", large) },
			func(tx *db.Tx) error { small.Add(1); return set(tx, fmt.Sprint("c", rounds), "v") },
		)
		full := 0
		for i, err := range errs {
			if problem.Is(err, problem.Full) {
				full++
			} else if err != nil {
				t.Errorf("caller %d: %v", i, err)
			}
		}
		kept := names(t, d)
		if full != 1 || len(kept) != 3*int(rounds+1) || kept["big"] {
			t.Errorf("%d told that it is full, kept %v", full, kept)
		}
	}
	if small.Load() <= 3*rounds {
		t.Errorf("nobody ran again (%d runs in %d rounds): no batch was shared", small.Load(), rounds)
	}
	if err := d.Broken(); err != nil {
		t.Errorf("a full disk is not a broken one: %v", err)
	}
	if err := db.LimitPages(d, 100000); err != nil {
		t.Fatal(err)
	}
	if err := d.Write(ctx, func(tx *db.Tx) error { return set(tx, "big", large) }); err != nil {
		t.Errorf("space is back: %v", err)
	}
}

// A closure that swallows the error that lost the transaction does not get a yes, and nobody loses by it.
func TestAnErrorThatLosesTheBatchCannotBeSwallowed(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t), db.Options{})
	if err := db.LimitPages(d, 20); err != nil {
		t.Fatal(err)
	}
	errs := together(t, d,
		func(tx *db.Tx) error { return set(tx, "a", "v") },
		func(tx *db.Tx) error { _ = set(tx, "big", large); return nil },
		func(tx *db.Tx) error { return set(tx, "b", "v") },
	)
	if kept := names(t, d); errs[0] != nil || !problem.Is(errs[1], problem.Full) || errs[2] != nil || len(kept) != 2 {
		t.Errorf("%v, kept %v", errs, kept)
	}
}

// A statement cut short in the midst of the batch loses the whole transaction inside SQLite; nobody notices.
func TestAnInterruptInsideTheBatchLosesNothing(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t), db.Options{})
	cut := func(tx *db.Tx) error {
		own, stop := context.WithTimeout(ctx, 5*time.Millisecond)
		defer stop()
		db.SetContext(tx, own)
		_, err := tx.Exec(`INSERT INTO setting (name, value, changed) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
			SELECT 'endless ' || i, '', 0 FROM n`)
		return err
	}
	errs := together(t, d, func(tx *db.Tx) error { return set(tx, "a", "v") }, cut, func(tx *db.Tx) error { return set(tx, "b", "v") })
	refused := 0
	for _, err := range errs {
		if err != nil {
			refused++
		}
	}
	if kept := names(t, d); refused != 1 || len(kept) != 2 || !kept["a"] || !kept["b"] {
		t.Errorf("%v; %d settings kept", errs, len(kept))
	}
}

// A closure that ends the transaction by hand is refused and harms nobody.
func TestAClosureCannotCommitByHand(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, word := range []string{"COMMIT", " rollback", "\n\tEND", "BEGIN", "SAVEPOINT a", "Release caller"} {
			err := d.Write(ctx, func(tx *db.Tx) error {
				if err := set(tx, word, "v"); err != nil {
					return err
				}
				_, err := tx.Exec(word)
				return err
			})
			if err == nil || len(names(t, d)) != 0 {
				t.Errorf("%s: %v, kept %v", word, err, names(t, d))
			}
		}
	})
}

func TestOnceBeforeAndOnceAfterTheCommit(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var order []string
		runs := 0
		err := d.Write(ctx, func(tx *db.Tx) error {
			runs++
			order = nil
			for range 3 {
				tx.BeforeCommit("one", func(tx *db.Tx) error {
					order = append(order, "one")
					tx.BeforeCommit("two", func(tx *db.Tx) error { order = append(order, "two"); return set(tx, "two", "v") })
					return nil
				})
			}
			tx.AfterCommit(func() { order = append(order, fmt.Sprintf("after %d", count(t, d))) })
			order = append(order, "closure")
			if runs == 1 {
				return db.AskAgain(tx)
			}
			return nil
		})
		if got := fmt.Sprint(order); err != nil || got != "[closure one two after 1]" || runs != 2 {
			t.Errorf("%v: %s in %d runs", err, got, runs)
		}
		refused := errors.New("refused")
		err = d.Write(ctx, func(tx *db.Tx) error {
			tx.AfterCommit(func() { t.Error("after a commit that did not happen") })
			tx.BeforeCommit("no", func(*db.Tx) error { return refused })
			return set(tx, "no", "v")
		})
		if !errors.Is(err, refused) || count(t, d) != 1 {
			t.Errorf("%v, %d kept", err, count(t, d))
		}
	})
}

// What is asked for before the commit after its step has run gets a step of its own: nothing is left out.
func TestALateStepBeforeTheCommitIsRun(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ran := 0
		var again func(tx *db.Tx) error
		again = func(tx *db.Tx) error {
			if ran++; ran < 3 {
				tx.BeforeCommit("one", again)
			}
			return nil
		}
		err := d.Write(ctx, func(tx *db.Tx) error { tx.BeforeCommit("one", again); return nil })
		if err != nil || ran != 3 {
			t.Errorf("%v, ran %d times", err, ran)
		}
	})
}

// A statement that fails ends its transaction on both engines, also when the closure does not mind. No row is no failure.
func TestAFailedStatementEndsItsTransaction(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Write(ctx, func(tx *db.Tx) error {
			var v string
			if err := tx.QueryRow("SELECT value FROM setting WHERE name = 'none'").Scan(&v); !problem.Is(err, problem.NotFound) {
				t.Errorf("no row: %v", err)
			}
			return set(tx, "a", "v")
		})
		if err != nil {
			t.Fatalf("after no row: %v", err)
		}
		err = d.Write(ctx, func(tx *db.Tx) error {
			if err := set(tx, "b", "v"); err != nil {
				return err
			}
			_ = set(tx, "a", "twice")
			if err := set(tx, "c", "v"); !problem.Is(err, problem.Conflict) {
				t.Errorf("a statement after one that failed: %v", err)
			}
			return nil
		})
		if !problem.Is(err, problem.Conflict) || len(names(t, d)) != 1 {
			t.Errorf("%v, kept %v", err, names(t, d))
		}
	})
}

func TestAStatementWaitsForTheRowsBeforeIt(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Write(ctx, func(tx *db.Tx) error {
			rows, err := tx.Query("SELECT 1 UNION ALL SELECT 2")
			if err != nil {
				return err
			}
			rows.Next()
			if err := set(tx, "a", "v"); err == nil {
				t.Error("a statement amid open rows passes on one engine only")
			}
			if err := errors.Join(rows.Close(), rows.Close()); err != nil {
				return err
			}
			if _, err := tx.Query("SELECT name FROM setting"); err != nil { // left open
				return err
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Write(ctx, func(tx *db.Tx) error { return set(tx, "b", "v") }); err != nil {
			t.Errorf("after rows left open: %v", err)
		}
	})
}

func TestAClosedStoreSaysSo(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		nothing := func(*db.Tx) error { return nil }
		if err := d.Write(ctx, nothing); !problem.Is(err, problem.Unavailable) {
			t.Errorf("write: %v", err)
		}
		if err := d.Read(ctx, nothing); !problem.Is(err, problem.Unavailable) {
			t.Errorf("read: %v", err)
		}
	})
}
