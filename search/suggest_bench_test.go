package search

import (
	"runtime"
	"slices"
	"testing"
	"time"
)

// strokes is the stream of keystrokes of all queries, Han and pinyin.
func strokes(tb testing.TB) (han, latin []string) {
	for _, q := range typedQueries(tb) {
		if isHan(q.Q) {
			han = append(han, keystrokes(q.Q)...)
			latin = append(latin, keystrokes(spelledOut(q.Q))...)
		}
	}
	return han, latin
}

// BenchmarkSuggest times every keystroke of every query; p50 and p99 are of
// processor time, so that a busy machine tells the same. LEIMU_EVAL brings other queries.
func BenchmarkSuggest(b *testing.B) {
	s := suggesterOf(b)
	han, latin := strokes(b)
	for _, stream := range []struct {
		name  string
		typed []string
	}{{"Han", han}, {"pinyin", latin}} {
		b.Run(stream.name, func(b *testing.B) {
			b.ReportAllocs()
			runtime.LockOSThread() // processor time is counted a thread
			defer runtime.UnlockOSThread()
			var took []time.Duration
			for i := 0; b.Loop(); i++ {
				start := processorTime(b)
				if _, err := s.Suggest(SuggestRequest{Typed: stream.typed[i%len(stream.typed)]}); err != nil {
					b.Fatal(err)
				}
				took = append(took, processorTime(b)-start)
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/1000, "p50-µs")
			b.ReportMetric(float64(took[len(took)*99/100].Nanoseconds())/1000, "p99-µs")
		})
	}
}

func BenchmarkNewSuggester(b *testing.B) {
	s := suggesterOf(b)
	b.ReportMetric(float64(s.completions.Len()), "completions")
	for b.Loop() {
		if _, err := NewSuggester(s.engine); err != nil {
			b.Fatal(err)
		}
	}
}
