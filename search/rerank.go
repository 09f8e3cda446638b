package search

import (
	"context"
	"slices"

	"leimu/index"
)

// Rerank orders the given categories (positions in the catalogue, repeats told
// once) for a description; without any it is Search. Scores are those of Search,
// so that rows with different candidates compare. All candidates are told,
// whatever Limit and Offset leave of them, even where the confidence is none:
// who brings candidates wants their order.
//
// The confidence is that of the whole answer where its first category is among
// the candidates, and at most low where a category outside them fits better.
func (e *Engine) Rerank(ctx context.Context, r Request, candidates []int) (*Answer, error) {
	if len(candidates) == 0 {
		return e.Search(ctx, r)
	}
	checked := r
	checked.Limit = min(r.Limit, MaxLimit)
	if err := checked.Check(); err != nil {
		return nil, err
	}
	text := index.Normalize(r.Query)
	understood, k := e.listener.understand(text.Norm)
	f, err := e.findings(ctx, understood.Text)
	if err != nil {
		return nil, err
	}
	best := k.order[0]
	head := r
	head.Limit, head.Offset = 1, 0
	a := e.compose(head, understood, f, k)

	k.order = slices.DeleteFunc(k.order, func(c int) bool { return !slices.Contains(candidates, c) })
	if k.order[0] != best && a.Confidence != None {
		a.Confidence, a.Probability = Low, min(a.Probability, k.score[k.order[0]])
	}
	e.fill(a, r, f, k)
	return a, nil
}

// fill puts the results of a restricted ranking into an answer.
func (e *Engine) fill(a *Answer, r Request, f findings, k ranking) {
	list := e.list(r, k, f)
	limit := r.Limit
	if limit == 0 {
		limit = DefaultLimit
	}
	a.Total, a.Results = len(list), []Result{}
	for i := r.Offset; i < min(r.Offset+limit, len(list)); i++ {
		a.Results = append(a.Results, e.result(r, i+1, list[i], f, k))
	}
	a.Alternatives = e.alternatives(r, f, k)
}
