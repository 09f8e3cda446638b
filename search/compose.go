package search

import (
	"context"

	"leimu/data"
	"leimu/search/semantic"
)

// alternativesTold is how many categories that the subject may choose are told
// where the best is closed to it.
const alternativesTold = 3

// alternativeLeast is the score below which only the best of them is told.
const alternativeLeast = 0.01

// findings is a text as it was understood, and where it leads.
type findings struct {
	text    string
	meaning *semantic.Vector
	ranking ranking
}

// compose puts the answer together. Filters and limits only leave out: they
// never change a score or an order.
func (e *Engine) compose(ctx context.Context, r Request, u Understood, k ranking) (*Answer, error) {
	a := e.emptyAnswer(r, u)
	a.Confidence, a.Probability = e.certainty.confide(&k)
	if a.Confidence == None {
		a.Probability = 0
		return a, nil
	}
	if r.Reply != "" {
		a.Confidence, a.Probability = High, max(a.Probability, k.score[k.order[0]])
	}
	needs := e.needs(u.Text, &k)
	k.promote(needs)
	a.Clarify = e.clarify(a.Confidence, &k)
	a.Contrast = e.compare(&k, u.Text)
	var err error
	if a.Needs, err = e.tellNeeds(ctx, r, needs); err != nil {
		return nil, err
	}
	return a, e.fill(ctx, a, r, findings{u.Text, k.vector, k})
}

// emptyAnswer is what every answer to a request has.
func (e *Engine) emptyAnswer(r Request, u Understood) *Answer {
	return &Answer{Query: r.Query, Results: []Result{}, Alternatives: []Result{}, Needs: []Need{},
		Guide:      Guide{e.knowledge.Catalog.Title, e.knowledge.Catalog.SHA256},
		Notice:     e.knowledge.Catalog.Notice,
		Understood: u}
}

// fill tells the results that the request wants to see of a ranking.
func (e *Engine) fill(ctx context.Context, a *Answer, r Request, f findings) error {
	list := e.list(r, f)
	limit := r.Limit
	if limit == 0 {
		limit = DefaultLimit
	}
	a.Total = len(list)
	from := min(r.Offset, len(list))
	var err error
	if a.Results, err = e.results(ctx, r, from+1, list[from:min(from+limit, len(list))], f); err != nil {
		return err
	}
	if a.Alternatives, err = e.alternatives(ctx, r, f); err != nil {
		return err
	}
	if r.Explain {
		e.explain(a, e.ranker.pieces(f.text, &f.ranking))
	}
	return nil
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
func (e *Engine) list(r Request, f findings) []int {
	if !r.EligibleOnly {
		return f.ranking.order
	}
	var open []int
	for _, c := range f.ranking.order {
		if e.verdict(c, f, r.Subject, r.Region).Open() {
			open = append(open, c)
		}
	}
	return open
}

// alternatives are the best that the subject may choose, where the first
// category is closed to it.
func (e *Engine) alternatives(ctx context.Context, r Request, f findings) ([]Result, error) {
	list := []Result{}
	k := &f.ranking
	if r.Subject == "" || e.verdict(k.order[0], f, r.Subject, r.Region).Open() {
		return list, nil
	}
	for i, c := range k.order {
		if len(list) == alternativesTold || len(list) > 0 && k.score[c] < alternativeLeast {
			break
		}
		if e.verdict(c, f, r.Subject, r.Region).Open() {
			found, err := e.results(ctx, r, i+1, k.order[i:i+1], f)
			if err != nil {
				return nil, err
			}
			list = append(list, found...)
		}
	}
	return list, nil
}

func (e *Engine) verdict(category int, f findings, subject Subject, region string) Verdict {
	c := &e.knowledge.Catalog.Categories[category]
	return judge(c, e.service(category, f), subject, region)
}

// service is the numbered service of a category that fits the text best, nil
// where none does.
func (e *Engine) service(category int, f findings) *data.Service {
	return e.services.find(&e.knowledge.Catalog.Categories[category], category, f.meaning)
}

// results tells categories with their rules, the first of them at a rank.
func (e *Engine) results(ctx context.Context, r Request, rank int, categories []int, f findings) ([]Result, error) {
	words, err := e.index.Matches(ctx, f.text, categories)
	if err != nil {
		return nil, err
	}
	list := make([]Result, len(categories))
	for i, c := range categories {
		list[i] = e.result(r, rank+i, c, f, distinct(words[i]))
	}
	return list, nil
}

func (e *Engine) result(r Request, rank, category int, f findings, words []Match) Result {
	c := &e.knowledge.Catalog.Categories[category]
	s := e.service(category, f)
	result := Result{Rank: rank, Score: f.ranking.score[category], Category: Ref{c.ID, c.Path},
		Eligibility: c.Eligibility, Requirements: c.Requirements, RestrictedTo: c.RestrictedTo,
		Matched: words, Highlight: e.clauses.highlight(c, s, words)}
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
