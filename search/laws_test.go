package search

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"leimu/data"
	"leimu/index"
)

// varied are descriptions of many trades, as people write them, and in
// traditional characters.
var varied = [][2]string{
	{"扫码租移动电源", "掃碼租移動電源"},
	{"小区物业费缴纳和报修", "小區物業費繳納和報修"},
	{"给猫洗澡剪毛的店", "給貓洗澡剪毛的店"},
	{"麻将馆按小时订桌", "麻將館按小時訂桌"},
	{"查社保缴费记录", "查社保繳費記錄"},
	{"二手汽车买卖", "二手汽車買賣"},
	{"医院挂号看报告", "醫院掛號看報告"},
	{"在线听广播剧", "線上聽廣播劇"},
	{"自家果园的橙子", "自家果園的橙子"},
	{"记账小本子", "記帳小本子"},
	{"法律援助中心预约", "法律援助中心預約"},
	{"KTV包厢预订", "KTV包廂預訂"},
	{"火车票抢票提醒", "火車票搶票提醒"},
	{"代驾司机接单", "代駕司機接單"},
	{"新能源车充电桩地图", "新能源車充電樁地圖"},
	{"奶茶店自助点单", "奶茶店自助點單"},
	{"附近餐馆送餐到家", "附近餐館送餐到家"},
	{"民宿房间预订", "民宿房間預訂"},
	{"旅行社跟团游报名", "旅行社跟團遊報名"},
	{"博物馆参观预约", "博物館參觀預約"},
	{"电影票选座购票", "電影票選座購票"},
	{"瑜伽馆约课", "瑜伽館約課"},
	{"羽毛球场地预订", "羽毛球場地預訂"},
	{"小学生家校通知", "小學生家校通知"},
	{"驾校学车报名", "駕校學車報名"},
	{"幼儿绘本启蒙", "幼兒繪本啟蒙"},
	{"包裹寄件查快递", "包裹寄件查快遞"},
	{"货车司机找货源", "貨車司機找貨源"},
	{"药店买感冒药送货", "藥店買感冒藥送貨"},
	{"助听器血压计零售", "助聽器血壓計零售"},
	{"税务局发票查验", "稅務局發票查驗"},
	{"公积金贷款额度测算", "公積金貸款額度測算"},
	{"地震台网预警发布", "地震臺網預警發布"},
	{"人寿保险产品投保", "人壽保險產品投保"},
	{"商业银行网点预约取号", "商業銀行網點預約取號"},
	{"证券公司开户", "證券公司開戶"},
	{"招聘会找兼职", "招聘會找兼職"},
	{"新房楼盘与二手房", "新房樓盤與二手房"},
	{"婚礼策划和司仪", "婚禮策劃和司儀"},
	{"月嫂保洁上门", "月嫂保潔上門"},
	{"定制软件开发公司", "訂製軟體開發公司"},
	{"APP下载分发", "APP下載分發"},
}

func firstAnswer(t *testing.T, r Request) string {
	t.Helper()
	a, err := testEngine(t).Search(context.Background(), r)
	if err != nil {
		t.Fatalf("%s: %v", r.Query, err)
	}
	if len(a.Results) == 0 {
		return "nothing"
	}
	return a.Results[0].Category.ID
}

// TestFormOfWritingChangesNoFirstAnswer: width, spaces, case, traditional
// characters and the frame of a question say nothing of what is done.
func TestFormOfWritingChangesNoFirstAnswer(t *testing.T) {
	for _, v := range varied {
		want := firstAnswer(t, Request{Query: v[0]})
		for form, text := range map[string]string{
			"full width":  fullWidth(v[0]),
			"spaces":      "  " + v[0] + " \n",
			"upper case":  strings.ToUpper(v[0]),
			"lower case":  strings.ToLower(v[0]),
			"traditional": v[1],
			"framed":      "我想做一个" + v[0] + "的小程序",
			"asked":       v[0] + ",请问选什么类目?",
			"emoji":       v[0] + "🎉",
		} {
			if got := firstAnswer(t, Request{Query: text}); got != want {
				t.Errorf("%s %q: %s, want %s", form, text, got, want)
			}
		}
	}
}

func fullWidth(s string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7f {
			return r + 0xfee0
		}
		return r
	}, s)
}

// TestLimitsAndFiltersOnlyCut: a limit, an offset or a filter leaves out, and
// neither adds nor reorders nor changes a score.
func TestLimitsAndFiltersOnlyCut(t *testing.T) {
	for _, v := range varied {
		r := Request{Query: v[0], Subject: Individual}
		all := everyResult(t, r)
		if n := len(testEngine(t).Catalog().Categories); len(all) != n {
			t.Fatalf("%s: %d results of %d categories", v[0], len(all), n)
		}
		for _, cut := range [][2]int{{7, 3}, {1, 0}, {MaxLimit, 150}, {5, len(all)}} {
			limited := r
			limited.Limit, limited.Offset = cut[0], cut[1]
			a := search(t, limited)
			if want := all[cut[1]:min(cut[0]+cut[1], len(all))]; !slices.EqualFunc(a.Results, want, sameResult) || a.Total != len(all) {
				t.Errorf("%s: limit %d offset %d gives %v, want %v", v[0], cut[0], cut[1], resultIDs(a.Results), resultIDs(want))
			}
		}
		var open []Result
		for _, x := range all {
			if x.Verdict.Open() {
				open = append(open, x)
			}
		}
		r.EligibleOnly = true
		filtered := everyResult(t, r)
		if !slices.Equal(resultIDs(filtered), resultIDs(open)) {
			t.Errorf("%s: the filter gives %v, open are %v", v[0], resultIDs(filtered), resultIDs(open))
			continue
		}
		for i, x := range filtered {
			if x.Score != open[i].Score {
				t.Errorf("%s: the filter changes the score of %s", v[0], x.Category.ID)
			}
		}
	}
}

