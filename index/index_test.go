package index

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leimu/data/dictionary"
)

var testDocuments = []Document{
	{Name: "生活服务 共享服务", Services: []string{"共享服务"}, Definition: "提供共享单车、充电宝租借等服务",
		Terms: []string{"共享充电宝", "扫码借伞", "待处理"}},
	{Name: "汽车服务 代驾", Definition: "提供代驾服务", Terms: []string{"找代驾", "喝酒叫人开车"}},
	{Name: "金融 保险", Services: []string{"车险"}, Definition: "提供人身保险等服务", Terms: []string{"买保险"}},
	{Name: "医疗 售药", Definition: "适用于销售药品", Terms: []string{"ＫＴＶ"}},
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

// mustMatch gives the words of a text that each document has.
func mustMatch(t testing.TB, x *Index, text string) [][]Match {
	t.Helper()
	all := make([]int, len(x.texts))
	for i := range all {
		all[i] = i
	}
	matches, err := x.Matches(context.Background(), text, all)
	if err != nil {
		t.Fatalf("Matches(%q): %v", text, err)
	}
	return matches
}

func TestMatchesFindWordsAndTheirParts(t *testing.T) {
	x := newTestIndex(t)
	for _, test := range []struct {
		text string
		want [4]string // the words of each document and their fields
	}{
		{"共享充电宝", [4]string{"共享 name, 充电宝 definition"}},
		{"处理", [4]string{"处理 terms"}}, // at the end of a longer word
		{"找个代驾的小程序", [4]string{1: "代驾 name"}},
		{"买车险", [4]string{"车 definition", "车 name", "车险 services"}}, // a part; else a character
		{"药", [4]string{3: "药 name"}},                               // a single character
		{"想买药吃", [4]string{}},                                       // and none of a longer text
		{"ktv", [4]string{3: "ktv terms"}},
		{"提供", [4]string{"提供 definition", "提供 definition", "提供 definition"}},
		{"", [4]string{}}, {"、。", [4]string{}}, {"qwxz", [4]string{}},
	} {
		for d, matches := range mustMatch(t, x, test.text) {
			var got []string
			for _, m := range matches {
				got = append(got, m.Text+" "+m.Field.String())
			}
			if strings.Join(got, ", ") != test.want[d] {
				t.Errorf("%q in document %d: %q, want %q", test.text, d, got, test.want[d])
			}
		}
	}
}

func TestMatchesAreInTheOrderOfTheText(t *testing.T) {
	const text = "借充电宝和单车"
	matches := mustMatch(t, newTestIndex(t), text)[0]
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

func TestMatchesOfSomeDocumentsAreThoseOfAll(t *testing.T) {
	x := newTestIndex(t)
	const text = "提供共享代驾保险服务"
	all := mustMatch(t, x, text)
	some, err := x.Matches(context.Background(), text, []int{2, 0})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]Match{all[2], all[0]}, some); diff != "" {
		t.Error(diff)
	}
}

func TestMatchesAreTheSameInEveryIndex(t *testing.T) {
	want := mustMatch(t, newTestIndex(t), "提供共享代驾保险药品服务")
	for range 10 {
		if diff := cmp.Diff(want, mustMatch(t, newTestIndex(t), "提供共享代驾保险药品服务")); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestMatchesFromManyGoroutines(t *testing.T) {
	x := newTestIndex(t)
	var searches sync.WaitGroup
	for range 8 {
		searches.Go(func() {
			for _, text := range oddTexts {
				if _, err := x.Matches(context.Background(), Normalize(text).Norm, []int{0, 3}); err != nil {
					t.Errorf("Matches(%q): %v", text, err)
				}
			}
		})
	}
	searches.Wait()
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
		documents[i] = Document{Name: word(), Definition: "提供" + word() + word() + "等服务"}
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

func BenchmarkMatches(b *testing.B) {
	x, err := New(largeDocuments(), newTestSegmenter(b))
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := x.Matches(context.Background(), twentyChars, []int{0, 20, 40, 60, 80}); err != nil {
			b.Fatal(err)
		}
	}
}
