package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"parvis/internal/app"
	"parvis/internal/config"
	"parvis/internal/search"
	"parvis/internal/search/searchtest"
)

// pageOptions say how pages are measured.
type pageOptions struct {
	places  int
	clients int
	asked   int
	each    time.Duration
	rounds  int
}

// benchHost is the territory that the bench makes.
const benchHost = "bench.localhost"

// pages measures the whole program from outside, as its own process: how long until the first answer with so many places,
// what memory it keeps, how long a search takes over HTTP with several clients, and the rate of a page from memory beside
// a bare net/http server that sends the same bytes.
func pages(ctx context.Context, args []string, out io.Writer) error {
	o := pageOptions{}
	bare, counting := "", time.Duration(0)
	err := flags("pages", args, func(f *flag.FlagSet) {
		f.IntVar(&o.places, "n", 100_000, "places in the directory")
		f.IntVar(&o.clients, "clients", 8, "clients at once")
		f.IntVar(&o.asked, "searches", 4000, "searches over HTTP")
		f.DurationVar(&o.each, "for", 3*time.Second, "how long each server's rate is measured in a round")
		f.IntVar(&o.rounds, "rounds", 3, "rounds of the rates; medians are printed")
		f.StringVar(&bare, "bare", "", "serve this file as the bare server does (the bench calls itself so)")
		f.DurationVar(&counting, "counting", 0, "serve as the control does that counts for so long (the bench calls itself so)")
	})
	if err != nil {
		return err
	}
	switch {
	case bare != "":
		return serveBare(ctx, bare, out)
	case counting > 0:
		return serveCounting(ctx, counting, out)
	}
	folder, err := os.MkdirTemp("", "parvis-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	return o.run(ctx, folder, out)
}

func (o pageOptions) run(ctx context.Context, folder string, out io.Writer) error {
	fmt.Fprintf(out, "%d places, %d clients, %s, %d cores\n", o.places, o.clients, runtime.Version(), runtime.NumCPU())
	questions, err := o.prepare(ctx, folder)
	if err != nil {
		return err
	}
	runtime.GC() // what made the places is gone: the clients have little to clean up while they measure
	program := filepath.Join(folder, "parvis")
	build := exec.CommandContext(ctx, "go", "build", "-o", program, "./cmd/parvis")
	if text, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("build the program: %w\n%s", err, text)
	}
	server, err := started(ctx, program, folder, out)
	if err != nil {
		return err
	}
	defer server.stop()
	if err := o.overHTTP(ctx, server, questions, out); err != nil {
		return err
	}
	memory, err := anonymous(server.command.Process.Pid)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "memory (RssAnon)          %5d MB   (goal: below 300 MB)\n", memory>>20)
	if o.rounds == 0 {
		return nil
	}
	return o.rates(ctx, folder, server.address, out)
}

// started gives the program, started for the second time: the first start after an import makes the index of places, and
// so does one after a crash or with another version; all others read its snapshot.
func started(ctx context.Context, program, folder string, out io.Writer) (*server, error) {
	args := []string{"serve", "--data", filepath.Join(folder, "data"), "--listen", "127.0.0.1:0"}
	first, err := start(ctx, program, args...)
	if err != nil {
		return nil, err
	}
	first.stop()
	server, err := start(ctx, program, args...)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(out, "start to first answer     %8s   (goal: at most 2 s)\n  making the index        %8s\n",
		server.took.Round(time.Millisecond), first.took.Round(time.Millisecond))
	return server, nil
}

// overHTTP measures searches from outside, beside a control that only counts for as long as they take.
func (o pageOptions) overHTTP(ctx context.Context, server *server, questions []string, out io.Writer) error {
	before, err1 := worked(server.command.Process.Pid)
	searches, err2 := o.searches(ctx, server.address, questions)
	after, err3 := worked(server.command.Process.Pid)
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	each := (after - before) / time.Duration(len(questions))
	fmt.Fprintf(out, "search over HTTP    p50   %8s\n                    p99   %8s   (goal: at most 15 ms)\n                  of a core %6s   each\n",
		fine(searches.p50), fine(searches.p99), fine(each))
	self, err := os.Executable()
	if err != nil {
		return err
	}
	control, err := start(ctx, self, "pages", "-counting", max(each, time.Microsecond).String())
	if err != nil {
		return err
	}
	defer control.stop()
	counted, err := o.searches(ctx, control.address, questions)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "counting as long    p50   %8s\n                    p99   %8s\nratio               p99   %8.2f   (what the machine does not answer for)\n",
		fine(counted.p50), fine(counted.p99), float64(searches.p99)/float64(counted.p99))
	return nil
}

