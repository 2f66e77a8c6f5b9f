package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"parvis/internal/search"
	"parvis/internal/search/searchtest"
)

// searchOptions say what is searched.
type searchOptions struct {
	places    int
	questions int
	peers     bool
	dir       string
}

// searchFigures are what was measured; they are also printed as one line of JSON.
type searchFigures struct {
	Places      int            `json:"places"`
	Build       float64        `json:"build_seconds"`
	Heap        float64        `json:"index_heap_mb"`
	RssAnon     float64        `json:"rss_anon_mb"` // of the whole process, the places themselves gone
	Engines     []engineFigure `json:"engines"`
	RatioFTS5   float64        `json:"p99_fts5_over_index,omitempty"`
	RatioVector float64        `json:"p99_tsvector_over_index,omitempty"`
	Without     []string       `json:"without,omitempty"`
}

// engineFigure is how one engine answered.
type engineFigure struct {
	Name     string        `json:"name"`
	Right    answerFigures `json:"rightly_spelt"`
	Misspelt answerFigures `json:"misspelt"`
	Letters  answerFigures `json:"two_letters"`
}

// answerFigures are about one sort of question: milliseconds, and the share whose document is among the first 20.
type answerFigures struct {
	P50   float64 `json:"p50_ms"`
	P99   float64 `json:"p99_ms"`
	Found float64 `json:"found"`
}

// answerer is an engine that answers questions with the numbers of the first 20 places.
type answerer struct {
	name string
	ask  func(q searchtest.Question) ([]int, error)
}

// answers is how many hits are asked for.
const answers = 20

// searches measures the index in memory, and beside it, question by question, SQLite FTS5 and PostgreSQL tsvector over
// the same folded texts. The index also counts every facet and tells reasons; the others only rank.
func searches(ctx context.Context, args []string, out io.Writer) error {
	o := searchOptions{}
	err := flags("search", args, func(f *flag.FlagSet) {
		f.IntVar(&o.places, "n", 100_000, "places")
		f.IntVar(&o.questions, "q", 2000, "questions of each sort")
		f.BoolVar(&o.peers, "peers", true, "measure SQLite FTS5, and PostgreSQL tsvector at PARVIS_TEST_POSTGRES, beside the index")
		f.StringVar(&o.dir, "dir", "", "folder for the SQLite file (a new one in the system's when empty)")
	})
	if err != nil {
		return err
	}
	figures, err := measureSearch(ctx, o)
	if err != nil {
		return err
	}
	figures.print(out)
	return json.NewEncoder(out).Encode(figures)
}

func measureSearch(ctx context.Context, o searchOptions) (*searchFigures, error) {
	figures := &searchFigures{Places: o.places}
	places := searchtest.Places(o.places, 1)
	before := heap()
	x := search.New()
	began := now()
	x.Put(places...)
	figures.Build = now().Sub(began).Seconds()
	figures.Heap = heap() - before

	number := make(map[string]int, len(places))
	for i := range places {
		number[places[i].ID] = i
	}
	sorts := [3][]searchtest.Question{
		searchtest.Full(places, o.questions, 1), searchtest.Misspelt(places, o.questions, 1), searchtest.Beginnings(places, o.questions, 1),
	}
	measure := func(others ...answerer) error {
		all := append([]answerer{inMemory(x, number)}, others...)
		figures.Engines = make([]engineFigure, len(all))
		for i, a := range all {
			figures.Engines[i].Name = a.name
		}
		for sort, questions := range sorts {
			got, err := interleave(all, questions, number)
			if err != nil {
				return err
			}
			for i := range all {
				*[]*answerFigures{&figures.Engines[i].Right, &figures.Engines[i].Misspelt, &figures.Engines[i].Letters}[sort] = got[i]
			}
		}
		return nil
	}
	err := withPeers(ctx, o, places, figures, measure)
	if err != nil {
		return nil, err
	}
	figures.compare()
	places, number, sorts = nil, nil, [3][]searchtest.Question{}
	figures.RssAnon, err = rssAnon()
	runtime.KeepAlive(x)
	return figures, err
}

