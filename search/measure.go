package search

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
)

// LabelledQuery is a description of which the right categories are known. Best
// lists labels 一级>二级 of which any is right in the first place, OK those
// that are acceptable among the top few. An empty Best: nothing fits.
type LabelledQuery struct {
	ID   string   `json:"id"`
	Q    string   `json:"q"`
	Best []string `json:"best"`
	OK   []string `json:"ok"`
	Kind string   `json:"kind"`
}

// ReadQueries reads a line a query. Errors name the line.
func ReadQueries(r io.Reader) ([]LabelledQuery, error) {
	var queries []LabelledQuery
	lines := bufio.NewScanner(r)
	n := 1
	for ; lines.Scan(); n++ {
		if len(lines.Bytes()) == 0 {
			continue
		}
		var q LabelledQuery
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			return nil, fmt.Errorf("line %d: expected {\"id\",\"q\",\"best\",\"ok\",\"kind\"}: %w", n, err)
		}
		queries = append(queries, q)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("line %d: %w", n, err)
	}
	return queries, nil
}

// Outcome is what a query got.
type Outcome struct {
	LabelledQuery
	Top         []string // labels, best first, at most outcomeDepth; none where abstained
	Confidence  Confidence
	Probability float64
}

// outcomeDepth is as deep as any measure looks.
const outcomeDepth = 10

// Run asks every query.
func Run(ctx context.Context, e *Engine, queries []LabelledQuery) ([]Outcome, error) {
	outcomes := make([]Outcome, len(queries))
	for i, q := range queries {
		answer, err := e.Search(ctx, Request{Query: q.Q, Limit: outcomeDepth})
		if err != nil {
			return nil, fmt.Errorf("query %s: %w", q.ID, err)
		}
		o := Outcome{LabelledQuery: q, Confidence: answer.Confidence, Probability: answer.Probability, Top: []string{}}
		for _, r := range answer.Results {
			o.Top = append(o.Top, r.Category.Path[0]+">"+r.Category.Path[1])
		}
		outcomes[i] = o
	}
	return outcomes, nil
}

// MarshalJSON writes the line of a run: {"id","top","confidence"}.
func (o Outcome) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		ID         string     `json:"id"`
		Top        []string   `json:"top"`
		Confidence Confidence `json:"confidence"`
	}{o.ID, o.Top, o.Confidence})
}

// Nothing reports whether nothing fits the query, so that abstaining is right.
func (o Outcome) Nothing() bool { return len(o.Best) == 0 }

// Rank is the place of the first right category, from 1; 0 where it is not
// among the top.
func (o Outcome) Rank() int {
	return 1 + slices.IndexFunc(o.Top, func(label string) bool { return slices.Contains(o.Best, label) })
}

// Right reports whether the first answer is right, abstaining where nothing fits
// included.
func (o Outcome) Right() bool {
	if o.Nothing() {
		return o.Confidence == None
	}
	return o.Rank() == 1
}
