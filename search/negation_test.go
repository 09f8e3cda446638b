package search

import (
	"slices"
	"testing"
	"unicode/utf8"

	"leimu/data"
	"leimu/index"
)

func TestWhatADescriptionDenies(t *testing.T) {
	n := newNegation(testEngine(t).knowledge.Language.Negation)
	for _, row := range []struct {
		text string
		want []string
	}{
		{"不卖药,只做用药提醒", []string{"药"}},
		{"不是旅行社,只写游记", []string{"旅行社"}},
		{"非医疗机构,仅作科普", []string{"医疗机构"}},
		{"我们不收快递、不做外卖,就修手机", []string{"快递、不做外卖"}},
		{"没有直播功能", []string{"直播功能"}},
		{"不提供借款而是记录还款", []string{"借款"}},
		{"除了酒水都能点", []string{"酒水"}},
		{"除了保养还卖轮胎", nil},
		{"卖不锈钢水槽", nil},
		{"不动产登记预约", nil},
		{"非处方药配送", nil},
		{"无人机航拍教学", nil},
		{"是不是要办许可证", nil},
		{"有没有附近的停车场", nil},
		{"不用排队就能挂号", nil},
		{"", nil},
	} {
		text := index.Normalize(row.text).Norm
		var got []string
		for _, s := range n.spans(text) {
			got = append(got, text[s[0]:s[1]])
		}
		if !slices.Equal(got, row.want) {
			t.Errorf("%s: denies %q, want %q", row.text, got, row.want)
		}
	}
}

// FuzzNegationSpans: spans stand in order inside the text, on whole characters.
func FuzzNegationSpans(f *testing.F) {
	n := newNegation(data.Negation{Before: []string{"不卖", "没有", "非"}, Except: []string{"不锈钢"}, Turn: []string{"只"}})
	for _, text := range []string{"不卖药只修车", "除了a都有", "非", "没有没有", "不不不", "\xff不卖"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, s := range n.spans(text) {
			if s[0] < last || s[1] <= s[0] || s[1] > len(text) {
				t.Fatalf("%q: spans %v", text, n.spans(text))
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[s[0]:s[1]]) {
				t.Fatalf("%q: %q is not whole characters", text, text[s[0]:s[1]])
			}
			last = s[1]
		}
	})
}