func search(t *testing.T, r Request) *Answer {
	t.Helper()
	a, err := testEngine(t).Search(t.Context(), r)
	if err != nil {
		t.Fatalf("%+v: %v", r, err)
	}
	return a
}

// everyResult turns all pages of an answer.
func everyResult(t *testing.T, r Request) []Result {
	t.Helper()
	var all []Result
	r.Limit = MaxLimit
	for {
		r.Offset = len(all)
		a := search(t, r)
		all = append(all, a.Results...)
		if len(a.Results) < MaxLimit {
			return all
		}
	}
}

func sameResult(a, b Result) bool { return reflect.DeepEqual(a, b) }

func resultIDs(results []Result) []string {
	var ids []string
	for _, r := range results {
		ids = append(ids, r.Category.ID)
	}
	return ids
}

// hard are descriptions that need more than words: denied, several needs, letters.
var hard = []string{"不卖药,只做用药提醒", "火锅店点餐,还办KTV包厢预订", "gjj tiqu", "不是旅行社,只写游记", "car rental", "网约扯", "小程序开发"}

// TestExplanationAddsUpToTheScore, and scores lie in 0..1, best first.
func TestExplanationAddsUpToTheScore(t *testing.T) {
	for _, text := range append(simplified(), hard...) {
		last := 1.0
		for _, r := range search(t, Request{Query: text, Explain: true, Limit: 10}).Results {
			sum := 0.0
			for _, x := range r.Explain {
				sum += x.Weight
			}
			if len(r.Explain) == 0 || math.Abs(sum-r.Score) > 1e-9 {
				t.Errorf("%s, %s: evidence adds up to %v, score is %v", text, r.Category.ID, sum, r.Score)
			}
			if r.Score < 0 || r.Score > last {
				t.Errorf("%s, %s: score %v after %v", text, r.Category.ID, r.Score, last)
			}
			last = r.Score
		}
	}
}

// TestScoresAreInOrder asks the golden queries, those of several needs among
// them: scores lie in 0..1, best first, and ranks count from 1.
func TestScoresAreInOrder(t *testing.T) {
	for _, q := range goldenSet(t) {
		last := 1.0
		for i, r := range search(t, Request{Query: q.Q, Limit: 10}).Results {
			if r.Score < 0 || r.Score > last || r.Rank != i+1 {
				t.Errorf("%s, %s: rank %d, score %v after %v", q.Q, r.Category.ID, r.Rank, r.Score, last)
			}
			last = r.Score
		}
	}
}

// TestEvidenceIsAllThatTheRankerWeighed: the parts that are told give the
// ranker's own sum for each class, so that nothing is left for a rest to hide.
func TestEvidenceIsAllThatTheRankerWeighed(t *testing.T) {
	const allowed = 1e-4 // rounding of some hundred sums in single precision
	e := testEngine(t)
	for _, text := range append(simplified(), hard...) {
		u, k := e.listener.understand(index.Normalize(text).Norm)
		sum := make([]float32, len(k.raw))
		for _, p := range e.ranker.pieces(u.Text, &k) {
			for c, x := range p.raw {
				sum[c] += x
			}
		}
		for c := range sum {
			if math.Abs(float64(sum[c]-k.raw[c])) > allowed {
				t.Errorf("%s, class %d: told are %v, weighed were %v", text, c, sum[c], k.raw[c])
				break
			}
		}
	}
}

func simplified() []string {
	var texts []string
	for _, v := range varied {
		texts = append(texts, v[0])
	}
	return texts
}

// TestSameQuestionGivesTheSameBytes asks everything twice.
func TestSameQuestionGivesTheSameBytes(t *testing.T) {
	for _, text := range append(simplified(), append(hard, "停车缴废", "你好")...) {
		var first []byte
		for range 2 {
			written, err := json.Marshal(search(t, Request{Query: text, Explain: true}))
			if err != nil {
				t.Fatal(err)
			}
			if first == nil {
				first = written
			}
			if !bytes.Equal(first, written) {
				t.Errorf("%s: two answers to one question", text)
			}
		}
	}
}

// TestOpenLeavesTheKnowledgeAlone: engines are opened beside each other on one
// knowledge, and must change nothing of it.
func TestOpenLeavesTheKnowledgeAlone(t *testing.T) {
	cue := data.SubjectCue{Subject: "individual", Text: "ＡＢＣ工作室", Weight: 1}
	k := &data.Knowledge{Subjects: []data.SubjectCue{cue}}
	l := newListener(k, testEngine(t).ranker)
	if k.Subjects[0] != cue {
		t.Errorf("the cue has become %+v", k.Subjects[0])
	}
	if got := l.subject("abc工作室"); got != Individual {
		t.Errorf("the cue is heard as %q", got)
	}
	loaded, err := data.Load(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(loaded, testEngine(t).knowledge) {
		t.Error("the knowledge is not what it was before the engine was opened")
	}
}
