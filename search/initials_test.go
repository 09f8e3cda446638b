package search

import (
	"slices"
	"testing"
)

func TestInitialsOfUnseenPhrasesAreUnderstood(t *testing.T) {
	s := suggesterOf(t)
	for letters, want := range map[string]string{
		"cwyyymtx": "生活服务>宠物",   // 宠物医院疫苗提醒
		"esfygpt":  "生活服务>房地产",  // 二手房源挂牌台
		"zfygjjtq": "政务服务>住房保障", // 租房用公积金提取
	} {
		if got := suggested(t, s, letters); !among(got, []string{want}, 5) {
			t.Errorf("%s: %q, want %s among the first five", letters, got, want)
		}
	}
}

func TestInitialsAreSaidToMatchAsInitials(t *testing.T) {
	answer, err := suggesterOf(t).Suggest(SuggestRequest{Typed: "cwyyymtx"})
	if err != nil {
		t.Fatal(err)
	}
	if len(answer.Suggestions) == 0 || answer.Suggestions[0].Match != "initials" {
		t.Errorf("got %+v, want a match by initials first", answer.Suggestions)
	}
}

func TestWhatIsTooShortOrNoLettersIsNoAbbreviation(t *testing.T) {
	s := suggesterOf(t)
	for _, typed := range []string{"", "hg", "火锅店", "hg1", "h g d"} {
		if score := s.abbreviated(typed); score != nil {
			t.Errorf("%q is taken for initials", typed)
		}
	}
	if s.abbreviated("hgddc") == nil {
		t.Error("hgddc is not taken for initials")
	}
}

// TestInitialsKeysDoNotCollide: runs that differ have keys that differ.
func TestInitialsKeysDoNotCollide(t *testing.T) {
	keys := initialsKeys("abcdefghij")
	slices.Sort(keys)
	if want := 11 + 10; len(slices.Compact(keys)) != want { // runs of two and three of twelve
		t.Errorf("%d keys, want %d", len(slices.Compact(keys)), want)
	}
}
