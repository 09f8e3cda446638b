package search

import (
	"context"
	"slices"
	"testing"
	"time"
	"unicode/utf8"

	"leimu/index"
)

// described are the golden descriptions of about twenty characters.
func described(tb testing.TB) []string {
	tb.Helper()
	var list []string
	for _, q := range goldenSet(tb) {
		if n := utf8.RuneCountInString(q.Q); n >= 15 && n <= 25 {
			list = append(list, q.Q)
		}
	}
	return list
}

// BenchmarkAnswer answers descriptions of about twenty characters. floor is what
// bleve alone takes in the same run to tell which words five categories have, and
// x-floor the ratio.
func BenchmarkAnswer(b *testing.B) {
	e, texts, ctx := testEngine(b), described(b), context.Background()
	floor := time.Now()
	const floorRounds = 400
	for i := range floorRounds {
		if _, err := e.index.Matches(ctx, index.Normalize(texts[i%len(texts)]).Norm, []int{0, 1, 2, 3, 4}); err != nil {
			b.Fatal(err)
		}
	}
	perFloor := float64(time.Since(floor).Nanoseconds()) / floorRounds
	var took []time.Duration
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		if _, err := e.Search(ctx, Request{Query: texts[i%len(texts)]}); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Nanoseconds()), "p50-ns")
	b.ReportMetric(float64(took[len(took)*99/100].Nanoseconds()), "p99-ns")
	b.ReportMetric(perFloor, "floor-ns")
	b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/perFloor, "x-floor")
}

// BenchmarkRank is understanding and ranking without the index and the words.
func BenchmarkRank(b *testing.B) {
	e, texts := testEngine(b), described(b)
	for i := 0; b.Loop(); i++ {
		e.listener.understand(index.Normalize(texts[i%len(texts)]).Norm)
	}
}

// BenchmarkOpen is what an engine costs at start.
func BenchmarkOpen(b *testing.B) {
	k := testEngine(b).knowledge
	for b.Loop() {
		e, err := Open(k)
		if err != nil {
			b.Fatal(err)
		}
		if err := e.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
