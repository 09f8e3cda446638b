package search

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"leimu/index"
	"leimu/search/linear"
)

// Suggester completes what is typed so far. It is safe for concurrent use.
//
// A keystroke passes through these files: index/completion*.go finds every
// completion that matches; suggest_evidence.go asks the ranker what the typed
// text is about, the same ranker that answers a search, and initials.go what
// initials may mean; suggest_order.go makes one list of both. suggest_corpus.go says what completes at all.
type Suggester struct {
	engine      *Engine
	completions *index.Completions
	names       []int32 // the completion that is each category's name
	initials    *linear.Model
	scratch     sync.Pool
}

// NewSuggester prepares an engine's knowledge for completion. It takes about a
// tenth of a second, so it is not part of Open: only who suggests pays for it.
func NewSuggester(e *Engine) (*Suggester, error) {
	initials, err := linear.Decode(initialsModel)
	if err != nil {
		return nil, fmt.Errorf("reading the model of initials: %w", err)
	}
	list, names := completions(e.knowledge, e.listener.reader.commonness)
	s := &Suggester{engine: e, completions: index.NewCompletions(list), names: names, initials: initials}
	s.scratch.New = func() any { return newOrdering(len(e.knowledge.Catalog.Categories)) }
	return s, nil
}

// Suggester is what completes by this engine's knowledge.
func (e *Engine) Suggester() (*Suggester, error) { return NewSuggester(e) }

// SuggestRequest is what is typed so far, and by whom.
type SuggestRequest struct {
	Typed   string  // at most MaxQuery characters; blank is answered by an empty list
	Limit   int     // suggestions, 1 to MaxLimit; 0 for DefaultSuggestions
	Subject Subject // "" leaves the verdict out
	Region  string
}

// DefaultSuggestions is the number of suggestions where none is asked for.
const DefaultSuggestions = 8

// Suggestions is the answer to a keystroke.
type Suggestions struct {
	Query       string       `json:"query"`
	Suggestions []Suggestion `json:"suggestions"`
}

// Suggestion is a text to choose, with its category. The span is empty where
// nothing that was typed stands in the text: the category is what a search for
// the typed text answers.
type Suggestion struct {
	Text     string   `json:"text"`
	Category Ref      `json:"category"`
	Span     [2]int   `json:"span" doc:"characters of text that match, end excluded; empty where the category alone answers"`
	Match    string   `json:"match" enum:"prefix,infix,pinyin,initials,mixed,typo"`
	Weight   float64  `json:"weight" minimum:"0" maximum:"1" doc:"never rises down the list"`
	Verdict  *Verdict `json:"verdict,omitempty" doc:"for the asked subject"`
}

// Check refuses what has no sensible answer. Nothing typed yet is no fault:
// a field that is cleared shows no suggestions, and no error.
func (r SuggestRequest) Check() error {
	typed := r.Typed
	if strings.TrimSpace(typed) == "" {
		typed = "."
	}
	return Request{Query: typed, Subject: r.Subject, Region: r.Region, Limit: r.Limit}.Check()
}

// Suggest completes what is typed. An error is an *InputError.
func (s *Suggester) Suggest(r SuggestRequest) (*Suggestions, error) {
	if err := r.Check(); err != nil {
		return nil, err
	}
	answer := &Suggestions{Query: r.Typed, Suggestions: []Suggestion{}}
	norm := index.Normalize(r.Typed).Norm
	if norm == "" {
		return answer, nil
	}
	limit := r.Limit
	if limit == 0 {
		limit = DefaultSuggestions
	}
	o := s.scratch.Get().(*ordering)
	defer s.scratch.Put(o)
	o.reset()
	o.found = s.completions.Complete(o.found, norm)
	o.weigh(s.completions, s.evidence(norm, o.found))
	chosen := o.choose(s, limit)
	answer.Suggestions = slices.Grow(answer.Suggestions, len(chosen))
	for _, c := range chosen {
		answer.Suggestions = append(answer.Suggestions, s.tell(r, c))
	}
	return answer, nil
}

// tell writes a choice out.
func (s *Suggester) tell(r SuggestRequest, c choice) Suggestion {
	completion := s.completions.At(c.ID)
	category := &s.engine.knowledge.Catalog.Categories[completion.Category]
	start, end := s.completions.Span(c.ID, int(c.Start), int(c.End))
	told := Suggestion{Text: completion.Text, Category: Ref{category.ID, category.Path},
		Span: [2]int{start, end}, Match: c.Match.String(), Weight: c.weight}
	if r.Subject != "" {
		v := judge(category, category.Service(completion.Service), r.Subject, r.Region)
		told.Verdict = &v
	}
	return told
}
