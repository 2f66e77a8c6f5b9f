// Command bench prints figures of Parvis beside those of something to compare with, measured in one run:
//
//	go run ./cmd/bench            all of them, one after the other
//	go run ./cmd/bench search
//	go run ./cmd/bench writes
//	go run ./cmd/bench pages
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/signal"
	"slices"
	"strings"
	"time"

	"parvis/internal/clock"
)

// benches are what can be measured, by name. Each reads its own flags.
var benches = map[string]func(ctx context.Context, args []string, out io.Writer) error{
	"pages":  pages,
	"search": searches,
	"writes": writes,
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	names := slices.Sorted(maps.Keys(benches))
	if len(args) == 0 {
		for _, name := range names {
			fmt.Fprintf(out, "\n== %s\n", name)
			if err := benches[name](ctx, nil, out); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		return nil
	}
	if benches[args[0]] == nil {
		return fmt.Errorf("say what to measure: %s", strings.Join(names, ", "))
	}
	return benches[args[0]](ctx, args[1:], out)
}

// flags reads the flags of one bench.
func flags(name string, args []string, declare func(*flag.FlagSet)) error {
	set := flag.NewFlagSet("bench "+name, flag.ContinueOnError)
	declare(set)
	return set.Parse(args)
}

// now is the machine's time.
func now() time.Time { return clock.System{}.Now() }