// inMemory is the index.
func inMemory(x *search.Index, number map[string]int) answerer {
	return answerer{name: "index in memory", ask: func(q searchtest.Question) ([]int, error) {
		r := x.Search(search.Query{Words: q.Words, Prefix: q.Prefix, Limit: answers})
		numbers := make([]int, len(r.Hits))
		for i, h := range r.Hits {
			numbers[i] = number[h.ID]
		}
		return numbers, nil
	}}
}

// atATime is how many questions an engine answers before the next has its turn.
const atATime = 50

// interleave asks the questions of all engines, some at a time in turn: they share whatever else the machine does, and each
// answers as it does in its own house, where nobody empties the caches between two questions.
func interleave(all []answerer, questions []searchtest.Question, number map[string]int) ([]answerFigures, error) {
	took := make([][]time.Duration, len(all))
	found := make([]int, len(all))
	warm := min(len(questions)/10, 100)
	runtime.GC()
	for _, a := range all {
		for _, q := range questions[:warm] {
			if _, err := a.ask(q); err != nil {
				return nil, fmt.Errorf("%s: %q: %w", a.name, q.Words, err)
			}
		}
	}
	for some := range slices.Chunk(questions, atATime) {
		for i, a := range all {
			for _, q := range some {
				began := now()
				got, err := a.ask(q)
				took[i] = append(took[i], now().Sub(began))
				if err != nil {
					return nil, fmt.Errorf("%s: %q: %w", a.name, q.Words, err)
				}
				if slices.Contains(got, number[q.ID]) {
					found[i]++
				}
			}
		}
	}
	figures := make([]answerFigures, len(all))
	for i := range all {
		slices.Sort(took[i])
		figures[i] = answerFigures{P50: milli(took[i][len(took[i])/2]), P99: milli(took[i][len(took[i])*99/100]), Found: float64(found[i]) / float64(len(questions))}
	}
	return figures, nil
}

func (f *searchFigures) compare() {
	for _, e := range f.Engines[1:] {
		ratio := e.Right.P99 / f.Engines[0].Right.P99
		if strings.HasPrefix(e.Name, "SQLite") {
			f.RatioFTS5 = ratio
		} else {
			f.RatioVector = ratio
		}
	}
}

func (f *searchFigures) print(out io.Writer) {
	fmt.Fprintf(out, "search: %d made places in five languages; index built in %.2f s on %d cores, %.0f MB of heap; whole process %.0f MB RssAnon\n\n",
		f.Places, f.Build, runtime.GOMAXPROCS(0), f.Heap, f.RssAnon)
	fmt.Fprintf(out, "%-20s  %-25s  %-25s  %-25s\n", "milliseconds", "words rightly spelt", "one mistake", "two letters, as one types")
	fmt.Fprintf(out, "%-20s  %s\n", "", strings.Repeat("    p50     p99    found  ", 3))
	for _, e := range f.Engines {
		fmt.Fprintf(out, "%-20s", e.Name)
		for _, a := range []answerFigures{e.Right, e.Misspelt, e.Letters} {
			fmt.Fprintf(out, "  %7.3f %7.3f %6.1f %% ", a.P50, a.P99, 100*a.Found)
		}
		fmt.Fprintln(out)
	}
	if f.RatioFTS5 > 0 {
		fmt.Fprintf(out, "\nat p99 on words rightly spelt the index is %.1f times as fast as FTS5", f.RatioFTS5)
		if f.RatioVector > 0 {
			fmt.Fprintf(out, ", %.1f times as fast as tsvector", f.RatioVector)
		}
		fmt.Fprintln(out)
	}
	for _, what := range f.Without {
		fmt.Fprintln(out, "not measured:", what)
	}
	fmt.Fprintln(out, "found: the place is among the first 20. The index also counts all facets and tells its reasons; the others only rank.")
}

func milli(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e6 }

// heap is what lives on the heap, in megabytes.
func heap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}

// rssAnon is the memory of the process that no file stands behind, in megabytes, after what is free was given back.
func rssAnon() (float64, error) {
	debug.FreeOSMemory()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, nil //nolint:nilerr // not Linux: not told
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "RssAnon:"); ok {
			var kb float64
			_, err := fmt.Sscanf(strings.TrimSpace(rest), "%f kB", &kb)
			return kb / 1024, err
		}
	}
	return 0, nil
}
