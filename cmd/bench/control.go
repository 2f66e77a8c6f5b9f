package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// A machine whose cores are shared with others makes everybody wait now and then, whatever a server does. So the program
// has a control beside it: a server that only counts, for as long as a search takes the program, and answers. What the
// program's slowest searches take beyond the control's is its own doing.

// countingBytes is how much the control answers: about a page of results.
const countingBytes = 4500

// serveCounting answers every request once it has counted for so long, on one core and as many at a time as there are
// cores, as the program makes its pages.
func serveCounting(ctx context.Context, each time.Duration, out io.Writer) error {
	listener, err := listen(ctx)
	if err != nil {
		return err
	}
	steps := int(float64(each) / float64(time.Second) * stepsASecond())
	body := make([]byte, countingBytes)
	turns := make(chan struct{}, runtime.GOMAXPROCS(0))
	runtime.GOMAXPROCS(cap(turns) + 1)
	fmt.Fprintf(out, "http://%s/ \n", listener.Addr())
	control := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		runtime.Gosched()
		turns <- struct{}{}
		runtime.KeepAlive(count(steps))
		<-turns
		_, _ = w.Write(body)
	})}
	go func() { <-ctx.Done(); _ = control.Close() }()
	if err := control.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// count is work of so many steps.
func count(steps int) (sum int) {
	for i := range steps {
		sum = sum*31 + i
	}
	return sum
}

// stepsASecond is how fast count is on this machine, at its best of several tries.
func stepsASecond() float64 {
	const steps = 1 << 22
	best := 0.0
	for range 20 {
		began := now()
		runtime.KeepAlive(count(steps))
		best = max(best, steps/now().Sub(began).Seconds())
	}
	return best
}

// worked is how long a process has had a core so far; a 100th of a second is the finest that Linux tells.
func worked(pid int) (time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(stat), ") ") // after the name, which may have spaces
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0, fmt.Errorf("/proc/%d/stat has %d fields", pid, len(fields))
	}
	user, err1 := strconv.Atoi(fields[11])
	system, err2 := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond, errors.Join(err1, err2)
}
