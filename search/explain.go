package search

import (
	"cmp"
	"math"
	"slices"

	"leimu/search/linear"
)

// Why a category has its score.
//
// Evidence is added up one piece after the other: what speaks for a category
// before anything is read, then each word in the order of the text, then
// nearness in meaning, cues of contrasts, and the owner's reply. What a piece
// adds to the probability is its weight, so the weights add up to the score,
// exactly and by construction.

// Kinds of evidence.
const (
	evidencePrior   = "prior"
	evidenceWord    = "word"
	evidenceDenied  = "denied"
	evidenceMeaning = "meaning"
	evidenceCue     = "cue"
	evidenceReply   = "reply"
)

// piece is a part of the evidence: what it says for each class.
type piece struct {
	kind, text string
	raw        []float32
}

// pieces takes a ranking of a normalised text apart.
func (r *ranker) pieces(norm string, k *ranking) []piece {
	list := []piece{{evidencePrior, "", make([]float32, len(k.raw))}}
	r.model.Score(nil, list[0].raw)
	words, shares := r.words(norm)
	for _, w := range words {
		list = append(list, piece{w.kind, w.text, make([]float32, len(k.raw))})
	}
	for _, s := range shares {
		r.model.Add(s.feature, list[1+s.word].raw)
	}
	for _, p := range []piece{{evidenceMeaning, "", k.meaning}, {evidenceCue, "", k.cue}, {evidenceReply, "", k.reply}} {
		if slices.ContainsFunc(p.raw, func(x float32) bool { return x != 0 }) {
			list = append(list, p)
		}
	}
	return list
}

// word is a word of a text, said or denied.
type word struct{ kind, text string }

// share is what a word has of a feature of the text.
type share struct {
	word    int
	feature linear.Feature
}

// occurrence is a feature at a word of the text.
type occurrence struct {
	key  uint32
	word int
}

// words lists the words of a text and their shares of its features. A run of
// units counts for the word that it starts in.
func (r *ranker) words(norm string) ([]word, []share) {
	var list []word
	var all []occurrence
	last := 0
	for _, s := range append(r.extractor.negation.spans(norm), [2]int{len(norm), len(norm)}) {
		list, all = r.wordsOf(norm[last:s[0]], evidenceWord, 0, list, all)
		list, all = r.wordsOf(norm[s[0]:s[1]], evidenceDenied, deny, list, all)
		last = s[1]
	}
	slices.SortStableFunc(all, func(a, b occurrence) int { return cmp.Compare(a.key, b.key) })
	keys := make([]uint32, len(all))
	for i, o := range all {
		keys[i] = o.key
	}
	var shares []share
	vector, _ := r.model.Vector(keys)
	for i := 0; i < len(all) && len(vector) > 0; {
		n := i + 1
		for n < len(all) && all[n].key == all[i].key {
			n++
		}
		if f := vector[0]; r.model.Key(f.Column) == all[i].key { // features are in the order of keys
			vector = vector[1:]
			f.Value /= float32(n - i)
			for _, o := range all[i:n] {
				shares = append(shares, share{o.word, f})
			}
		}
		i = n
	}
	return list, shares
}

// wordsOf appends the words of a part of the text and their features.
func (r *ranker) wordsOf(text, kind string, mask uint32, list []word, all []occurrence) ([]word, []occurrence) {
	phraseUnits(text, r.extractor.noise, func(start, end int, units []string) {
		at := make([]int, 0, len(units)) // the word of each unit
		for _, w := range r.extractor.segmenter.Cut(text[start:end]) {
			list = append(list, word{kind, w.Text})
			all = append(all, occurrence{wordKey(w.Text) ^ mask, len(list) - 1})
			for length := len(w.Text); length > 0 && len(at) < len(units); {
				length -= len(units[len(at)])
				at = append(at, len(list)-1)
			}
		}
		for i := range at {
			for n := 1; n <= longestGram && i+n <= len(units); n++ {
				all = append(all, occurrence{runKey(units[i:i+n]) ^ mask, at[i]})
			}
		}
	})
	return list, all
}

// explain weighs the pieces for one category. A piece that adds nothing to
// speak of is put together with the rest of its kind at the end.
func explain(pieces []piece, category, categories int, score float64) []Evidence {
	raw := make([]float32, categories)
	var list []Evidence
	var before, told float64
	for _, p := range pieces {
		for c := range raw {
			raw[c] += p.raw[c]
		}
		now := softmax(raw)[category]
		if w := now - before; math.Abs(w) >= leastTold {
			list = append(list, Evidence{p.kind, p.text, w})
			told += w
		}
		before = now
	}
	if rest := score - told; rest != 0 {
		list = append(list, Evidence{evidenceRest, "", rest})
	}
	return list
}

// leastTold is the weight from which on a piece is told by itself.
const leastTold = 0.001

// evidenceRest is what pieces too small to tell add up to.
const evidenceRest = "rest"
