package event

import (
	"context"
	"sync"
)

// Position is how far a follower has come. Whoever just wrote waits for it before showing what the follower keeps, so
// that people see their own change. Its zero value stands before the first event; it is safe for concurrent use.
type Position struct {
	mu    sync.Mutex
	at    int64
	moved chan struct{}
}

// At is the number of the last event that the follower has dealt with.
func (p *Position) At() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.at
}

// Reach says that the follower has dealt with event number seq and all before it.
func (p *Position) Reach(seq int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if seq <= p.at {
		return
	}
	p.at = seq
	if p.moved != nil {
		close(p.moved)
		p.moved = nil
	}
}

// Wait returns once the follower has dealt with event number seq, or when ctx ends.
func (p *Position) Wait(ctx context.Context, seq int64) error {
	for {
		p.mu.Lock()
		if p.at >= seq {
			p.mu.Unlock()
			return nil
		}
		if p.moved == nil {
			p.moved = make(chan struct{})
		}
		moved := p.moved
		p.mu.Unlock()
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
