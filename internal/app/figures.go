package app

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"parvis/internal/db"
	"parvis/internal/jobs"
	"parvis/internal/notify"
)

// figuresWait is how long a store may take to tell its figures; a monitor asks again soon.
const figuresWait = 3 * time.Second

// otherKind stands for every kind of job that this program does not know, so that the labels stay few.
const otherKind = "other"

// What /metrics tells of each territory's queues. Labels are territories, kinds of job that the program knows, and the
// states that are listed here: nothing that comes from outside.
var (
	storeFigure = describe("parvis_store_up", "1 when a territory's store tells its figures, 0 when it does not.", "territory")
	jobsFigure  = describe("parvis_jobs", "Jobs by kind and state: waiting, running, failed (for good, to be looked at).", "territory", "kind", "state")
	lateFigure  = describe("parvis_jobs_late", "Jobs that have been due for more than a minute and are not being done.", "territory", "kind")
	mailFigure  = describe("parvis_mail_messages", "Messages by state: waiting, failed (for good, to be looked at).", "territory", "state")
	sendsFigure = describe("parvis_mail_sends", "1 when messages go to a mail server, 0 when none is set or this is a demo.")
	leftFigure  = describe("parvis_territories_left_out", "Territories that could not be opened; the log says why.")
	buildFigure = describe("parvis_build_info", "Always 1; the version is in the label.", "version", "go")
)

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(name, help, labels, nil)
}

// figures asks the stores each time somebody looks at /metrics, and at no other time.
type figures struct{ app *App }

// Describe lists the figures.
func (figures) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{storeFigure, jobsFigure, lateFigure, mailFigure, sendsFigure, leftFigure, buildFigure} {
		out <- d
	}
}

// Collect asks all stores at once. One that does not answer is told as that, and hides no other.
func (f figures) Collect(out chan<- prometheus.Metric) {
	gauge(out, sendsFigure, truth(f.app.options.mails()))
	gauge(out, leftFigure, float64(len(f.app.failed)))
	gauge(out, buildFigure, 1, release(), runtime.Version())
	ctx, cancel := context.WithTimeout(context.Background(), figuresWait)
	defer cancel()
	var asking sync.WaitGroup
	for _, h := range f.app.houses {
		asking.Go(func() { h.figures(ctx, out) })
	}
	asking.Wait()
}

func gauge(out chan<- prometheus.Metric, what *prometheus.Desc, value float64, labels ...string) {
	out <- prometheus.MustNewConstMetric(what, prometheus.GaugeValue, value, labels...)
}

func truth(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// depth is what is told of a kind of job.
type depth struct{ waiting, running, failed, late int }

// figures tells a territory's queues. A kind that has no job is told too, as nought: a monitor misses no beginning.
func (h *House) figures(ctx context.Context, out chan<- prometheus.Metric) {
	depths, err := jobs.Depths(ctx, h.Store)
	var waiting, failed int
	if err == nil {
		err = h.Store.Read(ctx, func(tx *db.Tx) (err error) {
			waiting, failed, err = notify.Queue(tx)
			return err
		})
	}
	gauge(out, storeFigure, truth(err == nil), h.ID)
	if err != nil {
		return
	}
	for kind, d := range h.byKind(depths) {
		gauge(out, jobsFigure, float64(d.waiting), h.ID, kind, "waiting")
		gauge(out, jobsFigure, float64(d.running), h.ID, kind, "running")
		gauge(out, jobsFigure, float64(d.failed), h.ID, kind, "failed")
		gauge(out, lateFigure, float64(d.late), h.ID, kind)
	}
	gauge(out, mailFigure, float64(waiting), h.ID, "waiting")
	gauge(out, mailFigure, float64(failed), h.ID, "failed")
}

// byKind adds up depths by the kinds that the program knows, and all the others under one name.
func (h *House) byKind(depths []jobs.Depth) map[string]depth {
	all := map[string]depth{otherKind: {}}
	for _, kind := range h.kinds {
		all[kind] = depth{}
	}
	for _, d := range depths {
		kind := d.Kind
		if !slices.Contains(h.kinds, kind) {
			kind = otherKind
		}
		sum := all[kind]
		switch d.State {
		case jobs.Waiting:
			sum.waiting += d.Jobs
		case jobs.Running:
			sum.running += d.Jobs
		case jobs.Buried:
			sum.failed += d.Jobs
		}
		sum.late += d.Late
		all[kind] = sum
	}
	return all
}
