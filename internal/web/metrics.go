package web

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics counts requests by route, never by person. One serves a whole program.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	memory   *prometheus.CounterVec
}

// NewMetrics makes the counters, with those of the program and of Go.
func NewMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "parvis_http_requests_total", Help: "Requests answered, by route, method and status.",
		}, []string{"route", "method", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "parvis_http_request_seconds", Help: "Time to answer, by route.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, 1, 5},
		}, []string{"route"}),
		memory: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "parvis_http_shared_pages_total", Help: "Shared pages, from memory or made.",
		}, []string{"from"}),
	}
	m.registry.MustRegister(m.requests, m.seconds, m.memory, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Registry is where other parts of the program add their figures.
func (m *Metrics) Registry() *prometheus.Registry { return m.registry }

// Handler shows the figures. Front lets only those in who may see them.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// methods are the names that a label may take; what somebody invents is "other".
var methods = map[string]string{"GET": "GET", "HEAD": "HEAD", "POST": "POST", "PUT": "PUT", "DELETE": "DELETE", "PATCH": "PATCH", "OPTIONS": "OPTIONS"}

func (m *Metrics) answered(route, method string, status int, took time.Duration) {
	if m == nil {
		return
	}
	name, known := methods[method]
	if !known {
		name = "other"
	}
	m.requests.WithLabelValues(route, name, strconv.Itoa(status)).Inc()
	m.seconds.WithLabelValues(route).Observe(took.Seconds())
}

func (m *Metrics) shared(from string) {
	if m != nil {
		m.memory.WithLabelValues(from).Inc()
	}
}
