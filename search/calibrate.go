package search

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"

	"leimu/data"
)

// Aims that the levels of confidence are set by, on held-out texts.
const (
	highRight   = 0.95  // share of the answers called high that are right
	mediumRight = 0.5   // least probability of an answer called medium
	refusedMost = 0.006 // share of texts that something fits which may be refused
)

// judged is a held-out text with what the ranker made of it.
type judged struct {
	signs   signs
	right   bool
	nothing bool // nothing fits the text
	bare    bool // a bare name
}

// bareName is the number of characters up to which a text of a real program is but
// its name.
const bareName = 8

// weigh judges held-out samples by a ranker that has not seen them. Kinds that
// were written to be hard (needs told without the thing's own word, contrasts,
// foreign words) are not as people write on average, and left out.
func weigh(r *ranker, held []Sample, normal func(string) string) []judged {
	var list []judged
	for _, s := range held {
		switch s.Kind {
		case data.KindTerms, data.KindContrast, data.KindMixed, data.KindSpoken, data.KindShort:
			continue
		}
		k := r.rank(normal(s.Text))
		if k.known > 0 {
			bare := s.Kind == data.KindReal && utf8.RuneCountInString(s.Text) <= bareName
			list = append(list, judged{k.signs(), k.order[0] == s.Category, s.Category == r.categories, bare})
		}
	}
	return list
}

// calibrate learns certainty from judged texts. Bare names of a single hint were
// written in greater number than people ask them, and would make answers
// out to be less certain than they are; but none is to be refused.
func calibrate(list []judged) certainty {
	var c certainty
	fits := slices.DeleteFunc(slices.Clone(list), func(j judged) bool { return j.nothing })
	said := slices.DeleteFunc(slices.Clone(fits), func(j judged) bool { return j.bare })
	c.Right = logistic(said, func(j judged) bool { return j.right })
	c.Nothing = logistic(list, func(j judged) bool { return j.nothing })
	c.Refuse = refuseAt(c.Nothing, fits)
	c.High, c.Medium = highAt(c.Right, said), mediumRight
	return c
}

// logistic fits a logistic regression by Newton's method, with a little ridge.
func logistic(list []judged, truth func(judged) bool) signs {
	const steps, ridge = 25, 1e-3
	var w signs
	for range steps {
		var gradient signs
		var hessian [len(w)][len(w)]float64
		for _, j := range list {
			p := w.probability(j.signs)
			y := 0.0
			if truth(j) {
				y = 1
			}
			for a := range w {
				gradient[a] += (y - p) * j.signs[a]
				for b := range w {
					hessian[a][b] += p * (1 - p) * j.signs[a] * j.signs[b]
				}
			}
		}
		for a := range w {
			gradient[a] -= ridge * w[a]
			hessian[a][a] += ridge
		}
		step := solve(hessian, gradient)
		for a := range w {
			w[a] += step[a]
		}
	}
	return w
}

// solve solves m x = v by Gaussian elimination with pivoting.
func solve(m [7][7]float64, v signs) signs {
	for i := range v {
		pivot := i
		for r := i; r < len(v); r++ {
			if math.Abs(m[r][i]) > math.Abs(m[pivot][i]) {
				pivot = r
			}
		}
		m[i], m[pivot], v[i], v[pivot] = m[pivot], m[i], v[pivot], v[i]
		for r := i + 1; r < len(v); r++ {
			f := m[r][i] / m[i][i]
			for c := i; c < len(v); c++ {
				m[r][c] -= f * m[i][c]
			}
			v[r] -= f * v[i]
		}
	}
	for i := len(v) - 1; i >= 0; i-- {
		for c := i + 1; c < len(v); c++ {
			v[i] -= m[i][c] * v[c]
		}
		v[i] /= m[i][i]
	}
	return v
}

// refuseAt is the probability of nothing fits from which a text is refused, so
// that of those that something fits few are.
func refuseAt(w signs, fits []judged) float64 {
	var p []float64
	for _, j := range fits {
		p = append(p, w.probability(j.signs))
	}
	slices.SortFunc(p, func(a, b float64) int { return cmp.Compare(b, a) })
	return p[int(refusedMost*float64(len(p)))]
}

// highAt is the lowest probability from which on the answers are right often
// enough to be called high.
func highAt(w signs, fits []judged) float64 {
	type answer struct {
		p     float64
		right bool
	}
	var list []answer
	for _, j := range fits {
		list = append(list, answer{w.probability(j.signs), j.right})
	}
	slices.SortStableFunc(list, func(a, b answer) int { return cmp.Compare(b.p, a.p) })
	level, right := 1.0, 0.0
	for i, a := range list {
		right += truth(a.right)
		if right/float64(i+1) >= highRight {
			level = a.p
		}
	}
	return level
}
