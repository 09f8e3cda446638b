package search

import (
	"sync"
	"testing"

	"leimu/data"
)

// sharedEngine is opened once for all tests: it does not change.
var sharedEngine = sync.OnceValues(func() (*Engine, error) {
	k, err := data.Load(data.Embedded())
	if err != nil {
		return nil, err
	}
	return Open(k)
})

func testEngine(tb testing.TB) *Engine {
	tb.Helper()
	e, err := sharedEngine()
	if err != nil {
		tb.Fatal(err)
	}
	return e
}
