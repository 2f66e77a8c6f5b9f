package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"
)

// kill starts a writer on one store again and again and kills it while it writes. What was acknowledged over all the
// cycles must be there, once; nothing else may be. The whole store is read fifty times in a long run rather than after
// each kill: ids never come twice, so what a kill has lost is still lost at the next reading.
func kill(ctx context.Context, t *trial) error {
	address, stop, err := t.fresh()
	if err != nil {
		return err
	}
	defer stop()
	notes := filepath.Join(t.place, "notes")
	var a account
	for cycle := range t.cycles {
		args := []string{"-db", address, "-notes", notes, "-run", fmt.Sprint(cycle)}
		if t.planted {
			args = append(args, "-early", "-callers", "32")
		}
		c, err := spawn(ctx, nil, args...)
		if err != nil {
			return broken{"the program does not start after it was killed: " + err.Error()}
		}
		time.Sleep(time.Duration(20+t.rand.IntN(180)) * time.Millisecond)
		c.kill()
		t.add("cycles", 1)
		if t.engine == "postgres" && cycle%3 == 2 {
			if err := restartPostgres(t.place); err != nil {
				return err
			}
		}
		if every := max(1, t.cycles/50); (cycle+1)%every != 0 && cycle+1 != t.cycles {
			continue
		}
		l, err := readLedger(notes)
		if err != nil {
			return err
		}
		t.add("readings", 1)
		if a, err = verify(ctx, address, l); err != nil {
			return fmt.Errorf("after %d kills: %w", cycle+1, err)
		}
	}
	t.count(a)
	return nil
}

// restartPostgres ends the server as a kill would and starts it on the same data and port.
func restartPostgres(place string) error {
	dir, err := root()
	if err != nil {
		return err
	}
	_, err = run(filepath.Join(dir, "test", "postgres"), "crash", filepath.Join(place, "postgres"))
	return err
}
