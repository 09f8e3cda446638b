package search

import (
	_ "embed"
	"strings"

	"leimu/index"
	"leimu/search/linear"
)

// What initials of a phrase are about.
//
//	cwyyymtx    宠物医院疫苗提醒, which no list of phrases has
//
// Initials of what is known are looked up. For all other phrases a linear model
// of its own knows what runs of two and three initials speak for: cwy for
// animals' doctors, ym for vaccines. It is learned by make tune from the initials of
// all texts. Looking up alone finds the category of .03 of unseen phrases
// among the first five, the model that of .8.

//go:embed model/initials.bin
var initialsModel []byte

// Settings of learning.
const (
	initialsCost = 0.2
	initialsKept = 400_000 // weights; nearly twice as many brought nothing
	initialsRun  = 3
)

// initialsKeys lists the keys of all runs of two and three initials, a mark
// before the first and behind the last.
func initialsKeys(initials string) []uint32 {
	marked := "^" + initials + "$"
	keys := make([]uint32, 0, 2*len(marked))
	for i := range marked {
		for n := 2; n <= initialsRun && i+n <= len(marked); n++ {
			keys = append(keys, fold(hashUnit(fnvStart, marked[i:i+n])))
		}
	}
	return keys
}

// learnInitials trains the model on the initials of each run of Han in the
// samples of categories.
func learnInitials(samples []Sample, categories int) *linear.Model {
	var documents [][]uint32
	var fitting []Sample
	for _, s := range samples {
		var keys []uint32
		norm := index.Normalize(s.Text).Norm
		for _, run := range strings.FieldsFunc(norm, func(r rune) bool { return classOf(r) != han }) {
			if initials := index.Initials(run); len(initials) > 1 {
				keys = append(keys, initialsKeys(initials)...)
			}
		}
		if s.Category < categories && len(keys) > 0 {
			s.Cost = 1
			documents, fitting = append(documents, keys), append(fitting, s)
		}
	}
	return train(documents, fitting, categories, initialsCost, initialsKept)
}

// abbreviated is the score of each category for letters that may be the initials
// of a phrase; nil where they are too few to tell or mean nothing.
func (s *Suggester) abbreviated(letters string) []float64 {
	const least = 3
	if len(letters) < least || strings.ContainsFunc(letters, func(r rune) bool { return r < 'a' || r > 'z' }) {
		return nil
	}
	vector, _ := s.initials.Vector(initialsKeys(letters))
	if len(vector) == 0 {
		return nil
	}
	raw := make([]float32, s.initials.Classes())
	s.initials.Score(vector, raw)
	return softmax(raw)
}
