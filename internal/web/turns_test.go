package web

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// crowd lets ten pages come one after the other, each made in ten milliseconds, and tells the order in which they were
// begun and how many were made at a time.
func crowd(t *testing.T, few turns) (order []int, most int) {
	var mu sync.Mutex
	busy := 0
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
		synctest.Wait()
	}
	all.Wait()
	return order, most
}

func TestTurnsAreFewAndInOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		if order, most := crowd(t, make(turns, 1)); !slices.IsSorted(order) || len(order) != 10 || most != 1 {
			t.Errorf("one at a time: %d at a time, in the order %v", most, order)
		}
		if order, most := crowd(t, make(turns, 3)); len(order) != 10 || most != 3 {
			t.Errorf("three at a time: %d at a time, %d in all", most, len(order))
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
