package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"parvis/internal/db"
	"parvis/internal/event"
	"parvis/internal/id"
)

// writeOptions say how durable writes are measured.
type writeOptions struct {
	dir     string
	callers int
	each    time.Duration
	rounds  int
}

// writeFigures are what was measured: medians over the rounds.
type writeFigures struct {
	Syncs       float64 // of the disk, a second, one after the other
	Row, Change pair
}

// pair is one kind of small transaction written both ways.
type pair struct {
	Alone  rate // a commit each
	Shared rate // callers share commits
}

func (p pair) times() float64 { return p.Shared.PerSecond / p.Alone.PerSecond }

// rate is how fast one way of writing is, and how long one caller waits.
type rate struct {
	PerSecond float64
	P50, P99  time.Duration
	Shares    float64 // callers in one commit
}

// writes measures small durable transactions from many callers at once on SQLite with synchronous=FULL: callers who
// share a commit beside a commit for each, and the disk's own rate of syncs.
func writes(ctx context.Context, args []string, out io.Writer) error {
	o := writeOptions{}
	err := flags("writes", args, func(f *flag.FlagSet) {
		f.StringVar(&o.dir, "dir", "", "folder on the disk to measure (a new one in the working folder when empty)")
		f.IntVar(&o.callers, "callers", 64, "callers at once")
		f.DurationVar(&o.each, "for", 3*time.Second, "how long each way is measured in a round")
		f.IntVar(&o.rounds, "rounds", 3, "rounds; medians are printed")
	})
	if err != nil {
		return err
	}
	if o.dir == "" {
		if o.dir, err = os.MkdirTemp(".", "bench-writes-"); err != nil {
			return err
		}
		defer os.RemoveAll(o.dir)
	}
	figures, err := measureWrites(ctx, o)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "durable writes, SQLite with synchronous=FULL, %d callers, median of %d rounds of %v\n", o.callers, o.rounds, o.each)
	fmt.Fprintf(out, "  the disk alone: %.0f syncs/s\n", figures.Syncs)
	figures.Row.print(out, "a row")
	figures.Change.print(out, "a row and its event")
	return nil
}

func (p pair) print(out io.Writer, what string) {
	fmt.Fprintf(out, "  %s\n", what)
	fmt.Fprintf(out, "    a commit each     %8.0f tx/s   p50 %-9v p99 %v\n", p.Alone.PerSecond, p.Alone.P50, p.Alone.P99)
	fmt.Fprintf(out, "    sharing a commit  %8.0f tx/s   p50 %-9v p99 %-9v %.1f callers in a commit, %.1f times the rate\n",
		p.Shared.PerSecond, p.Shared.P50, p.Shared.P99, p.Shared.Shares, p.times())
}

// measureWrites takes all in turn in each round, so that a disk that is slow for a while is slow for all.
func measureWrites(ctx context.Context, o writeOptions) (writeFigures, error) {
	var syncs []float64
	var rates [4][]rate
	for n := range o.rounds {
		s, err := syncRate(filepath.Join(o.dir, "syncs"), min(o.each, time.Second))
		if err != nil {
			return writeFigures{}, err
		}
		syncs = append(syncs, s)
		for way := range rates {
			most, write := 1-way%2, []writeOne{row, row, change, change}[way]
			r, err := writeRate(ctx, filepath.Join(o.dir, fmt.Sprintf("%d-%d.db", n, way)), most, write, o)
			if err != nil {
				return writeFigures{}, err
			}
			rates[way] = append(rates[way], r)
		}
	}
	return writeFigures{
		Syncs:  median(syncs, func(a float64) float64 { return a }),
		Row:    pair{median(rates[0], perSecond), median(rates[1], perSecond)},
		Change: pair{median(rates[2], perSecond), median(rates[3], perSecond)},
	}, nil
}

func perSecond(r rate) float64 { return r.PerSecond }

func median[T any](all []T, by func(T) float64) T {
	slices.SortFunc(all, func(a, b T) int {
		switch x, y := by(a), by(b); {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	return all[len(all)/2]
}

// syncRate writes a page and has it on the disk, one after the other.
func syncRate(path string, during time.Duration) (float64, error) {
	f, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	defer os.Remove(path)
	defer f.Close()
	page := make([]byte, 4096)
	began, n := now(), 0
	for ; now().Sub(began) < during; n++ {
		if _, err := f.WriteAt(page, int64(n%256)*4096); err != nil {
			return 0, err
		}
		if err := f.Sync(); err != nil {
			return 0, err
		}
	}
	return float64(n) / now().Sub(began).Seconds(), nil
}

// writeRate has callers write for a while; most is how many share a commit (0: the default).
func writeRate(ctx context.Context, path string, most int, write writeOne, o writeOptions) (rate, error) {
	d, err := db.Open(ctx, "sqlite:"+path, db.Options{MaxBatch: most})
	if err != nil {
		return rate{}, err
	}
	defer d.Close()
	if err := d.Migrate(ctx); err != nil {
		return rate{}, err
	}
	began := now()
	took := make([][]time.Duration, o.callers)
	errs := make([]error, o.callers)
	var all sync.WaitGroup
	for c := range o.callers {
		all.Go(func() { took[c], errs[c] = oneCaller(ctx, d, write, began.Add(o.each)) })
	}
	all.Wait()
	elapsed := now().Sub(began)
	waits := slices.Concat(took...)
	if err := errors.Join(errs...); err != nil || len(waits) == 0 {
		return rate{}, fmt.Errorf("%d writes: %w", len(waits), err)
	}
	slices.Sort(waits)
	s := d.Stats()
	return rate{PerSecond: float64(len(waits)) / elapsed.Seconds(), P50: waits[len(waits)/2].Round(time.Microsecond),
		P99: waits[len(waits)*99/100].Round(time.Microsecond), Shares: float64(s.Writes) / float64(s.Commits)}, nil
}

// writeOne is one small transaction.
type writeOne func(tx *db.Tx, name string) error

func row(tx *db.Tx, name string) error {
	_, err := tx.Exec("INSERT INTO setting (name, value, changed) VALUES ($1, $2, $3)", name, "a small row", tx.Now())
	return err
}

// change is what a small change in Parvis does.
func change(tx *db.Tx, name string) error {
	if err := row(tx, name); err != nil {
		return err
	}
	return event.Append(tx, event.Event{Kind: "setting.changed", Subject: "setting", SubjectID: name})
}

func oneCaller(ctx context.Context, d *db.DB, write writeOne, until time.Time) (took []time.Duration, err error) {
	for {
		began := now()
		if began.After(until) {
			return took, nil
		}
		name := id.New()
		if err := d.Write(ctx, func(tx *db.Tx) error { return write(tx, name) }); err != nil {
			return took, err
		}
		took = append(took, now().Sub(began))
	}
}