func fine(d time.Duration) time.Duration { return d.Round(10 * time.Microsecond) }

// prepare makes the territory and the questions to ask of it: a third of them misspelt.
func (o pageOptions) prepare(ctx context.Context, folder string) ([]string, error) {
	docs := searchtest.Places(o.places, 1)
	var questions []string
	for _, q := range slices.Concat(searchtest.Full(docs, o.asked*2/3, 3), searchtest.Misspelt(docs, o.asked-o.asked*2/3, 4)) {
		questions = append(questions, q.Words)
	}
	return questions, fill(ctx, folder, docs)
}

// fill makes a territory with so many places.
func fill(ctx context.Context, folder string, docs []search.Doc) error {
	c, err := config.Load("", nil)
	if err != nil {
		return err
	}
	c.Data = filepath.Join(folder, "data")
	options := app.Options{Config: c}
	_, err = app.Init(ctx, options, app.NewTerritory{
		ID: "bench", Name: "Bench", Host: benchHost, Language: "fr", Country: "FR", Zone: "Europe/Paris",
		Centre: "50.63,3.06", Phone: "03 53 01 00 00", Manager: "manager@bench.example",
	})
	if err != nil {
		return err
	}
	needs := []string{"online-forms", "internet-access", "housing", "food", "job", "health", "elder-care", "tax"}
	places, services := table("id", "name", "kind", "address", "town", "lat", "lon", "hours", "wheelchair", "about"),
		table("id", "place", "name", "needs", "ways", "fee")
	week := []string{"Mo-Fr 09:00-12:00,14:00-17:00", "Tu-Sa 10:00-18:00; PH off", "Mo-Su 08:00-20:00", "We 14:00-17:00"}
	for i := range docs {
		d, key := &docs[i], fmt.Sprintf("p%d", i)
		places.add(key, d.Fields[0].Text, "service-point", d.Fields[3].Text, d.Fields[2].Text,
			strconv.FormatFloat(d.Point.Lat, 'f', 5, 64), strconv.FormatFloat(d.Point.Lon, 'f', 5, 64),
			week[i%len(week)], []string{"yes", "no", "unknown"}[i%3], d.Fields[len(d.Fields)-1].Text)
		services.add("s"+key, key, d.Fields[1].Text, needs[i%len(needs)], []string{"counter", "phone"}[i%2], []string{"free", "paid"}[i%5/4])
	}
	for _, t := range []*rows{places, services} {
		err := app.Import(ctx, options, app.Feed{Territory: "bench", File: t.done(), Name: "bench.csv", Source: "bench", Out: io.Discard})
		if err != nil {
			return err
		}
	}
	return nil
}

// rows is a CSV being written.
type rows struct {
	text bytes.Buffer
	csv  *csv.Writer
}

func table(columns ...string) *rows {
	r := &rows{}
	r.csv = csv.NewWriter(&r.text)
	r.add(columns...)
	return r
}

func (r *rows) add(cells ...string) { _ = r.csv.Write(cells) } // to memory: it does not fail

func (r *rows) done() io.Reader { r.csv.Flush(); return &r.text }

// server is a program that answers.
type server struct {
	command *exec.Cmd
	address string
	took    time.Duration // from its start to its first answer
}

// start runs a program and waits until it has answered once. It prints its address, http://…/, on standard output; what it
// logs goes to /dev/null.
func start(ctx context.Context, program string, args ...string) (*server, error) {
	command := exec.CommandContext(ctx, program, args...)
	output, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	began := now()
	if err := command.Start(); err != nil {
		return nil, err
	}
	s := &server{command: command}
	line := make([]byte, 512)
	n, err := output.Read(line)
	at := strings.Index(string(line[:n]), "http://")
	if err != nil || at < 0 {
		s.stop()
		return nil, fmt.Errorf("%s did not say where it answers: %q, %w", filepath.Base(program), line[:n], errors.Join(err, ctx.Err()))
	}
	s.address, _, _ = strings.Cut(string(line[at:n]), "/ ")
	s.address = strings.TrimRight(s.address, "/\n")
	_, err = ask(ctx, http.DefaultClient, s.address+"/")
	s.took = now().Sub(began)
	if err != nil {
		s.stop()
		return nil, err
	}
	go func() { _, _ = io.Copy(io.Discard, output) }()
	return s, nil
}

