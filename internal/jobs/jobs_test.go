package jobs_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/jobs"
	"parvis/internal/problem"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// place is a store with a clock that stands still, and a runner on it.
type place struct {
	*testing.T
	db    *db.DB
	clock *clock.Manual
	*jobs.Runner
}

// each runs f on both engines.
func each(t *testing.T, f func(p *place)) {
	t.Helper()
	t.Parallel()
	for name, address := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := clock.At(noon)
			p := &place{T: t, db: dbtest.Open(t, address(t), db.Options{Clock: c}), clock: c}
			p.Runner = p.runner()
			f(p)
		})
	}
}

// runner is one more worker on the same store.
func (p *place) runner() *jobs.Runner {
	return jobs.NewRunner(p.db, jobs.RunnerOptions{Clock: p.clock, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Poll: 5 * time.Millisecond, Grace: 5 * time.Second, Luck: func() float64 { return 0 }})
}

func (p *place) write(f func(tx *db.Tx) error) {
	p.Helper()
	if err := p.db.Write(context.Background(), f); err != nil {
		p.Fatal(err)
	}
}

func (p *place) enqueue(kind string, payload any, o jobs.Options) (id string) {
	p.Helper()
	p.write(func(tx *db.Tx) (err error) { id, err = jobs.Enqueue(tx, kind, payload, o); return err })
	return id
}

// due runs what is due and wants it to be so many.
func (p *place) due(r *jobs.Runner, want int) {
	p.Helper()
	if n, err := r.RunDue(context.Background()); err != nil || n != want {
		p.Fatalf("%d jobs ran, %v; want %d", n, err, want)
	}
}

func (p *place) get(id string) jobs.Seen {
	p.Helper()
	var s jobs.Seen
	if err := p.db.Read(context.Background(), func(tx *db.Tx) (err error) { s, err = jobs.Get(tx, id); return err }); err != nil {
		p.Fatal(err)
	}
	return s
}

func (p *place) gone(id string) {
	p.Helper()
	err := p.db.Read(context.Background(), func(tx *db.Tx) error { _, err := jobs.Get(tx, id); return err })
	if !problem.Is(err, problem.NotFound) {
		p.Errorf("job %s is still there: %v", id, err)
	}
}

func TestAJobRunsOnceAndIsGone(t *testing.T) {
	each(t, func(p *place) {
		var got []string
		p.Handle(jobs.Kind{Name: "greet", Do: func(_ context.Context, j *jobs.Job) error {
			var name string
			err := j.Read(&name)
			got = append(got, name)
			return err
		}})
		id := p.enqueue("greet", "Ana", jobs.Options{})
		p.due(p.Runner, 1)
		p.due(p.Runner, 0)
		p.gone(id)
		if !slices.Equal(got, []string{"Ana"}) {
			p.Errorf("greeted %v", got)
		}
		if c := p.Counts(); c[0].Done != 1 || c[0].Failed != 0 {
			p.Errorf("counted %+v", c)
		}
	})
}

func TestNoJobWithoutItsTransaction(t *testing.T) {
	each(t, func(p *place) {
		p.Handle(jobs.Kind{Name: "greet", Do: func(context.Context, *jobs.Job) error { p.Error("it ran"); return nil }})
		refused := errors.New("refused")
		err := p.db.Write(context.Background(), func(tx *db.Tx) error {
			if _, err := jobs.Enqueue(tx, "greet", 1, jobs.Options{}); err != nil {
				return err
			}
			return refused
		})
		if !errors.Is(err, refused) {
			p.Fatal(err)
		}
		p.due(p.Runner, 0)
	})
}

