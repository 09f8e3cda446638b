package search

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
)

// How far an answer may be trusted.
//
// Two logistic models over the same few signs, learned by make tune on texts
// that the ranker it judges had not seen: how likely the first category is
// right, and how likely nothing fits at all. The lead of the first over the
// second category tells most (as with INSEE's coders of occupations).

//go:embed model/certainty.json
var certaintyModel []byte

// certainty holds the learned weights of the signs and the levels of
// probability at which an answer is called high or medium, or is refused.
type certainty struct {
	Right   signs   `json:"right"`
	Nothing signs   `json:"nothing"`
	High    float64 `json:"high"`
	Medium  float64 `json:"medium"`
	Refuse  float64 `json:"refuse"`
}

// signs of certainty: a constant, the lead of the first category, its evidence,
// its lead over nothing fits, the share of the text's features that are known,
// the logarithm of their number, and the lead once more where the text is short
// of evidence.
type signs [7]float64

func readCertainty() (*certainty, error) {
	var c certainty
	if err := json.Unmarshal(certaintyModel, &c); err != nil {
		return nil, fmt.Errorf("reading the model of certainty; make it again with make tune: %w", err)
	}
	return &c, nil
}

// signs reads the signs off a ranking.
func (k *ranking) signs() signs {
	top, lead := float64(k.top()), float64(k.margin())
	nothing := float64(k.raw[len(k.raw)-1])
	return signs{1, min(lead, 1.5), top, top - nothing,
		float64(k.known) / float64(max(k.known+k.missing, 1)), math.Log(float64(1 + k.known)), lead * lead}
}

func (w signs) probability(s signs) float64 {
	var sum float64
	for i := range w {
		sum += w[i] * s[i]
	}
	return 1 / (1 + math.Exp(-sum))
}

// confide tells the level of confidence and the probability that the first
// category is right.
func (c *certainty) confide(k *ranking) (Confidence, float64) {
	if k.known == 0 || k.wordless {
		return None, 0
	}
	s := k.signs()
	if c.Nothing.probability(s) >= c.Refuse {
		return None, 0
	}
	p := c.Right.probability(s)
	switch {
	case p >= c.High:
		return High, p
	case p >= c.Medium:
		return Medium, p
	}
	return Low, p
}
