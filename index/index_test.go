package index

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leimu/data/dictionary"
)

var testDocuments = []Document{
	{Category: 0, Name: "生活服务 共享服务", Services: []string{"共享服务"}, Definition: "提供共享单车、充电宝租借等服务",
		Terms: []string{"共享充电宝", "扫码借伞", "待处理"}},
	{Category: 1, Name: "汽车服务 代驾", Definition: "提供代驾服务", Terms: []string{"找代驾", "喝酒叫人开车"}},
	{Category: 2, Name: "金融 保险", Definition: "提供人身保险等服务", Terms: []string{"买保险"}},
	{Category: 2, Service: 1, Name: "车险", Definition: "适用于车辆保险"},
	{Category: 3, Name: "医疗 售药", Definition: "适用于销售药品", Terms: []string{"ＫＴＶ"}},
	{Category: 4, Name: "甲", Definition: "完全相同"},
	{Category: 5, Name: "甲", Definition: "完全相同"},
}

func newTestIndex(t testing.TB) *Index {
	t.Helper()
	x, err := New(testDocuments, newTestSegmenter(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

func mustSearch(t testing.TB, x *Index, text string, size int) []Hit {
	t.Helper()
	hits, err := x.Search(context.Background(), text, size)
	if err != nil {
		t.Fatalf("Search(%q): %v", text, err)
	}
	return hits
}

func TestSearchFindsFirst(t *testing.T) {
	x := newTestIndex(t)
	for _, test := range []struct {
		text  string
		first int
	}{
		{"共享充电宝", 0},
		{"处理", 0}, // at the end of a longer word
		{"找个代驾的小程序", 1},
		{"买车险", 3},
		{"药", 4}, // a single character
		{"ktv", 4},
		{"相同", 5}, // a tie goes to the earlier document
	} {
		hits := mustSearch(t, x, test.text, 3)
		if len(hits) == 0 || hits[0].Doc != test.first {
			t.Errorf("Search(%s) = %+v, want document %d first", test.text, hits, test.first)
		}
	}
	for _, text := range []string{"", " ", "、。", "qwxz"} {
		if hits := mustSearch(t, x, text, 3); len(hits) > 0 {
			t.Errorf("Search(%q) = %v", text, hits)
		}
	}
	if hits := mustSearch(t, x, "服务", 0); len(hits) > 0 {
		t.Errorf("size 0: %v", hits)
	}
}

func TestSearchHit(t *testing.T) {
	const text = "借充电宝和单车"
	x := newTestIndex(t)
	hit := mustSearch(t, x, text, 1)[0]
	if hit.Score <= 0 {
		t.Errorf("score %v", hit.Score)
	}
	matches := x.Matches(text, hit.Category)
	want := []Match{
		{Text: "充电宝", Field: FieldDefinition, Start: 3, End: 12},
		{Text: "单车", Field: FieldDefinition, Start: 15, End: 21},
	}
	if diff := cmp.Diff(want, matches); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	for _, match := range matches {
		if text[match.Start:match.End] != match.Text {
			t.Errorf("%+v is %q", match, text[match.Start:match.End])
		}
	}
}

// A limit only cuts: it neither adds nor reorders.
func TestSearchLimitOnlyCuts(t *testing.T) {
	x := newTestIndex(t)
	all := mustSearch(t, x, "提供共享代驾保险服务", len(testDocuments))
	for size := range all {
		if diff := cmp.Diff(all[:size], mustSearch(t, x, "提供共享代驾保险服务", size), cmpEmpty); diff != "" {
			t.Errorf("size %d: %s", size, diff)
		}
	}
}

var cmpEmpty = cmp.Comparer(func(a, b []Hit) bool { return len(a) == len(b) && fmt.Sprint(a) == fmt.Sprint(b) })

func TestSearchIsTheSameInEveryIndex(t *testing.T) {
	want := mustSearch(t, newTestIndex(t), "甲完全相同的服务", 7)
	for range 10 {
		if diff := cmp.Diff(want, mustSearch(t, newTestIndex(t), "甲完全相同的服务", 7)); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestSearchFromManyGoroutines(t *testing.T) {
	x := newTestIndex(t)
	var searches sync.WaitGroup
	for range 8 {
		searches.Go(func() {
			for _, text := range oddTexts {
				if _, err := x.Search(context.Background(), Normalize(text).Norm, 5); err != nil {
					t.Errorf("Search(%q): %v", text, err)
				}
			}
		})
	}
	searches.Wait()
}

func TestSearchErrors(t *testing.T) {
	x := newTestIndex(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := x.Search(ctx, "共享", 5); err == nil {
		t.Error("a search that was cancelled answers")
	}
}

// largeDocuments stands for the real catalogue: 171 categories of 190 terms.
func largeDocuments() []Document {
	words := strings.Fields(dictionary.Words())
	documents := make([]Document, 171)
	next := 0
	word := func() string {
		next = (next + 14) % len(words) // every other field is a frequency
		return words[next]
	}
	for i := range documents {
		documents[i] = Document{Category: i, Name: word(), Definition: "提供" + word() + word() + "等服务"}
		for range 190 {
			documents[i].Terms = append(documents[i].Terms, word()+word())
		}
	}
	return documents
}

func BenchmarkNew(b *testing.B) {
	documents, segmenter := largeDocuments(), newTestSegmenter(b)
	b.ReportAllocs()
	for b.Loop() {
		x, err := New(documents, segmenter)
		if err != nil {
			b.Fatal(err)
		}
		x.Close()
	}
}

func BenchmarkSearch(b *testing.B) {
	x, err := New(largeDocuments(), newTestSegmenter(b))
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	b.ReportAllocs()
	for b.Loop() {
		mustSearch(b, x, twentyChars, 10)
	}
}
