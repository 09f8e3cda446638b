package api_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
)

// typedStream is what is asked while every query of a file is typed: the
// project's own queries, or those of LEIMU_EVAL.
func typedStream(tb testing.TB) []string {
	path := os.Getenv("LEIMU_EVAL")
	if path == "" {
		path = "../search/testdata/golden.jsonl"
	}
	file, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer file.Close()
	var asked []string
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var line struct{ Q string }
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			tb.Fatal(err)
		}
		for i := range line.Q {
			if i > 0 && i <= 60 {
				asked = append(asked, "/v1/suggest?q="+url.QueryEscape(line.Q[:i]))
			}
		}
	}
	return asked
}

// BenchmarkSuggestOverHTTP asks the whole server, over connections that stay
// open, beside a bare gin handler that answers one and the same JSON of a usual
// size, and tells the ratio of their speeds. "first" asks every address once;
// "again" asks it a second time, as people who begin alike do. The three take
// turns, so that a busy machine is equally busy for each.
func BenchmarkSuggestOverHTTP(b *testing.B) {
	handler, err := suggestServer()
	if err != nil {
		b.Fatal(err)
	}
	server := httptest.NewServer(handler)
	defer server.Close()
	constant := httptest.NewServer(constantHandler())
	defer constant.Close()
	stream := slices.Compact(typedStream(b))
	for b.Loop() {
		var first, again, bare turns
		for asked := range slices.Chunk(stream, len(stream)/20) {
			first.add(load(b, server.URL, asked))
			again.add(load(b, server.URL, asked))
			bare.add(load(b, constant.URL, asked))
		}
		b.ReportMetric(first.rps()/bare.rps(), "first-ratio")
		b.ReportMetric(again.rps()/bare.rps(), "again-ratio")
		for name, t := range map[string]*turns{"first": &first, "again": &again, "constant": &bare} {
			b.ReportMetric(t.rps(), name+"-rps")
			b.ReportMetric(t.p99(), name+"-p99-ms")
		}
	}
}

func constantHandler() http.Handler {
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	body := []byte(`{"suggestions":[]}` + strings.Repeat(" ", 1200))
	router.GET("/v1/suggest", func(c *gin.Context) { c.Data(http.StatusOK, "application/json", body) })
	return router
}

// turns are the requests of one handler, and the time of all its turns.
type turns struct {
	took []time.Duration
	all  time.Duration
}

func (t *turns) add(took []time.Duration, all time.Duration) {
	t.took, t.all = append(t.took, took...), t.all+all
}

func (t *turns) rps() float64 { return float64(len(t.took)) / t.all.Seconds() }

func (t *turns) p99() float64 {
	slices.Sort(t.took)
	return float64(t.took[len(t.took)*99/100].Microseconds()) / 1000
}

// load asks every address once, by sixteen clients, and tells how long each took
// and all together.
func load(tb testing.TB, base string, asked []string) ([]time.Duration, time.Duration) {
	tb.Helper()
	const clients = 16
	transport := &http.Transport{MaxIdleConnsPerHost: clients, DisableCompression: true}
	defer transport.CloseIdleConnections()
	var next atomic.Int64
	took := make([]time.Duration, len(asked))
	var wg sync.WaitGroup
	start := time.Now()
	for range clients {
		wg.Go(func() {
			for i := next.Add(1) - 1; int(i) < len(asked); i = next.Add(1) - 1 {
				began := time.Now()
				request, _ := http.NewRequest(http.MethodGet, base+asked[i], nil)
				response, err := transport.RoundTrip(request)
				if err != nil {
					tb.Error(err)
					return
				}
				_, err = io.Copy(io.Discard, response.Body)
				response.Body.Close()
				if err != nil || response.StatusCode != http.StatusOK {
					tb.Error(asked[i], response.Status, err)
				}
				took[i] = time.Since(began)
			}
		})
	}
	wg.Wait()
	return took, time.Since(start)
}
