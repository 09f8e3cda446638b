// Package rows is bulk re-ranking, a row at a time: what a row asks, what it is
// answered, both as JSON lines, and the pool of workers that keeps the order. The
// HTTP bulk call, the command line and the queue workers share it.
package rows

import (
	"encoding/json"

	"leimu/search"
)

// Row is one question of a bulk run.
type Row struct {
	Line       int             // line of the input on which it begins, from 1
	ID         json.RawMessage // as the caller wrote it; nil for none
	Text       string
	Candidates []string // as people write categories; none: all
	Subject    string   // as people write it: 个人, enterprise
	Region     string
	Cells      []string // the row as it stood in a sheet
	Fault      error    // why it can't be answered; nil where it can
}

// Answer is what a row is answered: results, or an error in their place.
type Answer struct {
	ID         json.RawMessage   `json:"id,omitempty" doc:"the row's id, as it was given"`
	Confidence search.Confidence `json:"confidence,omitempty" enum:"high,medium,low,none"`
	Results    []Result          `json:"results"`
	Instead    *search.Ref       `json:"instead,omitempty"` // the best that the subject may choose; told where Full
	Line       int               `json:"line,omitempty" doc:"of a row in error"`
	Error      string            `json:"error,omitempty" doc:"why the row is not answered"`
	Problem    string            `json:"problem,omitempty"` // the error in Chinese, for a sheet; told where Full
}

// Result is one category of an answer.
type Result struct {
	Rank     int                `json:"rank"`
	Score    float64            `json:"score"`
	Category search.Ref         `json:"category"`
	Service  *search.ServiceRef `json:"service,omitempty"`
	Verdict  *search.Verdict    `json:"verdict,omitempty"`
	Verdicts []search.Verdict   `json:"verdicts,omitempty"` // of every subject, where none was asked; told where Full
}

// failure is the line that stands in the place of a row in error.
type failure struct {
	ID      json.RawMessage `json:"id,omitempty"`
	Line    int             `json:"line"`
	Error   string          `json:"error"`
	Problem string          `json:"problem,omitempty"`
}

// MarshalJSON writes {"id","confidence","results"} or {"id"?,"line","error"}.
func (a Answer) MarshalJSON() ([]byte, error) { return json.Marshal(a.wire()) }

func (a Answer) wire() any {
	if a.Error != "" {
		return failure{a.ID, a.Line, a.Error, a.Problem}
	}
	type plain Answer
	return plain(a)
}

// Status is the verdict of the first result for the asked subject, "" for none.
func (a *Answer) Status() search.VerdictStatus {
	if len(a.Results) == 0 || a.Results[0].Verdict == nil {
		return ""
	}
	return a.Results[0].Verdict.Status
}

// Trim takes away what only a sheet tells.
func (a *Answer) Trim() {
	a.Instead, a.Problem = nil, ""
	for i := range a.Results {
		a.Results[i].Verdicts = nil
	}
}

// IDText is an id as a person writes it: a JSON string without its quotes.
func IDText(id json.RawMessage) string {
	var text string
	if json.Unmarshal(id, &text) == nil {
		return text
	}
	return string(id)
}
