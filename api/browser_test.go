package api_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"log/slog"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"leimu/api"
)

// browser is one headless Chromium and the server that it asks, for all tests of a
// group.
type browser struct {
	base string
	ctx  context.Context
}

// startBrowser skips the test where there is no Chromium.
func startBrowser(t *testing.T, open func() (api.Searcher, error)) *browser {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes its time: left out by -short")
	}
	program := chromium()
	if program == "" {
		t.Skip("there is no Chromium here: apt-get install chromium fonts-noto-cjk (make test does so as root)")
	}
	server := api.New(api.Config{Log: slog.New(slog.DiscardHandler), Version: "test", Open: open})
	if err := server.Reload(); err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(server.Handler())
	t.Cleanup(web.Close)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.DisableGPU,
		chromedp.UserDataDir(t.TempDir()), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // it refuses to start as root otherwise
	}
	ctx, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, closeBrowser := chromedp.NewContext(ctx)
	t.Cleanup(closeBrowser)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("starting Chromium: %v", err)
	}
	return &browser{web.URL, ctx}
}

func chromium() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// tab is a page of the browser, with what it complained of and asked for.
type tab struct {
	*testing.T
	base string
	ctx  context.Context

	mu         sync.Mutex
	complaints []string
	requests   []string
}

// Screens that the page is made for.
var (
	phone   = screen{390, 844, true}
	desktop = screen{1280, 800, false}
)

type screen struct {
	width, height int64
	mobile        bool
}

// tab opens a page. A script's error or anything that the policy refused fails the
// test.
func (b *browser) tab(t *testing.T, s screen) *tab {
	t.Helper()
	one := &tab{T: t, base: b.base}
	ctx, closeTab := chromedp.NewContext(b.ctx, chromedp.WithListener(one.listen))
	t.Cleanup(closeTab)
	one.ctx = ctx
	one.do() // the first use opens it, and must not have an end
	ctx, cancel := context.WithTimeout(ctx, 50*time.Second)
	t.Cleanup(cancel)
	one.ctx = ctx
	call(one, network.Enable, network.EnableParams{})
	call(one, log.Enable, cdp.Empty{})
	one.resize(s)
	t.Cleanup(func() {
		one.mu.Lock()
		defer one.mu.Unlock()
		for _, c := range one.complaints {
			t.Error("the browser complains: " + c)
		}
	})
	return one
}

func (t *tab) listen(event any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		t.complaints = append(t.complaints, fmt.Sprintf("%s %s:%d", e.ExceptionDetails.Text, e.ExceptionDetails.URL, e.ExceptionDetails.LineNumber))
	case *log.EventEntryAdded:
		if e.Entry.Source == "security" || strings.Contains(e.Entry.Text, "Content Security Policy") {
			t.complaints = append(t.complaints, e.Entry.Text)
		}
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, "data:") {
			t.requests = append(t.requests, strings.TrimPrefix(e.Request.URL, t.base))
		}
	}
}

// call sends a command of the browser's protocol.
func call[P any](t *tab, command cdp.Command[P, cdp.Empty], params P) {
	t.Helper()
	t.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, command, params)
		return err
	}))
}

func (t *tab) resize(s screen) {
	t.Helper()
	call(t, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: s.width, Height: s.height, DeviceScaleFactor: 1, Mobile: s.mobile})
	call(t, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: s.mobile})
}

func (t *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(t.ctx, actions...); err != nil {
		t.Fatalf("in the browser: %v", err)
	}
}

// open goes to an address. A page that changes its own address at that moment, as
// an answer that just came does, ends it: then it is gone to again.
func (t *tab) open(path string) {
	t.Helper()
	for tries := 5; ; tries-- {
		err := chromedp.Do(t.ctx, chromedp.Navigate(t.base+path))
		switch {
		case err == nil:
			return
		case tries == 0 || !strings.Contains(err.Error(), "net::ERR_ABORTED"):
			t.Fatalf("opening %s: %v", path, err)
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// eval is the value of an expression.
func eval[V any](t *tab, expression string) V {
	t.Helper()
	v, err := chromedp.Run(t.ctx, chromedp.Evaluate[V](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("evaluating %.200s: %v", expression, err)
	}
	return v
}

// run is eval for its effect.
func (t *tab) run(expression string) {
	t.Helper()
	t.do(chromedp.Evaluate[chromedp.Void](expression))
}

// until waits for an expression to be true.
func (t *tab) until(expression string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.ctx, 4*time.Second)
	defer cancel()
	for {
		holds, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("Boolean("+expression+")"))
		if err == nil && holds {
			return
		}
		if ctx.Err() != nil {
			seen, _ := chromedp.Run(t.ctx, chromedp.Evaluate[string]("location.href + '\\n' + document.querySelector('main').innerText + document.querySelector('#status').textContent"))
			t.Fatalf("never came true: %s\nthe page:\n%.600s", expression, seen)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// untilText waits for an element to hold a text.
func (t *tab) untilText(selector, text string) {
	t.Helper()
	t.until(fmt.Sprintf("[...document.querySelectorAll(%q)].some(e => e.textContent.includes(%q))", selector, text))
}

// keys types into what has the focus.
func (t *tab) keys(text string) {
	t.Helper()
	t.do(chromedp.KeyEvent(text))
}

func (t *tab) click(selector string) {
	t.Helper()
	t.do(chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// asked lists the requests so far.
func (t *tab) asked() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]string(nil), t.requests...)
}

// hostile are texts that a careless page would run.
func hostile() []string {
	return []string{
		`<script>document.title='owned'</script>`,
		`"><img src=x onerror="document.title='owned'">`,
		`'><svg/onload=document.title='owned'>`,
		`{{.Guide}}${document.title='owned'}`,
		`javascript:document.title='owned'`,
		`</title><script>document.title='owned'</script>`,
		`<mark>共享</mark>&lt;b&gt;`,
		"\u202e<b class=x>\u0000\n</textarea>",
	}
}
