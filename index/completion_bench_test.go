package index

import (
	"testing"

	"leimu/data"
)

// lexiconCompletions is what the product completes, roughly: benchmarks and
// properties are told of the real thing.
func lexiconCompletions(tb testing.TB) []Completion {
	k, err := data.Load(data.Embedded())
	if err != nil {
		tb.Fatal(err)
	}
	var list []Completion
	for i := range k.Catalog.Categories {
		list = append(list, Completion{Text: k.Catalog.Categories[i].Path[1], Category: i, Weight: 1})
	}
	for _, e := range k.Lexicon.Entries {
		if e.Kind == data.KindTerms || e.Kind == data.KindShort {
			list = append(list, Completion{e.Text, int(e.Category), int(e.Service), float64(e.Weight)})
		}
	}
	return list
}

func BenchmarkNewCompletions(b *testing.B) {
	list := lexiconCompletions(b)
	b.ReportMetric(float64(len(list)), "completions")
	for b.Loop() {
		NewCompletions(list)
	}
}

func BenchmarkComplete(b *testing.B) {
	c := NewCompletions(lexiconCompletions(b))
	for _, typed := range []string{"共", "共享", "共享充电", "服务", "g", "gx", "shi", "gxcdb", "gongxiangch", "gongxcdb", "共享chong", "充店宝", "共享充电包包", "gongxaingchong", "zzzzzz"} {
		b.Run(typed, func(b *testing.B) {
			var found []Candidate
			for b.Loop() {
				found = c.Complete(found[:0], typed)
			}
			b.ReportMetric(float64(len(found)), "found")
		})
	}
}
