package rows

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"sync/atomic"
	"testing"
	"time"
)

// list is a sink that keeps what it gets.
type list struct {
	got   []int
	idles int
	put   func(int) error
}

func (l *list) Put(n int) error {
	l.got = append(l.got, n)
	if l.put != nil {
		return l.put(n)
	}
	return nil
}

func (l *list) Idle() error { l.idles++; return nil }

func count(to int) func() (int, error) {
	n := -1
	return func() (int, error) {
		if n++; n == to {
			return 0, io.EOF
		}
		return n, nil
	}
}

func TestRunKeepsOrder(t *testing.T) {
	for seed := range uint64(20) {
		rng := rand.New(rand.NewPCG(seed, 1))
		rows := rng.IntN(300)
		pool := Pool{Workers: 1 + rng.IntN(8), InFlight: 1 + rng.IntN(20)}
		var sink list
		work := func(n int) int {
			if n%7 == 0 {
				time.Sleep(time.Duration(n%5) * 100 * time.Microsecond)
			}
			return n
		}
		if err := Run(context.Background(), pool, count(rows), work, &sink); err != nil {
			t.Fatal(err)
		}
		if len(sink.got) != rows {
			t.Fatalf("seed %d: %d of %d rows", seed, len(sink.got), rows)
		}
		for i, n := range sink.got {
			if i != n {
				t.Fatalf("seed %d: row %d stands in place %d", seed, n, i)
			}
		}
	}
}

func TestRunBounds(t *testing.T) {
	const inFlight, workers = 8, 3
	var read, written, busy, most atomic.Int64
	next := count(500)
	sink := list{put: func(int) error { written.Add(1); time.Sleep(10 * time.Microsecond); return nil }}
	err := Run(context.Background(), Pool{Workers: workers, InFlight: inFlight}, func() (int, error) {
		if ahead := read.Add(1) - written.Load(); ahead > inFlight+3 { // one is being read, one handed over, one written
			return 0, fmt.Errorf("%d rows are in flight", ahead)
		}
		return next()
	}, func(n int) int {
		most.Store(max(most.Load(), busy.Add(1)))
		defer busy.Add(-1)
		return n
	}, &sink)
	if err != nil {
		t.Error(err)
	}
	if most.Load() > workers {
		t.Errorf("%d worked at once", most.Load())
	}
}

func TestRunStops(t *testing.T) {
	broken := errors.New("broken")
	before := runtime.NumGoroutine()
	for name, run := range map[string]func(ctx context.Context, cancel func(), pool Pool) error{
		"reading fails": func(ctx context.Context, _ func(), pool Pool) error {
			n := 0
			var sink list
			err := Run(ctx, pool, func() (int, error) {
				if n++; n > 10 {
					return 0, broken
				}
				return n, nil
			}, func(n int) int { return n }, &sink)
			if len(sink.got) != 10 {
				t.Errorf("%d rows are written before the fault, want 10", len(sink.got))
			}
			return err
		},
		"writing fails": func(ctx context.Context, _ func(), pool Pool) error {
			return Run(ctx, pool, count(1000), func(n int) int { return n }, &list{put: func(n int) error {
				if n == 10 {
					return broken
				}
				return nil
			}})
		},
		"cancelled": func(ctx context.Context, cancel func(), pool Pool) error {
			err := Run(ctx, pool, count(1e9), func(n int) int { return n }, &list{put: func(n int) error {
				if n == 10 {
					cancel()
				}
				return nil
			}})
			if !errors.Is(err, context.Canceled) {
				t.Errorf("got %v, want a cancelled context", err)
			}
			return broken
		},
		"a read that doesn't return": func(ctx context.Context, cancel func(), pool Pool) error {
			unblocked := make(chan struct{})
			pool.Unblock = func() { close(unblocked) }
			time.AfterFunc(10*time.Millisecond, cancel)
			err := Run(ctx, pool, func() (int, error) { <-unblocked; return 0, io.EOF }, func(n int) int { return n }, &list{})
			if !errors.Is(err, context.Canceled) {
				t.Errorf("got %v, want a cancelled context", err)
			}
			return broken
		},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			if err := run(ctx, cancel, Pool{Workers: 4, InFlight: 8, Unblock: func() {}}); !errors.Is(err, broken) {
				t.Errorf("got %v", err)
			}
		})
	}
	if after := runtime.NumGoroutine(); after > before+1 {
		t.Errorf("%d goroutines before, %d after", before, after)
	}
}
