package api

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"leimu/data"
	"leimu/search"
)

// engine is opened once for all tests: it never changes.
var engine = sync.OnceValues(func() (*search.Engine, error) {
	k, err := data.Load(data.Embedded())
	if err != nil {
		return nil, err
	}
	return search.Open(k)
})

// lasting is a searcher that outlives the server that closes it.
type lasting struct{ Searcher }

func (lasting) Close() error { return nil }

// start serves the real knowledge over real HTTP.
func start(tb testing.TB) (*Server, string) {
	tb.Helper()
	s := New(Config{Log: slog.New(slog.DiscardHandler), Version: "test", Open: func() (Searcher, error) {
		e, err := engine()
		return lasting{e}, err
	}})
	if err := s.Reload(); err != nil {
		tb.Fatal(err)
	}
	server := httptest.NewServer(s.Handler())
	tb.Cleanup(server.Close)
	return s, server.URL
}

// get asks without following or unpacking anything, and gives the body too.
func get(tb testing.TB, address string, header ...string) (*http.Response, []byte) {
	tb.Helper()
	return ask(tb, http.MethodGet, address, header...)
}

func ask(tb testing.TB, method, address string, header ...string) (*http.Response, []byte) {
	tb.Helper()
	r, err := http.NewRequest(method, address, nil)
	if err != nil {
		tb.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	response, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		tb.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		tb.Fatal(err)
	}
	return response, text
}

func decode[T any](tb testing.TB, text []byte) T {
	tb.Helper()
	var v T
	if err := json.Unmarshal(text, &v); err != nil {
		tb.Fatalf("%v in %s", err, text)
	}
	return v
}

func TestSearchRoute(t *testing.T) {
	_, base := start(t)
	response, text := get(t, base+"/v1/search?q="+url.QueryEscape("共享充电宝")+"&subject=individual&limit=3")
	if response.StatusCode != http.StatusOK || response.Header.Get("Content-Type") != "application/json" {
		t.Fatalf("got %s %s", response.Status, response.Header)
	}
	answer := decode[search.Answer](t, text)
	if len(answer.Results) != 3 || answer.Results[0].Category.Path != [2]string{"生活服务", "共享服务"} {
		t.Fatalf("got %s", text)
	}
	if v := answer.Results[0].Verdict; v == nil || v.Status != search.NotRecommended || v.Reasons[0] != "不建议选择" {
		t.Errorf("verdict for 个人: %+v", v)
	}
	if !bytes.Contains(text, []byte("<mark>")) || bytes.Contains(text, []byte(`\u003c`)) {
		t.Errorf("marks are escaped: %s", text)
	}
	if _, again := get(t, response.Request.URL.String()); !bytes.Equal(text, again) {
		t.Error("the same question gave other bytes")
	}
}

func TestCategoriesRoute(t *testing.T) {
	s, base := start(t)
	all := len(s.current.Load().Catalog().Categories)
	for _, c := range []struct {
		query string
		want  func(n int) bool
		what  string
	}{
		{"", func(n int) bool { return n == all && n == 171 }, "171"},
		{"?level1=" + url.QueryEscape("餐饮"), func(n int) bool { return n > 0 && n < 20 }, "those under 餐饮"},
		{"?subject=individual", func(n int) bool { return n > 0 && n < 20 }, "the few open to 个人"},
		{"?subject=individual&verdict=not_recommended", func(n int) bool { return n > 50 && n < 160 }, "the many not recommended to 个人"},
		{"?subject=enterprise&verdict=ineligible", func(n int) bool { return n == 46 }, "the 46 for 政府机关、事业单位 only"},
	} {
		_, text := get(t, base+"/v1/categories"+c.query)
		if n := len(decode[[]data.Category](t, text)); !c.want(n) {
			t.Errorf("%s: %d categories, want %s", c.query, n, c.what)
		}
	}
}

// TestVerdictsPartTheCatalogue: every category has one verdict for a subject.
func TestVerdictsPartTheCatalogue(t *testing.T) {
	_, base := start(t)
	for _, subject := range search.Subjects() {
		total := 0
		for _, v := range verdicts() {
			_, text := get(t, base+"/v1/categories?subject="+string(subject)+"&verdict="+string(v))
			total += len(decode[[]data.Category](t, text))
		}
		if total != 171 {
			t.Errorf("%s: the verdicts have %d categories", subject, total)
		}
	}
}

