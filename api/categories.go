package api

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"leimu/data"
	"leimu/search"
)

type categoriesInput struct {
	IfNoneMatch string               `header:"If-None-Match"`
	Level1      string               `query:"level1" example:"生活服务" doc:"only those under this first-level category"`
	Subject     search.Subject       `query:"subject" enum:"individual,enterprise,government" doc:"only those that this subject may choose; with verdict, those where it is told that verdict"`
	Region      string               `query:"region" example:"广东" doc:"the province of the filing, where its rules matter"`
	Verdict     search.VerdictStatus `query:"verdict" enum:"eligible,conditional,not_recommended,ineligible" doc:"only those where the subject is told this"`
}

type categoriesOutput struct {
	Status       int
	ETag         string `header:"ETag"`
	CacheControl string `header:"Cache-Control"`
	Body         []data.Category
}

func categoriesOperation() huma.Operation {
	return huma.Operation{OperationID: "categories", Path: "/v1/categories", Summary: "List the catalogue",
		Description: "Every category of the guide, in its order and its words; the parameters leave out."}
}

func (s *Server) categories(_ context.Context, snap *snapshot, in *categoriesInput) (*categoriesOutput, error) {
	if err := in.check(snap.Catalog()); err != nil {
		return nil, err
	}
	tag := snap.tag()
	out := &categoriesOutput{Status: statusFor(tag, in.IfNoneMatch), ETag: tag, CacheControl: catalogCache, Body: []data.Category{}}
	for i := range snap.Catalog().Categories {
		if c := &snap.Catalog().Categories[i]; in.wants(snap, c) {
			out.Body = append(out.Body, *c)
		}
	}
	return out, nil
}

func (in *categoriesInput) check(catalog *data.Catalog) error {
	levels := catalog.FirstLevels()
	switch {
	case in.Level1 != "" && !slices.Contains(levels, in.Level1):
		return newProblem(CodeUnknownLevel1, "level1", fmt.Sprintf("no first-level category %q; there are %s", shorten(in.Level1), strings.Join(levels, ", ")))
	case in.Verdict != "" && !slices.Contains(verdicts(), in.Verdict):
		return newProblem(CodeUnknownVerdict, "verdict", fmt.Sprintf("unknown verdict %q; use eligible, conditional, not_recommended or ineligible", shorten(string(in.Verdict))))
	case in.Verdict != "" && in.Subject == "":
		return newProblem(search.CodeNeedsSubject, "subject", "a verdict is told to someone; add subject=individual, enterprise or government")
	}
	// Subject and region are checked as search checks them.
	return search.Request{Query: "-", Subject: in.Subject, Region: in.Region}.Check()
}

func verdicts() []search.VerdictStatus {
	return []search.VerdictStatus{search.Eligible, search.Conditional, search.NotRecommended, search.Ineligible}
}

func (in *categoriesInput) wants(snap *snapshot, c *data.Category) bool {
	if in.Level1 != "" && c.Path[0] != in.Level1 {
		return false
	}
	if in.Subject == "" {
		return true
	}
	told := snap.Judge(c, in.Subject, in.Region)
	if in.Verdict != "" {
		return told.Status == in.Verdict
	}
	return told.Open()
}
