package audit_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"parvis/internal/audit"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/jobs"
	"parvis/internal/problem"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// book is a store with a clock that stands still.
type book struct {
	*testing.T
	db    *db.DB
	clock *clock.Manual
}

func each(t *testing.T, f func(b *book)) {
	t.Helper()
	t.Parallel()
	for name, address := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := clock.At(noon)
			f(&book{t, dbtest.Open(t, address(t), db.Options{Clock: c}), c})
		})
	}
}

func (b *book) write(f func(tx *db.Tx) error) {
	b.Helper()
	if err := b.db.Write(context.Background(), f); err != nil {
		b.Fatal(err)
	}
}

// lines records n lines, a minute apart.
func (b *book) lines(n int) {
	b.Helper()
	for i := range n {
		b.write(func(tx *db.Tx) error {
			return audit.Record(tx, audit.Entry{Actor: "a-1", Role: "manager", Action: "account.sign-in", Subject: "account", SubjectID: fmt.Sprint(i)})
		})
		b.clock.Advance(time.Minute)
	}
}

func (b *book) verify(noted ...audit.Head) (head audit.Head, err error) {
	b.Helper()
	err = b.db.Read(context.Background(), func(tx *db.Tx) error { head, err = audit.Verify(tx, noted...); return err })
	return head, err
}

func TestWhoLookedIsShown(t *testing.T) {
	each(t, func(b *book) {
		for i := range 3 {
			b.write(func(tx *db.Tx) error {
				return audit.Looked(tx,
					audit.Look{Actor: "agent-1", Role: "agent", Person: "ana", Subject: "account", SubjectID: "ana", Reason: "call"},
					audit.Look{Actor: "agent-1", Role: "agent", Person: "bo", Subject: "account", SubjectID: fmt.Sprint(i), Reason: "search"})
			})
			b.clock.Advance(time.Hour)
		}
		b.write(func(tx *db.Tx) error {
			all, err := audit.LooksAt(tx, "ana", audit.Page{})
			if err != nil || len(all) != 3 || all[0].Reason != "call" || !all[0].At.Equal(noon.Add(2*time.Hour)) || all[2].At.After(all[0].At.Time) {
				b.Errorf("at Ana: %+v, %v", all, err)
			}
			first, err := audit.LooksBy(tx, "agent-1", audit.Page{Limit: 4})
			if err != nil || len(first) != 4 {
				b.Fatalf("by the agent: %+v, %v", first, err)
			}
			rest, err := audit.LooksBy(tx, "agent-1", audit.Page{Before: first[3].ID})
			if err != nil || len(rest) != 2 {
				b.Errorf("and before: %+v, %v", rest, err)
			}
			none, err := audit.LooksAt(tx, "nobody", audit.Page{})
			if err != nil || len(none) != 0 {
				b.Errorf("at nobody: %+v, %v", none, err)
			}
			return nil
		})
	})
}

func TestALookOfNobodyIsRefused(t *testing.T) {
	each(t, func(b *book) {
		for _, l := range []audit.Look{{Person: "ana", Subject: "account"}, {Actor: "a", Subject: "account"}, {Actor: "a", Person: "ana"}} {
			err := b.db.Write(context.Background(), func(tx *db.Tx) error { return audit.Looked(tx, l) })
			if !problem.Is(err, problem.Internal) {
				b.Errorf("%+v passes: %v", l, err)
			}
		}
	})
}

func TestTheTrailHolds(t *testing.T) {
	each(t, func(b *book) {
		if head, err := b.verify(); err != nil || head.Seq != 0 {
			b.Errorf("the empty trail: %v, %v", head, err)
		}
		b.lines(5)
		early, err := b.verify()
		if err != nil || early.Seq != 5 {
			b.Fatal(early, err)
		}
		b.lines(5)
		if head, err := b.verify(early); err != nil || head.Seq != 10 || head == early {
			b.Errorf("%v, %v", head, err)
		}
		b.write(func(tx *db.Tx) error {
			all, err := audit.Trail(tx, 8, 10)
			if err != nil || len(all) != 2 || all[0].Seq != 9 || all[0].Actor != "a-1" || all[0].Data != "{}" {
				b.Errorf("%+v, %v", all, err)
			}
			of, err := audit.TrailOf(tx, "account", "3", 10)
			if err != nil || len(of) != 2 || of[0].Seq != 9 {
				b.Errorf("%+v, %v", of, err)
			}
			return nil
		})
	})
}

