package search

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"leimu/index"
)

func TestSuggest(t *testing.T) {
	s := suggesterOf(t)
	for _, test := range []struct {
		why, typed, text, match string
		span                    [2]int
	}{
		{"prefix", "共享充", "共享充电宝", "prefix", [2]int{0, 3}},
		{"infix", "享充电宝", "共享充电宝", "infix", [2]int{1, 5}},
		{"full pinyin", "gongxiangchongdianbao", "共享充电宝", "pinyin", [2]int{0, 5}},
		{"half a syllable", "gongxiangchongd", "共享充电宝", "pinyin", [2]int{0, 4}},
		{"initials", "gxcdb", "共享充电宝", "initials", [2]int{0, 5}},
		{"some syllables cut short", "gongxcdb", "共享充电宝", "mixed", [2]int{0, 5}},
		{"Han and pinyin", "共享chong", "共享充电宝", "mixed", [2]int{0, 3}},
		{"initials and Han", "gx充电宝", "共享充电宝", "mixed", [2]int{0, 5}},
		{"spaces and apostrophes", " gong'xiang chong ", "共享充电宝", "pinyin", [2]int{0, 3}},
		{"full width", "ｇｘｃｄｂ", "共享充电宝", "initials", [2]int{0, 5}},
		{"traditional", "共享充電寶", "共享充电宝", "prefix", [2]int{0, 5}},
		{"zh as z", "zulinfangwu", "", "pinyin", [2]int{}},
		{"ing as in", "gongxianchondianbao", "", "", [2]int{}},
		{"homophone", "共享充店宝", "共享充电宝", "typo", [2]int{0, 5}},
		{"letters swapped", "gongxaingchongdianbao", "共享充电宝", "typo", [2]int{0, 5}},
		{"a letter missing", "gongxingchongdianbao", "共享充电宝", "typo", [2]int{0, 5}},
		{"heteronym 行", "yinhang", "", "pinyin", [2]int{}},
		{"heteronym 会", "kuaiji", "", "pinyin", [2]int{}},
	} {
		answer, err := s.Suggest(SuggestRequest{Typed: test.typed})
		if err != nil {
			t.Fatal(err)
		}
		found := slices.ContainsFunc(answer.Suggestions, func(x Suggestion) bool {
			return (test.text == "" || x.Text == test.text && x.Span == test.span) && (test.match == "" || x.Match == test.match)
		})
		if !found {
			t.Errorf("%s (%s): want %s %s %v among %+v", test.typed, test.why, test.text, test.match, test.span, answer.Suggestions)
		}
	}
}

// TestHanIsNotMatchedBySound holds what users of other engines complain of.
func TestHanIsNotMatchedBySound(t *testing.T) {
	s := suggesterOf(t)
	for _, typed := range []string{"景点", "经典", "银行", "医院", "共享"} {
		for _, x := range suggest(t, s, SuggestRequest{Typed: typed, Limit: MaxLimit}) {
			if !strings.Contains(x.Match, "fix") {
				t.Errorf("%s: %s matches by %s", typed, x.Text, x.Match)
			}
			if x.Span[1] > x.Span[0] && !strings.Contains(typed, string([]rune(x.Text)[x.Span[0]:x.Span[1]])) {
				t.Errorf("%s: marks %v of %s", typed, x.Span, x.Text)
			}
		}
	}
}

// TestSuggestAgreesWithSearch: the same text gets the same first category in both.
func TestSuggestAgreesWithSearch(t *testing.T) {
	s := suggesterOf(t)
	texts := []string{}
	for id := int32(0); int(id) < s.completions.Len(); id += 37 {
		texts = append(texts, s.completions.At(id).Text)
	}
	for _, q := range typedQueries(t) {
		texts = append(texts, q.Q)
	}
	different := []string{}
	for _, text := range texts {
		answer, err := s.engine.Search(context.Background(), Request{Query: text, Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		if answer.Confidence == None || len(answer.Results) == 0 {
			continue
		}
		first := suggest(t, s, SuggestRequest{Typed: text})
		if len(first) == 0 || first[0].Category != answer.Results[0].Category {
			different = append(different, text)
		}
	}
	if len(different) > 0 {
		t.Errorf("%d of %d differ: %q", len(different), len(texts), different[:min(len(different), 20)])
	}
}

func suggest(tb testing.TB, s *Suggester, r SuggestRequest) []Suggestion {
	tb.Helper()
	answer, err := s.Suggest(r)
	if err != nil {
		tb.Fatal(err)
	}
	return answer.Suggestions
}

func TestSuggestionsAreWellFormed(t *testing.T) {
	s := suggesterOf(t)
	for _, typed := range []string{"g", "共", "shi", "医院", "etc", "AI", "a", "1", "xian", "的", "zhongyi", "我想做一个共享充电宝的小程序", "asdfgh", "😀", "\u0000"} {
		checkSuggestions(t, s, typed)
	}
}

func FuzzSuggest(f *testing.F) {
	s := suggesterOf(f)
	for _, typed := range []string{"共享", "gxcdb", "共享chong", "gong xiang", "lüyou", "ＥＴＣ", "充店宝", "zz'z", "\xff", "xi'an"} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) { checkSuggestions(t, s, typed) })
}

// checkSuggestions checks what holds of every answer.
func checkSuggestions(t *testing.T, s *Suggester, typed string) {
	t.Helper()
	r := SuggestRequest{Typed: typed, Subject: Individual}
	answer, err := s.Suggest(r)
	if err != nil {
		if utf8.ValidString(typed) && utf8.RuneCountInString(typed) <= MaxQuery {
			t.Fatalf("%q: %v", typed, err)
		}
		return
	}
	if again := suggest(t, s, r); !reflect.DeepEqual(again, answer.Suggestions) {
		t.Errorf("%q: two answers: %+v, %+v", typed, answer.Suggestions, again)
	}
	if len(answer.Suggestions) > DefaultSuggestions {
		t.Errorf("%q: %d suggestions", typed, len(answer.Suggestions))
	}
	weight, sound := 1.0, false
	for _, x := range answer.Suggestions {
		literal := x.Match == index.MatchPrefix.String() || x.Match == index.MatchInfix.String()
		if literal && sound {
			t.Errorf("%q: %s stands below a match by sound", typed, x.Text)
		}
		sound = sound || !literal
		if x.Weight > weight || x.Weight < 0 {
			t.Errorf("%q: %s weighs %v after %v", typed, x.Text, x.Weight, weight)
		}
		weight = x.Weight
		if n := utf8.RuneCountInString(x.Text); x.Span[0] < 0 || x.Span[0] > x.Span[1] || x.Span[1] > n {
			t.Errorf("%q: span %v of %s", typed, x.Span, x.Text)
		}
		if x.Verdict == nil || s.engine.Catalog().Find(x.Category.ID) == nil {
			t.Errorf("%q: incomplete: %+v", typed, x)
		}
	}
}
