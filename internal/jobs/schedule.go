package jobs

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parvis/internal/db"
	"parvis/internal/problem"
)

// Schedule enqueues a job of a kind again and again. Its name is the job's unique key: when one is still at work at the
// next time, that one is asked to run again. What was missed while no program ran is made up for once.
type Schedule struct {
	Name string
	Kind string
	// Next is the first time after a given one; Every and Daily make it.
	Next func(after time.Time) time.Time
}

// Every comes back at whole multiples of d, counted from 1970 in UTC.
func Every(d time.Duration) func(time.Time) time.Time {
	return func(after time.Time) time.Time {
		return time.UnixMilli(0).UTC().Add(after.Sub(time.UnixMilli(0)).Truncate(d) + d)
	}
}

// Daily comes back once a day at a local time, on the given days of the week or on all. In the hour that daylight saving
// skips it comes when the clocks have moved; in the hour that happens twice it comes the first time.
func Daily(hour, minute int, zone *time.Location, days ...time.Weekday) func(time.Time) time.Time {
	return func(after time.Time) time.Time {
		local := after.In(zone)
		for ahead := 0; ; ahead++ {
			at := wall(local.Year(), local.Month(), local.Day()+ahead, hour, minute, zone)
			if at.After(after) && (len(days) == 0 || slices.Contains(days, at.Weekday())) {
				return at.UTC()
			}
		}
	}
}

// wall is the first instant of a day at which the clock on the wall shows the time or, skipping it, a later one.
func wall(year int, month time.Month, day, hour, minute int, zone *time.Location) time.Time {
	want := time.Date(year, month, day, hour, minute, 0, 0, time.UTC)
	at := want.Add(-15 * time.Hour) // no zone is so far ahead
	for _, step := range []time.Duration{time.Hour, time.Minute} {
		for shown(at.Add(step), zone).Before(want) {
			at = at.Add(step)
		}
	}
	return at.Add(time.Minute).In(zone)
}

// shown is what the clock on the wall shows, as if it were UTC.
func shown(t time.Time, zone *time.Location) time.Time {
	_, offset := t.In(zone).Zone()
	return t.Add(time.Duration(offset) * time.Second).UTC()
}

// Schedule makes a schedule known. It is called before Run; a name twice, or a kind that is not handled, is a
// programming fault.
func (r *Runner) Schedule(s Schedule) {
	if _, known := r.kinds[s.Kind]; !known || s.Name == "" || s.Next == nil ||
		slices.ContainsFunc(r.schedules, func(o Schedule) bool { return o.Name == s.Name }) {
		panic(fmt.Sprintf("jobs: schedule %q cannot be kept", s.Name))
	}
	r.schedules = append(r.schedules, s)
}

// planEvery is how often the schedules are looked at: another program may have changed what is due.
const planEvery = time.Minute

// plan enqueues what the schedules ask for by now.
func (r *Runner) plan(ctx context.Context) error {
	now := db.At(r.opt.Clock.Now())
	r.mu.Lock()
	early := now.Before(r.planned) && r.planned.Sub(now.Time) <= planEvery
	r.mu.Unlock()
	if early {
		return nil
	}
	if err := bringBack(ctx, r.db); err != nil {
		return fmt.Errorf("look for what the clock left behind: %w", err)
	}
	next := db.At(now.Add(planEvery))
	for _, s := range r.schedules {
		due, err := r.tick(ctx, s, now)
		if err != nil {
			return fmt.Errorf("schedule %s: %w", s.Name, err)
		}
		if due.Before(next.Time) {
			next = due
		}
	}
	r.mu.Lock()
	r.planned = next.Time
	r.mu.Unlock()
	return nil
}

// later reports whether a schedule is due later on. A time beyond the next one was set by a clock that was ahead, or by
// a schedule that came back less often: it does not hold.
func (s Schedule) later(due, now db.Time) bool {
	return due.After(now.Time) && !due.After(s.Next(now.Time))
}

// tick gives the next time of one schedule and enqueues its job when that has come.
func (r *Runner) tick(ctx context.Context, s Schedule, now db.Time) (db.Time, error) {
	var due db.Time
	find := func(tx *db.Tx) error {
		return tx.QueryRow(`SELECT due FROM job_schedule WHERE name = $1`, s.Name).Scan(&due)
	}
	err := r.db.Read(ctx, find)
	if err == nil && s.later(due, now) {
		return due, nil
	}
	err = r.db.Write(ctx, func(tx *db.Tx) error {
		if err := tx.Lock("schedule", s.Name); err != nil {
			return err
		}
		err := find(tx)
		if err == nil && s.later(due, now) {
			return nil // another program was faster
		}
		if err != nil && !problem.Is(err, problem.NotFound) {
			return err
		}
		first := err != nil || due.After(now.Time) // never kept yet, or kept by a clock that was ahead
		due = db.At(s.Next(now.Time))
		if _, err := tx.Exec(`INSERT INTO job_schedule (name, due) VALUES ($1, $2)
			ON CONFLICT (name) DO UPDATE SET due = excluded.due`, s.Name, due); err != nil || first {
			return err
		}
		_, err = Enqueue(tx, s.Kind, struct{}{}, Options{Unique: s.Name})
		return err
	})
	return due, err
}
