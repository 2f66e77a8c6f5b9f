package web_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parvis/internal/web"
	"parvis/internal/web/webtest"
)

func ask(h http.Handler, host, path, remote string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Host, r.RemoteAddr = host, remote
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestFrontFindsTheTerritory(t *testing.T) {
	t.Parallel()
	c := &counted{}
	site := web.NewHandler(webtest.Site(t), []web.Route{get("/", c.serve)})
	f := &web.Front{Find: func(host string) http.Handler {
		if host == "vald.localhost" {
			return site
		}
		return nil
	}}
	for host, status := range map[string]int{"vald.localhost": 200, "VALD.localhost:8080": 200, "vald.localhost.": 200, "auch.localhost": 404, "": 404, "[::1]:80": 404} {
		if w := ask(f, host, "/", "127.0.0.1:1"); w.Code != status || w.Header().Get("X-Content-Type-Options") != "nosniff" || w.Header().Get("Content-Security-Policy") == "" {
			t.Errorf("%q: %d", host, w.Code)
		}
	}
	f.Other = http.RedirectHandler("/demo", http.StatusFound)
	if w := ask(f, "auch.localhost", "/", "127.0.0.1:1"); w.Code != http.StatusFound {
		t.Error("another host has its own page")
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	sick := error(nil)
	f := &web.Front{Find: func(string) http.Handler { return nil }, Ready: func(context.Context) error { return sick }}
	if ask(f, "x", "/health/live", "203.0.113.1:1").Code != 200 || ask(f, "x", "/health/ready", "203.0.113.1:1").Code != 200 {
		t.Error("alive and ready")
	}
	sick = errors.New("the disk is full")
	w := ask(f, "x", "/health/ready", "203.0.113.1:1")
	if w.Code != 503 || strings.Contains(w.Body.String(), "disk") || ask(f, "x", "/health/live", "203.0.113.1:1").Code != 200 {
		t.Errorf("%d %q", w.Code, w.Body.String())
	}
}

func TestFiguresAreForTheHouse(t *testing.T) {
	t.Parallel()
	site := webtest.Site(t)
	site.Metrics = web.NewMetrics()
	site.Sequence = func() int64 { return 1 }
	c := &counted{}
	home := get("/places/{id}", c.serve)
	home.Shared = true
	h := web.NewHandler(site, []web.Route{home})
	f := &web.Front{Find: func(string) http.Handler { return h }, Metrics: site.Metrics, Token: "sesame"}
	for _, path := range []string{"/places/1", "/places/1", "/none"} {
		ask(f, "vald.localhost", path, "127.0.0.1:1")
	}
	for _, one := range []struct {
		remote string
		header []string
		may    bool
	}{
		{"127.0.0.1:1", nil, true}, {"[::1]:1", nil, true}, {"203.0.113.1:1", nil, false}, {"127.0.0.1:1", []string{"X-Forwarded-For", "203.0.113.1"}, false},
		{"203.0.113.1:1", []string{"Authorization", "Bearer sesame"}, true}, {"203.0.113.1:1", []string{"Authorization", "Bearer "}, false},
	} {
		w := ask(f, "vald.localhost", "/metrics", one.remote, one.header...)
		if (w.Code == 200) != one.may || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s %v: %d", one.remote, one.header, w.Code)
		}
		for _, line := range []string{`parvis_http_requests_total{method="GET",route="/places/{id}",status="200"} 2`, `parvis_http_requests_total{method="GET",route="none",status="404"} 1`, `parvis_http_shared_pages_total{from="memory"} 1`, "go_goroutines"} {
			if one.may && !strings.Contains(w.Body.String(), line) {
				t.Errorf("no %s", line)
			}
		}
	}
	f.Token = ""
	if ask(f, "x", "/metrics", "203.0.113.1:1", "Authorization", "Bearer ").Code != 404 {
		t.Error("no token opens nothing")
	}
}

func TestServeEndsGently(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	began := make(chan struct{})
	h := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(began)
		time.Sleep(50 * time.Millisecond)
		_, _ = io.WriteString(w, "to the end")
	})
	ended := make(chan error, 1)
	go func() { ended <- web.Serve(ctx, listener, h, slog.New(slog.DiscardHandler), time.Second) }()
	body := make(chan string, 1)
	go func() {
		answer, err := http.Get("http://" + listener.Addr().String())
		if err != nil {
			body <- err.Error()
			return
		}
		defer answer.Body.Close()
		text, _ := io.ReadAll(answer.Body)
		body <- string(text)
	}()
	<-began
	stop()
	if got := <-body; got != "to the end" {
		t.Errorf("a request under way was cut: %q", got)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if _, err := http.Get("http://" + listener.Addr().String()); err == nil {
		t.Error("still answering")
	}
	closed, _ := net.Listen("tcp", "127.0.0.1:0")
	_ = closed.Close()
	if err := web.Serve(t.Context(), closed, h, slog.New(slog.DiscardHandler), time.Second); err == nil {
		t.Error("a listener that is closed is an error")
	}
}
