package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"leimu/search"
)

// rerankInput is the body of POST /v1/rerank, in the shape that rerank APIs share.
type rerankInput struct {
	Body struct {
		Query     string           `json:"query" maxLength:"200" example:"共享充电宝" doc:"what the mini-program does, in anyone's own words"`
		Documents []rerankDocument `json:"documents,omitempty" doc:"the categories to order; without any, all of the guide, index being the place in it"`
		TopN      int              `json:"top_n,omitempty" doc:"results told; all without"`
		Subject   search.Subject   `json:"subject,omitempty" enum:"individual,enterprise,government"`
		Region    string           `json:"region,omitempty" example:"广东"`
	}
}

// rerankDocument names a category: an id, a path as people write it, or {"id":…}.
type rerankDocument string

func (d *rerankDocument) UnmarshalJSON(text []byte) error {
	var named struct {
		ID string `json:"id"`
	}
	if json.Unmarshal(text, (*string)(d)) == nil {
		return nil
	}
	if err := json.Unmarshal(text, &named); err != nil || named.ID == "" {
		return errors.New(`a document must be an id or a path, or {"id":…}`)
	}
	*d = rerankDocument(named.ID)
	return nil
}

// Schema describes the two forms of a document.
func (rerankDocument) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{OneOf: []*huma.Schema{
		{Type: huma.TypeString, Description: "an id or a path", Examples: []any{"living-sharing", "生活服务-共享服务"}},
		{Type: huma.TypeObject, Properties: map[string]*huma.Schema{"id": {Type: huma.TypeString}}, Required: []string{"id"}},
	}}
}

type rerankOutput struct {
	Body rerankAnswer
}

type rerankAnswer struct {
	Confidence search.Confidence `json:"confidence" enum:"high,medium,low,none" doc:"how far the first result may be trusted; low at most where a category that was not asked for fits better"`
	Results    []rerankResult    `json:"results" doc:"best first"`
	Guide      search.Guide      `json:"guide"`
}

type rerankResult struct {
	Index          int                `json:"index" doc:"place in documents, from 0"`
	RelevanceScore float64            `json:"relevance_score" minimum:"0" maximum:"1" doc:"the score that search gives"`
	Document       search.Ref         `json:"document"`
	Service        *search.ServiceRef `json:"service,omitempty"`
	Verdict        *search.Verdict    `json:"verdict,omitempty" doc:"for the asked subject"`
}

func rerankOperation() huma.Operation {
	return huma.Operation{OperationID: "rerank", Method: "POST", Path: "/v1/rerank", Summary: "Order categories for a description",
		Description: "Orders the given categories by how well they fit a description. Scores are those of search, so that answers with different documents compare."}
}

func (s *Server) rerank(ctx context.Context, snap *snapshot, in *rerankInput) (*rerankOutput, error) {
	documents, err := resolveDocuments(snap, in.Body.Documents)
	if err != nil {
		return nil, err
	}
	if in.Body.TopN < 0 {
		return nil, newProblem(search.CodeOutOfRange, "top_n", fmt.Sprintf("top_n is %d; use 1 or more, or leave it out", in.Body.TopN))
	}
	answer, err := snap.Rerank(ctx, search.Request{Query: in.Body.Query, Subject: in.Body.Subject, Region: in.Body.Region,
		Limit: len(documents)}, documents)
	var input *search.InputError
	if errors.As(err, &input) && input.Field == "q" {
		return nil, newProblem(input.Code, "query", input.Message)
	} else if err != nil {
		return nil, err
	}
	out := &rerankOutput{rerankAnswer{answer.Confidence, rerankResults(snap, answer, documents), answer.Guide}}
	if n := in.Body.TopN; n > 0 && n < len(out.Body.Results) {
		out.Body.Results = out.Body.Results[:n]
	}
	return out, nil
}

// rerankResults tells each document, one that was given twice in both places.
func rerankResults(snap *snapshot, answer *search.Answer, documents []int) []rerankResult {
	indices := map[int][]int{}
	for i, d := range documents {
		indices[d] = append(indices[d], i)
	}
	results := make([]rerankResult, 0, len(documents))
	for _, r := range answer.Results {
		position, _ := snap.Catalog().Position(r.Category.ID)
		for _, i := range indices[position] {
			results = append(results, rerankResult{i, r.Score, r.Category, r.Service, r.Verdict})
		}
	}
	return results
}

// resolveDocuments finds the categories that documents name, all of the guide for
// none. The problem names every document that can't be found.
func resolveDocuments(snap *snapshot, documents []rerankDocument) ([]int, error) {
	const most = 1000
	if len(documents) > most {
		return nil, newProblem(search.CodeOutOfRange, "documents", fmt.Sprintf("%d documents; send %d at most", len(documents), most))
	}
	var positions []int
	var details []string
	var problem *Problem
	for i, d := range documents {
		position, err := snap.resolver.Resolve(string(d))
		positions = append(positions, position)
		var candidate *search.CandidateError
		if !errors.As(err, &candidate) {
			continue
		}
		field := fmt.Sprintf("documents[%d]", i)
		details = append(details, field+": "+strings.Replace(candidate.Error(), "candidate", "document", 1))
		if problem == nil {
			problem = newProblem(string(candidate.Fault), field, "")
			problem.Near = candidate.Near
		}
	}
	if problem != nil {
		const told = 5
		problem.Detail = strings.Join(details[:min(told, len(details))], "; ")
		if len(details) > told {
			problem.Detail += fmt.Sprintf("; and %d more", len(details)-told)
		}
		return nil, problem
	}
	if len(positions) == 0 {
		for i := range snap.Catalog().Categories {
			positions = append(positions, i)
		}
	}
	return positions, nil
}