// Whatever is changed, taken out or put in is found.
func TestTheTrailShowsTampering(t *testing.T) {
	each(t, func(b *book) {
		b.lines(40)
		head, err := b.verify()
		if err != nil {
			b.Fatal(err)
		}
		undo := errors.New("undo")
		luck := rand.New(rand.NewPCG(1, 2))
		columns := []string{"at", "actor", "role", "action", "subject", "subject_id", "data", "previous", "hash"}
		for range 100 {
			seq := luck.IntN(40) + 1
			column := columns[luck.IntN(len(columns))]
			tampering := map[string][]any{
				"UPDATE audit SET " + column + " = '77' WHERE seq = $1":     {seq},
				"DELETE FROM audit WHERE seq = $1":                          {seq},
				"DELETE FROM audit WHERE seq <= $1":                         {seq},
				"DELETE FROM audit WHERE seq >= $1":                         {seq},
				"UPDATE counter SET value = value - 1 WHERE name = 'audit'": nil,
				`INSERT INTO audit (seq, at, actor, role, action, subject, subject_id, data, previous, hash)
					SELECT 41, at, actor, role, action, subject, subject_id, data, previous, hash FROM audit WHERE seq = $1`: {seq},
			}
			for statement, args := range tampering {
				err := b.db.Write(context.Background(), func(tx *db.Tx) error {
					if n, err := tx.Exec(statement, args...); err != nil || n == 0 {
						return fmt.Errorf("%d rows: %w", n, err)
					}
					if _, err := audit.Verify(tx, head); !errors.Is(err, audit.ErrBroken) {
						b.Errorf("%s %v is not seen: %v", statement, args, err)
					}
					return undo
				})
				if !errors.Is(err, undo) {
					b.Fatal(statement, err)
				}
			}
		}
	})
}

func TestARewrittenTrailDoesNotPassForTheNotedOne(t *testing.T) {
	each(t, func(b *book) {
		b.lines(3)
		if _, err := b.verify(audit.Head{Seq: 2, Hash: strings.Repeat("0", 64)}); !errors.Is(err, audit.ErrBroken) {
			b.Errorf("another line 2 passes: %v", err)
		}
		if _, err := b.verify(audit.Head{Seq: 4, Hash: strings.Repeat("0", 64)}); !errors.Is(err, audit.ErrBroken) {
			b.Errorf("a trail that was cut passes: %v", err)
		}
	})
}

func TestManyRecordAtOnce(t *testing.T) {
	each(t, func(b *book) {
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() { b.lines(5) })
		}
		all.Wait()
		if head, err := b.verify(); err != nil || head.Seq != 40 {
			b.Errorf("%v, %v", head, err)
		}
	})
}

func TestBooksForgetInTheirTime(t *testing.T) {
	each(t, func(b *book) {
		b.write(func(tx *db.Tx) error {
			return audit.Looked(tx, audit.Look{Actor: "a", Person: "ana", Subject: "account"})
		})
		b.lines(3)
		early, err := b.verify()
		if err != nil {
			b.Fatal(err)
		}
		r := jobs.NewRunner(b.db, jobs.RunnerOptions{Clock: b.clock})
		r.Handle(audit.Forget(b.db, 48*time.Hour, 24*time.Hour))
		forget := func() (looks []audit.Look, trail []audit.Entry) {
			b.write(func(tx *db.Tx) error { _, err := jobs.Enqueue(tx, "audit.forget", nil, jobs.Options{}); return err })
			if n, err := r.RunDue(context.Background()); n != 1 || err != nil || r.Counts()[0].Done == 0 {
				b.Fatal(n, err, r.Counts())
			}
			b.write(func(tx *db.Tx) (err error) {
				if looks, err = audit.LooksAt(tx, "ana", audit.Page{}); err == nil {
					trail, err = audit.Trail(tx, 0, 100)
				}
				return err
			})
			return looks, trail
		}
		if looks, trail := forget(); len(looks) != 1 || len(trail) != 3 {
			b.Errorf("too early: %d looks, %d lines", len(looks), len(trail))
		}
		b.clock.Advance(24*time.Hour - 2*time.Minute)
		if looks, trail := forget(); len(looks) != 1 || len(trail) != 3 || trail[2].Action != "audit.forgot" {
			b.Errorf("after a day: %d looks, lines %+v", len(looks), trail)
		}
		if head, err := b.verify(); err != nil || head.Seq != 4 {
			b.Errorf("what is left holds: %v, %v", head, err)
		}
		if _, err := b.verify(early); err != nil {
			b.Errorf("what was noted still holds: %v", err)
		}
		b.clock.Advance(24 * time.Hour)
		if looks, trail := forget(); len(looks) != 0 || len(trail) != 2 {
			b.Errorf("after two days: %d looks, lines %+v", len(looks), trail)
		}
		if _, err := b.verify(); err != nil {
			b.Errorf("what is left holds: %v", err)
		}
	})
}
