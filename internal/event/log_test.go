package event_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/event"
)

func TestFollowGivesWhatWasAndWhatComes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		log := event.NewLog(d)
		for i := range 3 {
			if err := appendOne(d, change(fmt.Sprint(i))); err != nil {
				t.Fatal(err)
			}
		}
		following, stop := context.WithCancel(ctx)
		got, ended := make(chan event.Event, 10), make(chan error, 1)
		go func() {
			ended <- log.Follow(following, 1, func(events []event.Event) error {
				for _, e := range events {
					got <- e
				}
				return nil
			})
		}()
		expect := func(seq int64) {
			t.Helper()
			select {
			case e := <-got:
				if e.Seq != seq {
					t.Errorf("got %d, want %d", e.Seq, seq)
				}
			case <-time.After(10 * time.Second):
				t.Fatalf("number %d never came", seq)
			}
		}
		expect(2)
		expect(3)
		if err := appendOne(d, change("later")); err != nil {
			t.Fatal(err)
		}
		expect(4)
		stop()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("ended with %v", err)
		}
	})
}

func TestFollowEndsWithItsFollowersError(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := appendOne(d, change("p")); err != nil {
			t.Fatal(err)
		}
		tired := errors.New("tired")
		if err := event.NewLog(d).Follow(ctx, 0, func([]event.Event) error { return tired }); !errors.Is(err, tired) {
			t.Errorf("got %v", err)
		}
	})
}

// A commit in this program wakes followers at once: long before the next look at what other nodes wrote.
func TestACommitWakesFollowers(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		log := event.NewLog(d)
		event.SetPoll(log, time.Hour)
		woken := make(chan error, 1)
		go func() { woken <- log.Wait(ctx, 1) }()
		time.Sleep(20 * time.Millisecond)
		if err := appendOne(d, change("p")); err != nil {
			t.Fatal(err)
		}
		select {
		case err := <-woken:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(10 * time.Second):
			t.Error("nobody woke the follower")
		}
	})
}

// Another node has a store of its own on the same schema: its commits ring no bell here and are found by looking.
func TestWhatAnotherNodeWritesIsFound(t *testing.T) {
	t.Parallel()
	address := dbtest.Postgres(t)
	here, there := dbtest.Open(t, address, db.Options{}), dbtest.Open(t, address, db.Options{})
	log := event.NewLog(here)
	event.SetPoll(log, 10*time.Millisecond)
	found := make(chan error, 1)
	go func() { found <- log.Wait(ctx, 1) }()
	if err := appendOne(there, change("p")); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-found:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Error("never found")
	}
}

func TestWaitEndsWithItsContext(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		short, stop := context.WithTimeout(ctx, 30*time.Millisecond)
		defer stop()
		if err := event.NewLog(d).Wait(short, 1); err == nil {
			t.Error("waited for nothing and was content")
		}
	})
}

func TestOfIsAThingsTimeline(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, subject := range []string{"a", "b", "a"} {
			if err := appendOne(d, change(subject)); err != nil {
				t.Fatal(err)
			}
		}
		line, err := event.NewLog(d).Of(ctx, "place", "a")
		if err != nil || len(line) != 2 || line[0].Seq != 1 || line[1].Seq != 3 {
			t.Errorf("%v, %v", line, err)
		}
	})
}

func TestPositionLetsTheWriterSeeItsOwnChange(t *testing.T) {
	t.Parallel()
	var p event.Position
	waited := make(chan error, 1)
	go func() { waited <- p.Wait(ctx, 7) }()
	p.Reach(3)
	p.Reach(2)
	if p.At() != 3 {
		t.Errorf("a follower never goes back: %d", p.At())
	}
	select {
	case <-waited:
		t.Error("waited for 7, content with 3")
	case <-time.After(10 * time.Millisecond):
	}
	p.Reach(7)
	if err := <-waited; err != nil {
		t.Error(err)
	}
	short, stop := context.WithTimeout(ctx, time.Millisecond)
	defer stop()
	if err := p.Wait(short, 8); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}
