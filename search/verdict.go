package search

import (
	"slices"
	"strings"

	"leimu/data"
)

// judge says whether a subject may choose a category for a service (nil where
// none in particular fits), in a region ("" for any), in the guide's own words.
// The guide only advises against most categories for individuals; what it
// closes are services that 个人主体不可从事 and categories 仅限政府机关、事业单位.
func judge(c *data.Category, service *data.Service, subject Subject, region string) Verdict {
	rule := c.Eligibility.Organization
	if subject == Individual {
		rule = c.Eligibility.Individual
	}
	v := Verdict{Subject: subject, Status: Eligible, Reasons: []string{rule.Text}}
	for _, r := range c.Requirements {
		if !asked(r, subject, region) {
			continue
		}
		v.Reasons = append(v.Reasons, r.Text)
		for _, name := range r.Documents {
			v.Documents = append(v.Documents, Document{Name: name, Upload: r.Upload})
		}
	}
	switch {
	case subject != Government && len(c.RestrictedTo) > 0:
		v.Status, v.Reasons = Ineligible, []string{c.Remark}
	case service != nil && subject == Individual && slices.Contains(service.Barred, string(Individual)):
		v.Status, v.Reasons = Ineligible, []string{service.Definition}
	case rule.Status == data.NotRecommended:
		v.Status = NotRecommended
	case rule.Status == data.LicenseRequired || len(v.Documents) > 0:
		v.Status = Conditional
	}
	if v.Status == Ineligible {
		v.Documents = nil
	}
	return v
}

// asked reports whether a requirement is asked of the subject in the region. One
// that is limited to a region counts where no region is given: its text names it.
func asked(r data.Requirement, subject Subject, region string) bool {
	if r.Subject != "" && r.Subject != string(subject) {
		return false
	}
	return r.Region == "" || region == "" || sameRegion(r.Region, region)
}

// sameRegion compares provinces by their short names, 广东 as 广东省.
func sameRegion(a, b string) bool {
	return strings.HasPrefix(a, b) || strings.HasPrefix(b, a)
}

// Open reports whether the verdict lets the subject choose the category.
func (v Verdict) Open() bool { return v.Status == Eligible || v.Status == Conditional }
