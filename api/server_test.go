package api

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"leimu/data"
	"leimu/search"
)

// scripted is a searcher that does what a test says.
type scripted struct {
	Searcher
	catalog *data.Catalog
	search  func(ctx context.Context) (*search.Answer, error)
	closed  atomic.Bool
}

func (f *scripted) Catalog() *data.Catalog { return f.catalog }
func (f *scripted) Close() error           { f.closed.Store(true); return nil }
func (f *scripted) Search(ctx context.Context, _ search.Request) (*search.Answer, error) {
	return f.search(ctx)
}

func newScripted(title string) *scripted {
	return &scripted{catalog: &data.Catalog{Title: title, SHA256: title},
		search: func(context.Context) (*search.Answer, error) { return &search.Answer{Query: title}, nil }}
}

// logBuffer is a log that may be read while it is written.
type logBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *logBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

func TestReadyIsNotHealthy(t *testing.T) {
	s := New(Config{Log: slog.New(slog.DiscardHandler), Open: func() (Searcher, error) { return newScripted("a"), nil }})
	for _, handler := range []http.Handler{s.Handler(), s.Admin()} {
		server := httptest.NewServer(handler)
		defer server.Close()
		if response, _ := get(t, server.URL+"/healthz"); response.StatusCode != http.StatusOK {
			t.Errorf("healthz before the knowledge is opened: %s", response.Status)
		}
		response, text := get(t, server.URL+"/readyz")
		if p := decode[Problem](t, text); response.StatusCode != http.StatusServiceUnavailable || p.Code != CodeNotReady {
			t.Errorf("readyz before the knowledge is opened: %s %s", response.Status, text)
		}
	}
	public := httptest.NewServer(s.Handler())
	defer public.Close()
	if response, text := get(t, public.URL+"/v1/search?q=a"); decode[Problem](t, text).Code != CodeNotReady {
		t.Errorf("search before the knowledge is opened: %s %s", response.Status, text)
	}
	if err := s.Reload(); err != nil {
		t.Fatal(err)
	}
	if response, _ := get(t, public.URL+"/readyz"); response.StatusCode != http.StatusOK {
		t.Errorf("readyz: %s", response.Status)
	}
}

func TestPanicIsAProblem(t *testing.T) {
	broken := newScripted("a")
	broken.search = func(context.Context) (*search.Answer, error) { panic("the roof fell in") }
	failing := newScripted("b")
	failing.search = func(context.Context) (*search.Answer, error) { return nil, errors.New("the disk at /secret is gone") }
	for _, searcher := range []*scripted{broken, failing} {
		var log logBuffer
		s := New(Config{Log: slog.New(slog.NewTextHandler(&log, nil)), Open: func() (Searcher, error) { return searcher, nil }})
		if err := s.Reload(); err != nil {
			t.Fatal(err)
		}
		server := httptest.NewServer(s.Handler())
		defer server.Close()
		response, text := get(t, server.URL+"/v1/search?q=a")
		if p := decode[Problem](t, text); response.StatusCode != http.StatusInternalServerError || p.Code != CodeInternal {
			t.Errorf("got %s %s", response.Status, text)
		}
		if strings.Contains(string(text), "roof") || strings.Contains(string(text), "secret") {
			t.Errorf("the inside is told: %s", text)
		}
		if told := log.String(); !strings.Contains(told, response.Header.Get("X-Request-Id")) ||
			!strings.Contains(told, "roof") && !strings.Contains(told, "secret") {
			t.Errorf("the log does not tell: %s", told)
		}
		if response, _ := get(t, server.URL+"/healthz"); response.StatusCode != http.StatusOK {
			t.Errorf("afterwards: %s", response.Status)
		}
	}
}

