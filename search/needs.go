package search

import (
	"context"
	"strings"

	"leimu/data"
)

// Several needs in one description.
//
//	火锅店点餐,还办KTV包厢预订     点餐 and KTV
//
// What the text affirms is cut at signs and at words that join (以及, 还卖).
// Parts that lead the same way belong together; where two or more lead to
// different categories, each certain by itself and agreed to by the whole, each
// is a need of its own.

const (
	needCertain = 0.85 // probability from which a part is a need
	needAgreed  = 0.02 // score that its category has for the whole description
	needLength  = 2    // Han characters that a part has at least
	needsMost   = 4
	oneNeed     = 1.1 // lead of the whole description from which it is one need
)

// splitter cuts a text into the parts that may be needs.
type splitter struct{ joins, wholes *noiseWords }

func newSplitter(l data.Language) *splitter {
	return &splitter{newNoiseWords(normalized(l.Joins)...), newNoiseWords(normalized(l.Wholes)...)}
}

// parts cuts a normalised text. Expressions that only look like a join stay
// whole.
func (s *splitter) parts(text string) []string {
	var parts []string
	last := 0
	cut := func(from, to int) {
		if part := strings.TrimSpace(text[last:from]); countHan(part) >= needLength {
			parts = append(parts, part)
		}
		last = to
	}
	for i := 0; i < len(text); {
		if n := s.wholes.match(text[i:]); n > 0 {
			i += n
			continue
		}
		n := s.joins.match(text[i:])
		size := runeLength(text[i:])
		if n == 0 && strings.Contains(clauseEnds, text[i:i+size]) {
			n = size
		}
		if n > 0 {
			cut(i, i+n)
			i += n
			continue
		}
		i += size
	}
	cut(len(text), len(text))
	return parts
}

// need is a part of a description and where it leads.
type need struct {
	text     string
	category int
	ranking  ranking
}

// needs lists the needs of a text, nil where it has but one. A whole that leads
// far is one.
func (e *Engine) needs(text string, whole *ranking) []need {
	if whole.margin() > oneNeed {
		return nil
	}
	parts := e.splitter.parts(e.ranker.extractor.affirmed(text))
	if len(parts) < 2 {
		return nil
	}
	var list []need
	for _, part := range parts {
		k := e.ranker.rank(part)
		confidence, p := e.certainty.confide(&k)
		if confidence == None || p < needCertain || whole.score[k.order[0]] < needAgreed {
			continue
		}
		list = addNeed(list, need{part, k.order[0], k})
	}
	if len(list) < 2 || len(list) > needsMost {
		return nil
	}
	return list
}

// addNeed appends a need, or its text to one that leads the same way.
func addNeed(list []need, n need) []need {
	for i := range list {
		if list[i].category == n.category {
			list[i].text += "、" + n.text
			return list
		}
	}
	return append(list, n)
}

// promote brings the categories of needs among the first: behind the first
// category, in their order in the text. It changes no score, so scores are
// evened out to stay in order.
func (k *ranking) promote(needs []need) {
	place := 1
	for _, n := range needs {
		at := indexOf(k.order, n.category)
		if at < place {
			continue
		}
		copy(k.order[place+1:at+1], k.order[place:at])
		k.order[place] = n.category
		place++
	}
	for i := len(k.order) - 2; i >= 0; i-- {
		k.score[k.order[i]] = max(k.score[k.order[i]], k.score[k.order[i+1]])
	}
}

func indexOf(list []int, x int) int {
	for i, y := range list {
		if x == y {
			return i
		}
	}
	return -1
}

func countHan(text string) int {
	n := 0
	for _, r := range text {
		if classOf(r) == han {
			n++
		}
	}
	return n
}

func runeLength(text string) int {
	for i := range text {
		if i > 0 {
			return i
		}
	}
	return len(text)
}

// tellNeeds turns needs into results, each with its own service and words.
func (e *Engine) tellNeeds(ctx context.Context, r Request, needs []need) ([]Need, error) {
	list := []Need{}
	for i, n := range needs {
		meaning := e.ranker.tokens.Vector(n.text)
		own := findings{n.text, &meaning, n.ranking}
		results, err := e.results(ctx, r, i+1, []int{n.category}, own)
		if err != nil {
			return nil, err
		}
		list = append(list, Need{n.text, results[0]})
	}
	return list, nil
}
