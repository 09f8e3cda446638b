package search

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"slices"

	"leimu/data"
	"leimu/data/dictionary"
	"leimu/data/vectors"
	"leimu/index"
	"leimu/search/linear"
	"leimu/search/semantic"
)

// Settings of learning, each found on held-out folds.
const (
	errorCost = 0.7
	precision = 0.1
	rounds    = 40
	kept      = 1_000_000 // weights; half of them cost half a point
	folds     = 12        // one is held out to learn certainty from: the fewer, the less sure of itself its judge
)

// Model is what Tune learns, as the bytes that are embedded.
type Model struct {
	Ranker      []byte
	Prototypes  []byte
	Initials    []byte
	Certainty   []byte
	Fingerprint string // of everything that it was learned from
}

// Tune learns the ranker and the model of initials from all that is known, and
// certainty from a ranker that was kept from seeing one fold. The same knowledge
// gives the same bytes.
func Tune(k *data.Knowledge) (Model, error) {
	segmenter, err := index.NewSegmenter(dictionary.Words(), dictionary.User())
	if err != nil {
		return Model{}, fmt.Errorf("opening the dictionary: %w", err)
	}
	all := Corpus(k)
	seen, held := split(all)
	x := newExtractor(k, segmenter)
	classes := len(k.Catalog.Categories) + 1
	if classes > linear.MostClasses {
		return Model{}, fmt.Errorf("the guide has %d categories; the model's layout holds %d", classes-1, linear.MostClasses-1)
	}
	tokens, err := semantic.ReadTable(vectors.Table())
	if err != nil {
		return Model{}, fmt.Errorf("reading token vectors: %w", err)
	}
	judge := &ranker{x, learn(seen, x, classes), tokens, prototypes(seen, x, tokens, classes), newContrasts(k.Contrasts), classes - 1}
	certainty := calibrate(weigh(judge, held, func(s string) string { return index.Normalize(s).Norm }))
	text, err := json.MarshalIndent(certainty, "", "  ")
	if err != nil {
		return Model{}, fmt.Errorf("writing certainty: %w", err)
	}
	return Model{
		Ranker:      learn(all, x, classes).Encode(),
		Prototypes:  prototypes(all, x, tokens, classes).Encode(),
		Initials:    learnInitials(all, classes-1).Encode(),
		Certainty:   append(text, '\n'),
		Fingerprint: Fingerprint(k),
	}, nil
}

// split holds one fold of the texts out, by a hash of the text. The guide's own
// words stay.
func split(samples []Sample) (seen, held []Sample) {
	for _, s := range samples {
		h := fnv.New32a()
		h.Write([]byte(s.Text))
		if s.Cost < guideCost && h.Sum32()%folds == 0 {
			held = append(held, s)
		} else {
			seen = append(seen, s)
		}
	}
	return seen, held
}

// learn trains the ranker's linear model on samples. classes is the catalogue's
// length and one more for what fits nothing.
func learn(samples []Sample, x *extractor, classes int) *linear.Model {
	documents := make([][]uint32, len(samples))
	for i, s := range samples {
		documents[i] = x.keys(index.Normalize(s.Text).Norm)
	}
	return train(documents, samples, classes, errorCost, kept)
}

// train learns from the feature keys of samples, and keeps the most telling
// weights.
func train(documents [][]uint32, samples []Sample, classes int, errorCost float64, kept int) *linear.Model {
	distinct := make([][]uint32, len(documents))
	for i, keys := range documents {
		distinct[i] = slices.Clone(keys)
		slices.Sort(distinct[i])
		distinct[i] = slices.Compact(distinct[i])
	}
	vocabulary := linear.NewVocabulary(distinct)
	bias := linear.Feature{Column: uint32(vocabulary.Len()), Value: 1}
	examples := make([]linear.Example, len(samples))
	for i, s := range samples {
		vector, _ := vocabulary.Vector(documents[i])
		examples[i] = linear.Example{Features: append(vector, bias), Class: s.Category, Cost: s.Cost}
	}
	weights := linear.Train(examples, classes, vocabulary.Len()+1,
		linear.Options{C: errorCost, Epsilon: precision, Rounds: rounds})
	return linear.Pack(vocabulary, weights, kept)
}

// prototypes clusters the meanings of the samples of each class.
func prototypes(samples []Sample, x *extractor, tokens *semantic.Table, classes int) *semantic.Prototypes {
	meanings := make([][]semantic.Vector, classes)
	for _, s := range samples {
		if v := tokens.Vector(x.plain(index.Normalize(s.Text).Norm)); !v.Zero() {
			meanings[s.Category] = append(meanings[s.Category], v)
		}
	}
	return semantic.Cluster(meanings)
}
