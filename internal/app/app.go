package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"parvis/internal/clock"
	"parvis/internal/config"
	"parvis/internal/org"
	"parvis/internal/web"
)

// Options say what is opened and how.
type Options struct {
	Config *config.Config
	Demo   bool         // the five territories to try, with invented people
	Packs  []*org.Pack  // the territories; nil: those of the data folder
	Clock  clock.Clock  // the machine's when nil
	Log    *slog.Logger // the default one when nil
	Fatal  func(error)  // called when a disk no longer keeps what it is given: the program should end

	connections int // PostgreSQL connections of one territory: its share of those of the installation
}

// App is the installation, open. It is safe for concurrent use.
type App struct {
	options Options
	metrics *web.Metrics
	houses  []*House
	failed  []Failure
	front   *web.Front
	took    time.Duration
	stop    context.CancelFunc
	running sync.WaitGroup
}

// Failure is a territory that could not be opened, and why.
type Failure struct {
	Territory string
	Err       error
}

// Open opens every territory and what runs beside it. A territory that cannot be opened is left out and listed in
// Failed; it is an error only when none could be opened.
func Open(ctx context.Context, o Options) (*App, error) {
	o.complete()
	began := o.Clock.Now()
	a := &App{options: o, metrics: web.NewMetrics()}
	packs, err := o.Packs, o.noReal()
	if err != nil {
		return nil, err
	}
	if packs == nil {
		if packs, a.failed, err = o.ownPacks(); err != nil {
			return nil, err
		}
	}
	if err := unambiguous(packs); err != nil {
		return nil, err
	}
	a.options.connections = max(2, o.Config.Database.MaxConns/max(1, len(packs)))
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	a.stop = stop
	rested := spacious()
	a.open(ctx, running, packs)
	rested()
	if len(a.houses) == 0 {
		stop()
		return nil, fmt.Errorf("no territory could be opened: %w", a.trouble())
	}
	other, err := a.elsewhere()
	if err != nil {
		return nil, errors.Join(err, a.Close())
	}
	a.front = &web.Front{
		Find: a.find, Other: other, Ready: a.ready, Metrics: a.metrics,
		Token: o.Config.Metrics.Token.Reveal(), Proxies: o.Config.TrustedProxies,
	}
	a.metrics.Registry().MustRegister(figures{a})
	a.remark()
	a.took = o.Clock.Now().Sub(began)
	return a, nil
}

// Took is how long opening took.
func (a *App) Took() time.Duration { return a.took }

// open opens the territories side by side; what fails is noted.
func (a *App) open(ctx, running context.Context, packs []*org.Pack) {
	houses, errs := make([]*House, len(packs)), make([]error, len(packs))
	var opening sync.WaitGroup
	for i, pack := range packs {
		opening.Go(func() { houses[i], errs[i] = a.openHouse(ctx, running, pack) })
	}
	opening.Wait()
	for i, err := range errs {
		if err != nil {
			a.options.Log.Error("territory left out", "territory", packs[i].ID, "cause", err)
			a.failed = append(a.failed, Failure{packs[i].ID, err})
			continue
		}
		a.houses = append(a.houses, houses[i])
	}
}

// trouble joins why territories were left out.
func (a *App) trouble() error {
	var all []error
	for _, f := range a.failed {
		all = append(all, fmt.Errorf("%s: %w", f.Territory, f.Err))
	}
	return errors.Join(all...)
}

// unambiguous refuses two territories under one host name.
func unambiguous(packs []*org.Pack) error {
	owner := map[string]string{}
	for _, p := range packs {
		for _, host := range p.Hosts {
			if other := owner[host]; other != "" {
				return fmt.Errorf("%s and %s both answer under %s: change hosts in one territory.yaml", other, p.ID, host)
			}
			owner[host] = p.ID
		}
	}
	return nil
}

// remark tells the log what whoever runs this should know.
func (a *App) remark() {
	for _, remark := range a.options.remarks() {
		a.options.Log.Warn(remark)
	}
}

// Houses lists the open territories, by id.
func (a *App) Houses() []*House { return slices.Clone(a.houses) }

// House gives an open territory, nil when there is none of this id.
func (a *App) House(territory string) *House {
	for _, h := range a.houses {
		if h.ID == territory {
			return h
		}
	}
	return nil
}

// Failed lists the territories that could not be opened.
func (a *App) Failed() []Failure { return slices.Clone(a.failed) }

// Handler answers requests for all territories.
func (a *App) Handler() http.Handler { return a.front }

// find gives the territory of a host name. An installation of one territory that is no demo answers under any name.
func (a *App) find(host string) http.Handler {
	for _, h := range a.houses {
		if slices.Contains(h.Hosts, host) {
			return h.handler
		}
	}
	if len(a.houses) == 1 && !a.options.Demo {
		return a.houses[0].handler
	}
	return nil
}

// ready reports whether every territory's store answers and keeps what it is given.
func (a *App) ready(ctx context.Context) error {
	for _, h := range a.houses {
		if err := h.Store.Broken(); err != nil {
			return fmt.Errorf("store of %s: %w", h.ID, err)
		}
		if _, err := h.Events.Last(ctx); err != nil {
			return fmt.Errorf("store of %s: %w", h.ID, err)
		}
	}
	return nil
}

// Serve answers on a listener until ctx ends, and the orders of this machine's commands.
func (a *App) Serve(ctx context.Context, listener net.Listener) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	a.control(ctx)
	return web.Serve(ctx, listener, a.Handler(), a.options.Log, a.options.Config.Shutdown)
}

// Close stops what runs beside and closes the territories.
func (a *App) Close() error {
	a.stop()
	done := make(chan struct{})
	go func() { a.running.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(a.options.Config.Shutdown):
		a.options.Log.Warn("some work did not end in time; it is begun again at the next start")
	}
	var errs []error
	for _, h := range a.houses {
		if err := h.close(); err != nil {
			errs = append(errs, fmt.Errorf("close %s: %w", h.ID, err))
		}
	}
	return errors.Join(errs...)
}
