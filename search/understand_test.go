package search

import (
	"slices"
	"strings"
	"testing"

	"leimu/data"
	"leimu/index"
)

func TestLettersAreReadAsWhatTheySpell(t *testing.T) {
	l := testEngine(t).listener
	for _, row := range []struct{ text, want string }{
		{"gongxiangyusan", "共享雨伞"},
		{"gong xiang dan che", "共享单车"},
		{"yiyuan guahao", "医院挂号"},
		{"kuaidi chaxun", "快递查询"},
		{"waimai", "外卖"},
		{"chongdianbao", "充电宝"}, // one word rather than 充电 and 包
		{"tixiao", "体校"},
		{"GONGJIJIN", "公积金"},
		{"ｘｉｃｈｅ", "洗车"},
		// heteronyms
		{"yinhang", "银行"},
		{"kuaiji peixun", "会计培训"},
		{"chongqing huoguo", "重庆火锅"},
		{"changtu qiche", "长途汽车"},
		{"yinyue", "音乐"},
		// mixed with Han
		{"扫码diancan", "扫码 点餐"},
		{"扫码chongdian", "扫码 充电"},
		// initials
		{"gjj", "公积金"},
		{"gjj tiqu", "公积金提取"},
		{"dc", "点餐"},
		// the glossary adds the meaning to the word
		{"ktv", "ktv 唱歌包厢"},
		{"KTV dingfang", "ktv 唱歌包厢 订房"},
		{"car rental", "car rental 租车"},
		{"pet hospital挂号", "pet hospital 宠物医院 挂号"},
		{"gym", "gym 健身房"},
		// what is no pinyin, and what is known as it stands, stays
		{"b2b", "b2b"},
		{"qwrtp", "qwrtp"},
		{"充电宝", "充电宝"},
		{"123", "123"},
	} {
		if got, _ := l.understand(index.Normalize(row.text).Norm); got.Text != row.want {
			t.Errorf("%s is read as %q, want %q", row.text, got.Text, row.want)
		}
	}
}

// TestTermsSpelledInFullAreReadAsTerms looks at every tenth term of the lexicon:
// the letters of a term read as that term or one of the same letters, not as
// several words that happen to sound like it.
func TestTermsSpelledInFullAreReadAsTerms(t *testing.T) {
	const every, least = 10, 0.998
	e := testEngine(t)
	r := e.listener.reader
	asked, right := 0, 0
	for i, entry := range e.knowledge.Lexicon.Entries {
		word := index.Normalize(entry.Text).Norm
		letters := strings.Join(index.Pinyin(word), "")
		whole := r.table().full[letters]
		if i%every != 0 || entry.Kind != data.KindTerms || !allHan(word) || len(whole) == 0 || len(letters) > lettersRead {
			continue
		}
		readings := r.pinyin(letters)
		if readings == nil {
			continue // 儿 and the like: letters that are no row of syllables
		}
		asked++
		if slices.ContainsFunc(whole, func(h homophone) bool { return h.text == readings[0] }) {
			right++
		} else {
			t.Logf("%s is read as %s", letters, readings[0])
		}
	}
	if share := float64(right) / float64(asked); asked < 1000 || share < least {
		t.Errorf("%d of %d terms are read as terms (%.4f), want %.3f", right, asked, share, least)
	}
}

func TestTyposAreHeardWhereTheTextLeavesAGap(t *testing.T) {
	l := testEngine(t).listener
	for _, row := range []struct{ text, want string }{
		{"网约扯", "网约车"},
		{"社宝卡办理", "社保卡办理"},
		{"二手防出租", "二手房出租"},
		{"快弟查询", "快递查询"},
		{"外买订餐", "外卖订餐"},
		{"婚杀摄影", "婚纱摄影"},
		{"加由站", "加油站"},
		{"电影漂", "电影票"},
		{"代架", "代驾"},
		{"景点门票", "景点门票"},
		{"经典老歌", "经典老歌"},
		{"景点", "景点"},
		{"经典", "经典"},
		{"优投房", "优投房"}, // a coined name stays
	} {
		if got, _ := l.understand(index.Normalize(row.text).Norm); got.Text != row.want {
			t.Errorf("%s is heard as %q, want %q", row.text, got.Text, row.want)
		}
	}
}

