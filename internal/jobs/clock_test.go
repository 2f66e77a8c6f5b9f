package jobs_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"parvis/internal/jobs"
)

// A machine's clock was four years ahead, and is put right while the program runs: what was asked for meanwhile is done
// now and not in four years, with what it still had to wait.
func TestAClockThatWasAheadHoldsNothingBack(t *testing.T) {
	each(t, func(p *place) {
		ran := map[string]int{}
		fails := true
		p.Handle(jobs.Kind{Name: "now", Do: func(context.Context, *jobs.Job) error { ran["now"]++; return nil }})
		p.Handle(jobs.Kind{Name: "later", Do: func(context.Context, *jobs.Job) error { ran["later"]++; return nil }})
		p.Handle(jobs.Kind{Name: "fails", Do: func(context.Context, *jobs.Job) error {
			ran["fails"]++
			if fails {
				return errors.New("not yet")
			}
			return nil
		}})
		p.Handle(jobs.Kind{Name: "nightly", Do: func(context.Context, *jobs.Job) error { ran["nightly"]++; return nil }})
		p.Schedule(jobs.Schedule{Name: "night", Kind: "nightly", Next: jobs.Daily(3, 0, time.UTC)})

		p.clock.Set(noon.AddDate(4, 0, 0))
		p.enqueue("fails", nil, jobs.Options{})
		p.due(p.Runner, 1)
		p.enqueue("now", nil, jobs.Options{})
		p.enqueue("later", nil, jobs.Options{At: noon.AddDate(4, 0, 0).Add(time.Hour)})

		p.clock.Set(noon)
		p.due(p.Runner, 1)
		fails = false
		p.clock.Advance(30 * time.Second)
		p.due(p.Runner, 1)
		if ran["now"] != 1 || ran["fails"] != 2 || ran["later"] != 0 {
			p.Errorf("soon after: %v", ran)
		}
		p.clock.Set(noon.Add(time.Hour))
		p.due(p.Runner, 1)
		if ran["later"] != 1 || ran["nightly"] != 0 {
			p.Errorf("after an hour: %v", ran)
		}
		for day := 1; day <= 3; day++ {
			p.clock.Set(noon.AddDate(0, 0, day))
			p.due(p.Runner, 1)
		}
		if ran["nightly"] != 3 {
			p.Errorf("in three nights: %v", ran)
		}
	})
}

// Two programs' clocks that differ by minutes are no reason to touch anything.
func TestAClockThatIsALittleAheadIsLeftAlone(t *testing.T) {
	each(t, func(p *place) {
		p.Handle(jobs.Kind{Name: "work", Do: func(context.Context, *jobs.Job) error { return nil }})
		p.clock.Set(noon.Add(9 * time.Minute))
		id := p.enqueue("work", nil, jobs.Options{})
		p.clock.Set(noon)
		p.due(p.Runner, 0)
		if s := p.get(id); !s.Due.Equal(noon.Add(9 * time.Minute)) {
			p.Errorf("due %v", s.Due)
		}
	})
}
