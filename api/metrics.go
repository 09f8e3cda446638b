package api

import (
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"leimu/data"
	"leimu/search"
)

// metrics is what operators watch. Each server has its own registry.
type metrics struct {
	registry   *prometheus.Registry
	requests   *prometheus.CounterVec
	latency    *prometheus.HistogramVec
	confidence *prometheus.CounterVec
	reloads    *prometheus.CounterVec
	guide      *prometheus.GaugeVec
}

func newMetrics(version string) *metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "leimu", Name: name, Help: help}, labels)
	}
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: counter("requests_total", "Requests answered.", "route", "method", "status"),
		latency: prometheus.NewHistogramVec(prometheus.HistogramOpts{Namespace: "leimu", Name: "request_seconds",
			Help: "Time from a request's header to its answer.", Buckets: latencyBuckets()}, []string{"route"}),
		confidence: counter("answers_total", "Searches answered, by confidence.", "confidence"),
		reloads:    counter("reloads_total", "Times that the knowledge was opened.", "result"),
		guide: prometheus.NewGaugeVec(prometheus.GaugeOpts{Namespace: "leimu", Name: "guide_info",
			Help: "The guide that answers rest on, and the program's version."}, []string{"sha256", "version"}),
	}
	m.guide = m.guide.MustCurryWith(prometheus.Labels{"version": version})
	m.registry.MustRegister(m.requests, m.latency, m.confidence, m.reloads, m.guide,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// latencyBuckets reach from a tenth of a millisecond, a search's own time, to a
// second, in steps of about 2.
func latencyBuckets() []float64 {
	return []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1}
}

func (m *metrics) answered(route, method string, status int, took time.Duration) {
	if route == "" {
		route, method = "unmatched", "any" // labels must not grow with what strangers send
	}
	m.requests.WithLabelValues(route, method, strconv.Itoa(status)).Inc()
	m.latency.WithLabelValues(route).Observe(took.Seconds())
}

func (m *metrics) told(c search.Confidence) { m.confidence.WithLabelValues(string(c)).Inc() }

func (m *metrics) reloaded(err error) {
	result := "ok"
	if err != nil {
		result = "failed"
	}
	m.reloads.WithLabelValues(result).Inc()
}

func (m *metrics) serving(c *data.Catalog) {
	m.guide.Reset()
	m.guide.WithLabelValues(c.SHA256).Set(1)
}

// metricsRoute is GET /metrics.
func (s *Server) metricsRoute() gin.HandlerFunc {
	// The whole answer is packed by compress already.
	return gin.WrapH(promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{DisableCompression: true}))
}

// adminRoutes is what the admin address answers.
func (s *Server) adminRoutes() http.Handler {
	router := gin.New()
	router.HandleMethodNotAllowed = true
	router.Use(s.recover)
	router.NoRoute(s.noRoute)
	router.NoMethod(s.noMethod)
	router.GET("/metrics", s.metricsRoute())
	router.GET("/healthz", func(c *gin.Context) { _ = Encode(c.Writer, alive()) })
	router.GET("/readyz", func(c *gin.Context) {
		snap := s.acquire()
		if snap == nil {
			notReady().write(c.Writer)
			return
		}
		defer snap.release()
		_ = Encode(c.Writer, ready(snap))
	})
	return headAsGet(router)
}
