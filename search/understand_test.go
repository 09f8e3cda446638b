package search

import (
	"testing"

	"leimu/index"
)

func TestLettersAreReadAsWhatTheySpell(t *testing.T) {
	l := testEngine(t).listener
	for _, row := range []struct{ text, want string }{
		{"gongxiangyusan", "共享雨伞"},
		{"gong xiang dan che", "共享单车"},
		{"yinhang", "银行"},
		{"kuaiji peixun", "会计培训"},
		{"chongqing huoguo", "重庆火锅"},
		{"GONGJIJIN", "公积金"},
		{"扫码diancan", "扫码 点餐"},
		{"ktv", "ktv 唱歌包厢"}, // the glossary adds the meaning to the word
	} {
		if got, _ := l.understand(index.Normalize(row.text).Norm); got.Text != row.want {
			t.Errorf("%s is read as %q, want %q", row.text, got.Text, row.want)
		}
	}
}

func TestTyposAreHeardWhereTheTextLeavesAGap(t *testing.T) {
	l := testEngine(t).listener
	for _, row := range []struct{ text, want string }{
		{"网约扯", "网约车"},
		{"社宝卡办理", "社保卡办理"},
		{"共享丹车", "共享丹车"}, // certain as it stands: nothing is mended
		{"景点门票", "景点门票"},
		{"经典老歌", "经典老歌"},
		{"优投房", "优投房"}, // a coined name stays
	} {
		if got, _ := l.understand(index.Normalize(row.text).Norm); got.Text != row.want {
			t.Errorf("%s is heard as %q, want %q", row.text, got.Text, row.want)
		}
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
