package jobs_test

import (
	"context"
	"testing"
	"time"

	"parvis/internal/jobs"
)

func TestEveryComesAtWholeMultiples(t *testing.T) {
	t.Parallel()
	next := jobs.Every(15 * time.Minute)
	for after, want := range map[string]string{
		"2026-11-23T12:00:00Z": "2026-11-23T12:15:00Z", "2026-11-23T12:14:59Z": "2026-11-23T12:15:00Z",
		"2026-11-23T23:50:00Z": "2026-11-24T00:00:00Z",
	} {
		if got := next(instant(t, after)); !got.Equal(instant(t, want)) {
			t.Errorf("after %s at %s, want %s", after, got.Format(time.RFC3339), want)
		}
	}
}

func TestDailyKeepsLocalTimeThroughTheYear(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		zone         string
		hour, minute int
		days         []time.Weekday
		after, want  string
	}{
		{"Europe/Paris", 3, 30, nil, "2026-11-23T12:00:00Z", "2026-11-24T02:30:00Z"},
		{"Europe/Paris", 3, 30, nil, "2026-11-24T02:29:59Z", "2026-11-24T02:30:00Z"},
		{"Europe/Paris", 3, 30, nil, "2026-11-24T02:30:00Z", "2026-11-25T02:30:00Z"},
		{"Europe/Paris", 3, 30, nil, "2026-07-14T12:00:00Z", "2026-07-15T01:30:00Z"},
		{"Europe/Paris", 0, 0, nil, "2026-11-23T23:00:00Z", "2026-11-24T23:00:00Z"},
		{"Europe/Paris", 2, 30, nil, "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z"}, // skipped: as the clocks have moved
		{"Europe/Paris", 2, 30, nil, "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"}, // and not twice that day
		{"Europe/Paris", 2, 30, nil, "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z"}, // happens twice: the first time
		{"Europe/Paris", 2, 30, nil, "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"},
		{"Europe/Bucharest", 3, 15, nil, "2026-10-24T12:00:00Z", "2026-10-25T00:15:00Z"},
		{"Asia/Ho_Chi_Minh", 6, 0, nil, "2026-11-23T12:00:00Z", "2026-11-23T23:00:00Z"},
		{"Asia/Shanghai", 23, 59, nil, "2026-11-23T12:00:00Z", "2026-11-23T15:59:00Z"},
		{"Pacific/Kiritimati", 0, 0, nil, "2026-11-23T12:00:00Z", "2026-11-24T10:00:00Z"},
		{"Pacific/Pago_Pago", 23, 0, nil, "2026-11-23T12:00:00Z", "2026-11-24T10:00:00Z"},
		{"Europe/Paris", 9, 0, []time.Weekday{time.Monday}, "2026-11-23T12:00:00Z", "2026-11-30T08:00:00Z"},
		{"Europe/Paris", 9, 0, []time.Weekday{time.Monday, time.Friday}, "2026-11-23T12:00:00Z", "2026-11-27T08:00:00Z"},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := jobs.Daily(c.hour, c.minute, zone, c.days...)(instant(t, c.after)); !got.Equal(instant(t, c.want)) {
			t.Errorf("%s %02d:%02d after %s at %s, want %s", c.zone, c.hour, c.minute, c.after, got.Format(time.RFC3339), c.want)
		}
	}
}

func TestDailyIsOnceADayForTwoYears(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	for _, hour := range []int{0, 2, 3, 23} {
		next, at := jobs.Daily(hour, 30, zone), instant(t, "2026-01-01T12:00:00Z")
		at = next(at)
		for range 730 {
			then := next(at)
			if then.In(zone).YearDay() == at.In(zone).YearDay() || then.Sub(at) > 25*time.Hour || then.Sub(at) < 22*time.Hour+30*time.Minute {
				t.Fatalf("%s follows %s", then.In(zone), at.In(zone))
			}
			at = then
		}
	}
}

func instant(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestASchedulesJobRunsAtItsTimes(t *testing.T) {
	each(t, func(p *place) {
		var at []string
		set := func(r *jobs.Runner) {
			r.Handle(jobs.Kind{Name: "sweep", Do: func(context.Context, *jobs.Job) error {
				at = append(at, p.clock.Now().Format("15:04"))
				return nil
			}})
			r.Schedule(jobs.Schedule{Name: "sweep", Kind: "sweep", Next: jobs.Every(time.Hour)})
		}
		other := p.runner()
		set(p.Runner)
		set(other)
		p.due(p.Runner, 0) // it begins at its next time, not at once
		p.clock.Advance(59 * time.Minute)
		p.due(p.Runner, 0)
		p.clock.Advance(time.Minute)
		p.due(p.Runner, 1)
		p.due(other, 0) // two programs, one job
		p.clock.Advance(5*time.Hour + time.Minute)
		p.due(other, 1) // made up for once
		p.clock.Advance(59 * time.Minute)
		p.due(p.Runner, 1)
		if len(at) != 3 || at[0] != "13:00" || at[1] != "18:01" || at[2] != "19:00" {
			p.Errorf("ran at %v", at)
		}
	})
}
