package web_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"parvis/internal/web"
	"parvis/internal/web/webtest"
)

// BenchmarkAnswers compares a page from memory with a bare answer of the same bytes, over real connections: the page must
// keep at least half the rate.
func BenchmarkAnswers(b *testing.B) {
	site := webtest.Site(b)
	site.Log = slog.New(slog.NewJSONHandler(io.Discard, nil))
	site.Sequence = func() int64 { return 1 }
	site.Metrics = web.NewMetrics()
	home := get("/", (&counted{}).serve)
	home.Shared = true
	page := web.NewHandler(site, []web.Route{home})
	first := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Header.Set("Accept-Encoding", "gzip")
	page.ServeHTTP(first, r)
	body := first.Body.Bytes()
	bare := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(body)
	})
	for name, h := range map[string]http.Handler{"memory": page, "bare": bare} {
		b.Run(name, func(b *testing.B) {
			server := httptest.NewServer(h)
			defer server.Close()
			client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					q, _ := http.NewRequest(http.MethodGet, server.URL, nil)
					q.Header.Set("Accept-Encoding", "gzip")
					answer, err := client.Do(q)
					if err != nil {
						b.Error(err)
						return
					}
					_, _ = io.Copy(io.Discard, answer.Body)
					_ = answer.Body.Close()
				}
			})
		})
	}
	b.Run("alone", func(b *testing.B) {
		b.ReportAllocs()
		w := &quiet{header: http.Header{}}
		for b.Loop() {
			clear(w.header)
			page.ServeHTTP(w, r)
		}
	})
}