func TestReload(t *testing.T) {
	first, second := newScripted("first"), newScripted("second")
	release := make(chan struct{})
	first.search = func(context.Context) (*search.Answer, error) {
		<-release
		return &search.Answer{Query: "first"}, nil
	}
	opened := []func() (Searcher, error){
		func() (Searcher, error) { return first, nil },
		func() (Searcher, error) { return nil, errors.New("guide.txt:7: expected a category") },
		func() (Searcher, error) { return second, nil },
	}
	s := New(Config{Log: slog.New(slog.DiscardHandler), Open: func() (Searcher, error) {
		open := opened[0]
		opened = opened[1:]
		return open()
	}})
	if err := s.Reload(); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s.Handler())
	defer server.Close()
	if err := s.Reload(); err == nil || !strings.Contains(err.Error(), "guide.txt:7") {
		t.Fatalf("a guide that can't be read: %v", err)
	}
	if _, text := get(t, server.URL+"/readyz"); !strings.Contains(string(text), "first") {
		t.Fatalf("the knowledge in use is gone: %s", text)
	}

	slow := make(chan string)
	go func() {
		_, text := get(t, server.URL+"/v1/search?q=a")
		slow <- string(text)
	}()
	for s.current.Load().mu.TryLock() { // until the request holds it
		s.current.Load().mu.Unlock()
		time.Sleep(time.Millisecond)
	}
	reloaded := make(chan error)
	go func() { reloaded <- s.Reload() }()
	waitUntil(t, func() bool { return s.current.Load().Searcher == second })
	if _, text := get(t, server.URL+"/v1/search?q=a"); !strings.Contains(string(text), "second") {
		t.Errorf("after the swap: %s", text)
	}
	if first.closed.Load() {
		t.Error("closed under a running request")
	}
	close(release)
	if text := <-slow; !strings.Contains(text, "first") {
		t.Errorf("the running request got %s", text)
	}
	if err := <-reloaded; err != nil || !first.closed.Load() {
		t.Errorf("reload: %v, closed %v", err, first.closed.Load())
	}
}

func waitUntil(t *testing.T, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(5 * time.Second); !done(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("waited in vain")
		}
	}
}

// TestServeFinishesRequests stops a server in the middle of a request.
func TestServeFinishesRequests(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	running, release := make(chan struct{}), make(chan struct{})
	searcher := newScripted("a")
	searcher.search = func(context.Context) (*search.Answer, error) {
		close(running)
		<-release
		return &search.Answer{Query: "finished"}, nil
	}
	s := New(Config{Log: slog.New(slog.DiscardHandler), Open: func() (Searcher, error) { return searcher, nil }})
	public, admin := listen(t), listen(t)
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error)
	go func() { served <- s.Serve(ctx, public, admin) }()
	base := "http://" + public.Addr().String()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	waitUntil(t, func() bool {
		response, err := client.Get("http://" + admin.Addr().String() + "/readyz")
		if err != nil {
			return false
		}
		response.Body.Close()
		return response.StatusCode == http.StatusOK
	})

	got := make(chan string)
	go func() {
		response, err := client.Get(base + "/v1/search?q=a")
		if err != nil {
			got <- err.Error()
			return
		}
		defer response.Body.Close()
		text, _ := io.ReadAll(response.Body)
		got <- string(text)
	}()
	<-running
	stop()
	waitUntil(t, func() bool { // no new connections
		c, err := net.Dial("tcp", public.Addr().String())
		if err == nil {
			c.Close()
		}
		return err != nil
	})
	close(release)
	if text := <-got; !strings.Contains(text, "finished") {
		t.Errorf("the running request got %s", text)
	}
	if err := <-served; err != nil || !searcher.closed.Load() {
		t.Errorf("Serve: %v, knowledge closed: %v", err, searcher.closed.Load())
	}
}

func TestServeFailsWithoutKnowledge(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := New(Config{Log: slog.New(slog.DiscardHandler), Open: func() (Searcher, error) { return nil, errors.New("no guide") }})
	if err := s.Serve(t.Context(), listen(t), nil); err == nil || !strings.Contains(err.Error(), "no guide") {
		t.Errorf("got %v", err)
	}
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return listener
}
