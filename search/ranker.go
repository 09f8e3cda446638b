package search

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strings"

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
	semanticDepth  = 8
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
	contrasts  *contrasts
	categories int
}

// ranking is what the ranker makes of a description. Places are positions in
// the catalogue.
type ranking struct {
	order    []int            // categories, best first
	score    []float64        // probability of each category, were one of them right
	raw      []float32        // evidence for each class, nothing fits being the last
	meaning  []float32        // the part of raw that is nearness in meaning
	cue      []float32        // and that which is cues of contrasts
	reply    []float32        // and that which is the owner's reply, nil for none
	wordless bool             // neither Han nor letters: digits and signs describe nothing
	vector   *semantic.Vector // meaning of what the text affirms
	missing  int              // features of the text that the model has never seen
	known    int
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
	return &ranker{newExtractor(k, segmenter), model, tokens, prototypes, newContrasts(k.Contrasts), want - 1}, nil
}

// rank scores every category for a normalised text.
func (r *ranker) rank(norm string) ranking {
	vector, missing := r.model.Vector(r.extractor.keys(norm))
	k := ranking{order: make([]int, r.categories), raw: make([]float32, r.model.Classes()), missing: missing, known: len(vector)}
	r.model.Score(vector, k.raw)
	plain := r.extractor.plain(norm)
	k.wordless = !strings.ContainsFunc(norm, func(r rune) bool { return classOf(r) == han || classOf(r) == letter })
	r.addNearness(&k, plain)
	r.contrasts.addCues(&k, plain)
	k.sort()
	k.score = softmax(k.raw[:r.categories])
	return k
}

// addNearness adds how near the text comes to the prototypes of the first
// categories, and to those of nothing fits. All others get the least of these:
// they are too far behind for it to matter.
func (r *ranker) addNearness(k *ranking, plain string) {
	k.meaning = make([]float32, len(k.raw))
	v := r.tokens.Vector(plain)
	k.vector = &v
	if k.vector.Zero() {
		return
	}
	weight := semanticWeight * hanShare(plain)
	near := make([]float32, len(k.raw))
	query := semantic.NewQuery(k.vector)
	asked := append(leaders(k.raw[:r.categories], semanticDepth), r.categories)
	least := float32(1)
	for _, c := range asked {
		near[c] = r.prototypes.Nearness(query, c)
		least = min(least, near[c])
	}
	for c := range near {
		if !slices.Contains(asked, c) {
			near[c] = least
		}
		k.meaning[c] = weight * near[c]
		k.raw[c] += k.meaning[c]
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

// leaders lists the n categories of most evidence, best first, without sorting
// all the others.
func leaders(raw []float32, n int) []int {
	list := make([]int, 0, n+1)
	for c, x := range raw {
		if len(list) == n && x <= raw[list[n-1]] {
			continue
		}
		at := len(list)
		for at > 0 && x > raw[list[at-1]] {
			at--
		}
		list = slices.Insert(list, at, c)[:min(len(list)+1, n)]
	}
	return list
}

// sort puts the categories in the order of their evidence, ties in that of the
// guide. A whole number holds both, the evidence upside down: numbers sort four
// times as fast as places by a function.
func (k *ranking) sort() {
	keys := make([]uint64, len(k.order))
	for c := range keys {
		keys[c] = uint64(^ordered(k.raw[c]))<<32 | uint64(c)
	}
	slices.Sort(keys)
	for i, key := range keys {
		k.order[i] = int(uint32(key))
	}
}

// ordered turns a number into one that is greater where it is: of the bits of a
// floating point number, the sign comes first and turns the rest around.
func ordered(x float32) uint32 {
	bits := math.Float32bits(x + 0) // -0 is 0
	if bits>>31 == 1 {
		return ^bits
	}
	return bits | 1<<31
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