func TestCategoryRoute(t *testing.T) {
	s, base := start(t)
	for i := range s.current.Load().Catalog().Categories {
		want := &s.current.Load().Catalog().Categories[i]
		_, text := get(t, base+"/v1/categories/"+want.ID)
		var expected bytes.Buffer
		if err := Encode(&expected, want); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(text, expected.Bytes()) {
			t.Fatalf("%s: got %s", want.ID, text)
		}
	}
}

func TestCatalogueIsCached(t *testing.T) {
	_, base := start(t)
	for _, path := range []string{"/v1/categories", "/v1/categories/living-tools"} {
		first, text := get(t, base+path)
		tag := first.Header.Get("ETag")
		if tag == "" || first.Header.Get("Cache-Control") == "" || len(text) == 0 {
			t.Fatalf("%s: header %v", path, first.Header)
		}
		again, text := get(t, base+path, "If-None-Match", tag)
		if again.StatusCode != http.StatusNotModified || len(text) != 0 || again.Header.Get("ETag") != tag {
			t.Errorf("%s: got %s, %d bytes, tag %s", path, again.Status, len(text), again.Header.Get("ETag"))
		}
		if other, _ := get(t, base+path, "If-None-Match", `"other"`); other.StatusCode != http.StatusOK {
			t.Errorf("%s: another tag got %s", path, other.Status)
		}
	}
}

func TestAnswersArePacked(t *testing.T) {
	_, base := start(t)
	response, packed := get(t, base+"/v1/categories", "Accept-Encoding", "gzip")
	if response.Header.Get("Content-Encoding") != "gzip" || !strings.Contains(response.Header.Get("Vary"), "Accept-Encoding") {
		t.Fatalf("header %v", response.Header)
	}
	unpacker, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(unpacker)
	if err != nil {
		t.Fatal(err)
	}
	if _, plain := get(t, base+"/v1/categories", "Accept-Encoding", "identity"); !bytes.Equal(text, plain) {
		t.Error("packed and plain answers differ")
	}
}

func TestHeaders(t *testing.T) {
	_, base := start(t)
	response, _ := get(t, base+"/healthz", "X-Request-Id", "mine-1")
	for name, want := range map[string]string{"X-Request-Id": "mine-1", "X-Content-Type-Options": "nosniff",
		"Access-Control-Allow-Origin": "*", "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"} {
		if got := response.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	response, _ = get(t, base+"/healthz", "X-Request-Id", strings.Repeat("x", 200))
	if id := response.Header.Get("X-Request-Id"); len(id) < 10 || len(id) > 64 {
		t.Errorf("an id that is too long was answered by %q", id)
	}
	head, text := ask(t, http.MethodHead, base+"/v1/categories")
	if head.StatusCode != http.StatusOK || len(text) != 0 {
		t.Errorf("HEAD: %s, %d bytes", head.Status, len(text))
	}
	preflight, _ := ask(t, http.MethodOptions, base+"/v1/search", "Origin", "https://example.org")
	if preflight.StatusCode != http.StatusNoContent || preflight.Header.Get("Access-Control-Allow-Methods") == "" {
		t.Errorf("OPTIONS: %s %v", preflight.Status, preflight.Header)
	}
}

func TestMetrics(t *testing.T) {
	s, base := start(t)
	get(t, base+"/v1/search?q="+url.QueryEscape("共享充电宝"))
	get(t, base+"/no/such/place")
	admin := httptest.NewServer(s.Admin())
	defer admin.Close()
	for _, address := range []string{base, admin.URL} {
		_, text := get(t, address+"/metrics")
		for _, want := range []string{
			`leimu_requests_total{method="GET",route="/v1/search",status="200"} 1`,
			`leimu_requests_total{method="any",route="unmatched",status="404"} 1`,
			`leimu_request_seconds_count{route="/v1/search"} 1`,
			`leimu_answers_total{confidence="`, `leimu_guide_info{sha256="`, `leimu_reloads_total{result="ok"} 1`, "go_goroutines",
		} {
			if !bytes.Contains(text, []byte(want)) {
				t.Errorf("%s/metrics lacks %s", address, want)
			}
		}
		if response, _ := get(t, address+"/readyz"); response.StatusCode != http.StatusOK {
			t.Errorf("%s/readyz: %s", address, response.Status)
		}
	}
}
