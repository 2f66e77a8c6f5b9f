package event

import (
	"context"
	"sync"
	"time"

	"parvis/internal/db"
)

// poll is how often a follower looks for what another node has written.
const poll = 500 * time.Millisecond

// page is how many events a follower is given at a time.
const page = 500

// Log reads a store's events. It is safe for concurrent use.
type Log struct {
	db   *db.DB
	poll time.Duration
}

// NewLog gives the log of a store. All logs of one store in a program are woken by its commits.
func NewLog(d *db.DB) *Log { return &Log{db: d, poll: poll} }

// After gives the events that follow number seq, at most limit of them, in their order.
func (l *Log) After(ctx context.Context, seq int64, limit int) ([]Event, error) {
	var found []Event
	err := l.db.Read(ctx, func(tx *db.Tx) error {
		rows, err := tx.Query(`SELECT seq, id, kind, subject, subject_id, actor, happened, recorded, data FROM event
			WHERE seq > $1 ORDER BY seq LIMIT $2`, seq, limit)
		found, err = db.Collect(rows, err, scan)
		return err
	})
	return found, err
}

// Of gives the events of one thing, oldest first: its timeline.
func (l *Log) Of(ctx context.Context, subject, subjectID string) ([]Event, error) {
	var found []Event
	err := l.db.Read(ctx, func(tx *db.Tx) error {
		rows, err := tx.Query(`SELECT seq, id, kind, subject, subject_id, actor, happened, recorded, data FROM event
			WHERE subject = $1 AND subject_id = $2 ORDER BY seq`, subject, subjectID)
		found, err = db.Collect(rows, err, scan)
		return err
	})
	return found, err
}

func scan(rows *db.Rows) (e Event, err error) {
	err = rows.Scan(&e.Seq, &e.ID, &e.Kind, &e.Subject, &e.SubjectID, &e.Actor, &e.Happened, &e.Recorded, &e.Data)
	return e, err
}

// Last is the highest number given; 0 before the first event.
func (l *Log) Last(ctx context.Context) (int64, error) {
	var last int64
	err := l.db.Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow("SELECT COALESCE(max(seq), 0) FROM event").Scan(&last)
	})
	return last, err
}

// Follow gives f all events after a number, in their order, page by page, and then those to come, until ctx ends or f
// gives an error, which it returns. A follower that keeps its last number misses nothing and gets nothing twice.
func (l *Log) Follow(ctx context.Context, after int64, f func([]Event) error) error {
	bell := bellOf(l.db)
	for {
		rung := bell.listen()
		events, err := l.After(ctx, after, page)
		if err != nil {
			return err
		}
		if len(events) > 0 {
			if err := f(events); err != nil {
				return err
			}
			after = events[len(events)-1].Seq
			continue
		}
		if err := l.pause(ctx, rung); err != nil {
			return err
		}
	}
}

// Wait returns once event number seq can be read here.
func (l *Log) Wait(ctx context.Context, seq int64) error {
	bell := bellOf(l.db)
	for {
		rung := bell.listen()
		last, err := l.Last(ctx)
		if err != nil || last >= seq {
			return err
		}
		if err := l.pause(ctx, rung); err != nil {
			return err
		}
	}
}

// pause waits for a commit in this program, or for as long as another node may go unheard.
func (l *Log) pause(ctx context.Context, rung <-chan struct{}) error {
	timer := time.NewTimer(l.poll)
	defer timer.Stop()
	select {
	case <-rung:
	case <-timer.C:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}

// bell wakes all who listen when a transaction with events has committed in this program.
type bell struct {
	mu   sync.Mutex
	rung chan struct{}
}

func bellOf(d *db.DB) *bell {
	return d.Once("event.bell", func() any { return &bell{rung: make(chan struct{})} }).(*bell)
}

// listen gives a channel that closes at the next ring.
func (b *bell) listen() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.rung
}

func (b *bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	close(b.rung)
	b.rung = make(chan struct{})
}
