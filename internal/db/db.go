package db

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"parvis/internal/clock"
	"parvis/internal/problem"
)

// Engine names what keeps the data.
type Engine string

// The two engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// Options say how a store is opened. The zero value is right for a server.
type Options struct {
	Clock    clock.Clock  // the machine's when nil
	Log      *slog.Logger // the default one when nil
	Readers  int          // SQLite: connections that read; as many as there are cores when 0
	NoMmap   bool         // SQLite: read by calls instead of mapped memory, for disks that fail
	MaxBatch int          // SQLite: callers who share a commit at most; 256 when 0, 1 for a commit each
	MaxConns int          // PostgreSQL: connections at most; 8 when 0
	ReadOnly bool         // SQLite: only Read, Backup and Check, beside the program that owns the file
	// SynchronousNormal gives up durability at a power cut. It is the planted fault of a proof, and speeds up tests.
	SynchronousNormal bool
	// OnFatal is called once, at the first error that says that the disk does not keep what it is given. Nothing is
	// written from then on: the program should say so and end.
	OnFatal func(error)
}

// DB is one territory's store. It is safe for concurrent use.
type DB struct {
	engine Engine
	opt    Options
	store  store
	broken atomic.Pointer[problem.Error]
	shared sync.Map
	counts counts
	closed atomic.Bool
	folder fs.FS // migrations other than the program's own, for tests
}

// Stats are counts since the store was opened, for the operator's figures.
type Stats struct {
	Reads   int64 // transactions that read
	Writes  int64 // closures of Write that were run to an answer
	Commits int64 // commits that carried them: fewer than Writes when callers share one
	Again   int64 // closures that were run once more
	Waiting int64 // callers of Write who wait for their turn now
}

type counts struct{ reads, writes, commits, again, waiting atomic.Int64 }

// store is what an engine does its own way.
type store interface {
	read(ctx context.Context, f func(*Tx) error) error
	write(ctx context.Context, f func(*Tx) error) error
	migrate(ctx context.Context) error
	backup(ctx context.Context, path string) error
	check(ctx context.Context) error
	close() error
}

// Open opens the store at an address: "sqlite:/path/file.db", all after the colon being the path as it is, or
// "postgres://user@host/database?search_path=nord", whose schema is created when it is absent. It does not migrate.
func Open(ctx context.Context, address string, o Options) (*DB, error) {
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Readers <= 0 {
		o.Readers = max(2, runtime.GOMAXPROCS(0))
	}
	if o.MaxBatch <= 0 {
		o.MaxBatch = 256
	}
	if o.MaxConns <= 0 {
		o.MaxConns = 8
	}
	d := &DB{opt: o}
	var err error
	switch scheme, rest, _ := strings.Cut(address, ":"); scheme {
	case "sqlite":
		d.engine = SQLite
		d.store, err = openSQLite(ctx, d, strings.TrimPrefix(rest, "//"))
	case "postgres", "postgresql":
		d.engine = Postgres
		d.store, err = openPostgres(ctx, d, address)
	default:
		err = problem.Because(problem.Invalid, fmt.Errorf("the store's address begins with sqlite: or postgres:, not %q", scheme))
	}
	if err != nil {
		return nil, kind(err)
	}
	return d, nil
}

// Engine says what keeps the data.
func (d *DB) Engine() Engine { return d.engine }

// Read runs f on one moment of the data. Nothing can be changed in it.
func (d *DB) Read(ctx context.Context, f func(*Tx) error) error {
	if d.closed.Load() {
		return errClosed
	}
	d.counts.reads.Add(1)
	return kind(d.store.read(ctx, f))
}

// Write runs f in a transaction and returns once its changes are on the disk, or with the error because of which none
// was kept. On SQLite the changes of callers who come together share one commit. See the package's promises.
func (d *DB) Write(ctx context.Context, f func(*Tx) error) error {
	if d.closed.Load() {
		return errClosed
	}
	if err := d.Broken(); err != nil {
		return err
	}
	return kind(d.store.write(ctx, f))
}

// Migrate brings the tables to this program's version, forward only. An SQLite file that holds data is copied first,
// beside itself. Data of a newer program is refused.
func (d *DB) Migrate(ctx context.Context) error { return kind(d.store.migrate(ctx)) }

// Backup writes a copy of one moment of the data to path, an SQLite file that must not exist yet, on either engine. It
// is on the disk when Backup returns, and only its owner may read it; nothing is left of one that fails.
func (d *DB) Backup(ctx context.Context, path string) error {
	if err := createFile(path); err != nil {
		return fmt.Errorf("copy to %s: %w", path, kind(err))
	}
	err := d.store.backup(ctx, path)
	if err == nil {
		err = syncFile(path)
	}
	if err != nil {
		_ = os.Remove(path)
		return fmt.Errorf("copy to %s: %w", path, kind(err))
	}
	return nil
}

// Check reads the whole store and reports what does not hold together.
func (d *DB) Check(ctx context.Context) error { return kind(d.store.check(ctx)) }

// Close waits for what is under way and lets go of the store. Closing twice does nothing.
func (d *DB) Close() error {
	if d.closed.Swap(true) {
		return nil
	}
	return kind(d.store.close())
}

// Stats counts what was done since the store was opened.
func (d *DB) Stats() Stats {
	c := &d.counts
	return Stats{c.reads.Load(), c.writes.Load(), c.commits.Load(), c.again.Load(), c.waiting.Load()}
}

// Broken is the error since which nothing is written any more, nil as long as all is well.
func (d *DB) Broken() error {
	if e := d.broken.Load(); e != nil {
		return e
	}
	return nil
}

// Once is what one package shares among all who use this store, made when it is first asked for under its name.
func (d *DB) Once(name string, create func() any) any {
	v, ok := d.shared.Load(name)
	if !ok {
		v, _ = d.shared.LoadOrStore(name, create())
	}
	return v
}

// fail stops all writing.
func (d *DB) fail(cause error) {
	e := &problem.Error{Kind: problem.Unavailable, Cause: fmt.Errorf("nothing is written since: %w", cause)}
	if d.broken.CompareAndSwap(nil, e) {
		d.opt.Log.Error("the disk did not keep what it was given; nothing is written any more", "cause", cause)
		if d.opt.OnFatal != nil {
			d.opt.OnFatal(cause)
		}
	}
}

func (d *DB) begin(ctx context.Context, on querier) *Tx {
	return &Tx{ctx: ctx, db: d, on: on, now: At(d.opt.Clock.Now())}
}
