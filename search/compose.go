package search

import (
	"context"
	"fmt"

	"leimu/data"
	"leimu/index"
	"leimu/search/semantic"
)

// alternativesTold is how many categories that the subject may choose are told
// where the best is closed to it.
const alternativesTold = 3

// alternativeLeast is the score below which only the best of them is told.
const alternativeLeast = 0.01

// findings is what the index found for a text.
type findings struct {
	text    string // as it was understood
	meaning semantic.Vector
	hits    []index.Hit
}

// findings looks a text up.
func (e *Engine) findings(ctx context.Context, text string) (findings, error) {
	hits, err := e.index.Search(ctx, text, hitsRead)
	if err != nil {
		return findings{}, fmt.Errorf("searching the index: %w", err)
	}
	return findings{text, e.ranker.tokens.Vector(text), hits}, nil
}

// compose puts the answer together. Filters and limits only leave out: they
// never change a score or an order.
func (e *Engine) compose(r Request, u Understood, f findings, k ranking) *Answer {
	a := &Answer{Query: r.Query, Results: []Result{}, Alternatives: []Result{}, Needs: []Need{},
		Guide:      Guide{e.knowledge.Catalog.Title, e.knowledge.Catalog.SHA256},
		Notice:     e.knowledge.Catalog.Notice,
		Understood: u}
	a.Confidence, a.Probability = e.certainty.confide(&k)
	if a.Confidence == None {
		a.Probability = 0
		return a
	}
	if r.Reply != "" {
		a.Confidence, a.Probability = High, max(a.Probability, k.score[k.order[0]])
	}
	needs := e.needs(u.Text, &k)
	k.promote(needs)
	a.Needs = e.tellNeeds(r, needs, f)
	a.Clarify = e.clarify(a.Confidence, &k)
	pieces := e.ranker.pieces(u.Text, &k)
	a.Contrast = e.compare(&k, pieces)
	list := e.list(r, k, f)
	a.Total = len(list)
	limit := r.Limit
	if limit == 0 {
		limit = DefaultLimit
	}
	for i := r.Offset; i < min(r.Offset+limit, len(list)); i++ {
		a.Results = append(a.Results, e.result(r, i+1, list[i], f, k))
	}
	a.Alternatives = e.alternatives(r, f, k)
	if r.Explain {
		e.explain(a, pieces)
	}
	return a
}

// explain adds every evidence to the results told.
func (e *Engine) explain(a *Answer, pieces []piece) {
	for i := range a.Results {
		if at, ok := e.knowledge.Catalog.Position(a.Results[i].Category.ID); ok {
			a.Results[i].Explain = explain(pieces, at, e.ranker.categories, a.Results[i].Score)
		}
	}
}

// list is the order of the categories that the request wants to see.
func (e *Engine) list(r Request, k ranking, f findings) []int {
	if !r.EligibleOnly {
		return k.order
	}
	var open []int
	for _, c := range k.order {
		if e.verdict(c, f, r.Subject, r.Region).Open() {
			open = append(open, c)
		}
	}
	return open
}

// alternatives are the best that the subject may choose, where the first
// category is closed to it.
func (e *Engine) alternatives(r Request, f findings, k ranking) []Result {
	list := []Result{}
	if r.Subject == "" || e.verdict(k.order[0], f, r.Subject, r.Region).Open() {
		return list
	}
	for rank, c := range k.order {
		if len(list) == alternativesTold || len(list) > 0 && k.score[c] < alternativeLeast {
			break
		}
		if e.verdict(c, f, r.Subject, r.Region).Open() {
			list = append(list, e.result(r, rank+1, c, f, k))
		}
	}
	return list
}

func (e *Engine) verdict(category int, f findings, subject Subject, region string) Verdict {
	c := &e.knowledge.Catalog.Categories[category]
	return judge(c, e.service(category, f), subject, region)
}

// service is the numbered service of a category that fits the text best, nil
// where none does.
func (e *Engine) service(category int, f findings) *data.Service {
	return e.services.find(&e.knowledge.Catalog.Categories[category], category, &f.meaning, f.hits)
}

// result tells one category with its rules.
func (e *Engine) result(r Request, rank, category int, f findings, k ranking) Result {
	c := &e.knowledge.Catalog.Categories[category]
	s := e.service(category, f)
	words := matched(f.text, e.index.Matches(f.text, category))
	result := Result{Rank: rank, Score: k.score[category], Category: Ref{c.ID, c.Path},
		Eligibility: c.Eligibility, Requirements: c.Requirements, RestrictedTo: c.RestrictedTo,
		Matched: words, Highlight: highlight(c, s, words)}
	if s != nil {
		result.Service = &ServiceRef{s.No, s.Name}
	}
	if r.Subject != "" {
		v := judge(c, s, r.Subject, r.Region)
		result.Verdict = &v
		return result
	}
	for _, subject := range Subjects() {
		result.Verdicts = append(result.Verdicts, judge(c, s, subject, r.Region))
	}
	return result
}
