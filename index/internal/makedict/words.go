package main

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

const wordsHeader = `# General words: "word frequency". Made by index/internal/makedict from gse's
# dictionary (Apache-2.0), pruned to what this job needs; do not edit. Words of
# the field belong in user.txt.
`

// What prune keeps. Commoner words are kept to cut any text in the right
// places; rarer ones only where indexed text has them, since no other can ever
// match. Loading costs about two milliseconds for 1,000 words.
const (
	commonFrequency = 500 // kept whatever they are
	rareFrequency   = 3   // kept where indexed text has them
	maxCommonRunes  = 4
	maxRareRunes    = 6
)

// parseGeneral reads lines "word frequency part-of-speech". Where lower case
// makes two words one, the higher frequency stays.
func parseGeneral(text string) map[string]float64 {
	words := make(map[string]float64)
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		frequency, err := strconv.ParseFloat(fields[1], 64)
		if err != nil {
			continue
		}
		word := strings.ToLower(fields[0])
		words[word] = max(words[word], frequency)
	}
	return words
}

// prune chooses the words to keep, sorted, and adds the first character of
// each: gse gives a character that only starts words the probability zero,
// which spoils every way through it.
func prune(general map[string]float64, vocabulary string) []string {
	known := substrings(vocabulary, maxRareRunes)
	kept := make(map[string]float64)
	for word, frequency := range general {
		if isKept(word, frequency, known) {
			kept[word] = frequency
			first, _ := utf8.DecodeRuneInString(word)
			kept[string(first)] = max(general[string(first)], 1)
		}
	}
	lines := make([]string, 0, len(kept))
	for word, frequency := range kept {
		lines = append(lines, fmt.Sprintf("%s %.0f", word, frequency))
	}
	sort.Strings(lines)
	return lines
}

// isKept applies the constants above. A word without Han is never kept: it
// would cut longer Latin words in two (app in happy).
func isKept(word string, frequency float64, known map[string]bool) bool {
	n := utf8.RuneCountInString(word)
	hasHan := strings.IndexFunc(word, isHan) >= 0
	switch {
	case !hasHan:
		return false
	case n <= maxCommonRunes && frequency >= commonFrequency:
		return true
	case n == 1:
		return known[word]
	}
	return frequency >= rareFrequency && known[word]
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// substrings returns every run of up to longest letters in text.
func substrings(text string, longest int) map[string]bool {
	all := make(map[string]bool)
	for _, run := range strings.FieldsFunc(text, isSeparator) {
		runes := []rune(run)
		for i := range runes {
			for j := i + 1; j <= min(len(runes), i+longest); j++ {
				all[string(runes[i:j])] = true
			}
		}
	}
	return all
}

func isSeparator(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
