package search

import (
	"slices"
	"strings"
	"testing"

	"leimu/data"
)

// service is the numbered service of a category, nil for 0.
func service(t *testing.T, c *data.Category, no int) *data.Service {
	t.Helper()
	if no == 0 {
		return nil
	}
	for i := range c.Services {
		if c.Services[i].No == no {
			return &c.Services[i]
		}
	}
	t.Fatalf("%s has no service %d", c.ID, no)
	return nil
}

func TestVerdict(t *testing.T) {
	catalog := testEngine(t).Catalog()
	for _, row := range []struct {
		id      string
		service int
		subject Subject
		region  string
		status  VerdictStatus
		reason  string // one of them begins so
		papers  []string
	}{
		// open to all but what the guide bars to 个人
		{"living-tools", 0, Individual, "", Eligible, "可选,符合个人性质", nil},
		{"living-tools", 1, Individual, "", Eligible, "可选,符合个人性质", nil},
		{"living-tools", 17, Individual, "", Ineligible, "", nil},
		{"living-tools", 17, Enterprise, "", Eligible, "可选,需符合单位经营范围", nil},
		{"living-tools", 17, Government, "", Eligible, "可选,需符合单位经营范围", nil},
		{"living-pets", 1, Individual, "", Eligible, "可选,符合个人性质", nil},
		{"living-pets", 2, Individual, "", Ineligible, "", nil},
		{"leisure-sports", 2, Individual, "", Ineligible, "", nil},
		{"leisure-sports", 2, Enterprise, "", Eligible, "可选", nil},
		// not recommended to 个人, open to others
		{"travel-agency", 0, Individual, "", NotRecommended, "不建议选择", nil},
		{"travel-agency", 0, Enterprise, "", Eligible, "可选", nil},
		// a paper asked of one subject alone
		{"living-legal", 0, Individual, "", Conditional, "个人需提供法律职业资格证", []string{"法律职业资格证"}},
		{"living-legal", 0, Enterprise, "", Eligible, "可选", nil},
		{"living-legal", 3, Individual, "", Ineligible, "", nil},
		// restricted
		{"gov-tax", 0, Individual, "", Ineligible, "仅限政府机关、事业单位", nil},
		{"gov-tax", 0, Enterprise, "", Ineligible, "仅限政府机关、事业单位", nil},
		{"gov-tax", 0, Government, "", Eligible, "可选", nil},
		// papers of a region: asked there, and where no region is told
		{"medical-hospital", 0, Enterprise, "广东", Conditional, "广东地区,需上传", []string{"医疗执业许可证"}},
		{"medical-hospital", 0, Enterprise, "广东省", Conditional, "广东地区,需上传", []string{"医疗执业许可证"}},
		{"medical-hospital", 0, Enterprise, "", Conditional, "广东地区,需上传", []string{"医疗执业许可证"}},
		{"medical-hospital", 0, Enterprise, "北京", Eligible, "可选", nil},
		{"medical-hospital", 0, Enterprise, "广西", Eligible, "可选", nil},
		{"medical-hospital", 0, Government, "广东", Conditional, "广东地区,需上传", []string{"医疗执业许可证"}},
		{"medical-hospital", 0, Individual, "广东", NotRecommended, "不建议选择", []string{"医疗执业许可证"}},
		{"living-babycare", 2, Enterprise, "福建", Conditional, "从事食品内容,福建需提供", []string{"食品经营许可证", "预包装食品备案凭证"}},
		{"living-babycare", 2, Enterprise, "福建省", Conditional, "从事食品内容,福建需提供", []string{"食品经营许可证", "预包装食品备案凭证"}},
		{"living-babycare", 2, Enterprise, "浙江", Eligible, "可选", nil},
		{"living-babycare", 2, Individual, "浙江", NotRecommended, "不建议选择", nil},
		// papers wherever it is
		{"transport-taxi", 1, Enterprise, "北京", Conditional, "从事网络预约车服务", []string{"网络预约出租汽车经营许可证"}},
		{"finance-bank", 0, Enterprise, "", Conditional, "从事金融相关内容", []string{"对应金融主管部门审批的资质"}},
		{"it-telecom", 0, Government, "", Conditional, "需提供《增值电信业务经营许可证》", []string{"增值电信业务经营许可证"}},
		// the only financial category that asks for none
		{"finance-merchant-acquiring", 0, Enterprise, "", Eligible, "可选", nil},
	} {
		c := catalog.Find(row.id)
		v := judge(c, service(t, c, row.service), row.subject, row.region)
		var papers []string
		for _, d := range v.Documents {
			papers = append(papers, d.Name)
		}
		if v.Status != row.status || v.Subject != row.subject || !slices.Equal(papers, row.papers) {
			t.Errorf("%s %d, %s, %q: %s with %q, want %s with %q", row.id, row.service, row.subject, row.region, v.Status, papers, row.status, row.papers)
		}
		if !slices.ContainsFunc(v.Reasons, func(s string) bool { return strings.HasPrefix(s, row.reason) }) {
			t.Errorf("%s %d, %s, %q: reasons %q, want %s", row.id, row.service, row.subject, row.region, v.Reasons, row.reason)
		}
	}
}

