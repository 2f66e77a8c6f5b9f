package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const testWait = 20 * time.Second

// TestMain lets the test program be its own writer, as the proof is.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "writer" {
		os.Exit(writer(context.Background(), os.Args[2:], os.Stdout))
	}
	os.Exit(m.Run())
}

func TestAVerdictNeedsAPromiseKeptAndAFaultSeen(t *testing.T) {
	t.Parallel()
	kept := func(context.Context, *trial) error { return nil }
	sees := func(_ context.Context, r *trial) error {
		r.add("tries", 1)
		if r.planted {
			return broken{"three rows are lost"}
		}
		return nil
	}
	cases := []struct {
		name, verdict, says string
		run                 func(context.Context, *trial) error
		needs, args         []string
		status              int
	}{
		{"held", "held", "three rows are lost", sees, nil, nil, 0},
		{"planted alone", "broken", "three rows are lost", sees, nil, []string{"-plant"}, 1},
		{"blind", "broken", "the proof is blind", kept, nil, nil, 1},
		{"blind, planted alone", "held", "was not seen", kept, nil, []string{"-plant"}, 0},
		{"broken", "broken", "a row is lost", func(context.Context, *trial) error { return broken{"a row is lost"} }, nil, nil, 1},
		{"cannot be tried", "broken", "no such file", func(context.Context, *trial) error { return os.ErrNotExist }, nil, nil, 1},
		{"lacks a program", "not run", "needs no-such-program", kept, []string{"no-such-program"}, nil, 0},
		{"lacks a device", "not run", "needs a loop", func(context.Context, *trial) error { return lack{"a loop"} }, nil, nil, 0},
	}
	for _, c := range cases {
		if c.name == "cannot be tried" {
			c.says = os.ErrNotExist.Error()
		}
		var out strings.Builder
		p := proof{name: "x", plant: "it forgets", small: 1, engines: sqlite, needs: c.needs, run: c.run}
		status := one(context.Background(), p, append(c.args, "-seed", "7"), &out)
		var r report
		if err := json.Unmarshal([]byte(out.String()), &r); err != nil {
			t.Fatalf("%s: %v in %s", c.name, err, out.String())
		}
		if status != c.status || r.Verdict != c.verdict || r.Seed != 7 || !strings.Contains(r.Why+r.Planted, c.says) {
			t.Errorf("%s: status %d, %+v", c.name, status, r)
		}
	}
}

func TestCommandListsAndRefuses(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	if command(context.Background(), nil, &out) != 0 || !strings.Contains(out.String(), "planted fault: synchronous=NORMAL") {
		t.Errorf("the list: %s", out.String())
	}
	for _, args := range [][]string{{"no-such-proof"}, {"powercut", "-db", "postgres"}, {"kill", "-no-such-flag"}, {"writer", "-db", "x:y", "-notes", filepath.Join(t.TempDir(), "n")}} {
		if status := command(context.Background(), args, &strings.Builder{}); status != 2 {
			t.Errorf("%v: status %d", args, status)
		}
	}
}

func TestLedgerReadsNotesToTheCut(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "notes")
	if err := os.WriteFile(path, []byte("s 0-1\ns 0-2\na 0-1\ne 0-2\ns 0-3\na 0-"), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := readLedger(path)
	if err != nil || len(l.sent) != 3 || len(l.acknowledged) != 1 || !l.acknowledged["0-1"] {
		t.Errorf("%+v, %v", l, err)
	}
	if _, err := readLedger(path + "-none"); err == nil {
		t.Error("notes that are not there were read")
	}
}

func TestAccountSeesEachKindOfFault(t *testing.T) {
	t.Parallel()
	l := ledger{sent: map[string]bool{"1": true, "2": true, "3": true}, acknowledged: map[string]bool{"1": true, "2": true}}
	cases := []struct {
		name           string
		rows, subjects []string
		lost, unsent   int
		eventless      int
		broken         bool
	}{
		{"all there", []string{"1", "2"}, []string{"1", "2"}, 0, 0, 0, false},
		{"one more that was sent", []string{"1", "2", "3"}, []string{"1", "2", "3"}, 0, 0, 0, false},
		{"lost", []string{"1"}, []string{"1"}, 1, 0, 0, true},
		{"never sent", []string{"1", "2", "9"}, []string{"1", "2", "9"}, 0, 1, 0, true},
		{"no event", []string{"1", "2"}, []string{"1"}, 0, 0, 1, true},
		{"two events", []string{"1", "2"}, []string{"1", "2", "2"}, 0, 0, 1, true},
		{"event without row", []string{"1", "2"}, []string{"1", "2", "3"}, 0, 0, 0, true},
	}
	for _, c := range cases {
		a, err := account{Acknowledged: 2}.compare(l, c.rows, c.subjects)
		var b broken
		if a.Lost != c.lost || a.Unsent != c.unsent || a.Eventless != c.eventless || errors.As(err, &b) != c.broken {
			t.Errorf("%s: %+v, %v", c.name, a, err)
		}
	}
}

func TestAKilledWriterLosesNothing(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("short: starts programs and waits for the disk")
	}
	for _, name := range []string{"kill", "cancel"} {
		var out strings.Builder
		if status := command(context.Background(), []string{name, "-cycles", "2"}, &out); status != 0 {
			t.Errorf("%s: %s", name, out.String())
		}
	}
}

func TestWriterEndsWithItsParent(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c, err := spawn(context.Background(), nil, "-db", "sqlite:"+filepath.Join(dir, "x.db"), "-notes", filepath.Join(dir, "notes"), "-reads")
	if err != nil {
		t.Fatal(err)
	}
	notes := filepath.Join(dir, "notes")
	for range 100 { // until it has begun
		if l, err := readLedger(notes); err == nil && len(l.acknowledged) > 0 {
			break
		}
		time.Sleep(testWait / 100)
	}
	if err := c.finish(testWait); err != nil {
		t.Fatalf("%v: %q", err, c.all())
	}
	if len(c.find("reads")) != 1 || c.await("never said", testWait) == nil {
		t.Errorf("it said %q", c.all())
	}
	l, err := readLedger(notes)
	if err != nil || len(l.acknowledged) == 0 {
		t.Errorf("%d acknowledged, %v", len(l.acknowledged), err)
	}
}

// The power is cut when nothing runs any more, not when the signal was sent.
func TestHaltWaitsUntilNothingRuns(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/proc/self/task"); err != nil {
		t.Skip("no /proc here")
	}
	c := exec.Command("sleep", "60")
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Process.Kill(); _ = c.Wait() }()
	if still, err := halted(c.Process.Pid); still || err != nil {
		t.Errorf("running: %v, %v", still, err)
	}
	if err := halt(c.Process.Pid); err != nil {
		t.Fatal(err)
	}
	if still, err := halted(c.Process.Pid); !still || err != nil {
		t.Errorf("stopped: %v, %v", still, err)
	}
	if err := halt(1 << 30); err == nil {
		t.Error("there is no such process")
	}
}
