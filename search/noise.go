package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// noiseWords are words that carry no weight, by their first character, longest
// first.
type noiseWords map[rune][]string

func newNoiseWords(words ...string) *noiseWords {
	n := noiseWords{}
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		n[r] = append(n[r], w)
	}
	for _, list := range n {
		slices.SortFunc(list, func(a, b string) int {
			return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b))
		})
	}
	return &n
}

// match is the length of the longest word that s begins with, 0 for none.
func (n *noiseWords) match(s string) int {
	r, _ := utf8.DecodeRuneInString(s)
	for _, w := range (*n)[r] {
		if strings.HasPrefix(s, w) {
			return len(w)
		}
	}
	return 0
}
