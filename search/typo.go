package search

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"leimu/data/dictionary"
	"leimu/index"
	"leimu/search/linear"
)

// How a typo is heard.
//
// 共享丹车: no text of the lexicon has 享丹 or 丹车. A character next to such a
// gap may be one that sounds or looks like it, if the pair then is known: 单车.
// What a character may stand for is tried only where the literal text leaves a
// gap and the ranker in doubt, and taken only where that settles the doubt. So
// a homophone never outranks a literal hit, and 景点 never becomes 经典.

// speller proposes what was meant by what is written.
type speller struct {
	vocabulary  *linear.Vocabulary
	confusables map[rune][]rune
	homophones  func() map[string][]rune // characters by reading
}

func newSpeller(confusables map[rune][]rune, vocabulary *linear.Vocabulary) *speller {
	return &speller{vocabulary, confusables, sync.OnceValue(readCharacters)}
}

// readCharacters lists characters by their readings.
func readCharacters() map[string][]rune {
	m := map[string][]rune{}
	for line := range strings.Lines(dictionary.Pinyin()) {
		fields := strings.Fields(line)
		if len(fields) < 2 || fields[0] == "#" {
			continue
		}
		for _, reading := range fields[1:] {
			m[reading] = append(m[reading], []rune(fields[0])[0])
		}
	}
	return m
}

// Bounds of a correction.
const (
	proposalsKept = 10
	commonPair    = 9.5 // a pair of characters in one of five thousand texts
)

// proposal is a text with one character replaced.
type proposal struct {
	text         string
	wrote, meant string
	cost         float64
}

// propose lists texts that differ in one character beside a gap and have none
// there, the commonest first.
func (s *speller) propose(text string) []proposal {
	runes := []rune(text)
	var list []proposal
	for i := range runes {
		if classOf(runes[i]) == han && (s.gap(runes, i-1) || s.gap(runes, i)) {
			list = append(list, s.proposals(runes, i)...)
		}
	}
	slices.SortStableFunc(list, func(a, b proposal) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.text, b.text))
	})
	return list[:min(len(list), proposalsKept)]
}

// gap reports whether the characters at i and i+1 never stand together.
func (s *speller) gap(runes []rune, i int) bool {
	return i >= 0 && i+1 < len(runes) && classOf(runes[i]) == han && classOf(runes[i+1]) == han &&
		s.pair(runes[i], runes[i+1]) == linear.Unseen
}

func (s *speller) pair(a, b rune) float64 {
	return s.vocabulary.Rarity(runKey([]string{string(a), string(b)}))
}

// proposals replaces the character at i by those that sound or look like it.
func (s *speller) proposals(runes []rune, i int) []proposal {
	var list []proposal
	for _, r := range s.alike(runes[i]) {
		cost := linear.Unseen * 1.0
		if i > 0 && classOf(runes[i-1]) == han {
			cost = min(cost, s.pair(runes[i-1], r))
		}
		if i+1 < len(runes) && classOf(runes[i+1]) == han {
			cost = min(cost, s.pair(r, runes[i+1]))
		}
		if cost <= commonPair && s.grounded(runes, i, r) {
			text := string(runes[:i]) + string(r) + string(runes[i+1:])
			wrote, meant := around(runes, i, runes[i]), around(runes, i, r)
			list = append(list, proposal{text, wrote, meant, cost})
		}
	}
	return list
}

// grounded reports whether r in place of the character at i stands in a known
// run of three, where it has two neighbours to stand with. A coined name has
// gaps too, and pairs that happen to be words (优投房) are not what it means.
func (s *speller) grounded(runes []rune, i int, r rune) bool {
	windows := 0
	for from := max(0, i-2); from <= i && from+longestGram <= len(runes); from++ {
		var units []string
		for j := from; j < from+longestGram; j++ {
			c := runes[j]
			if j == i {
				c = r
			}
			if classOf(c) == han {
				units = append(units, string(c))
			}
		}
		if len(units) < longestGram {
			continue
		}
		windows++
		if s.vocabulary.Rarity(runKey(units)) < linear.Unseen {
			return true
		}
	}
	return windows == 0
}

// alike lists the characters that sound like r in one of its readings, or look
// like it.
func (s *speller) alike(r rune) []rune {
	var list []rune
	for _, reading := range index.Readings(r) {
		list = append(list, s.homophones()[reading]...)
	}
	list = append(list, s.confusables[r]...)
	slices.Sort(list)
	return slices.DeleteFunc(slices.Compact(list), func(x rune) bool { return x == r })
}

// around is the character r in place of that at i, with its neighbours.
func around(runes []rune, i int, r rune) string {
	var b strings.Builder
	for j := max(0, i-1); j <= min(i+1, len(runes)-1); j++ {
		switch {
		case j == i:
			b.WriteRune(r)
		case classOf(runes[j]) == han:
			b.WriteRune(runes[j])
		}
	}
	return b.String()
}
