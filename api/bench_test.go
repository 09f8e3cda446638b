package api

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/gin-gonic/gin"

	"leimu/search"
)

// discard answers into nothing, so that a benchmark measures the handlers.
type discard struct{ header http.Header }

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) Write(p []byte) (int, error) { return len(p), nil }
func (d *discard) WriteHeader(int)             {}

// BenchmarkSearchRoute compares what stands around a search: a bare gin handler,
// huma's typed one with all that every request passes, and the search alone.
func BenchmarkSearchRoute(b *testing.B) {
	s, _ := start(b)
	target := "/v1/search?limit=5&q=" + url.QueryEscape("共享充电宝")
	snap := s.current.Load()
	ask := func(r *http.Request) (*search.Answer, error) {
		return snap.Search(r.Context(), search.Request{Query: r.URL.Query().Get("q"), Limit: 5})
	}
	bare := gin.New()
	bare.GET("/v1/search", func(c *gin.Context) {
		answer, err := ask(c.Request)
		if err != nil {
			b.Fatal(err)
		}
		c.Header("Content-Type", "application/json")
		_ = Encode(c.Writer, answer)
	})
	for _, c := range []struct {
		name    string
		handler http.Handler
	}{{"gin", bare}, {"huma", s.router}, {"whole", s.Handler()}} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.handler.ServeHTTP(&discard{http.Header{}}, httptest.NewRequest(http.MethodGet, target, nil))
			}
		})
	}
	b.Run("search", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := ask(httptest.NewRequest(http.MethodGet, target, nil)); err != nil {
				b.Fatal(err)
			}
		}
	})
}
