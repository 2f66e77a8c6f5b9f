package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parvis/internal/db"
	"parvis/internal/jobs"
)

// insert is an effect that must not happen twice.
func insert(name string) func(*db.Tx) error {
	return func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO setting (name, value, changed) VALUES ($1, 'x', $2)`, name, tx.Now())
		return err
	}
}

func TestTwoWorkersShareTheWork(t *testing.T) {
	each(t, func(p *place) {
		const n = 120
		var ran atomic.Int64
		var byWorker [2]atomic.Int64
		for i := range n {
			p.enqueue("work", i, jobs.Options{})
		}
		ctx, stop := context.WithCancel(context.Background())
		var workers sync.WaitGroup
		for w := range 2 {
			r := p.runner()
			r.Handle(jobs.Kind{Name: "work", Do: func(_ context.Context, j *jobs.Job) error {
				j.Then(insert("effect " + j.Payload)) // a second time is a conflict
				byWorker[w].Add(1)
				ran.Add(1)
				return nil
			}})
			workers.Go(func() {
				if err := r.Run(ctx); err != nil {
					p.Error(err)
				}
			})
		}
		p.until(func() bool { return p.left() == 0 })
		stop()
		workers.Wait()
		if got := ran.Load(); got != n {
			p.Errorf("%d runs of %d jobs", got, n)
		}
		if byWorker[0].Load() == 0 || byWorker[1].Load() == 0 {
			p.Errorf("one worker did it all: %d, %d", byWorker[0].Load(), byWorker[1].Load())
		}
		if p.setting("effect 119") == "" {
			p.Error("an effect is missing")
		}
	})
}

// left is how many jobs there are.
func (p *place) left() (n int) {
	p.Helper()
	all, err := jobs.Depths(context.Background(), p.db)
	if err != nil {
		p.Fatal(err)
	}
	for _, d := range all {
		n += d.Jobs
	}
	return n
}

func (p *place) until(done func() bool) {
	p.Helper()
	for end := time.Now().Add(20 * time.Second); !done(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			p.Fatal("it never came to that")
		}
	}
}

func TestAKilledWorkersJobGoesToAnother(t *testing.T) {
	each(t, func(p *place) {
		handle := func(r *jobs.Runner) {
			r.Handle(jobs.Kind{Name: "work", Do: func(_ context.Context, j *jobs.Job) error { j.Then(insert("done")); return nil }})
		}
		handle(p.Runner)
		other := p.runner()
		handle(other)
		id := p.enqueue("work", nil, jobs.Options{})
		taken, err := p.Take(context.Background(), 1) // and then the worker is killed
		if err != nil || len(taken) != 1 {
			p.Fatal(taken, err)
		}
		p.clock.Advance(59 * time.Second)
		p.due(other, 0)
		p.clock.Advance(time.Second)
		p.due(other, 1)
		p.gone(id)
		if p.setting("done") == "" {
			p.Error("the other worker did nothing")
		}
		// The first was not dead but slow: what it does for the job counts no more.
		taken[0].Then(insert("late"))
		if err := taken[0].Finish(context.Background()); !errors.Is(err, jobs.ErrLost) || p.setting("late") != "" {
			p.Errorf("a lost job is finished: %v, %q", err, p.setting("late"))
		}
		if err := taken[0].Once(context.Background(), "step", insert("late step")); !errors.Is(err, jobs.ErrLost) {
			p.Errorf("a lost job goes on: %v", err)
		}
	})
}

func TestASignOfLifeKeepsTheJob(t *testing.T) {
	each(t, func(p *place) {
		other := p.runner()
		for _, r := range []*jobs.Runner{p.Runner, other} {
			r.Handle(jobs.Kind{Name: "long", Do: func(context.Context, *jobs.Job) error { return nil }})
		}
		p.enqueue("long", nil, jobs.Options{})
		taken, err := p.Take(context.Background(), 1)
		if err != nil {
			p.Fatal(err)
		}
		for range 3 {
			p.clock.Advance(50 * time.Second)
			if err := taken[0].Renew(context.Background(), time.Minute); err != nil {
				p.Fatal(err)
			}
			p.due(other, 0)
		}
		p.clock.Advance(2 * time.Minute)
		p.due(other, 1)
		if err := taken[0].Renew(context.Background(), time.Minute); !errors.Is(err, jobs.ErrLost) {
			p.Errorf("a lost job is kept: %v", err)
		}
	})
}

func TestAJobThatKillsItsWorkersIsPutAside(t *testing.T) {
	each(t, func(p *place) {
		p.Handle(jobs.Kind{Name: "bomb", Tries: 3, Do: func(context.Context, *jobs.Job) error { p.Error("it ran"); return nil }})
		id := p.enqueue("bomb", nil, jobs.Options{})
		for range 3 {
			if taken, err := p.Take(context.Background(), 1); err != nil || len(taken) != 1 {
				p.Fatal(taken, err)
			}
			p.clock.Advance(time.Hour)
			p.Runner = p.runner() // the program starts anew
			p.Handle(jobs.Kind{Name: "bomb", Tries: 3, Do: func(context.Context, *jobs.Job) error { p.Error("it ran"); return nil }})
		}
		p.due(p.Runner, 0)
		if s := p.get(id); s.State != jobs.Buried {
			p.Errorf("it is %+v", s)
		}
	})
}

func TestStepsHappenOnce(t *testing.T) {
	each(t, func(p *place) {
		tries := 0
		p.Handle(jobs.Kind{Name: "long", Do: func(ctx context.Context, j *jobs.Job) error {
			tries++
			for step := range 3 {
				if err := j.Once(ctx, fmt.Sprint(step), insert(fmt.Sprint("step ", step))); err != nil {
					return err
				}
				if step == 1 && tries == 1 {
					return errors.New("interrupted")
				}
			}
			return nil
		}})
		id := p.enqueue("long", nil, jobs.Options{})
		p.due(p.Runner, 1)
		if p.setting("step 1") == "" || p.setting("step 2") != "" {
			p.Error("it stopped elsewhere")
		}
		p.clock.Advance(time.Hour)
		p.due(p.Runner, 1)
		if p.setting("step 2") == "" {
			p.Error("it did not go on")
		}
		p.gone(id)
	})
}

func TestAnEffectThatFailsIsAFailureOfTheJob(t *testing.T) {
	each(t, func(p *place) {
		fails := true
		p.Handle(jobs.Kind{Name: "work", Do: func(_ context.Context, j *jobs.Job) error {
			j.Then(insert("half"))
			j.Then(func(*db.Tx) error {
				if fails {
					return errors.New("the other half failed")
				}
				return nil
			})
			return nil
		}})
		id := p.enqueue("work", nil, jobs.Options{})
		p.due(p.Runner, 1)
		if s := p.get(id); s.State != jobs.Waiting || p.setting("half") != "" {
			p.Errorf("it is %+v and half of it happened: %q", s, p.setting("half"))
		}
		fails = false
		p.clock.Advance(time.Hour)
		p.due(p.Runner, 1)
		if p.setting("half") == "" {
			p.Error("nothing happened")
		}
	})
}
