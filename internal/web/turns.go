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

func newTurns() turns { return make(turns, runtime.GOMAXPROCS(0)) }

// take waits for a turn; give it back.
func (t turns) take(ctx context.Context) (give func()) {
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
