// Command proof shows, by running it, what Parvis promises about faults, attackers and access.
//
//	go run ./cmd/proof                     the list of proofs
//	go run ./cmd/proof NAME [flags]        one proof
//	go run ./cmd/proof small               each proof at its small size, as make test does
//
// Each proof prints one line of JSON: name, seed, figures, machine, verdict. Its verdict is "held" only if the promise
// held and a planted fault was seen to break it: a proof that cannot fail does not count. "not run" names what is
// missing. With -plant only the planted fault is run, and the verdict is "broken". The exit status is zero for held and
// not run, one for broken.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"parvis/internal/clock"
)

// proof is one promise. Run tries it once, with its planted fault or without, and returns what it found broken.
type proof struct {
	name    string
	promise string
	plant   string
	cycles  int // of a run by hand; small runs a few, -full the number of the plan
	small   int
	full    int
	engines []string // that it is proved on
	needs   []string
	run     func(ctx context.Context, r *trial) error
}

var (
	sqlite = []string{"sqlite"}
	both   = []string{"sqlite", "postgres"}
)

var proofs = []proof{
	{"kill", "no acknowledged write is lost when the program is killed", "it acknowledges before the commit", 100, 20, 1000, both, nil, kill},
	{"powercut", "no acknowledged write is lost when the power goes", "synchronous=NORMAL", 30, 4, 1000, sqlite,
		[]string{"root", "mount", "umount", "losetup", "mkfs.ext4", "cp"}, powercut},
	{"cancel", "callers who give up under load take nobody's work along", "one who gave up counts as acknowledged", 20, 3, 200, both, nil, cancelled},
	{"fsyncfail", "after the first failed sync nothing is acknowledged, the program ends and starts clean", "it goes on acknowledging",
		20, 3, 100, sqlite, []string{"strace"}, fsyncfail},
	{"diskfull", "a full disk loses nothing, is read all the while, and is written again when there is room", "it acknowledges before the commit",
		10, 2, 100, sqlite, []string{"root", "mount", "umount"}, diskfull},
	{"headers", "no answer lets another site in, and no page runs what it does not bring", "one page loses its content policy",
		2, 1, 50, sqlite, []string{"go"}, headers},
	{"weight", "home and a result page cost at most 14 kB, any other 25 kB before its pictures", "the style sheet is 20 kB longer",
		1, 1, 2, sqlite, []string{"go", "node", "chromium"}, inBrowser("weight", "weight")},
	{"nojs", "every story is walked without scripts", "the search form loses its button",
		1, 1, 2, both, []string{"go", "node", "chromium"}, inBrowser("nojs", "stories")},
	{"a11y", "axe finds nothing on any page, at 320 and 1280 px, with scripts and without", "the search field loses its name",
		1, 1, 2, sqlite, []string{"go", "node", "chromium"}, inBrowser("a11y", "a11y")},
}

// trial is one run of a proof.
type trial struct {
	cycles  int
	planted bool
	engine  string // sqlite or postgres
	system  string // ext4 or xfs
	rand    *rand.Rand
	clock   clock.Clock
	place   string // a folder of its own, gone afterwards
	figures map[string]any
}

// broken is a promise that did not hold.
type broken struct{ what string }

func (b broken) Error() string { return b.what }

// report is the line that a proof prints.
type report struct {
	Name    string         `json:"name"`
	Verdict string         `json:"verdict"`
	Seed    uint64         `json:"seed"`
	Figures map[string]any `json:"figures"`
	Planted string         `json:"planted,omitempty"`
	Why     string         `json:"why,omitempty"`
	Again   string         `json:"again"`
	Machine machine        `json:"machine"`
	Seconds float64        `json:"seconds"`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(command(ctx, os.Args[1:], os.Stdout))
}

func command(ctx context.Context, args []string, w io.Writer) int {
	if len(args) == 0 {
		for _, p := range proofs {
			fmt.Fprintf(w, "%-10s %s\n%-10s planted fault: %s\n", p.name, p.promise, "", p.plant)
		}
		return 0
	}
	switch args[0] {
	case "writer":
		return writer(ctx, args[1:], w)
	case "small":
		status := 0
		for _, p := range proofs {
			for _, engine := range p.engines {
				status = max(status, one(ctx, p, append([]string{"-cycles", fmt.Sprint(p.small), "-db", engine}, args[1:]...), w))
			}
		}
		return status
	}
	for _, p := range proofs {
		if p.name == args[0] {
			return one(ctx, p, args[1:], w)
		}
	}
	fmt.Fprintf(w, "there is no proof %q\n", args[0])
	return 2
}

