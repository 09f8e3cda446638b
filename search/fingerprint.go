package search

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"leimu/data"
	"leimu/data/dictionary"
	"leimu/data/vectors"
)

// learning is raised when the way of learning changes, not what is learned from.
const learning = 3

// Fingerprint tells apart what a model was learned from: every text with its
// category and cost, the words that cut and weigh texts, and the settings.
func Fingerprint(k *data.Knowledge) string {
	h := sha256.New()
	fmt.Fprintln(h, learning, errorCost, precision, rounds, kept, folds, guideCost, longestGram, initialsCost, initialsKept, initialsRun,
		semanticWeight, semanticDepth, cueWeight, cuesMost, cueDepth, highRight, mediumRight, refusedMost, bareName)
	for _, s := range Corpus(k) {
		fmt.Fprintf(h, "%d\t%g\t%s\t%s\n", s.Category, s.Cost, s.Kind, s.Text)
	}
	fmt.Fprintln(h, k.Noise.Frames, k.Noise.Words, k.Noise.Places, k.Language.Negation)
	fmt.Fprintln(h, k.Contrasts, dictionary.Words(), dictionary.User())
	h.Write(vectors.Table())
	return hex.EncodeToString(h.Sum(nil))
}
