package search

import (
	"strings"

	"leimu/data"
	"leimu/index"
)

// extractor turns texts into feature keys.
type extractor struct {
	noise     *noiseWords
	negation  *negation
	segmenter *index.Segmenter
}

// newExtractor leaves out words without weight, places among them, and keeps
// what a text denies apart.
func newExtractor(k *data.Knowledge, segmenter *index.Segmenter) *extractor {
	var words []string
	for _, list := range [][]string{k.Noise.Frames, k.Noise.Words, k.Noise.Places} {
		words = append(words, normalized(list)...)
	}
	return &extractor{newNoiseWords(words...), newNegation(k.Language.Negation), segmenter}
}

// silent matches nothing: for texts that are noise from end to end.
var silent = &noiseWords{}

// deny turns the key of a feature into that of the same feature denied.
const deny = 0x9e3779b9

// keys lists the feature keys of a normalised text, repeats included. A text
// of noise words alone is read as it stands: 小程序开发 is a trade as well.
func (x *extractor) keys(norm string) []uint32 {
	keys := make([]uint32, 0, len(norm)*2)
	emit := func(key uint32) { keys = append(keys, key) }
	last := 0
	for _, s := range x.negation.spans(norm) {
		x.part(norm[last:s[0]], x.noise, emit)
		x.part(norm[s[0]:s[1]], x.noise, func(key uint32) { keys = append(keys, key^deny) })
		last = s[1]
	}
	x.part(norm[last:], x.noise, emit)
	if len(keys) == 0 {
		x.part(norm, silent, emit)
	}
	return keys
}

// part emits the features of a part of a text.
func (x *extractor) part(text string, noise *noiseWords, emit func(key uint32)) {
	phraseUnits(text, noise, func(start, end int, units []string) {
		eachGram(units, emit)
		for _, w := range x.segmenter.Cut(text[start:end]) {
			emit(wordKey(w.Text))
		}
	})
}

// plain is what a normalised text affirms, without words that carry no weight;
// the whole text where that leaves nothing.
func (x *extractor) plain(norm string) string {
	var b strings.Builder
	text := x.affirmed(norm)
	phraseUnits(text, x.noise, func(start, end int, _ []string) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(text[start:end])
	})
	if b.Len() == 0 {
		return norm
	}
	return b.String()
}

// affirmed is a normalised text with what it denies blanked.
func (x *extractor) affirmed(norm string) string {
	spans := x.negation.spans(norm)
	if len(spans) == 0 {
		return norm
	}
	b := []byte(norm)
	for _, s := range spans {
		for i := s[0]; i < s[1]; i++ {
			b[i] = ' '
		}
	}
	return string(b)
}
