package index

import (
	"slices"
	"strings"
	"testing"
	"unicode"
)

func fewCompletions() *Completions {
	var list []Completion
	for i, text := range []string{"共享充电宝", "共享单车", "银行", "会计师事务所", "重庆火锅", "长途汽车", "App Store 充值", "ETC 办理", "招商银行网点", "中医馆", "经典诵读"} {
		list = append(list, Completion{Text: text, Category: i, Weight: 1})
	}
	return NewCompletions(list)
}

func TestComplete(t *testing.T) {
	c := fewCompletions()
	for _, test := range []struct {
		typed, text, said string
		match             MatchKind
	}{
		{"共享充", "共享充电宝", "共享充", MatchPrefix},
		{"电宝", "共享充电宝", "电宝", MatchInfix},
		{"gongxiang", "共享单车", "共享", MatchPinyin},
		{"gongxiangd", "共享单车", "共享单", MatchPinyin},
		{"chongdianbao", "共享充电宝", "充电宝", MatchPinyin},
		{"gxcdb", "共享充电宝", "共享充电宝", MatchInitials},
		{"gxchdb", "共享充电宝", "共享充电宝", MatchMixed},
		{"gongxdanche", "共享单车", "共享单车", MatchMixed},
		{"共享chong", "共享充电宝", "共享充", MatchMixed},
		{"gx充dian", "共享充电宝", "共享充电", MatchMixed},
		{"yinhang", "银行", "银行", MatchPinyin},
		{"yinxing", "银行", "银行", MatchPinyin},
		{"kuaiji", "会计师事务所", "会计", MatchPinyin},
		{"chongqing", "重庆火锅", "重庆", MatchPinyin},
		{"changtu", "长途汽车", "长途", MatchPinyin},
		{"zongyiguan", "中医馆", "中医馆", MatchPinyin},
		{"congqin", "重庆火锅", "重庆", MatchPinyin},
		{"appstore", "App Store 充值", "appstore", MatchPrefix},
		{"etcban", "ETC 办理", "etc办", MatchPinyin},
		{"充店宝", "共享充电宝", "充电宝", MatchTypo},
		{"共享单丰", "共享单车", "共享单车", MatchTypo},
		{"共单享车", "共享单车", "共享单车", MatchTypo},
		{"共享车单", "共享单车", "共享单车", MatchTypo},
		{"gongxaingchong", "共享充电宝", "共享充", MatchTypo},
		{"景典", "", "", 0},
		{"静典诵", "经典诵读", "经典诵", MatchTypo},
	} {
		found := c.Complete(nil, Normalize(test.typed).Norm)
		ok := slices.ContainsFunc(found, func(f Candidate) bool {
			return c.At(f.ID).Text == test.text && c.Said(f) == test.said && f.Match == test.match
		})
		if test.said != "" && !ok {
			t.Errorf("%s: want %s %s (%v) among %v", test.typed, test.text, test.said, test.match, found)
		}
		if test.text == "" && len(found) > 0 {
			t.Errorf("%s: found %s (%v), want nothing", test.typed, c.At(found[0].ID).Text, found[0].Match)
		}
	}
}

func TestCompletionSpan(t *testing.T) {
	c := fewCompletions()
	for _, test := range []struct{ typed, text, span string }{
		{"appstore", "App Store 充值", "App Store"},
		{"storechong", "App Store 充值", ""},
		{"etc办理", "ETC 办理", "ETC 办理"},
		{"办理", "ETC 办理", "办理"},
	} {
		for _, f := range c.Complete(nil, test.typed) {
			text := c.At(f.ID).Text
			start, end := c.Span(f.ID, int(f.Start), int(f.End))
			if got := string([]rune(text)[start:end]); text == test.text && got != test.span && test.span != "" {
				t.Errorf("%s: span of %s is %q, want %q", test.typed, text, got, test.span)
			}
		}
	}
}

// TestInfixRecall: any two consecutive characters of every completion find it.
func TestInfixRecall(t *testing.T) {
	list := lexiconCompletions(t)
	c := NewCompletions(list)
	pairs := map[string][]int32{}
	for id := range int32(c.Len()) {
		runes := []rune(c.keys[id])
		for i := 0; i+1 < len(runes); i++ {
			pair := string(runes[i : i+2])
			if owners := pairs[pair]; len(owners) == 0 || owners[len(owners)-1] != id {
				pairs[pair] = append(owners, id)
			}
		}
	}
	for pair, owners := range pairs {
		found := map[int32]bool{}
		for _, f := range c.Complete(nil, pair) {
			if f.Match.Literal() {
				found[f.ID] = true
			}
		}
		for _, id := range owners {
			if !found[id] {
				t.Fatalf("%s does not find %s", pair, c.At(id).Text)
			}
		}
		if len(found) != len(owners) {
			t.Fatalf("%s finds %d, want %d", pair, len(found), len(owners))
		}
	}
}

// TestPinyinAndInitialsRecall: every completion of Han is found by its pinyin, by
// that less its last letter, and by its initials.
func TestPinyinAndInitialsRecall(t *testing.T) {
	list := lexiconCompletions(t)
	c := NewCompletions(list)
	for id := int32(0); int(id) < c.Len(); id += 7 {
		text := c.keys[id]
		if strings.ContainsFunc(text, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) || c.Length(id) < 2 {
			continue
		}
		letters := strings.Join(Pinyin(text), "")
		for _, typed := range []string{letters, letters[:len(letters)-1], Initials(text)} {
			if !slices.ContainsFunc(c.Complete(nil, typed), func(f Candidate) bool { return f.ID == id }) {
				t.Errorf("%s does not find %s", typed, text)
			}
		}
	}
}

func TestRead(t *testing.T) {
	c := NewCompletions(lexiconCompletions(t))
	for typed, want := range map[string]string{"yinhangdaikuan": "银行贷款", "gongxiangchongdianbaozulin": "共享充电宝租赁", "kuaijishifuwu": "会计师服务", "": "", "qqqq": ""} {
		if got := c.Read(typed); got != want {
			t.Errorf("%s is read %q, want %q", typed, got, want)
		}
	}
}

func FuzzComplete(f *testing.F) {
	c := fewCompletions()
	for _, typed := range []string{"共享chong", "gxcdb", "gong xiang", "lüe", "共\x00享", "ｅｔｃ", "zz", "享享享享享"} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		norm := Normalize(typed).Norm
		for _, found := range c.Complete(nil, norm) {
			if found.Start > found.End || int(found.End) > c.Length(found.ID) {
				t.Fatalf("%q: span %d:%d of %s", typed, found.Start, found.End, c.At(found.ID).Text)
			}
			start, end := c.Span(found.ID, int(found.Start), int(found.End))
			if n := len([]rune(c.At(found.ID).Text)); start > end || end > n {
				t.Fatalf("%q: span %d:%d of %s", typed, start, end, c.At(found.ID).Text)
			}
		}
		c.Read(norm)
		c.Nearest(norm, 0)
	})
}
