package search

import (
	"cmp"
	_ "embed"
	"fmt"
	"math"
	"slices"

	"leimu/data"
	"leimu/data/vectors"
	"leimu/index"
	"leimu/search/linear"
	"leimu/search/semantic"
)

//go:embed model/ranker.bin
var rankerModel []byte

// sharpness turns scores into probabilities: it is the factor under which
// softmax was best calibrated on held-out folds.
const sharpness = 5

// How much the nearest prototype of a category counts beside the linear model,
// and for how many of the linear model's first categories it is asked.
const (
	semanticWeight = 1.5
	semanticDepth  = 16
)

//go:embed model/prototypes.bin
var prototypesModel []byte

// ranker weighs evidence into one score a category: what the linear model
// learned of its words, and how near it comes in meaning.
type ranker struct {
	extractor  *extractor
	model      *linear.Model
	tokens     *semantic.Table
	prototypes *semantic.Prototypes
	categories int
}

// ranking is what the ranker makes of a description. Places are positions in
// the catalogue.
type ranking struct {
	order   []int     // categories, best first
	score   []float64 // probability of each category, were one of them right
	raw     []float32 // evidence for each class, nothing fits being the last
	missing int       // features of the text that the model has never seen
	known   int
}

func newRanker(k *data.Knowledge, segmenter *index.Segmenter) (*ranker, error) {
	model, err := linear.Decode(rankerModel)
	if err != nil {
		return nil, err
	}
	tokens, err := semantic.ReadTable(vectors.Table())
	if err != nil {
		return nil, fmt.Errorf("reading token vectors: %w", err)
	}
	prototypes, err := semantic.ReadPrototypes(prototypesModel)
	if err != nil {
		return nil, err
	}
	want := len(k.Catalog.Categories) + 1
	if model.Classes() != want || prototypes.Classes() != want {
		return nil, fmt.Errorf("the model knows %d classes, the guide has %d: make it again with make tune", model.Classes()-1, want-1)
	}
	return &ranker{newExtractor(k, segmenter), model, tokens, prototypes, want - 1}, nil
}

// rank scores every category for a normalised text.
func (r *ranker) rank(norm string) ranking {
	vector, missing := r.model.Vector(r.extractor.keys(norm))
	k := ranking{order: make([]int, r.categories), raw: make([]float32, r.model.Classes()), missing: missing, known: len(vector)}
	r.model.Score(vector, k.raw)
	k.sort()
	r.addNearness(&k, norm)
	k.sort()
	k.score = softmax(k.raw[:r.categories])
	return k
}

// addNearness adds how near the text comes to the prototypes of the first
// categories, and to those of nothing fits. All others get the least of these:
// they are too far behind for it to matter.
func (r *ranker) addNearness(k *ranking, norm string) {
	plain := r.extractor.plain(norm)
	v := r.tokens.Vector(plain)
	if v.Zero() {
		return
	}
	weight := semanticWeight * hanShare(plain)
	near := make([]float32, len(k.raw))
	asked := append(k.order[:min(semanticDepth, len(k.order)):min(semanticDepth, len(k.order))], r.categories)
	least := float32(1)
	for _, c := range asked {
		near[c] = r.prototypes.Nearness(&v, c)
		least = min(least, near[c])
	}
	for c := range near {
		if !slices.Contains(asked, c) {
			near[c] = least
		}
		k.raw[c] += weight * near[c]
	}
}

// hanShare is the share of Han among the letters of a text. The vectors know
// few words of other scripts, and little of a text that is made of them.
func hanShare(text string) float32 {
	var hans, letters int
	for _, r := range text {
		switch classOf(r) {
		case han:
			hans++
			letters++
		case letter, digit:
			letters++
		}
	}
	return float32(hans) / float32(max(letters, 1))
}

// sort puts the categories in the order of their evidence.
func (k *ranking) sort() {
	for i := range k.order {
		k.order[i] = i
	}
	slices.SortStableFunc(k.order, func(a, b int) int { return cmp.Compare(k.raw[b], k.raw[a]) })
}

// top is the evidence for the first category.
func (k ranking) top() float32 { return k.raw[k.order[0]] }

// margin is by how much the first category leads the second.
func (k ranking) margin() float32 { return k.top() - k.raw[k.order[1]] }

// softmax gives probabilities that add up to 1.
func softmax(raw []float32) []float64 {
	top := float64(slices.Max(raw))
	p := make([]float64, len(raw))
	var sum float64
	for i, x := range raw {
		p[i] = math.Exp(sharpness * (float64(x) - top))
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}
