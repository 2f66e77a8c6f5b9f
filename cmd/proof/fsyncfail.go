package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// fsyncfail has the kernel answer EIO to every sync from a random one on. PostgreSQL learnt in 2018 that a second sync
// may succeed falsely: so the first failure must end it. Nothing may be acknowledged after it, the program must end
// within a second, and start clean on the same data.
func fsyncfail(ctx context.Context, t *trial) error {
	for cycle := range t.cycles {
		if err := t.failSync(ctx, fmt.Sprint(cycle)); err != nil {
			return fmt.Errorf("failed sync %d: %w", cycle+1, err)
		}
		t.add("cycles", 1)
	}
	return nil
}

func (t *trial) failSync(ctx context.Context, run string) error {
	place := filepath.Join(t.place, run)
	address, notes := "sqlite:"+place+".db", place+".notes"
	args := []string{"-db", address, "-notes", notes, "-run", run}
	if t.planted {
		args = append(args, "-deaf")
	}
	// The first syncs belong to opening and migrating, which have errors of their own.
	when := 40 + t.rand.IntN(200)
	under := []string{"strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e",
		fmt.Sprintf("inject=fsync,fdatasync:error=EIO:when=%d+", when)}
	c, err := spawn(ctx, under, args...)
	if err != nil {
		return lack{"strace that may trace: " + err.Error()}
	}
	defer c.kill()
	if t.planted {
		time.Sleep(2 * time.Second)
		c.kill()
	} else if err := t.ends(c); err != nil {
		return err
	}
	l, err := readLedger(notes)
	if err != nil {
		return err
	}
	a, err := verify(ctx, address, l)
	t.count(a)
	return err
}

// ends waits for the failed sync and sees that the program ends by itself, at once.
func (t *trial) ends(c *child) error {
	if err := c.await("fatal", 30*time.Second); err != nil {
		return broken{"no failed sync ended the program: " + err.Error()}
	}
	said := t.clock.Now()
	select {
	case <-c.ended:
	case <-time.After(time.Second):
		return broken{"the program did not end within a second of the first failed sync"}
	}
	t.most("slowest end ms", t.clock.Now().Sub(said))
	var exit *exec.ExitError
	if errors.As(c.err, &exit) && exit.Sys().(syscall.WaitStatus).Signaled() {
		return broken{"the program was killed rather than ended"}
	}
	return nil
}

// most keeps the longest of a figure's times, in milliseconds.
func (t *trial) most(name string, d time.Duration) {
	t.figures[name] = max(int(d.Milliseconds()), number(t.figures[name]))
}

func number(figure any) int {
	n, _ := figure.(int)
	return n
}
