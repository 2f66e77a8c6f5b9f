package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"parvis/internal/clock"
	"parvis/internal/db"
)

// Kind is a sort of work and how it is done.
type Kind struct {
	Name string
	// Do does the work. It may run again for the same job.
	Do func(ctx context.Context, j *Job) error
	// Dead, where set, runs in the transaction that puts a job aside.
	Dead func(tx *db.Tx, j *Job) error
	// Tries is how often the work is tried; 12 when zero, which is about a day and a half.
	Tries int
	// Timeout is how long one try may take; five minutes when zero.
	Timeout time.Duration
	// Parallel is how many run at once in one program; as many as there are workers when zero.
	Parallel int
}

// RunnerOptions say how a runner works. The zero value is right for a server.
type RunnerOptions struct {
	Clock   clock.Clock    // the machine's when nil
	Log     *slog.Logger   // the default one when nil
	Workers int            // jobs at once; 4 when zero
	Poll    time.Duration  // how often it looks for what is due; half a second when zero
	Lease   time.Duration  // for how long a job is held without a sign of life; a minute when zero
	Grace   time.Duration  // how long jobs may finish when the program stops; 20 seconds when zero
	Luck    func() float64 // the chance in waits, from 0 to 1; random when nil
}

// Runner does the jobs of one store. Several runners, in one program or several, share the work.
type Runner struct {
	db        *db.DB
	opt       RunnerOptions
	kinds     map[string]Kind
	names     []string
	schedules []Schedule
	wake      bell

	mu      sync.Mutex
	running map[string]int // by kind
	counts  map[string]*Count
	planned time.Time // when the schedules are next looked at
}

// NewRunner makes a runner that knows no kinds yet.
func NewRunner(d *db.DB, o RunnerOptions) *Runner {
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Luck == nil {
		o.Luck = rand.Float64
	}
	o.Workers = orElse(o.Workers, 4)
	o.Poll = orElse(o.Poll, 500*time.Millisecond)
	o.Lease = orElse(o.Lease, time.Minute)
	o.Grace = orElse(o.Grace, 20*time.Second)
	return &Runner{db: d, opt: o, kinds: map[string]Kind{}, wake: bellOf(d),
		running: map[string]int{}, counts: map[string]*Count{}}
}

func orElse[T int | time.Duration](v, usual T) T {
	if v <= 0 {
		return usual
	}
	return v
}

// Handle makes a kind known. It is called before Run; a kind twice is a programming fault.
func (r *Runner) Handle(k Kind) {
	if _, twice := r.kinds[k.Name]; twice || k.Name == "" || k.Do == nil {
		panic(fmt.Sprintf("jobs: kind %q is handled twice or not at all", k.Name))
	}
	k.Tries = orElse(k.Tries, 12)
	k.Timeout = orElse(k.Timeout, 5*time.Minute)
	r.kinds[k.Name] = k
	r.names = append(r.names, k.Name)
	r.counts[k.Name] = &Count{Kind: k.Name}
}

// bell wakes a runner that rests, when a job has been enqueued in this program.
type bell chan struct{}

func bellOf(d *db.DB) bell {
	return d.Once("jobs.bell", func() any { return make(bell, 1) }).(bell)
}

func (b bell) ring() {
	select {
	case b <- struct{}{}:
	default:
	}
}

// Run works until ctx ends. Then it takes nothing new, lets what is under way finish for the length of the grace, and
// gives the rest back to the queue.
func (r *Runner) Run(ctx context.Context) error {
	work, abandon := context.WithCancel(context.WithoutCancel(ctx))
	defer abandon()
	var under sync.WaitGroup
	for ctx.Err() == nil {
		taken, err := r.take(ctx, r.opt.Workers)
		pause := r.opt.Poll
		if err != nil && ctx.Err() == nil {
			r.opt.Log.Error("jobs cannot be taken", "cause", err)
			pause = 20 * r.opt.Poll // the store is away: neither it nor the log is to be flooded
		}
		for _, j := range taken {
			under.Go(func() {
				r.do(work, j)
				r.release(j)
			})
		}
		if len(taken) == 0 {
			r.rest(ctx, pause)
		}
	}
	stopped := make(chan struct{})
	go func() { under.Wait(); close(stopped) }()
	grace := time.NewTimer(r.opt.Grace)
	defer grace.Stop()
	select {
	case <-stopped:
	case <-grace.C:
		abandon()
		<-stopped
	}
	return nil
}

