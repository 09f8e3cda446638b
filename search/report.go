package search

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// ByKind parts outcomes by the kind of query; kinds are sorted.
func ByKind(outcomes []Outcome) (kinds []string, parts map[string][]Outcome) {
	parts = map[string][]Outcome{}
	for _, o := range outcomes {
		parts[o.Kind] = append(parts[o.Kind], o)
	}
	return slices.Sorted(maps.Keys(parts)), parts
}

// Confusion is a pair of labels: the one wanted and the one that came first.
type Confusion struct {
	Want, Got string
	Count     int
	Queries   []string
}

// Confusions lists the pairs that were mistaken, most often first.
func Confusions(outcomes []Outcome) []Confusion {
	pairs := map[string]*Confusion{}
	for _, o := range outcomes {
		if o.Right() {
			continue
		}
		got, want := "(abstained)", "(nothing fits)"
		if len(o.Top) > 0 {
			got = o.Top[0]
		}
		if !o.Nothing() {
			want = o.Best[0]
		}
		key := want + "|" + got
		if pairs[key] == nil {
			pairs[key] = &Confusion{Want: want, Got: got}
		}
		pairs[key].Count++
		pairs[key].Queries = append(pairs[key].Queries, o.Q)
	}
	var list []Confusion
	for _, key := range slices.Sorted(maps.Keys(pairs)) {
		list = append(list, *pairs[key])
	}
	slices.SortStableFunc(list, func(a, b Confusion) int { return cmp.Compare(b.Count, a.Count) })
	return list
}

// Bin is a row of a reliability table: the answers whose stated probability
// lies between Low and High.
type Bin struct {
	Low, High float64
	Count     int
	Stated    float64 // mean probability
	Right     float64 // share that was right
}

// Calibration compares what answers claimed with what they were. The error is
// the expected calibration error: the gap of each bin, weighed by its size.
// An answer that abstains claims that nothing fits, and is left out.
func Calibration(outcomes []Outcome) (bins []Bin, expectedError float64) {
	const count = 10
	bins = make([]Bin, count)
	total := 0
	for i := range bins {
		bins[i].Low, bins[i].High = float64(i)/count, float64(i+1)/count
	}
	for _, o := range outcomes {
		if o.Confidence == None {
			continue
		}
		b := &bins[min(int(o.Probability*count), count-1)]
		b.Count++
		b.Stated += o.Probability
		b.Right += truth(o.Right())
		total++
	}
	for i := range bins {
		if b := &bins[i]; b.Count > 0 {
			b.Stated /= float64(b.Count)
			b.Right /= float64(b.Count)
			expectedError += math.Abs(b.Stated-b.Right) * float64(b.Count) / float64(total)
		}
	}
	return bins, expectedError
}

// Level is a row of the table of confidence levels.
type Level struct {
	Confidence Confidence
	Share      float64 // of all queries
	Right      float64 // of those at this level
}

// Levels tells how often each level was given, and how often it was right.
func Levels(outcomes []Outcome) []Level {
	var levels []Level
	for _, c := range []Confidence{High, Medium, Low, None} {
		l, n := Level{Confidence: c}, 0
		for _, o := range outcomes {
			if o.Confidence == c {
				n++
				l.Right += truth(o.Right())
			}
		}
		l.Share = float64(n) / max(float64(len(outcomes)), 1)
		l.Right /= max(float64(n), 1)
		levels = append(levels, l)
	}
	return levels
}

// Flip is a query that one run got right and the other wrong.
type Flip struct {
	ID, Q           string
	Gained          bool // right in the second run alone
	Before, After   string
	WantedFirstBest string
}

// Flips compares two runs over the same queries, by id.
func Flips(before, after []Outcome) []Flip {
	earlier := map[string]Outcome{}
	for _, o := range before {
		earlier[o.ID] = o
	}
	var flips []Flip
	for _, o := range after {
		old, ok := earlier[o.ID]
		if !ok || old.Right() == o.Right() {
			continue
		}
		flips = append(flips, Flip{o.ID, o.Q, o.Right(), first(old.Top), first(o.Top), strings.Join(o.Best, " / ")})
	}
	return flips
}

func first(labels []string) string {
	if len(labels) == 0 {
		return "(abstained)"
	}
	return labels[0]
}

// String is the flip in a line.
func (f Flip) String() string {
	sign := "-"
	if f.Gained {
		sign = "+"
	}
	return fmt.Sprintf("%s %s %s: %s -> %s (want %s)", sign, f.ID, f.Q, f.Before, f.After, f.WantedFirstBest)
}
