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
	if r.Reply != "" {
		if err := e.reply(r.Reply, &k); err != nil {
			return nil, err
		}
	}
	best := k.order[0]
	head := r
	head.Limit, head.Offset, head.Explain = 1, 0, false
	a, err := e.compose(ctx, head, understood, k)
	if err != nil {
		return nil, err
	}
	k.order = slices.DeleteFunc(k.order, func(c int) bool { return !slices.Contains(candidates, c) })
	if k.order[0] != best && a.Confidence != None {
		a.Confidence, a.Probability = Low, min(a.Probability, k.score[k.order[0]])
	}
	return a, e.fill(ctx, a, r, findings{understood.Text, k.vector, k})
}
