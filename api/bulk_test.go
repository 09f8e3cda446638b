package api

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"leimu/data"
	"leimu/search"
)

// gated answers as a Searcher does; rows wait for the gate where there is one.
type gated struct {
	catalog    *data.Catalog
	gate       chan struct{}
	busy, most atomic.Int64
	answered   atomic.Int64
}

func (g *gated) Search(_ context.Context, r search.Request) (*search.Answer, error) {
	return &search.Answer{Query: r.Query, Confidence: search.High, Results: []search.Result{}}, r.Check()
}

func (g *gated) Rerank(ctx context.Context, r search.Request, candidates []int) (*search.Answer, error) {
	g.most.Store(max(g.most.Load(), g.busy.Add(1)))
	defer g.busy.Add(-1)
	if g.gate != nil {
		select {
		case <-g.gate:
		case <-ctx.Done():
		}
	}
	g.answered.Add(1)
	if err := r.Check(); err != nil && r.Limit <= search.MaxLimit {
		return nil, err
	}
	a := &search.Answer{Query: r.Query, Confidence: search.High, Results: []search.Result{}}
	for rank, c := range candidates {
		category := &g.catalog.Categories[c]
		a.Results = append(a.Results, search.Result{Rank: rank + 1, Score: 1 / float64(rank+2), Category: search.Ref{ID: category.ID, Path: category.Path}})
	}
	return a, nil
}

func (g *gated) Catalog() *data.Catalog { return g.catalog }

func (g *gated) Judge(*data.Category, search.Subject, string) search.Verdict { return search.Verdict{} }

func (g *gated) Close() error { return nil }

func bulkServer(t *testing.T, g *gated) (*Server, *httptest.Server) {
	t.Helper()
	k, err := data.Load(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	g.catalog = k.Catalog
	s := New(Config{Open: func() (Searcher, error) { return g, nil }, Log: slog.New(slog.DiscardHandler), Version: "test"})
	if err := s.Reload(); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s.Handler())
	t.Cleanup(server.Close)
	return s, server
}

func post(t *testing.T, url, body string) (int, string) {
	t.Helper()
	response, err := http.Post(url, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

func TestBulk(t *testing.T) {
	s, server := bulkServer(t, &gated{})
	s.bulk.lineLimit = 1000
	lines := []string{`{"id":1,"text":"代驾"}`, `nonsense`, ``, `{"id":"x","text":" "}`, `{"id":2,"text":"` + strings.Repeat("长", 1000) + `"}`,
		`{"id":3,"text":"代驾","candidates":["其他"]}`, `{"id":4,"text":"代驾","candidates":["共享服务"]}`}
	status, body := post(t, server.URL+"/v1/rerank/bulk?top=2&subject=个人", strings.Join(lines, "\n"))
	want := []string{`{"id":1,"confidence":"high","results":[]}`, `{"line":2,"error":"not a JSON`, `{"line":3,"error":"empty line`,
		`{"id":"x","line":4,"error":"the description is empty`, `{"line":5,"error":"line longer than 1000 bytes"}`,
		`{"id":3,"line":6,"error":"candidate \"其他\" is the name of several`, `{"id":4,"confidence":"high","results":[{"rank":1,`}
	got := strings.Split(strings.TrimSuffix(body, "\n"), "\n")
	if status != 200 || len(got) != len(want) {
		t.Fatalf("status %d, %d lines: %s", status, len(got), body)
	}
	for i := range want {
		if !strings.HasPrefix(got[i], want[i]) {
			t.Errorf("line %d: got %s, want %s…", i+1, got[i], want[i])
		}
	}
	for _, query := range []string{"?top=0", "?top=99", "?top=x", "?subject=外星人"} {
		if status, body := post(t, server.URL+"/v1/rerank/bulk"+query, "{}"); status != 400 {
			t.Errorf("%s: status %d, %s", query, status, body)
		}
	}
}

// dialBulk opens a bulk call over a bare connection.
func dialBulk(t *testing.T, server *httptest.Server) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	fmt.Fprint(conn, "POST /v1/rerank/bulk HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
	return conn
}

func sendChunk(w io.Writer, text string) error {
	_, err := fmt.Fprintf(w, "%x\r\n%s\r\n", len(text), text)
	return err
}

// A line is answered before the next is sent.
func TestBulkStreams(t *testing.T) {
	_, server := bulkServer(t, &gated{})
	reader, writer := io.Pipe()
	request, err := http.NewRequest("POST", server.URL+"/v1/rerank/bulk", reader)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	answers := bufio.NewReader(response.Body)
	for i := range 5 {
		fmt.Fprintf(writer, "{\"id\":%d,\"text\":\"代驾\"}\n", i)
		line, err := answers.ReadString('\n')
		if err != nil || !strings.HasPrefix(line, fmt.Sprintf(`{"id":%d,`, i)) {
			t.Fatalf("got %q, %v", line, err)
		}
	}
	_ = writer.Close()
	if rest, err := io.ReadAll(answers); err != nil || len(rest) > 0 {
		t.Errorf("after the end: %q, %v", rest, err)
	}
}

// Bulk calls of many clients leave a processor to searches.
func TestBulkLeavesRoom(t *testing.T) {
	g := &gated{gate: make(chan struct{})}
	s, server := bulkServer(t, g)
	for range 4 {
		conn := dialBulk(t, server)
		if err := sendChunk(conn, strings.Repeat("{\"text\":\"代驾\"}\n", 50)); err != nil {
			t.Fatal(err)
		}
	}
	waitFor(t, "a row to be worked on", func() bool { return g.busy.Load() > 0 })
	for range 20 {
		response, err := http.Get(server.URL + "/v1/search?q=x")
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != 200 {
			t.Errorf("a search got status %d", response.StatusCode)
		}
	}
	if most := int(g.most.Load()); most > cap(s.bulk.slots) || most >= max(2, runtime.GOMAXPROCS(0)) {
		t.Errorf("%d rows were worked on at once", most)
	}
	close(g.gate)
}

// A client that doesn't read is not read from for long.
func TestBulkSlowReader(t *testing.T) {
	g := &gated{}
	s, server := bulkServer(t, g)
	s.bulk.writeWait = 300 * time.Millisecond
	conn := dialBulk(t, server)
	if err := conn.(*net.TCPConn).SetReadBuffer(4 << 10); err != nil {
		t.Fatal(err)
	}
	// An answer is about as long as its id, so that buffers fill.
	chunk := fmt.Sprintf("{\"id\":%q,\"text\":\"代驾\"}\n", strings.Repeat("i", 30_000))
	sent := 0
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); sent++ {
		_ = conn.SetWriteDeadline(time.Now().Add(5 * time.Second))
		if err := sendChunk(conn, chunk); err != nil {
			break
		}
	}
	if limit := 3000; sent > limit { // some tens of MB of socket buffers
		t.Errorf("%d rows of 30 kB were taken from a client that reads nothing", sent)
	}
	waitFor(t, "the client to be dropped", func() bool { return len(s.bulk.clients) == 0 })
}

// A connection that is cut leaves nothing behind.
func TestBulkCut(t *testing.T) {
	g := &gated{gate: make(chan struct{})}
	s, server := bulkServer(t, g)
	before := runtime.NumGoroutine()
	for range 10 {
		conn := dialBulk(t, server)
		if err := sendChunk(conn, strings.Repeat("{\"text\":\"代驾\"}\n", 200)); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
	}
	waitFor(t, "the clients", func() bool { return len(s.bulk.clients) == 10 })
	server.CloseClientConnections()
	close(g.gate)
	waitFor(t, "the clients to be dropped", func() bool { return len(s.bulk.clients) == 0 && len(s.bulk.slots) == 0 })
	waitFor(t, "goroutines to end", func() bool { return runtime.NumGoroutine() <= before+2 })
}

func TestBulkManyClients(t *testing.T) {
	s, server := bulkServer(t, &gated{})
	for range cap(s.bulk.clients) {
		s.bulk.clients <- struct{}{}
	}
	status, body := post(t, server.URL+"/v1/rerank/bulk", "{}")
	if status != 503 || !strings.Contains(body, CodeBusy) {
		t.Errorf("status %d, %s", status, body)
	}
}

// A reload does not wait for a client that stays.
func TestBulkReload(t *testing.T) {
	s, server := bulkServer(t, &gated{})
	conn := dialBulk(t, server)
	if err := sendChunk(conn, "{\"text\":\"代驾\"}\n"); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "the client", func() bool { return len(s.bulk.clients) == 1 })
	reloaded := make(chan error, 1)
	go func() { reloaded <- s.Reload() }()
	select {
	case err := <-reloaded:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(5 * time.Second):
		t.Error("the reload waits for a bulk client")
	}
}

