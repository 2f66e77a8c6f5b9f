package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// diskfull puts the store on a small disk with a file that takes up room, writes until there is none left, reads all
// the while, takes the file away, and waits until the same program writes again.
func diskfull(ctx context.Context, t *trial) error {
	for cycle := range t.cycles {
		if err := t.fill(ctx, fmt.Sprint(cycle)); err != nil {
			return fmt.Errorf("full disk %d: %w", cycle+1, err)
		}
		t.add("cycles", 1)
	}
	return nil
}

func (t *trial) fill(ctx context.Context, cycle string) error {
	at := filepath.Join(t.place, "at"+cycle)
	if err := os.MkdirAll(at, 0o755); err != nil {
		return err
	}
	if _, err := run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", at); err != nil {
		return lack{"a tmpfs to mount: " + err.Error()}
	}
	defer func() { _, _ = run("umount", "-l", at) }()
	ballast := filepath.Join(at, "ballast")
	if err := os.WriteFile(ballast, make([]byte, (10+t.rand.IntN(3))<<20), 0o644); err != nil {
		return err
	}
	address, notes := "sqlite:"+filepath.Join(at, "territory.db"), filepath.Join(t.place, "notes"+cycle)
	args := []string{"-db", address, "-notes", notes, "-run", cycle, "-reads", "-size", "2000"}
	if t.planted {
		args = append(args, "-early")
	}
	c, err := spawn(ctx, nil, args...)
	if err != nil {
		return err
	}
	defer c.kill()
	if err := c.await("full", 60*time.Second); err != nil {
		return broken{"the disk never became full: " + err.Error()}
	}
	time.Sleep(300 * time.Millisecond)
	if err := os.Remove(ballast); err != nil {
		return err
	}
	freed := t.clock.Now()
	if err := c.await("room", 10*time.Second); err != nil {
		return broken{"no write succeeded after there was room: " + err.Error()}
	}
	t.most("slowest return ms", t.clock.Now().Sub(freed))
	time.Sleep(100 * time.Millisecond)
	if err := c.finish(10 * time.Second); err != nil {
		return broken{"the program did not end well: " + err.Error() + " " + strings.Join(c.find("error"), "; ")}
	}
	return t.settle(ctx, c, address, notes)
}

// settle looks at the reads and at the rows.
func (t *trial) settle(ctx context.Context, c *child, address, notes string) error {
	var reads, failed int
	for _, line := range c.find("reads") {
		if _, err := fmt.Sscanf(line, "reads %d %d", &reads, &failed); err != nil {
			return err
		}
	}
	t.add("reads", reads)
	if failed > 0 || reads == 0 {
		return broken{fmt.Sprintf("%d of %d reads failed while the disk was full: %s", failed, reads, strings.Join(c.find("unread"), "; "))}
	}
	if others := c.find("error"); len(others) > 0 {
		return broken{"a write failed with something else than a full disk: " + others[0]}
	}
	l, err := readLedger(notes)
	if err != nil {
		return err
	}
	a, err := verify(ctx, address, l)
	t.count(a)
	return err
}
