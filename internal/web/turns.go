package web

import (
	"context"
	"runtime"
	"time"
)

// turns lets as many pages be made at a time as there are cores, first come, first served. More would take each other's
// place again and again, and everybody would wait for the slowest.
type turns chan struct{}

// patience is how long a page waits for its turn. Then it is made all the same: one that waits for a slow store must not
// hold up all others.
const patience = time.Second / 4

// newTurns gives one for each core. A program that does nothing but serve then sets GOMAXPROCS to one more: while pages
// are made on every core, requests that come are still read and put in line.
func newTurns() turns { return make(turns, runtime.GOMAXPROCS(0)) }

// take waits for a turn; give it back. First those run whose requests were read before: a connection that always has
// its next request at hand would else keep its core for 10 ms, and whoever has not had a core yet could not even ask.
func (t turns) take(ctx context.Context) (give func()) {
	runtime.Gosched()
	select {
	case t <- struct{}{}:
		return t.give
	default:
	}
	late := time.NewTimer(patience)
	defer late.Stop()
	select {
	case t <- struct{}{}:
		return t.give
	case <-late.C:
	case <-ctx.Done(): // whoever makes the page finds out
	}
	return func() {}
}

func (t turns) give() { <-t }