// RunDue does everything that is due, one after another, and what comes due by it, and says how much it did. It is for
// commands and tests, which move the clock.
func (r *Runner) RunDue(ctx context.Context) (int, error) {
	for n := 0; ; n++ {
		taken, err := r.take(ctx, 1)
		if err != nil || len(taken) == 0 {
			return n, err
		}
		r.do(ctx, taken[0])
		r.release(taken[0])
	}
}

func (r *Runner) rest(ctx context.Context, pause time.Duration) {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-r.wake:
	case <-timer.C:
	}
}

// take claims what is due and there is room for, and puts aside what killed its workers too often.
func (r *Runner) take(ctx context.Context, workers int) ([]*Job, error) {
	if err := r.plan(ctx); err != nil {
		return nil, err
	}
	names, room := r.room(workers)
	if room == 0 || len(names) == 0 {
		return nil, nil
	}
	due, err := anyDue(ctx, r.db, names)
	if err != nil || !due {
		return nil, err
	}
	taken, lost, err := claim(ctx, r.db, r.kinds, names, room, r.opt.Lease)
	for _, j := range lost {
		r.end(ctx, j, dead, 0, errWorkersDied)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, j := range taken {
		r.running[j.Kind]++
	}
	return taken, err
}

var errWorkersDied = errors.New("each worker that took it ended before the job did")

// room is how many jobs may be taken now and of which kinds: one at a time when a kind among them is capped.
func (r *Runner) room(workers int) (names []string, n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	n = workers
	for _, k := range r.running {
		n -= k
	}
	for _, name := range r.names {
		limit := r.kinds[name].Parallel
		if limit > 0 {
			if r.running[name] >= limit {
				continue
			}
			n = min(n, 1)
		}
		names = append(names, name)
	}
	return names, max(n, 0)
}

func (r *Runner) release(j *Job) {
	r.mu.Lock()
	r.running[j.Kind]--
	r.mu.Unlock()
	r.wake.ring()
}

// do runs one job to its end, whatever its handler does.
func (r *Runner) do(ctx context.Context, j *Job) {
	kind := r.kinds[j.Kind]
	work, cancel := context.WithTimeout(ctx, kind.Timeout)
	defer cancel()
	beat := make(chan struct{})
	go func() { defer close(beat); r.keepAlive(work, cancel, j) }()
	err := guarded(work, kind, j)
	if err == nil {
		err = j.finish(work)
	}
	stopping := ctx.Err() != nil
	cancel()
	<-beat
	what, delay := judge(err, j, r.opt.Luck())
	if stopping && what != done {
		what, delay = later, 0
	}
	r.end(context.WithoutCancel(ctx), j, what, delay, err)
}

// guarded runs the handler and turns a panic into an error.
func guarded(ctx context.Context, kind Kind, j *Job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return kind.Do(ctx, j)
}

// keepAlive renews the lease until the work ends, and ends the work when the lease is lost.
func (r *Runner) keepAlive(ctx context.Context, cancel func(), j *Job) {
	tick := time.NewTicker(r.opt.Lease / 3)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := j.renew(ctx, r.opt.Lease); errors.Is(err, ErrLost) {
				cancel()
				return
			}
		}
	}
}

// end writes down what became of a job.
func (r *Runner) end(ctx context.Context, j *Job, what verdict, delay time.Duration, cause error) {
	log := r.opt.Log.With("job", j.ID, "kind", j.Kind, "attempt", j.Attempt)
	if errors.Is(cause, ErrLost) {
		log.Warn("job went to another worker", "cause", cause)
		r.count(j.Kind, func(c *Count) { c.Lost++ })
		return
	}
	var err error
	switch what {
	case done:
		r.count(j.Kind, func(c *Count) { c.Done++ })
		return
	case dead:
		log.Error("job is put aside", "cause", cause)
		r.count(j.Kind, func(c *Count) { c.Dead++ })
		err = r.db.Write(ctx, func(tx *db.Tx) error { return j.bury(tx, r.kinds[j.Kind], cause.Error()) })
	case retry, later:
		attempt := j.Attempt
		if what == later {
			attempt--
		} else {
			log.Warn("job failed and will be tried again", "in", delay, "cause", cause)
			r.count(j.Kind, func(c *Count) { c.Failed++ })
		}
		err = r.db.Write(ctx, func(tx *db.Tx) error {
			return j.back(tx, db.At(tx.Now().Add(delay)), attempt, cause.Error())
		})
	}
	if err != nil && !errors.Is(err, ErrLost) {
		log.Error("job's end cannot be written down; its lease will run out", "cause", err)
	}
}

// Kinds names the kinds that the runner knows, in alphabetical order.
func (r *Runner) Kinds() []string { return slices.Sorted(slices.Values(r.names)) }
