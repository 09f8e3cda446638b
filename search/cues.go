package search

import (
	"strings"

	"leimu/data"
	"leimu/index"
)

// Contrasts between near categories as evidence. Where both sides of a known
// pair are among the first, words that answer its question unasked count for
// their side and against the other. They tell neighbours apart; they never
// bring in a category that the rest of the evidence does not.

const (
	cueWeight = 0.12 // of a cue, half for one side and half against the other
	cuesMost  = 2    // cues of a side that count
	cueDepth  = 4    // first categories whose pairs are looked at
)

// contrasts finds the contrast of a pair of categories.
type contrasts struct {
	list []data.Contrast
	at   map[[2]int]int
}

func newContrasts(list []data.Contrast) *contrasts {
	c := &contrasts{at: map[[2]int]int{}}
	for i, x := range list {
		x.CuesA, x.CuesB = normalized(x.CuesA), normalized(x.CuesB)
		c.list = append(c.list, x)
		c.at[[2]int{x.A, x.B}] = i
	}
	return c
}

// between is the contrast of two categories, turned so that A is the first of
// them.
func (c *contrasts) between(a, b int) (data.Contrast, bool) {
	if i, ok := c.at[[2]int{a, b}]; ok {
		return c.list[i], true
	}
	if i, ok := c.at[[2]int{b, a}]; ok {
		x := c.list[i]
		x.A, x.B, x.ReplyA, x.ReplyB, x.CuesA, x.CuesB = x.B, x.A, x.ReplyB, x.ReplyA, x.CuesB, x.CuesA
		return x, true
	}
	return data.Contrast{}, false
}

// addCues weighs the cues of all known pairs among the first categories.
func (c *contrasts) addCues(k *ranking, plain string) {
	k.cue = make([]float32, len(k.raw))
	first := leaders(k.raw[:len(k.order)], cueDepth)
	for i, a := range first {
		for _, b := range first[i+1:] {
			x, ok := c.between(a, b)
			if !ok {
				continue
			}
			lead := cueWeight / 2 * float32(len(found(x.CuesA, plain))-len(found(x.CuesB, plain)))
			k.cue[a] += lead
			k.cue[b] -= lead
		}
	}
	for i := range k.raw {
		k.raw[i] += k.cue[i]
	}
}

// found lists the cues that a text has, at most cuesMost.
func found(cues []string, plain string) []string {
	var list []string
	for _, cue := range cues {
		if len(list) < cuesMost && strings.Contains(plain, cue) {
			list = append(list, cue)
		}
	}
	return list
}

// Tell says what tells two categories apart, where the project knows.
func (e *Engine) Tell(a, b string) (string, bool) {
	first, known := e.knowledge.Catalog.Position(a)
	second, also := e.knowledge.Catalog.Position(b)
	if !known || !also {
		return "", false
	}
	x, ok := e.ranker.contrasts.between(first, second)
	return x.Why, ok
}

// clarify is the question that decides between the first two categories, nil
// where there is none or the answer is certain enough without.
func (e *Engine) clarify(confidence Confidence, k *ranking) *Clarify {
	if confidence == High || confidence == None {
		return nil
	}
	x, ok := e.ranker.contrasts.between(k.order[0], k.order[1])
	if !ok || k.margin() > askBelow {
		return nil
	}
	return &Clarify{Question: x.Ask, Replies: []Reply{
		{Answer: e.ref(x.A).ID, Text: x.ReplyA, Category: e.ref(x.A)},
		{Answer: e.ref(x.B).ID, Text: x.ReplyB, Category: e.ref(x.B)}}}
}

// askBelow is the lead of the first category below which asking pays.
const askBelow = 0.7

func (e *Engine) ref(category int) Ref {
	c := &e.knowledge.Catalog.Categories[category]
	return Ref{c.ID, c.Path}
}

// reply counts a reply to the clarifying question: what it leads to comes
// first. It is refused where the description raises no such question.
func (e *Engine) reply(answer string, k *ranking) error {
	for _, id := range k.order[:2] {
		if e.ref(id).ID != answer {
			continue
		}
		if _, ok := e.ranker.contrasts.between(k.order[0], k.order[1]); ok {
			k.reply = make([]float32, len(k.raw))
			k.reply[id] = replyWeight
			k.raw[id] += replyWeight
			k.sort()
			k.score = softmax(k.raw[:len(k.order)])
			return nil
		}
	}
	return &InputError{"answer", CodeUnknownReply, "this description raises no question with the reply \"" + index.Normalize(answer).Norm +
		"\"; use one of clarify.replies of the same search without answer"}
}

// replyWeight outweighs any doubt: the owner has said which it is.
const replyWeight = 3
