package jobs_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"parvis/internal/db"
	"parvis/internal/jobs"
)

func TestOneAliveUnderAKey(t *testing.T) {
	each(t, func(p *place) {
		var got []string
		p.Handle(jobs.Kind{Name: "index", Do: func(_ context.Context, j *jobs.Job) error { got = append(got, j.Payload); return nil }})
		first := p.enqueue("index", 1, jobs.Options{Unique: "place 7"})
		if second := p.enqueue("index", 2, jobs.Options{Unique: "place 7"}); second != first {
			p.Error("two alive under one key")
		}
		p.enqueue("index", 3, jobs.Options{Unique: "place 8"})
		p.enqueue("index", 4, jobs.Options{})
		p.enqueue("index", 5, jobs.Options{})
		p.due(p.Runner, 4)
		if want := []string{"2", "3", "4", "5"}; !slices.Equal(got, want) {
			p.Errorf("ran with %v, want %v", got, want)
		}
		if again := p.enqueue("index", 6, jobs.Options{Unique: "place 7"}); again == first {
			p.Error("a job that is done is alive")
		}
	})
}

func TestAKeyIsOneForAllWhoAskAtOnce(t *testing.T) {
	each(t, func(p *place) {
		var all sync.WaitGroup
		for i := range 16 {
			all.Go(func() {
				err := p.db.Write(context.Background(), func(tx *db.Tx) error {
					_, err := jobs.Enqueue(tx, "index", i, jobs.Options{Unique: "one"})
					return err
				})
				if err != nil {
					p.Error(err)
				}
			})
		}
		all.Wait()
		if n := p.left(); n != 1 {
			p.Errorf("%d alive under one key", n)
		}
	})
}

func TestAskedForWhileItRunsItRunsOnceMore(t *testing.T) {
	for name, first := range map[string]error{"done": nil, "dead": jobs.Dead(errors.New("no")), "failed": errors.New("not now")} {
		t.Run(name, func(t *testing.T) {
			each(t, func(p *place) {
				var got []string
				var id string
				p.Handle(jobs.Kind{Name: "index", Do: func(ctx context.Context, j *jobs.Job) error {
					if got = append(got, j.Payload); len(got) > 1 {
						return nil
					}
					for range 2 {
						if again := p.enqueue("index", "new", jobs.Options{Unique: "k"}); again != j.ID {
							p.Error("two alive under one key")
						}
					}
					if err := j.Once(ctx, "step", func(*db.Tx) error { return nil }); err != nil {
						p.Error(err)
					}
					return first
				}})
				id = p.enqueue("index", "old", jobs.Options{Unique: "k"})
				if first == nil || name == "dead" {
					p.due(p.Runner, 2)
				} else {
					p.due(p.Runner, 1)
					p.clock.Advance(time.Hour)
					p.due(p.Runner, 1)
				}
				if want := []string{`"old"`, `"new"`}; !slices.Equal(got, want) {
					p.Errorf("ran with %v, want %v", got, want)
				}
				p.gone(id)
			})
		})
	}
}
