package db

import (
	"context"
	"errors"
	"os"
	"runtime"
	"sync"
	"time"

	"parvis/internal/clock"
	"parvis/internal/problem"
)

const (
	batchTime = 20 * time.Millisecond // how long callers of one commit are gathered at most
	attempts  = 3                     // times that one caller's closure is run when the engine asks for it
	slowTurn  = 10 * time.Second      // after which a closure that holds its turn is named in the log
	logCalls  = 500                   // callers after whom the log is brought into the file
	logSize   = 16 << 20              // bytes of the log file that bring it in earlier
	logLarge  = 512 << 20             // bytes of the log file that the operator is told of
)

var errClosed = problem.Because(problem.Unavailable, errors.New("the store is closed"))

// writer owns the one connection that writes an SQLite file. Callers meet it on queue; it gives each its turn, all in
// one transaction with a savepoint each, commits, and only then answers. A closure runs on its caller's own goroutine,
// so that one that panics ends its own caller and nobody else.
type writer struct {
	db      *DB
	path    string
	conn    *session
	queue   chan *call
	stop    chan struct{}
	stopped chan struct{}
	once    sync.Once
	slow    *time.Timer
	since   int   // callers since the log was last brought into the file
	size    int64 // of the log file at that moment
}

// call is one caller of Write.
type call struct {
	f    func(*Tx) error
	turn chan *Tx      // its turn begins: run f
	ran  chan struct{} // f has returned or panicked
	done chan error    // the answer, after the commit
	tx   *Tx
	err  error
	left bool // f did not return: it panicked
}

func startWriter(d *DB, path string, conn *session) *writer {
	w := &writer{db: d, path: path, conn: conn, queue: make(chan *call), stop: make(chan struct{}), stopped: make(chan struct{})}
	w.slow = time.AfterFunc(slowTurn, func() {
		d.opt.Log.Warn("a write holds its turn for long: does it wait for something?", "file", path, "for", slowTurn)
	})
	w.slow.Stop()
	go w.serve()
	return w
}