func waitFor(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !done(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

func TestRerankCall(t *testing.T) {
	_, server := bulkServer(t, &gated{})
	for _, test := range []struct {
		body   string
		status int
		want   string // a part of the answer
	}{
		{`{"query":"代驾","documents":["living-sharing","生活服务-工具",{"id":"living-sharing"}]}`, 200,
			`"results":[{"index":0,"relevance_score":0.5,"document":{"id":"living-sharing","path":["生活服务","共享服务"]}},{"index":2,`},
		{`{"query":"代驾","documents":["living-sharing","工具"],"top_n":1}`, 200, `"path":["生活服务","共享服务"]}}]`},
		{`{"query":"代驾","documents":["living-sharing"],"top_n":-1}`, 400, `"field":"top_n"`},
		{`{"query":"代驾","documents":["living-sharng","x"]}`, 400, `"field":"documents[0]"`},
		{`{"query":"代驾","documents":["工具","其他"]}`, 400, `"code":"ambiguous_candidate"`},
		{`{"query":"","documents":["工具"]}`, 400, `"field":"query"`},
		{`{"query":"代驾","documents":[5]}`, 400, `"code":"invalid_body"`},
		{`{"documents":["工具"]}`, 400, `query`},
		{`nonsense`, 400, `"code":"invalid_body"`},
	} {
		status, body := post(t, server.URL+"/v1/rerank", test.body)
		if status != test.status || !strings.Contains(body, test.want) {
			t.Errorf("%s: status %d, %s; want %d, …%s…", test.body, status, body, test.status, test.want)
		}
	}
	status, body := post(t, server.URL+"/v1/rerank", `{"query":"代驾"}`)
	var answer rerankAnswer
	if err := json.NewDecoder(bytes.NewReader([]byte(body))).Decode(&answer); err != nil || status != 200 || len(answer.Results) < 100 {
		t.Errorf("without documents: status %d, %d results, %v", status, len(answer.Results), err)
	}
	if _, body := post(t, server.URL+"/v1/rerank", `{"query":"代驾","documents":["living-sharng"]}`); !strings.Contains(body, `"near":[{"id":"living-sharing"`) {
		t.Errorf("the nearest id is not named: %s", body)
	}
}
