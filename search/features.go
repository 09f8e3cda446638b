package search

import (
	"unicode"
	"unicode/utf8"
)

// How a description becomes features.
//
// The normalised text is cut into units: a Han character, a run of Latin
// letters or of digits. Words that tell nothing (小程序, 一款, 请问…) and
// punctuation end a phrase. Features are the runs of one, two and three units
// within a phrase, and its words. Marking the end of a phrase, longer runs,
// pairs of words and skipped units were tried and brought nothing.

// longestGram is the number of units of the longest n-gram.
const longestGram = 3

// phraseUnits calls phrase for each phrase of text: where it starts and ends,
// and its units.
func phraseUnits(text string, noise *noiseWords, phrase func(start, end int, units []string)) {
	var units []string
	start := 0
	flush := func(end int) {
		if len(units) > 0 {
			phrase(start, end, units)
			units = units[:0]
		}
	}
	for i := 0; i < len(text); {
		if n := noise.match(text[i:]); n > 0 {
			flush(i)
			i += n
			continue
		}
		n := unitLength(text[i:])
		switch {
		case n == 0:
			flush(i)
			_, n = utf8.DecodeRuneInString(text[i:])
		case len(units) == 0:
			start = i
			fallthrough
		default:
			units = append(units, text[i:i+n])
		}
		i += n
	}
	flush(len(text))
}

// unitLength is the length in bytes of the unit that s begins with, 0 where it
// begins with none.
func unitLength(s string) int {
	first, n := utf8.DecodeRuneInString(s)
	class := classOf(first)
	if class == other {
		return 0
	}
	for class != han && n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if classOf(r) != class {
			break
		}
		n += size
	}
	return n
}

const (
	other = iota
	han
	letter
	digit
)

func classOf(r rune) int {
	switch {
	case unicode.Is(unicode.Han, r):
		return han
	case unicode.IsLetter(r):
		return letter
	case unicode.IsDigit(r):
		return digit
	}
	return other
}

// eachGram calls emit with the key of every run of units.
func eachGram(units []string, emit func(key uint32)) {
	for i := range units {
		h := fnvStart
		for n := 0; n < longestGram && i+n < len(units); n++ {
			h = hashUnit(h, units[i+n])
			emit(fold(h))
		}
	}
}

// runKey is the key of a run of units, at most longestGram.
func runKey(units []string) uint32 {
	h := fnvStart
	for _, u := range units {
		h = hashUnit(h, u)
	}
	return fold(h)
}

// wordKey is the key of a word, other than that of the same run of units.
func wordKey(word string) uint32 { return fold(hashUnit(hashUnit(fnvStart, ""), word)) }

const fnvStart uint64 = 14695981039346656037

// hashUnit continues a 64-bit FNV-1a hash by a unit and a separator.
func hashUnit(h uint64, unit string) uint64 {
	for i := range len(unit) {
		h = (h ^ uint64(unit[i])) * 1099511628211
	}
	return (h ^ 0xff) * 1099511628211
}

func fold(h uint64) uint32 { return uint32(h>>32) ^ uint32(h) }