// eachVerdict calls do for every category, service (nil for none), subject and
// region.
func eachVerdict(t *testing.T, do func(c *data.Category, s *data.Service, v Verdict)) {
	t.Helper()
	catalog := testEngine(t).Catalog()
	for i := range catalog.Categories {
		c := &catalog.Categories[i]
		services := []*data.Service{nil}
		for j := range c.Services {
			services = append(services, &c.Services[j])
		}
		for _, s := range services {
			for _, subject := range Subjects() {
				for _, region := range []string{"", "广东", "福建", "北京"} {
					do(c, s, judge(c, s, subject, region))
				}
			}
		}
	}
}

// TestVerdictNeverContradictsTheGuide looks at every category, service, subject
// and region.
func TestVerdictNeverContradictsTheGuide(t *testing.T) {
	eachVerdict(t, func(c *data.Category, s *data.Service, v Verdict) {
		rule := c.Eligibility.Organization
		if v.Subject == Individual {
			rule = c.Eligibility.Individual
		}
		barred := s != nil && v.Subject == Individual && slices.Contains(s.Barred, "individual")
		closed := v.Subject != Government && len(c.RestrictedTo) > 0
		if (v.Status == Ineligible) != (barred || closed) {
			t.Errorf("%s, %s: %s, barred %v, restricted %v", c.ID, v.Subject, v.Status, barred, closed)
		}
		if v.Status != Ineligible && (v.Status == NotRecommended) != (rule.Status == data.NotRecommended) {
			t.Errorf("%s, %s: %s, the guide says %s", c.ID, v.Subject, v.Status, rule.Text)
		}
		if v.Status == Eligible && (rule.Status != data.Allowed || len(v.Documents) > 0) {
			t.Errorf("%s, %s: eligible, the guide says %s and asks for %v", c.ID, v.Subject, rule.Text, v.Documents)
		}
		if v.Status == Conditional && rule.Status != data.LicenseRequired && len(v.Documents) == 0 {
			t.Errorf("%s, %s: conditional, and no condition", c.ID, v.Subject)
		}
	})
}

// TestReasonsAreTheGuidesWords: reasons, papers and places to upload stand in the
// guide, letter by letter.
func TestReasonsAreTheGuidesWords(t *testing.T) {
	catalog := testEngine(t).Catalog()
	var guide strings.Builder
	if err := catalog.WriteGuide(&guide); err != nil {
		t.Fatal(err)
	}
	eachVerdict(t, func(c *data.Category, s *data.Service, v Verdict) {
		if len(v.Reasons) == 0 {
			t.Errorf("%s, %s: no reason", c.ID, v.Subject)
		}
		words := slices.Clone(v.Reasons)
		for _, d := range v.Documents {
			words = append(words, d.Name, d.Upload)
		}
		for _, w := range words {
			if !strings.Contains(guide.String(), w) {
				t.Errorf("%s, %s: %q is not in the guide", c.ID, v.Subject, w)
			}
		}
		if s != nil && v.Status == Ineligible && len(c.RestrictedTo) == 0 && !slices.Equal(v.Reasons, []string{s.Definition}) {
			t.Errorf("%s %d: barred for %q, the guide says %s", c.ID, s.No, v.Reasons, s.Definition)
		}
	})
}
