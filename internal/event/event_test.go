package event_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/event"
	"parvis/internal/id"
	"parvis/internal/problem"
)

var ctx = context.Background()

func change(subject string) event.Event {
	return event.Event{Kind: "place.changed", Subject: "place", SubjectID: subject}
}

func appendOne(d *db.DB, e event.Event) error {
	return d.Write(ctx, func(tx *db.Tx) error { return event.Append(tx, e) })
}

func TestAppendGivesNumbersAndTimes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		offline := db.At(time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC))
		err := d.Write(ctx, func(tx *db.Tx) error {
			e := change("p1")
			e.Happened, e.Actor, e.Data = offline, "anna", `{"by":"stand"}`
			return errors.Join(event.Append(tx, e), event.Append(tx, change("p2")))
		})
		if err != nil {
			t.Fatal(err)
		}
		all, err := event.NewLog(d).After(ctx, 0, 10)
		if err != nil || len(all) != 2 {
			t.Fatalf("%v, %v", all, err)
		}
		a, b := all[0], all[1]
		if a.Seq != 1 || b.Seq != 2 || !id.Valid(a.ID) || a.ID == b.ID {
			t.Errorf("numbers and ids: %+v %+v", a, b)
		}
		if a.Happened != offline || a.Recorded.IsZero() || a.Recorded == offline || b.Happened != b.Recorded {
			t.Errorf("times: %+v %+v", a, b)
		}
		if a.Actor != "anna" || a.Data != `{"by":"stand"}` || b.Data != "{}" {
			t.Errorf("who and what: %+v %+v", a, b)
		}
	})
}

func TestAnEventSaysWhatHappenedToWhat(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, e := range []event.Event{{Subject: "place", SubjectID: "p"}, {Kind: "k", SubjectID: "p"}, {Kind: "k", Subject: "place"},
			{Kind: "k", Subject: "place", SubjectID: "p", Data: "{no"}} {
			if err := appendOne(d, e); !problem.Is(err, problem.Internal) {
				t.Errorf("%+v: %v", e, err)
			}
		}
	})
}

// An event that another step adds just before the commit is numbered like the others.
func TestALateEventIsNotLost(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Write(ctx, func(tx *db.Tx) error {
			if err := event.Append(tx, change("first")); err != nil {
				return err
			}
			tx.BeforeCommit("late", func(tx *db.Tx) error {
				return errors.Join(event.Append(tx, change("second")), event.Append(tx, change("third")))
			})
			return nil
		})
		all, err2 := event.NewLog(d).After(ctx, 0, 10)
		if err := errors.Join(err, err2); err != nil || len(all) != 3 || all[2].Seq != 3 || all[2].SubjectID != "third" {
			t.Errorf("%v, %v", all, err)
		}
	})
}

func TestATransactionThatFailsLeavesNoHole(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		refused := errors.New("refused")
		for i := range 6 {
			err := d.Write(ctx, func(tx *db.Tx) error {
				if err := event.Append(tx, change(fmt.Sprint(i))); err != nil {
					return err
				}
				if i%2 == 1 {
					return refused
				}
				return nil
			})
			if i%2 == 1 != errors.Is(err, refused) {
				t.Fatalf("%d: %v", i, err)
			}
		}
		all, err := event.NewLog(d).After(ctx, 0, 10)
		if err != nil || len(all) != 3 {
			t.Fatalf("%v, %v", all, err)
		}
		for i, e := range all {
			if e.Seq != int64(i+1) || e.SubjectID != fmt.Sprint(2*i) {
				t.Errorf("%d: %+v", i, e)
			}
		}
	})
}

// Many write at once, some give up; every reader, whenever it looks, sees 1 to n and nothing missing, and what it has
// seen never changes.
func TestNoReaderSeesAHole(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const writers, each = 24, 25
		log := event.NewLog(d)
		done := make(chan struct{})
		var readers, working sync.WaitGroup
		for range 3 {
			readers.Go(func() { watch(t, log, done) })
		}
		for w := range writers {
			working.Go(func() {
				for n := range each {
					err := d.Write(ctx, func(tx *db.Tx) error {
						for range 1 + n%3 {
							if err := event.Append(tx, change(fmt.Sprintf("%d-%d", w, n))); err != nil {
								return err
							}
						}
						if n%5 == 4 {
							return errGone
						}
						return nil
					})
					if err != nil && !errors.Is(err, errGone) {
						t.Errorf("writer %d: %v", w, err)
						return
					}
				}
			})
		}
		working.Wait()
		close(done)
		readers.Wait()
		want := int64(0)
		for n := range each {
			if n%5 != 4 {
				want += writers * int64(1+n%3)
			}
		}
		if last, err := log.Last(ctx); err != nil || last != want {
			t.Errorf("last is %d, %v; want %d", last, err, want)
		}
	})
}

var errGone = errors.New("gone")

// watch follows page by page until done and nothing is left, each time also looking back at all it has seen.
func watch(t *testing.T, log *event.Log, done <-chan struct{}) {
	var seen []string
	for {
		over := false
		select {
		case <-done:
			over = true
		default:
		}
		next, err := log.After(ctx, int64(len(seen)), 50)
		if err != nil {
			t.Errorf("after %d: %v", len(seen), err)
			return
		}
		for _, e := range next {
			if e.Seq != int64(len(seen)+1) {
				t.Errorf("number %d follows %d", e.Seq, len(seen))
				return
			}
			seen = append(seen, e.ID)
		}
		if over && len(next) == 0 {
			break
		}
	}
	all, err := log.After(ctx, 0, len(seen)+1)
	if err != nil || len(all) != len(seen) {
		t.Errorf("looking back: %d of %d, %v", len(all), len(seen), err)
		return
	}
	for i, e := range all {
		if e.ID != seen[i] {
			t.Errorf("number %d was %s and is %s", i+1, seen[i], e.ID)
			return
		}
	}
}
