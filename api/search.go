package api

import (
	"context"
	"fmt"

	"github.com/danielgtaylor/huma/v2"

	"leimu/search"
)

// searchInput is the query of GET /v1/search. Its bounds are told to readers of
// the OpenAPI description; search.Request.Check keeps them.
type searchInput struct {
	Q            string         `query:"q" required:"true" minLength:"1" maxLength:"200" example:"共享充电宝" doc:"what the mini-program does, in anyone's own words"`
	Subject      search.Subject `query:"subject" enum:"individual,enterprise,government" doc:"who files: 个人; 企业、个体工商户等单位; 政府机关、事业单位. Without it, the verdict of each is told"`
	Region       string         `query:"region" example:"广东" doc:"the province of the filing, where its rules matter"`
	Limit        int            `query:"limit" default:"5" minimum:"1" maximum:"50" doc:"results told"`
	Offset       int            `query:"offset" default:"0" minimum:"0" doc:"results skipped"`
	EligibleOnly bool           `query:"eligible_only" doc:"leave out what the subject may not or should not choose"`
	Explain      bool           `query:"explain" doc:"tell every evidence with its weight"`
	Answer       string         `query:"answer" doc:"the reply chosen to a clarifying question"`
}

type searchOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         *search.Answer
}

func searchOperation() huma.Operation {
	return huma.Operation{OperationID: "search", Path: "/v1/search", Summary: "Find the category of a description",
		Description: "Ranks the guide's categories for a description, with who may choose each, what to bring and how sure the answer is. " +
			"The same question gives the same bytes."}
}

func (s *Server) search(ctx context.Context, snap *snapshot, in *searchInput) (*searchOutput, error) {
	if in.Limit == 0 { // search takes 0 for its default; here the default is filled in already
		return nil, newProblem(search.CodeOutOfRange, "limit", fmt.Sprintf("limit is 0; use 1 to %d", search.MaxLimit))
	}
	answer, err := snap.Search(ctx, search.Request{Query: in.Q, Subject: in.Subject, Region: in.Region, Limit: in.Limit,
		Offset: in.Offset, EligibleOnly: in.EligibleOnly, Explain: in.Explain, Reply: in.Answer})
	if err != nil {
		return nil, err
	}
	s.metrics.told(answer.Confidence)
	// Knowledge may be replaced at any moment, and with it the answer.
	return &searchOutput{CacheControl: "no-cache", Body: answer}, nil
}
