package search

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"leimu/data"
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
	e, ctx := testEngine(t), context.Background()
	for _, v := range varied {
		all, err := e.Search(ctx, Request{Query: v[0], Limit: MaxLimit, Subject: Individual})
		if err != nil {
			t.Fatal(err)
		}
		ids := resultIDs(all.Results)
		some, _ := e.Search(ctx, Request{Query: v[0], Limit: 7, Offset: 3, Subject: Individual})
		if got := resultIDs(some.Results); !slices.Equal(got, ids[3:10]) {
			t.Errorf("%s: limit 7 offset 3 gives %v, want %v", v[0], got, ids[3:10])
		}
		open, _ := e.Search(ctx, Request{Query: v[0], Limit: MaxLimit, Subject: Individual, EligibleOnly: true})
		at := -1
		for _, r := range open.Results {
			if !r.Verdict.Open() {
				t.Errorf("%s: %s is %s among what may be chosen", v[0], r.Category.ID, r.Verdict.Status)
			}
			if next := slices.Index(ids, r.Category.ID); next >= 0 {
				if next < at {
					t.Errorf("%s: the filter reorders %s", v[0], r.Category.ID)
				}
				at = next
			}
		}
	}
}

func resultIDs(results []Result) []string {
	var ids []string
	for _, r := range results {
		ids = append(ids, r.Category.ID)
	}
	return ids
}

// TestExplanationAddsUpToTheScore, and scores lie in 0..1, best first.
func TestExplanationAddsUpToTheScore(t *testing.T) {
	e := testEngine(t)
	for _, v := range append(varied, [2]string{"不卖药,只做用药提醒"}, [2]string{"火锅店点餐,还办KTV包厢预订"}) {
		a, err := e.Search(context.Background(), Request{Query: v[0], Explain: true, Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		last := 1.0
		for _, r := range a.Results {
			sum := 0.0
			for _, x := range r.Explain {
				sum += x.Weight
			}
			if len(r.Explain) == 0 || math.Abs(sum-r.Score) > 1e-9 {
				t.Errorf("%s, %s: evidence adds up to %v, score is %v", v[0], r.Category.ID, sum, r.Score)
			}
			if r.Score < 0 || r.Score > last {
				t.Errorf("%s, %s: score %v after %v", v[0], r.Category.ID, r.Score, last)
			}
			last = r.Score
		}
	}
}

// TestVerdictNeverContradictsTheGuide looks at every category, service and
// subject.
func TestVerdictNeverContradictsTheGuide(t *testing.T) {
	catalog := testEngine(t).Catalog()
	for i := range catalog.Categories {
		c := &catalog.Categories[i]
		services := []*data.Service{nil}
		for j := range c.Services {
			services = append(services, &c.Services[j])
		}
		for _, s := range services {
			for _, subject := range Subjects() {
				v := judge(c, s, subject, "")
				rule := c.Eligibility.Organization
				if subject == Individual {
					rule = c.Eligibility.Individual
				}
				barred := s != nil && subject == Individual && slices.Contains(s.Barred, "individual")
				closed := subject != Government && len(c.RestrictedTo) > 0
				if (v.Status == Ineligible) != (barred || closed) {
					t.Errorf("%s, %s: %s, barred %v, restricted %v", c.ID, subject, v.Status, barred, closed)
				}
				if v.Status == NotRecommended && rule.Status != data.NotRecommended {
					t.Errorf("%s, %s: not recommended, the guide says %s", c.ID, subject, rule.Text)
				}
				if v.Status == Eligible && rule.Status != data.Allowed {
					t.Errorf("%s, %s: eligible, the guide says %s", c.ID, subject, rule.Text)
				}
				if len(v.Reasons) == 0 {
					t.Errorf("%s, %s: no reason", c.ID, subject)
				}
			}
		}
	}
}

// TestRegionDecidesWhatIsAsked: 广东 asks hospitals for a licence, others do not.
func TestRegionDecidesWhatIsAsked(t *testing.T) {
	hospital := testEngine(t).Catalog().Find("medical-hospital")
	for region, want := range map[string]VerdictStatus{"广东": Conditional, "广东省": Conditional, "北京": Eligible, "": Conditional} {
		if got := judge(hospital, nil, Enterprise, region).Status; got != want {
			t.Errorf("region %q: %s, want %s", region, got, want)
		}
	}
}