// write waits for its turn as long as ctx allows, and from then on for the answer.
func (w *writer) write(ctx context.Context, f func(*Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c := calls.Get().(*call)
	c.f = f
	if err := w.wait(ctx, c); err != nil {
		return err
	}
	for {
		select {
		case tx := <-c.turn:
			c.run(tx)
		case err := <-c.done:
			tx := c.tx
			c.f, c.tx, c.err = nil, nil, nil
			calls.Put(c)
			if err == nil {
				tx.committed()
			}
			return err
		}
	}
}

// wait is over when the caller's turn begins.
func (w *writer) wait(ctx context.Context, c *call) error {
	w.db.counts.waiting.Add(1)
	defer w.db.counts.waiting.Add(-1)
	select {
	case w.queue <- c:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-w.stop:
		return errClosed
	}
}

// calls keeps those that were answered for their next caller.
var calls = sync.Pool{New: func() any {
	return &call{turn: make(chan *Tx), ran: make(chan struct{}), done: make(chan error, 1)}
}}

func (c *call) run(tx *Tx) {
	c.tx, c.err, c.left = tx, nil, true
	defer func() { c.ran <- struct{}{} }()
	c.err = tx.run(c.f)
	c.left = false
}

func (w *writer) serve() {
	defer close(w.stopped)
	for {
		select {
		case c := <-w.queue:
			w.batch(c)
			w.checkpoint(false)
		case <-w.stop:
			return
		}
	}
}

// batch gives the first caller and all who come meanwhile their turn in one transaction.
func (w *writer) batch(first *call) {
	calls := []*call{first}
	if err := w.db.Broken(); err != nil {
		first.answer(err)
		return
	}
	if err := w.conn.exec("BEGIN IMMEDIATE"); err != nil {
		w.lost(calls, nil, err)
		return
	}
	began := clock.System{}.Now()
	for c := first; c != nil; {
		if err := w.give(c); err != nil {
			w.lost(calls, c, err)
			return
		}
		if len(calls) >= w.db.opt.MaxBatch || (clock.System{}).Now().Sub(began) > batchTime {
			break
		}
		if c = w.next(); c != nil {
			calls = append(calls, c)
		}
	}
	if err := w.conn.exec("COMMIT"); err != nil {
		w.lost(calls, nil, err)
		return
	}
	w.committed(len(calls))
	for _, c := range calls {
		c.answer(c.err)
	}
}

// next is a caller who waits now. Those who were just answered get the chance to come back first.
func (w *writer) next() *call {
	for range 2 {
		select {
		case c := <-w.queue:
			return c
		default:
			runtime.Gosched()
		}
	}
	return nil
}

// give runs one caller's closure in its savepoint. An error means that the whole transaction is lost.
func (w *writer) give(c *call) error {
	if err := w.conn.exec("SAVEPOINT caller"); err != nil {
		return err
	}
	tx := w.db.begin(context.Background(), w.conn)
	w.slow.Reset(slowTurn)
	c.turn <- tx
	<-c.ran
	w.slow.Stop()
	if tx.worst != harmless {
		return tx.cause
	}
	if c.err != nil || c.left {
		if err := w.conn.exec("ROLLBACK TO caller"); err != nil {
			return err
		}
	}
	return w.conn.exec("RELEASE caller")
}

// lost ends a transaction that the engine gave up because of cause, met by culprit or by all (nil). Each caller but a
// culprit for want of space runs again in a transaction of its own, unless the disk cannot be trusted any more.
func (w *writer) lost(calls []*call, culprit *call, cause error) {
	_ = w.conn.rollback()
	how := harmOf(cause)
	if how == fatal {
		w.db.fail(cause)
	}
	for _, c := range calls {
		switch {
		case how == fatal:
			c.answer(kind(cause))
		case how != again && (c == culprit || len(calls) == 1):
			c.answer(kind(cause))
		default:
			w.alone(c)
		}
	}
}

// alone runs one caller in a transaction of its own.
func (w *writer) alone(c *call) {
	var err error
	for range attempts {
		if c.left || w.db.Broken() != nil {
			break
		}
		w.db.counts.again.Add(1)
		if err = w.single(c); err == nil {
			w.committed(1)
			c.answer(c.err)
			return
		}
		_ = w.conn.rollback()
		if how := harmOf(err); how == fatal {
			w.db.fail(err)
		} else if how != again {
			break
		}
	}
	if err == nil {
		err = w.db.Broken()
	}
	c.answer(kind(err))
}

func (w *writer) single(c *call) error {
	if err := w.conn.exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	if err := w.give(c); err != nil {
		return err
	}
	return w.conn.exec("COMMIT")
}

func (w *writer) committed(calls int) {
	w.since += calls
	w.db.counts.writes.Add(int64(calls))
	w.db.counts.commits.Add(1)
}

// answer tells the caller; one who left is not there to hear it.
func (c *call) answer(err error) {
	if !c.left {
		c.done <- err
	}
}

// checkpoint brings the log into the file, after the callers have their answers, so that it does not slow them and
// its errors are seen.
func (w *writer) checkpoint(last bool) {
	mode := "PASSIVE"
	if last {
		mode = "TRUNCATE"
	} else if w.since < logCalls {
		info, err := os.Stat(w.path + "-wal")
		if err != nil || info.Size() < logSize || info.Size() == w.size {
			return
		}
	}
	if w.db.Broken() != nil {
		return
	}
	w.since = 0
	err := w.conn.exec("PRAGMA wal_checkpoint(" + mode + ")")
	if info, e := os.Stat(w.path + "-wal"); e == nil {
		w.size = info.Size()
		if w.size > logLarge {
			w.db.opt.Log.Warn("the write-ahead log is large: a reader has not ended for long", "file", w.path, "bytes", w.size)
		}
	}
	if harmOf(err) == fatal {
		w.db.fail(err)
	}
}

func (w *writer) close() error {
	w.once.Do(func() { close(w.stop) })
	<-w.stopped
	w.checkpoint(true)
	return w.conn.close()
}