func TestJobsWaitForTheirTimeAndGoByPriority(t *testing.T) {
	each(t, func(p *place) {
		var order []string
		p.Handle(jobs.Kind{Name: "say", Do: func(_ context.Context, j *jobs.Job) error {
			order = append(order, strings.Trim(j.Payload, `"`))
			return nil
		}})
		p.enqueue("say", "tomorrow", jobs.Options{At: noon.Add(24 * time.Hour), Priority: 9})
		p.enqueue("say", "later", jobs.Options{At: noon.Add(time.Minute)})
		p.enqueue("say", "second", jobs.Options{})
		p.enqueue("say", "third", jobs.Options{Priority: -1})
		p.enqueue("say", "first", jobs.Options{Priority: 1})
		p.due(p.Runner, 3)
		p.clock.Advance(time.Minute)
		p.due(p.Runner, 1)
		if want := []string{"first", "second", "third", "later"}; !slices.Equal(order, want) {
			p.Errorf("in the order %v, want %v", order, want)
		}
	})
}

func TestAnUnknownKindIsLeftAlone(t *testing.T) {
	each(t, func(p *place) {
		p.Handle(jobs.Kind{Name: "known", Do: func(context.Context, *jobs.Job) error { return nil }})
		id := p.enqueue("of a newer program", 1, jobs.Options{})
		p.due(p.Runner, 0)
		if s := p.get(id); s.State != jobs.Waiting || s.Attempts != 0 {
			p.Errorf("it is %+v", s)
		}
	})
}

func TestAFailureWaitsLongerEachTime(t *testing.T) {
	each(t, func(p *place) {
		p.Handle(jobs.Kind{Name: "flaky", Tries: 4, Do: func(_ context.Context, j *jobs.Job) error {
			if j.Attempt < 4 {
				return errors.New("no answer")
			}
			return nil
		}})
		id := p.enqueue("flaky", nil, jobs.Options{})
		for i, after := range []time.Duration{10 * time.Second, 20 * time.Second, 40 * time.Second} {
			p.due(p.Runner, 1)
			s := p.get(id)
			if got := s.Due.Sub(p.clock.Now()); got != after || s.State != jobs.Waiting || s.Attempts != i+1 || s.LastError != "no answer" {
				p.Fatalf("after try %d it waits %v: %+v", i+1, got, s)
			}
			p.clock.Advance(after - time.Millisecond)
			p.due(p.Runner, 0)
			p.clock.Advance(time.Millisecond)
		}
		p.due(p.Runner, 1)
		p.gone(id)
		if c := p.Counts()[0]; c.Failed != 3 || c.Done != 1 || c.Dead != 0 {
			p.Errorf("counted %+v", c)
		}
	})
}

func TestWaitsAreSpreadAndBounded(t *testing.T) {
	t.Parallel()
	for attempt, want := range map[int]time.Duration{1: 10 * time.Second, 2: 20 * time.Second, 12: 20480 * time.Second,
		13: 6 * time.Hour, 14: 6 * time.Hour, 1000: 6 * time.Hour} {
		if got := jobs.Wait(attempt, 0); got != want {
			t.Errorf("after try %d: %v, want %v", attempt, got, want)
		}
		if got := jobs.Wait(attempt, 1); got != want+want/4 {
			t.Errorf("after try %d with all the chance: %v, want %v", attempt, got, want+want/4)
		}
	}
}

func TestLaterCountsNoTry(t *testing.T) {
	each(t, func(p *place) {
		ready := false
		p.Handle(jobs.Kind{Name: "patient", Tries: 1, Do: func(_ context.Context, j *jobs.Job) error {
			if !ready {
				return jobs.Later(time.Hour, errors.New("the desk is closed"))
			}
			return nil
		}})
		id := p.enqueue("patient", nil, jobs.Options{})
		for range 3 {
			p.due(p.Runner, 1)
			if s := p.get(id); s.Attempts != 0 || s.State != jobs.Waiting || s.LastError != "the desk is closed" {
				p.Fatalf("it is %+v", s)
			}
			p.clock.Advance(time.Hour)
		}
		ready = true
		p.due(p.Runner, 1)
		p.gone(id)
	})
}