// one runs a proof and prints its line.
func one(ctx context.Context, p proof, args []string, w io.Writer) int {
	flags := flag.NewFlagSet(p.name, flag.ContinueOnError)
	cycles := flags.Int("cycles", p.cycles, "how often it is tried")
	full := flags.Bool("full", false, fmt.Sprintf("try it %d times", p.full))
	plant := flags.Bool("plant", false, "run the planted fault only: "+p.plant)
	seed := flags.Uint64("seed", 0, "where chance begins; a new one when 0")
	engine := flags.String("db", "sqlite", "sqlite or postgres")
	system := flags.String("fs", "ext4", "ext4 or xfs, for powercut")
	if flags.Parse(args) != nil {
		return 2
	}
	if !slices.Contains(p.engines, *engine) {
		fmt.Fprintf(w, "%s is proved on %s, not on %q\n", p.name, strings.Join(p.engines, " and "), *engine)
		return 2
	}
	if *full {
		*cycles = p.full
	}
	if *seed == 0 {
		*seed = rand.Uint64()>>12 + 1
	}
	t := &trial{cycles: *cycles, engine: *engine, system: *system, clock: clock.System{}}
	out := report{Name: p.name, Seed: *seed, Machine: here()}
	out.Again = fmt.Sprintf("go run ./cmd/proof %s -cycles %d -seed %d -db %s -fs %s", p.name, *cycles, *seed, *engine, *system)
	began := t.clock.Now()
	if missing := lacking(p.needs); len(missing) > 0 {
		out.Verdict, out.Why = "not run", "needs "+strings.Join(missing, ", ")
	} else {
		p.judge(ctx, t, &out, *seed, *plant)
	}
	out.Seconds = t.clock.Now().Sub(began).Round(10 * time.Millisecond).Seconds()
	line, err := json.Marshal(out)
	if err != nil {
		fmt.Fprintln(w, err)
		return 2
	}
	fmt.Fprintf(w, "%s\n", line)
	if out.Verdict == "broken" {
		return 1
	}
	return 0
}

// judge runs the proof, then its planted fault, which must be seen.
func (p proof) judge(ctx context.Context, t *trial, out *report, seed uint64, plant bool) {
	if !plant {
		err := p.try(ctx, t, seed)
		out.Figures = t.figures
		if err != nil {
			out.Verdict, out.Why = "broken", err.Error()
			var lack lack
			if errors.As(err, &lack) {
				out.Verdict = "not run"
			}
			return
		}
	}
	t.planted, t.cycles = true, max(p.small, min(t.cycles, 2*p.small))
	err := p.try(ctx, t, seed)
	var b broken
	switch {
	case plant:
		out.Figures, out.Verdict = t.figures, "broken"
		if err != nil {
			out.Why = err.Error()
		} else {
			out.Verdict, out.Why = "held", "the planted fault was not seen: "+p.plant
		}
	case errors.As(err, &b):
		out.Verdict, out.Planted = "held", fmt.Sprintf("seen (%s): %s", p.plant, b.what)
	case err != nil:
		out.Verdict, out.Why = "broken", "the planted fault could not be tried: "+err.Error()
	default:
		out.Verdict, out.Why = "broken", "the planted fault was not seen, so the proof is blind: "+p.plant
	}
}

// try runs the proof once in a folder of its own.
func (p proof) try(ctx context.Context, t *trial, seed uint64) error {
	place, err := os.MkdirTemp("", "parvis-proof-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(place)
	if err := os.Chmod(place, 0o755); err != nil {
		return err
	}
	t.place, t.figures, t.rand = place, map[string]any{}, rand.New(rand.NewPCG(seed, 0))
	return p.run(ctx, t)
}

// add adds to a figure.
func (t *trial) add(name string, n int) {
	before, _ := t.figures[name].(int)
	t.figures[name] = before + n
}
