package web

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestTurnsAreFewAndInOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		few := make(turns, 2)
		var mu sync.Mutex
		var order []int
		busy, most := 0, 0
		var all sync.WaitGroup
		for i := range 10 {
			all.Go(func() {
				defer few.take(t.Context())()
				mu.Lock()
				order = append(order, i)
				busy++
				most = max(most, busy)
				mu.Unlock()
				time.Sleep(10 * time.Millisecond)
				mu.Lock()
				busy--
				mu.Unlock()
			})
			synctest.Wait() // they come one after the other
		}
		all.Wait()
		for i, who := range order {
			if who != i {
				t.Fatalf("served in the order %v", order)
			}
		}
		if most != 2 {
			t.Errorf("%d at a time, want 2", most)
		}
	})
}

func TestASlowPageHoldsUpNobodyForLong(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		one := make(turns, 1)
		give := one.take(t.Context())
		began := time.Now()
		late := one.take(t.Context())
		if waited := time.Since(began); waited != patience {
			t.Errorf("waited %v, want %v", waited, patience)
		}
		late() // had no turn: gives none back
		if len(one) != 1 {
			t.Error("the slow page lost its turn")
		}
		gone, leave := context.WithCancel(t.Context())
		leave()
		began = time.Now()
		one.take(gone)()
		if time.Since(began) != 0 {
			t.Error("who has left still waits")
		}
		give()
		one.take(t.Context())()
		if time.Since(began) != 0 || len(one) != 0 {
			t.Error("a turn that was given back is not free")
		}
	})
}
