package rows

import (
	"context"
	"fmt"

	"leimu/search"
)

// Engine is what rows are answered by. *search.Engine is one.
type Engine interface {
	Rerank(ctx context.Context, r search.Request, candidates []int) (*search.Answer, error)
}

// Answerer answers rows. It is safe for concurrent use.
type Answerer struct {
	Engine   Engine
	Resolver *search.Resolver
	Top      int    // results a row, 0 for search.DefaultLimit
	Subject  string // of rows that name none
	Region   string // of rows that name none
	Full     bool   // tell what a sheet tells and the JSON line doesn't
}

// Answer answers a row. It never fails: what goes wrong is told in the row's
// place, a panic included, so that one row can't end a run.
func (a *Answerer) Answer(ctx context.Context, row *Row) (answer Answer) {
	defer func() {
		if r := recover(); r != nil {
			answer = a.fail(row, &Fault{Kind: FaultPanic, Message: fmt.Sprintf("internal error: %v", r)})
		}
	}()
	if row.Fault != nil {
		return a.fail(row, row.Fault)
	}
	request, candidates, err := a.request(row)
	if err != nil {
		return a.fail(row, err)
	}
	found, err := a.Engine.Rerank(ctx, request, candidates)
	if err != nil {
		return a.fail(row, err)
	}
	return a.tell(row, found)
}

func (a *Answerer) request(row *Row) (search.Request, []int, error) {
	subject := row.Subject
	if subject == "" {
		subject = a.Subject
	}
	region := row.Region
	if region == "" {
		region = a.Region
	}
	request := search.Request{Query: row.Text, Region: region, Limit: a.Top}
	var err error
	if request.Subject, err = ParseSubject(subject); err != nil {
		return request, nil, err
	}
	candidates, err := resolveList(a.Resolver, row.Candidates)
	return request, candidates, err
}

func (a *Answerer) fail(row *Row, err error) Answer {
	answer := Failed(row, err)
	if !a.Full {
		answer.Problem = ""
	}
	return answer
}

// Failed is the answer to a row that can't be answered.
func Failed(row *Row, err error) Answer {
	return Answer{ID: row.ID, Line: row.Line, Error: English(err), Problem: Chinese(err)}
}

func (a *Answerer) tell(row *Row, found *search.Answer) Answer {
	answer := Answer{ID: row.ID, Confidence: found.Confidence, Results: make([]Result, len(found.Results))}
	for i, r := range found.Results {
		answer.Results[i] = Result{Rank: r.Rank, Score: r.Score, Category: r.Category, Service: r.Service, Verdict: r.Verdict}
		if a.Full {
			answer.Results[i].Verdicts = r.Verdicts
		}
	}
	if a.Full && len(found.Alternatives) > 0 {
		answer.Instead = &found.Alternatives[0].Category
	}
	return answer
}
