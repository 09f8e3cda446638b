package search

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

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
		{"并非银行,只是记账", []string{"银行"}},
		{"只修车不卖车", []string{"车"}},
		{"不卖车只修车", []string{"车"}},
		{"修车,不卖车", []string{"车"}},
		{"不是医院而是药店", []string{"医院"}},
		{"不销售烟酒;主营水果", []string{"烟酒"}},
		{"不卖药,不卖器械,就卖水果", []string{"药", "器械"}},
		{"絕不賣藥", []string{"卖药"}},       // 绝不
		{"不做外卖 火锅店点餐", []string{"外卖"}}, // a space ends it
		{"除甲醛除螨都做", nil},
		{"除了酒水都能点", []string{"酒水"}},
		{"除了周一都营业", []string{"周一"}},
		{"除了保养还卖轮胎", nil},
		{"除了洗车也打蜡", nil},
		// A cue that has said all.
		{"不收钱、不做交易,就展示旅游照片", []string{"交易"}},
		{"不載客只送貨", nil},
		{"别墅不住宿只办派对", nil},
		{"不收费的自习室", nil},
		{"不是只写游记", nil}, // not only
		{"不卖光盘", []string{"光盘"}},
		{"不做纯净水", []string{"纯净水"}},
		// Words that begin like a cue.
		{"卖不锈钢水槽", nil},
		{"不动产登记预约", nil},
		{"不孕不育医院", nil},
		{"不仅卖花还送花", nil},
		{"不用排队就能挂号", nil},
		{"非处方药配送", nil},
		{"非遗手工艺品", nil},
		{"非营利组织的活动报名", nil},
		{"无人机航拍教学", nil},
		{"無人便利店", nil},
		{"无锡小吃店", nil},
		{"没有中间商赚差价", nil},
		// Questions, and cues with nothing behind them.
		{"是不是要办许可证", nil},
		{"有没有附近的停车场", nil},
		{"非", nil},
		{"不卖", nil},
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

// FuzzNegationSpans: spans stand in order inside the text, on whole characters,
// and none holds the end of a clause.
func FuzzNegationSpans(f *testing.F) {
	n := newNegation(testEngine(f).knowledge.Language.Negation)
	for _, text := range []string{"不卖药只修车", "除了a都有", "非", "没有没有", "不不不", "\xff不卖", "不卖\xff只", "不收钱、、的", "除了都都"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, s := range n.spans(text) {
			if s[0] < last || s[1] <= s[0] || s[1] > len(text) {
				t.Fatalf("%q: spans %v", text, n.spans(text))
			}
			part := text[s[0]:s[1]]
			if utf8.ValidString(text) && !utf8.ValidString(part) {
				t.Fatalf("%q: %q is not whole characters", text, part)
			}
			if strings.ContainsAny(part, clauseEnds) {
				t.Fatalf("%q: %q goes beyond its clause", text, part)
			}
			last = s[1]
		}
	})
}
