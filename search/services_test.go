package search

import "testing"

func TestServiceIsTheNearestInMeaning(t *testing.T) {
	e := testEngine(t)
	for _, row := range []struct {
		text, category string
		want           int
	}{
		{"夜里看护老人", "living-housekeeping", 1}, // not the locksmith, whose clause shares a character
		{"门锁坏了打不开", "living-housekeeping", 2},
		{"租一把雨伞", "living-sharing", 2},
		{"猫粮狗粮", "living-pets", 5},
		{"算圆的面积", "living-tools", 8},
		{"qwrt", "living-tools", 0},
	} {
		meaning := e.ranker.tokens.Vector(row.text)
		position, ok := e.Catalog().Position(row.category)
		if !ok {
			t.Fatal(row.category)
		}
		got := 0
		if s := e.service(position, findings{meaning: &meaning}); s != nil {
			got = s.No
		}
		if got != row.want {
			t.Errorf("%s in %s: service %d, want %d", row.text, row.category, got, row.want)
		}
	}
}

// TestRerankKeepsWhatSearchTells: reasons that add up, and the owner's reply.
func TestRerankKeepsWhatSearchTells(t *testing.T) {
	e := testEngine(t)
	candidates := []int{0, 2, 5}
	a, err := e.Rerank(t.Context(), Request{Query: "记账小本子", Explain: true}, candidates)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range a.Results {
		sum := 0.0
		for _, x := range r.Explain {
			sum += x.Weight
		}
		if len(r.Explain) == 0 || sum < r.Score-1e-9 || sum > r.Score+1e-9 {
			t.Errorf("%s: reasons add up to %v, score is %v", r.Category.ID, sum, r.Score)
		}
	}
	if _, err := e.Rerank(t.Context(), Request{Query: "记账小本子", Reply: "nowhere"}, candidates); err == nil {
		t.Error("a reply to a question that was not asked is taken")
	}
}
