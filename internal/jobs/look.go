package jobs

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"parvis/internal/db"
	"parvis/internal/problem"
)

// State is where a job stands. A job that is done is gone.
type State string

// The states.
const (
	Waiting State = "waiting" // until it is due, or for a worker
	Running State = "running" // in a worker's hands
	Buried  State = "dead"    // put aside: its tries are used up, or no try will help
)

// Seen is a job as it is looked at.
type Seen struct {
	ID        string
	Kind      string
	Payload   string // JSON
	State     State
	Attempts  int
	Due       db.Time
	Enqueued  db.Time
	Tried     db.Time // zero before the first try
	LastError string
}

const seenColumns = `id, kind, args, state, attempts, due, created, tried, COALESCE(last_error, '')`

func scanSeen(r *db.Rows) (Seen, error) {
	var s Seen
	return s, r.Scan(&s.ID, &s.Kind, &s.Payload, &s.State, &s.Attempts, &s.Due, &s.Enqueued, &s.Tried, &s.LastError)
}

// List gives the jobs of a state, the oldest first.
func List(tx *db.Tx, state State, limit int) ([]Seen, error) {
	rows, err := tx.Query(`SELECT `+seenColumns+` FROM job WHERE state = $1 ORDER BY created, id LIMIT $2`, string(state), limit)
	return db.Collect(rows, err, scanSeen)
}

// Get gives one job; problem.NotFound when it is done or never was.
func Get(tx *db.Tx, id string) (Seen, error) {
	rows, err := tx.Query(`SELECT `+seenColumns+` FROM job WHERE id = $1`, id)
	all, err := db.Collect(rows, err, scanSeen)
	if err != nil {
		return Seen{}, err
	}
	if len(all) == 0 {
		return Seen{}, problem.Because(problem.NotFound, fmt.Errorf("job %s", id))
	}
	return all[0], nil
}

// PutBack lets a dead job be tried again, from its first try, under its own id. It is problem.Conflict when another job
// under the same unique key is alive: that one does the work.
func PutBack(tx *db.Tx, id string) error {
	n, err := tx.Exec(`UPDATE job SET state = 'waiting', due = $1, attempts = 0 WHERE id = $2 AND state = 'dead'`, tx.Now(), id)
	if err == nil && n == 0 {
		err = problem.Because(problem.NotFound, fmt.Errorf("dead job %s", id))
	}
	return err
}

// Drop forgets a dead job.
func Drop(tx *db.Tx, id string) error {
	n, err := tx.Exec(`DELETE FROM job WHERE id = $1 AND state = 'dead'`, id)
	if err == nil && n == 0 {
		err = problem.Because(problem.NotFound, fmt.Errorf("dead job %s", id))
	}
	return err
}

// Depth is how many jobs of a kind are in a state, how many of them are late, and since when the oldest has been due.
type Depth struct {
	Kind   string
	State  State
	Jobs   int
	Late   int // due for longer than LateAfter, or in the hands of a worker that has not been heard of for so long
	Oldest db.Time
}

// LateAfter is how long a job may be due before it counts as late.
const LateAfter = time.Minute

// Depths counts what is in the queue. What was put aside is never late.
func Depths(ctx context.Context, d *db.DB) ([]Depth, error) {
	var all []Depth
	err := d.Read(ctx, func(tx *db.Tx) error {
		rows, err := tx.Query(`SELECT kind, state, COUNT(*), COUNT(CASE WHEN state <> 'dead' AND due < $1 THEN 1 END), MIN(due)
			FROM job GROUP BY kind, state ORDER BY kind, state`, db.At(tx.Now().Add(-LateAfter)))
		all, err = db.Collect(rows, err, func(r *db.Rows) (Depth, error) {
			var one Depth
			return one, r.Scan(&one.Kind, &one.State, &one.Jobs, &one.Late, &one.Oldest)
		})
		return err
	})
	return all, err
}

// Count is what a runner has done of a kind since it was made.
type Count struct {
	Kind   string
	Done   int // to the end
	Failed int // a try that is followed by another
	Dead   int // put aside
	Lost   int // gone to another worker meanwhile
}

// Counts gives the counts of every kind, by its name.
func (r *Runner) Counts() []Count {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := make([]Count, 0, len(r.counts))
	for _, kind := range slices.Sorted(maps.Keys(r.counts)) {
		all = append(all, *r.counts[kind])
	}
	return all
}

func (r *Runner) count(kind string, add func(*Count)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	add(r.counts[kind])
}
