package web

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"
)

// Front is what a program serves: it gives each request to the territory of its host name, and answers for the health
// and the figures of the whole.
type Front struct {
	// Find gives the handler of a host name (lower case, without port), nil when it is none of ours.
	Find func(host string) http.Handler
	// Other answers hosts that are none of ours; nil: a short 404.
	Other http.Handler
	// Ready says why requests cannot be answered now; nil: they can.
	Ready   func(context.Context) error
	Metrics *Metrics
	Token   string         // opens /metrics to those who are not on this machine; empty: nobody
	Proxies []netip.Prefix // as for Site
}

// ServeHTTP answers a request.
func (f *Front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/health/live":
		plain(w, http.StatusOK, "ok\n")
	case "/health/ready":
		f.ready(w, r)
	case "/metrics":
		f.metrics(w, r)
	default:
		if site := f.Find(hostOf(r)); site != nil {
			site.ServeHTTP(w, r)
		} else if f.Other != nil {
			f.Other.ServeHTTP(w, r)
		} else {
			plain(w, http.StatusNotFound, "There is nothing under this host name.\n")
		}
	}
}

func (f *Front) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 5*time.Second)
	defer cancel()
	if f.Ready != nil && f.Ready(ctx) != nil {
		plain(w, http.StatusServiceUnavailable, "not ready\n")
		return
	}
	plain(w, http.StatusOK, "ready\n")
}

// metrics shows the figures to the machine itself and to who has the token; for all others the page is not there.
func (f *Front) metrics(w http.ResponseWriter, r *http.Request) {
	p := findPeer(r, f.Proxies)
	given := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	known := f.Token != "" && subtle.ConstantTimeCompare([]byte(given), []byte(f.Token)) == 1
	if f.Metrics == nil || !known && !(p.direct && p.addr.IsLoopback()) {
		plain(w, http.StatusNotFound, "not found\n")
		return
	}
	bare(w.Header())
	f.Metrics.Handler().ServeHTTP(w, r)
}

// bare sets the headers of an answer that is not a page.
func bare(header http.Header) {
	header["X-Content-Type-Options"] = nosniff
	header["Cache-Control"] = noStore
	header.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
}

func plain(w http.ResponseWriter, status int, text string) {
	bare(w.Header())
	w.Header()["Content-Type"] = textType
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text))
}

// hostOf is the host name asked for, lower case, without port or a last dot.
func hostOf(r *http.Request) string {
	host := r.Host
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.TrimSuffix(strings.ToLower(host), ".")
}

// Serve answers on a listener until ctx ends, then lets what is under way finish, for at most grace.
func Serve(ctx context.Context, listener net.Listener, handler http.Handler, log *slog.Logger, grace time.Duration) error {
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, WriteTimeout: 2 * time.Minute,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug), // broken connections of others
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve %s: %w", listener.Addr(), err)
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	err := server.Shutdown(last)
	if errors.Is(err, context.DeadlineExceeded) {
		err = server.Close()
	}
	if err != nil {
		return fmt.Errorf("stop serving %s: %w", listener.Addr(), err)
	}
	return nil
}
