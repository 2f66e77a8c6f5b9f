package jobs_test

import (
	"context"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/jobs"
)

// start runs r until the test calls stop, which waits for its end.
func (p *place) start(r *jobs.Runner) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var under sync.WaitGroup
	under.Go(func() {
		if err := r.Run(ctx); err != nil {
			p.Error(err)
		}
	})
	once := sync.OnceFunc(func() { cancel(); under.Wait() })
	p.Cleanup(once)
	return once
}

func TestARunnerIsWokenByItsJob(t *testing.T) {
	each(t, func(p *place) {
		slow := jobs.NewRunner(p.db, jobs.RunnerOptions{Clock: p.clock, Poll: time.Hour})
		done := make(chan string, 1)
		slow.Handle(jobs.Kind{Name: "work", Do: func(_ context.Context, j *jobs.Job) error { done <- j.ID; return nil }})
		p.start(slow)
		time.Sleep(20 * time.Millisecond) // it has looked and rests for an hour
		p.write(func(tx *db.Tx) error {
			_, err := jobs.Enqueue(tx, "work", nil, jobs.Options{})
			return err
		})
		select {
		case <-done:
		case <-time.After(10 * time.Second):
			p.Error("it sleeps on")
		}
	})
}

func TestStoppingLetsWorkFinish(t *testing.T) {
	each(t, func(p *place) {
		begun, finish := make(chan bool), make(chan bool)
		p.Handle(jobs.Kind{Name: "work", Do: func(ctx context.Context, j *jobs.Job) error {
			close(begun)
			<-finish
			j.Then(insert("done"))
			return ctx.Err()
		}})
		id := p.enqueue("work", nil, jobs.Options{})
		next := p.enqueue("other", nil, jobs.Options{})
		stop := p.start(p.Runner)
		<-begun
		time.AfterFunc(50*time.Millisecond, func() { close(finish) })
		stop()
		p.gone(id)
		if p.setting("done") == "" || p.get(next).State != jobs.Waiting {
			p.Error("it was cut off, or took something new")
		}
	})
}

func TestWhatDoesNotFinishInTimeIsGivenBack(t *testing.T) {
	each(t, func(p *place) {
		r := jobs.NewRunner(p.db, jobs.RunnerOptions{Clock: p.clock, Grace: 20 * time.Millisecond, Poll: time.Millisecond,
			Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
		begun := make(chan bool)
		r.Handle(jobs.Kind{Name: "endless", Tries: 1, Do: func(ctx context.Context, _ *jobs.Job) error {
			close(begun)
			<-ctx.Done()
			return ctx.Err()
		}})
		id := p.enqueue("endless", nil, jobs.Options{})
		stop := p.start(r)
		<-begun
		stop()
		if s := p.get(id); s.State != jobs.Waiting || s.Attempts != 0 || s.Due.After(p.clock.Now()) {
			p.Errorf("it is %+v: a stop is not its fault", s)
		}
	})
}

func TestATryHasItsTime(t *testing.T) {
	each(t, func(p *place) {
		p.Handle(jobs.Kind{Name: "hangs", Timeout: 10 * time.Millisecond, Do: func(ctx context.Context, _ *jobs.Job) error {
			<-ctx.Done()
			return ctx.Err()
		}})
		id := p.enqueue("hangs", nil, jobs.Options{})
		p.due(p.Runner, 1)
		if s := p.get(id); s.State != jobs.Waiting || s.Attempts != 1 {
			p.Errorf("it is %+v", s)
		}
	})
}

func TestACappedKindLeavesRoom(t *testing.T) {
	each(t, func(p *place) {
		var now, most atomic.Int64
		hold := make(chan bool)
		p.Handle(jobs.Kind{Name: "heavy", Parallel: 1, Do: func(context.Context, *jobs.Job) error {
			if n := now.Add(1); n > most.Load() {
				most.Store(n)
			}
			<-hold
			now.Add(-1)
			return nil
		}})
		light := make(chan bool, 1)
		p.Handle(jobs.Kind{Name: "light", Do: func(context.Context, *jobs.Job) error { light <- true; return nil }})
		for range 6 {
			p.enqueue("heavy", nil, jobs.Options{Priority: 5})
		}
		p.enqueue("light", nil, jobs.Options{})
		p.start(p.Runner)
		select {
		case <-light:
		case <-time.After(10 * time.Second):
			p.Error("the heavy ones stand in the way")
		}
		close(hold)
		p.until(func() bool { return p.left() == 0 })
		if most.Load() != 1 {
			p.Errorf("%d heavy ones at once", most.Load())
		}
	})
}

func TestAKindIsHandledOnce(t *testing.T) {
	t.Parallel()
	r := jobs.NewRunner(dbtest.Open(t, dbtest.SQLite(t), db.Options{}), jobs.RunnerOptions{})
	do := func(context.Context, *jobs.Job) error { return nil }
	r.Handle(jobs.Kind{Name: "b", Do: do})
	r.Handle(jobs.Kind{Name: "a", Do: do})
	if k := r.Kinds(); len(k) != 2 || k[0] != "a" {
		t.Errorf("kinds %v", k)
	}
	for _, wrong := range []func(){
		func() { r.Handle(jobs.Kind{Name: "a", Do: do}) },
		func() { r.Handle(jobs.Kind{Name: "c"}) },
		func() { r.Schedule(jobs.Schedule{Name: "s", Kind: "unknown", Next: jobs.Every(time.Hour)}) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Error("a programming fault passes")
				}
			}()
			wrong()
		}()
	}
}
