package search_test

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"slices"
	"strconv"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"parvis/internal/search"
	"parvis/internal/search/searchtest"
)

// TestMeasure prints figures for a given size; go test -run Measure -v, PLACES=100000.
func TestMeasure(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("PLACES"))
	if n == 0 {
		t.Skip("PLACES is not set")
	}
	docs := searchtest.Places(n, 1)
	runtime.LockOSThread()
	for _, d := range docs[:8] {
		t.Logf("%q %q %q", d.Fields[0].Text, d.Fields[2].Text, d.Fields[4].Text)
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	x := search.New()
	if f := os.Getenv("BPROF"); f != "" {
		w, _ := os.Create(f)
		pprof.StartCPUProfile(w)
	}
	start := cpuAll()
	x.Put(docs...)
	t.Logf("built in %v", cpuAll()-start)
	runtime.GC()
	debug.FreeOSMemory()
	runtime.ReadMemStats(&after)
	t.Logf("heap %d MB", (after.HeapAlloc-before.HeapAlloc)>>20)
	if os.Getenv("BPROF") != "" {
		pprof.StopCPUProfile()
	}
	if f := os.Getenv("PROF"); f != "" {
		w, _ := os.Create(f)
		pprof.StartCPUProfile(w)
		defer pprof.StopCPUProfile()
	}
	for _, c := range []struct {
		name string
		q    []searchtest.Question
	}{{"full", searchtest.Full(docs, 4000, 1)}, {"misspelt", searchtest.Misspelt(docs, 4000, 1)}, {"beginnings", searchtest.Beginnings(docs, 4000, 1)}} {
		for _, typed := range []bool{false, true} {
			var took []time.Duration
			found, total, corrected, dropped := 0, 0, 0, 0
			worst := ""
			var most time.Duration
			for i, q := range c.q {
				begin := cpu()
				r := x.Search(search.Query{Words: q.Words, Limit: 20, Prefix: typed})
				d := cpu() - begin
				if d > most {
					most, worst = d, q.Words
				}
				took = append(took, d)
				total += r.Total
				if r.Corrected != "" {
					corrected++
				}
				if len(r.Dropped) > 0 {
					dropped++
				}
				if slices.ContainsFunc(r.Hits, func(h search.Hit) bool { return h.ID == q.ID }) {
					found++
				}
				if i < 3 {
					t.Logf("   %q (%q): %d, corrected %q dropped %q", q.Words, q.Right, r.Total, r.Corrected, r.Dropped)
				}
			}
			slices.Sort(took)
			t.Logf("%-10s typed %-5v p50 %7.3f ms p99 %7.3f ms max %.3f (%q) in20 %.1f%% mean total %d corrected %d dropped %d", c.name, typed, ms(took[len(took)/2]), ms(took[len(took)*99/100]), ms(most), worst,
				100*float64(found)/float64(len(c.q)), total/len(c.q), corrected, dropped)
		}
	}
	_ = fmt.Sprint
}

func ms(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e6 }

func cpu() time.Duration {
	var ts unix.Timespec
	_ = unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &ts)
	return time.Duration(ts.Nano())
}

func cpuAll() time.Duration {
	var ts unix.Timespec
	_ = unix.ClockGettime(unix.CLOCK_PROCESS_CPUTIME_ID, &ts)
	return time.Duration(ts.Nano())
}