// TestTyposFindTheirCategory, whether they are mended or certain as they stand.
func TestTyposFindTheirCategory(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"共想充电宝", "living-sharing"},
		{"公积今", "gov-housing"},
		{"公积今提取", "gov-housing"},
		{"停车缴废", "car-parking"},
		{"宠勿医院", "living-pets"},
		{"家正保洁", "living-housekeeping"},
		{"高铁飘", "transport-rail"},
		{"律师咨旬", "living-legal"},
		{"社宝卡办理", "gov-hr-social-security"},
		{"加由站", "transport-fuel"},
		{"电影漂", "leisure-cinema-shows"},
		{"景点门票", "travel-attractions"},
	} {
		if got := firstAnswer(t, Request{Query: row.text}); got != row.want {
			t.Errorf("%s: %s, want %s", row.text, got, row.want)
		}
	}
	if a, b := firstAnswer(t, Request{Query: "共享丹车"}), firstAnswer(t, Request{Query: "共享单车"}); a != b && a != "living-sharing" {
		t.Errorf("共享丹车: %s, 共享单车: %s", a, b)
	}
}

// TestCertainTextIsNeverChanged asks the golden queries: where the literal text
// has a clear first, no character of it is taken for another.
func TestCertainTextIsNeverChanged(t *testing.T) {
	l := testEngine(t).listener
	certain := 0
	for _, q := range goldenSet(t) {
		norm := index.Normalize(q.Q).Norm
		literal := l.ranker.rank(norm)
		if len(latinRuns(norm)) > 0 || literal.margin() <= inDoubt {
			continue
		}
		certain++
		if u, k := l.understand(norm); u.Text != norm || u.Corrected != nil || k.order[0] != literal.order[0] {
			t.Errorf("%s is heard as %s", q.Q, u.Text)
		}
	}
	if certain < 200 {
		t.Errorf("only %d golden queries are certain as they stand", certain)
	}
}

func TestWhoRunsItIsHeard(t *testing.T) {
	l := testEngine(t).listener
	for _, row := range []struct {
		text string
		want Subject
	}{
		{"我是个人开发者,做了个记账本", Individual},
		{"街道办事处发布停水通知", Government},
		{"充电宝", ""},
	} {
		if got, _ := l.understand(index.Normalize(row.text).Norm); got.Subject != row.want {
			t.Errorf("%s: %q, want %q", row.text, got.Subject, row.want)
		}
	}
}

func TestSeveralNeedsAreToldApart(t *testing.T) {
	e := testEngine(t)
	for _, row := range []struct {
		text string
		want []string
	}{
		{"火锅店点餐,还办KTV包厢预订", []string{"dining-ordering", "leisure-ktv"}},
		{"宠物医院挂号", nil},
	} {
		u, k := e.listener.understand(index.Normalize(row.text).Norm)
		var got []string
		for _, n := range e.needs(u.Text, &k) {
			got = append(got, e.ref(n.category).ID)
		}
		if len(got) != len(row.want) {
			t.Errorf("%s: needs %v, want %v", row.text, got, row.want)
		}
	}
}

func TestReplyDecides(t *testing.T) {
	e := testEngine(t)
	ctx := t.Context()
	for _, text := range []string{"在线学吉他", "让商家来开店卖货", "跑步记录打卡", "店员排班", "房子装修找设计师"} {
		a, err := e.Search(ctx, Request{Query: text})
		if err != nil {
			t.Fatal(err)
		}
		if a.Clarify == nil {
			continue
		}
		for _, reply := range a.Clarify.Replies {
			b, err := e.Search(ctx, Request{Query: text, Reply: reply.Answer})
			if err != nil {
				t.Fatal(err)
			}
			if b.Results[0].Category != reply.Category || b.Clarify != nil {
				t.Errorf("%s, answer %s: first is %s", text, reply.Answer, b.Results[0].Category.ID)
			}
		}
	}
	if _, err := e.Search(ctx, Request{Query: "共享充电宝", Reply: "gov-tobacco"}); err == nil {
		t.Error("a reply to a question that was not asked is taken")
	}
}
