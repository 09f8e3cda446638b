package index

import "testing"

func TestBegunGoesOnFromTheLongestBeginning(t *testing.T) {
	c := fewCompletions()
	for _, row := range []struct{ typed, said string }{
		{"共享充什么", "共享充"},
		{"银行卡", "银行"},
		{"gongxiangdanx", "共享单"},
		{"yinhangq", "银行"},
		{"uuu", ""},
		{"", ""},
		{"鑫", ""},
	} {
		found := c.Begun(Normalize(row.typed).Norm)
		if (len(found) == 0) != (row.said == "") {
			t.Errorf("%s: %d found, want %q", row.typed, len(found), row.said)
		}
		for _, f := range found {
			if said := c.Said(f); said != row.said {
				t.Errorf("%s: %s goes on from %q, want %q", row.typed, c.At(f.ID).Text, said, row.said)
			}
		}
	}
}

func TestBegunPicksFewOfMany(t *testing.T) {
	var list []Completion
	for range 5000 {
		list = append(list, Completion{Text: "共享单车", Weight: 1})
	}
	if n := len(NewCompletions(list).Begun("共享马")); n < begunKept || n > 2*begunKept {
		t.Errorf("%d of 5000 are looked at, want about %d", n, begunKept)
	}
}
