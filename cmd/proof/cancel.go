package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"parvis/internal/db"
	"parvis/internal/event"
)

// cancelled has 64 callers write at a time, each third giving up after a moment that chance gives. Who was told that it
// succeeded must find its row; who gave up must find none; and nobody else may lose anything by it.
func cancelled(ctx context.Context, t *trial) error {
	address, stop, err := t.fresh()
	if err != nil {
		return err
	}
	defer stop()
	store, err := db.Open(ctx, address, db.Options{})
	if err != nil {
		return err
	}
	s := &scribe{store: store}
	if err := s.prepare(ctx); err != nil {
		_ = store.Close()
		return err
	}
	l := ledger{sent: map[string]bool{}, acknowledged: map[string]bool{}}
	for cycle := range t.cycles {
		t.crowd(ctx, store, l, fmt.Sprint(cycle))
		t.add("cycles", 1)
	}
	if err := store.Close(); err != nil {
		return err
	}
	a, err := verify(ctx, address, l)
	t.count(a)
	if err != nil {
		return err
	}
	if given := number(t.figures["gave up"]); given == 0 {
		return fmt.Errorf("nobody gave up in %d cycles: the proof shows nothing", t.cycles)
	}
	if t.engine == "sqlite" && a.Rows != a.Acknowledged {
		return broken{fmt.Sprintf("%d rows of callers who were told that nothing was kept", a.Rows-a.Acknowledged)}
	}
	return nil
}

const crowdSize, crowdRounds = 64, 30

// crowd is one cycle of callers.
func (t *trial) crowd(ctx context.Context, store *db.DB, l ledger, run string) {
	var mu sync.Mutex
	var all sync.WaitGroup
	for caller := range crowdSize {
		patience := make([]time.Duration, crowdRounds)
		for i := range patience {
			patience[i] = time.Hour
			if caller%3 == 0 {
				patience[i] = time.Duration(t.rand.IntN(3000)) * time.Microsecond
			}
		}
		all.Go(func() {
			for n, most := range patience {
				id := fmt.Sprintf("%s-%d-%d", run, caller, n)
				err := entry(ctx, store, id, most)
				mu.Lock()
				l.sent[id] = true
				if err == nil || t.planted {
					l.acknowledged[id] = true
				}
				if err != nil {
					t.add("gave up", 1)
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
}

func entry(ctx context.Context, store *db.DB, id string, most time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	return store.Write(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(`INSERT INTO proof_row (id, body) VALUES ($1, 'x')`, id); err != nil {
			return err
		}
		return event.Append(tx, event.Event{Kind: "proof.written", Subject: "proof_row", SubjectID: id})
	})
}
