package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestMain lets the bench call itself, as it does for the servers that stand beside the program.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "pages" {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		err := pages(ctx, os.Args[2:], os.Stdout)
		stop()
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// A small run measures the real program from end to end.
func TestPagesMeasuresTheProgram(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and starts the program")
	}
	if err := os.Chdir("../.."); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chdir("cmd/bench") })
	var out bytes.Buffer
	folder := t.TempDir()
	o := pageOptions{places: 300, clients: 2, asked: 40}
	err := o.run(t.Context(), folder, &out)
	for _, figure := range []string{"start to first answer", "p99", "counting as long", "ratio               p99", "RssAnon"} {
		if !strings.Contains(out.String(), figure) {
			t.Errorf("%v; no %q in\n%s", err, figure, &out)
		}
	}
}

func TestAnonymousMemoryOfOneself(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/proc/self/status"); err != nil {
		t.Skip("this system has no /proc")
	}
	before, err := anonymous(os.Getpid())
	if err != nil || before < 1<<20 {
		t.Fatalf("%d bytes, %v", before, err)
	}
	ballast := bytes.Repeat([]byte{1}, 64<<20)
	after, err := anonymous(os.Getpid())
	if err != nil || after-before < 32<<20 {
		t.Errorf("64 MB more are seen as %d bytes more (%v)", after-before, err)
	}
	if ballast[len(ballast)-1] != 1 {
		t.Error("the ballast is needed until here")
	}
}

func TestTheControlCounts(t *testing.T) {
	t.Parallel()
	if speed := stepsASecond(); speed < 1e6 || count(1000) == count(1001) {
		t.Errorf("%.0f steps a second", speed)
	}
	if _, err := os.Stat("/proc/self/stat"); err != nil {
		t.Skip("this system has no /proc")
	}
	before, err := worked(os.Getpid())
	for began := now(); err == nil && now().Sub(began) < 10*time.Second; {
		runtime.KeepAlive(count(1 << 22))
		if after, _ := worked(os.Getpid()); after > before {
			return
		}
	}
	t.Errorf("work is not seen: %v, %v", before, err)
}
