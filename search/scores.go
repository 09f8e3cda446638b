package search

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
)

// Scores are the measures of a run over the queries that something fits, but
// for Abstained. All are shares of 1.
type Scores struct {
	Queries   int     // that something fits
	P1        float64 // right category first
	Hit3      float64 // right category among the first 3
	Hit5      float64
	MRR       float64 // mean of 1/rank of the first right one, to rank 10
	NDCG      float64 // at 5; a best label gains 3, an ok one 1
	Macro     float64 // P1 of each category, averaged over categories
	Nothing   int     // queries that nothing fits
	Abstained float64 // share of those on which it abstained
	Refused   float64 // share of the others on which it abstained, wrongly
}

// Score takes the measures of outcomes.
func Score(outcomes []Outcome) Scores {
	var s Scores
	macro := map[string][2]float64{} // by first best label: right, all
	for _, o := range outcomes {
		if o.Nothing() {
			s.Nothing++
			s.Abstained += truth(o.Confidence == None)
			continue
		}
		s.Queries++
		rank := o.Rank()
		s.P1 += truth(rank == 1)
		s.Hit3 += truth(rank >= 1 && rank <= 3)
		s.Hit5 += truth(rank >= 1 && rank <= 5)
		if rank > 0 {
			s.MRR += 1 / float64(rank)
		}
		s.NDCG += ndcg(o)
		s.Refused += truth(o.Confidence == None)
		m := macro[o.Best[0]]
		macro[o.Best[0]] = [2]float64{m[0] + truth(rank == 1), m[1] + 1}
	}
	for _, mean := range []*float64{&s.P1, &s.Hit3, &s.Hit5, &s.MRR, &s.NDCG, &s.Refused} {
		*mean /= max(float64(s.Queries), 1)
	}
	s.Abstained /= max(float64(s.Nothing), 1)
	for _, label := range slices.Sorted(maps.Keys(macro)) { // sorted: sums must not depend on map order
		s.Macro += macro[label][0] / macro[label][1] / float64(len(macro))
	}
	return s
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// ndcg is the normalised discounted cumulative gain at 5 (Järvelin and
// Kekäläinen 2002). Best labels are interchangeable, so one of them is ideal.
func ndcg(o Outcome) float64 {
	const depth = 5
	var gain float64
	found := false
	for i, label := range o.Top[:min(depth, len(o.Top))] {
		switch {
		case slices.Contains(o.Best, label) && !found:
			gain, found = gain+3/math.Log2(float64(i+2)), true
		case slices.Contains(o.OK, label) || slices.Contains(o.Best, label):
			gain += 1 / math.Log2(float64(i+2))
		}
	}
	ideal := 3.0
	for i := 1; i < min(depth, len(o.Best)+len(o.OK)); i++ {
		ideal += 1 / math.Log2(float64(i+2))
	}
	return gain / ideal
}

// Interval is the 95 % interval of a measure under resampling of the queries.
func Interval(outcomes []Outcome, measure func(Scores) float64) (low, high float64) {
	const resamples = 500
	rng := rand.New(rand.NewPCG(1, 2))
	values := make([]float64, resamples)
	sample := make([]Outcome, len(outcomes))
	for i := range values {
		for j := range sample {
			sample[j] = outcomes[rng.IntN(len(outcomes))]
		}
		values[i] = measure(Score(sample))
	}
	slices.Sort(values)
	return values[resamples*25/1000], values[resamples*975/1000]
}

// String is a line of measures.
func (s Scores) String() string {
	var b strings.Builder
	if s.Queries > 0 {
		fmt.Fprintf(&b, "n %4d  P@1 %.4f  hit@3 %.4f  hit@5 %.4f  MRR@10 %.4f  nDCG@5 %.4f  macro %.4f  refused %.4f",
			s.Queries, s.P1, s.Hit3, s.Hit5, s.MRR, s.NDCG, s.Macro, s.Refused)
	}
	if s.Nothing > 0 {
		fmt.Fprintf(&b, "  nothing fits %d  abstained %.4f", s.Nothing, s.Abstained)
	}
	return strings.TrimSpace(b.String())
}
