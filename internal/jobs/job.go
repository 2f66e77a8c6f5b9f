package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"parvis/internal/db"
	"parvis/internal/id"
)

// Options say how a job is enqueued. The zero value: at once, with the usual priority, as often as it is asked for.
type Options struct {
	// Unique is a key under which one job of the kind is alive at a time. Empty: no such key.
	Unique string
	// At is when the job may begin; at once when zero.
	At time.Time
	// Priority comes first in the order of what is due, higher first; 0 is usual.
	Priority int
}

// Enqueue writes a job into a transaction and gives its id. The payload is kept as JSON: ids rather than personal
// values. When a job of the kind is alive under the same unique key, its id is given, it takes this payload over, and
// if it is running it runs once more after.
func Enqueue(tx *db.Tx, kind string, payload any, o Options) (string, error) {
	text, err := json.Marshal(payload)
	if err != nil {
		return "", fmt.Errorf("enqueue %s: %w", kind, err)
	}
	due := tx.Now()
	if !o.At.IsZero() {
		due = db.At(o.At)
	}
	var unique *string
	if o.Unique != "" {
		unique = &o.Unique
	}
	var got string
	err = tx.QueryRow(`
		INSERT INTO job (id, kind, args, unique_key, state, priority, due, attempts, again, created)
		VALUES ($1, $2, $3, $4, 'waiting', $5, $6, 0, FALSE, $7)
		ON CONFLICT (kind, unique_key) WHERE unique_key IS NOT NULL AND state <> 'dead'
		DO UPDATE SET args = excluded.args, again = (job.state = 'running')
		RETURNING id`, id.New(), kind, string(text), unique, o.Priority, due, tx.Now()).Scan(&got)
	if err != nil {
		return "", fmt.Errorf("enqueue %s: %w", kind, err)
	}
	tx.AfterCommit(bellOf(tx.DB()).ring)
	return got, nil
}

// Job is a job in the hands of a worker.
type Job struct {
	ID       string
	Kind     string
	Payload  string // JSON
	Attempt  int    // 1 at the first try
	Tries    int    // how many there are in all
	Enqueued db.Time

	lease  string
	db     *db.DB
	effect []func(*db.Tx) error
}

// Read reads the payload into dst. A payload that does not fit is not tried again.
func (j *Job) Read(dst any) error {
	if err := json.Unmarshal([]byte(j.Payload), dst); err != nil {
		return Dead(fmt.Errorf("payload of %s: %w", j.Kind, err))
	}
	return nil
}

// LastTry reports whether a failure now puts the job aside.
func (j *Job) LastTry() bool { return j.Attempt >= j.Tries }

// Then has f run in the transaction that ends the job, when its handler returned nil. It happens once: a worker that
// lost the job meanwhile changes nothing.
func (j *Job) Then(f func(*db.Tx) error) { j.effect = append(j.effect, f) }

// Once runs f in a transaction of its own unless this job has done so before under the same name, in this try or an
// earlier one. It is for long work in steps.
func (j *Job) Once(ctx context.Context, name string, f func(*db.Tx) error) error {
	return j.db.Write(ctx, func(tx *db.Tx) error {
		if err := j.hold(tx); err != nil {
			return err
		}
		n, err := tx.Exec(`INSERT INTO job_effect (job, name, happened) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
			j.ID, name, tx.Now())
		if err != nil || n == 0 {
			return err
		}
		return f(tx)
	})
}

// ErrLost says that another worker has the job now: what this one does for it counts no more.
var ErrLost = errors.New("another worker holds the job")

// hold fails unless this worker still has the job, and keeps it until the transaction ends.
func (j *Job) hold(tx *db.Tx) error {
	n, err := tx.Exec(`UPDATE job SET attempts = attempts WHERE id = $1 AND lease = $2`, j.ID, j.lease)
	if err == nil && n == 0 {
		err = fmt.Errorf("job %s: %w", j.ID, ErrLost)
	}
	return err
}