func (s *server) stop() {
	_ = s.command.Process.Signal(os.Interrupt)
	_ = s.command.Wait()
}

// ask fetches a page as a browser does, compressed.
func ask(ctx context.Context, client *http.Client, address string) (int64, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, err
	}
	r.Host = benchHost
	r.Header.Set("Accept-Encoding", "gzip")
	answer, err := client.Do(r)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	n, err := io.Copy(io.Discard, answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: status %d", address, answer.StatusCode)
	}
	return n, err
}

// latency is how long one request took: the middle one, and the slowest of a hundred.
type latency struct{ p50, p99 time.Duration }

// searches asks the questions from several clients.
func (o pageOptions) searches(ctx context.Context, address string, questions []string) (latency, error) {
	took := make([]time.Duration, len(questions))
	err := o.together(func(client *http.Client, next func() (int, bool)) error {
		for i, more := next(); more; i, more = next() {
			began := now()
			_, err := ask(ctx, client, address+"/places?q="+url.QueryEscape(questions[i]))
			if err != nil {
				return err
			}
			took[i] = now().Sub(began)
		}
		return nil
	}, len(questions))
	slices.Sort(took)
	return latency{took[len(took)/2], took[len(took)*99/100]}, err
}

// together runs clients that share n pieces of work.
func (o pageOptions) together(work func(*http.Client, func() (int, bool)) error, n int) error {
	var taken atomic.Int64
	next := func() (int, bool) {
		i := int(taken.Add(1)) - 1
		return i, i < n
	}
	errs := make([]error, o.clients)
	var running sync.WaitGroup
	for c := range o.clients {
		running.Go(func() {
			client := &http.Client{Transport: &http.Transport{DisableCompression: true}, Timeout: time.Minute}
			defer client.CloseIdleConnections()
			errs[c] = work(client, next)
		})
	}
	running.Wait()
	return errors.Join(errs...)
}

// rates compares the first page, from memory, with a bare server that sends the same bytes.
func (o pageOptions) rates(ctx context.Context, folder, address string, out io.Writer) error {
	file := filepath.Join(folder, "page.gz")
	if err := keepPage(ctx, address, file); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	bare, err := start(ctx, self, "pages", "-bare", file)
	if err != nil {
		return err
	}
	defer bare.stop()
	ours, theirs := make([]float64, o.rounds), make([]float64, o.rounds)
	for i := range o.rounds { // side by side, so that a busy moment of the machine meets both
		if ours[i], err = o.rate(ctx, address); err != nil {
			return err
		}
		if theirs[i], err = o.rate(ctx, bare.address); err != nil {
			return err
		}
	}
	slices.Sort(ours)
	slices.Sort(theirs)
	mine, other := ours[o.rounds/2], theirs[o.rounds/2]
	fmt.Fprintf(out, "page from memory          %8.0f/s\nbare net/http, same bytes %8.0f/s\nratio                     %8.2f   (goal: at least 0.5)\n", mine, other, mine/other)
	return nil
}

// rate is how many first pages a second a server gives to the clients.
func (o pageOptions) rate(ctx context.Context, address string) (float64, error) {
	var answered atomic.Int64
	began := now()
	err := o.together(func(client *http.Client, _ func() (int, bool)) error {
		for now().Sub(began) < o.each {
			if _, err := ask(ctx, client, address+"/"); err != nil {
				return err
			}
			answered.Add(1)
		}
		return nil
	}, 0)
	return float64(answered.Load()) / now().Sub(began).Seconds(), err
}

// keepPage writes the first page, compressed, to a file.
func keepPage(ctx context.Context, address, file string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/", nil)
	if err != nil {
		return err
	}
	r.Host = benchHost
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := io.Copy(w, answer.Body); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return os.WriteFile(file, packed.Bytes(), 0o600)
}

// serveBare answers every request with one file's bytes: the least that net/http can do.
func serveBare(ctx context.Context, file string, out io.Writer) error {
	body, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	listener, err := listen(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "http://%s/ \n", listener.Addr())
	length := []string{strconv.Itoa(len(body))}
	bare := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		header := w.Header()
		header["Content-Type"], header["Content-Encoding"], header["Content-Length"] = []string{"text/html; charset=utf-8"}, []string{"gzip"}, length
		_, _ = w.Write(body)
	})}
	go func() { <-ctx.Done(); _ = bare.Close() }()
	if err := bare.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
