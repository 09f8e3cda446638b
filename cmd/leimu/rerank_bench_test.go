package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf8"

	"leimu/api/rows"
	"leimu/api/sheet"
	"leimu/cmd/leimu/batch"
	"leimu/data"
	"leimu/search"
)

// BenchmarkRerank answers a file of distinct descriptions of 10 to 80 characters,
// from JSONL to JSONL, and tells its rows a second, its greatest heap, and its
// speed as a ratio to the bare engine on as many goroutines. The two take turns
// over parts of the file, so that a busy machine is equally busy for both.
// LEIMU_ROWS says how many rows.
func BenchmarkRerank(b *testing.B) {
	k, err := data.Load(data.Embedded())
	if err != nil {
		b.Fatal(err)
	}
	engine, err := search.Open(k)
	if err != nil {
		b.Fatal(err)
	}
	defer engine.Close()
	answerer := rows.Answerer{Engine: engine, Resolver: search.NewResolver(engine.Catalog()), Top: search.DefaultLimit}
	const parts = 10
	texts := distinctTexts(k.Lexicon, rowCount(b, 5000))
	for b.Loop() {
		var whole, bare time.Duration
		var heap uint64
		for part := range parts {
			some := texts[part*len(texts)/parts : (part+1)*len(texts)/parts]
			in := inputOf(b, some)
			began := time.Now()
			tally, err := batch.Run(b.Context(), batch.Options{In: in, Out: in + ".out", Input: sheet.JSONL, Output: sheet.JSONL,
				Top: search.DefaultLimit, Workers: runtime.GOMAXPROCS(0), InFlight: 64 * runtime.GOMAXPROCS(0), Every: time.Second / 2},
				func(ctx context.Context, _ int, row *rows.Row) rows.Answer { return answerer.Answer(ctx, row) })
			whole += time.Since(began)
			if err != nil || tally.Rows != len(some) || tally.Errors > 0 {
				b.Fatalf("%+v, %v", tally, err)
			}
			var memory runtime.MemStats
			runtime.ReadMemStats(&memory)
			heap = max(heap, memory.HeapInuse)
			bare += askBare(b, engine, some)
		}
		b.ReportMetric(float64(len(texts))/whole.Seconds(), "rows/s")
		b.ReportMetric(bare.Seconds()/whole.Seconds(), "ratio-to-engine")
		b.ReportMetric(float64(heap)/(1<<20), "heap-MB")
	}
}

func rowCount(tb testing.TB, otherwise int) int {
	asked := os.Getenv("LEIMU_ROWS")
	if asked == "" {
		return otherwise
	}
	n, err := strconv.Atoi(asked)
	if err != nil {
		tb.Fatalf("LEIMU_ROWS: %v", err)
	}
	return n
}

// distinctTexts joins texts of the lexicon until they are long enough.
func distinctTexts(lexicon *data.Lexicon, count int) []string {
	rng := rand.New(rand.NewPCG(7, 7))
	texts := make([]string, count)
	for i := range texts {
		length := 10 + rng.IntN(71)
		text := strconv.Itoa(i) + " "
		for utf8.RuneCountInString(text) < length {
			text += lexicon.Entries[rng.IntN(len(lexicon.Entries))].Text + ","
		}
		texts[i] = string([]rune(text)[:length])
	}
	return texts
}

func inputOf(tb testing.TB, texts []string) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "rows.jsonl")
	var content []byte
	for i, text := range texts {
		content = fmt.Appendf(content, "{\"id\":\"%d\",\"text\":%q}\n", i, text)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		tb.Fatal(err)
	}
	return path
}

// askBare asks the engine alone, on as many goroutines as there are processors.
func askBare(tb testing.TB, engine *search.Engine, texts []string) time.Duration {
	tb.Helper()
	var next atomic.Int64
	var askers sync.WaitGroup
	began := time.Now()
	for range runtime.GOMAXPROCS(0) {
		askers.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(texts); i = int(next.Add(1)) - 1 {
				if _, err := engine.Search(tb.Context(), search.Request{Query: texts[i]}); err != nil {
					tb.Error(err)
				}
			}
		})
	}
	askers.Wait()
	return time.Since(began)
}
