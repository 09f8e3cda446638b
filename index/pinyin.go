package index

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"leimu/data/dictionary"
)

// readingTable says how characters and words are read. It is taken from
// data/dictionary, once, when first needed, and never changes. Readings stay
// joined by spaces until asked for, which keeps the start cheap.
type readingTable struct {
	characters map[rune]string
	words      map[string]string // words that the characters alone get wrong
	longest    int               // bytes of the longest of the words
	syllables  map[string]bool
}

var readingsTable = sync.OnceValue(func() *readingTable {
	table := &readingTable{
		characters: make(map[rune]string, 5000),
		words:      make(map[string]string, 500),
		syllables:  make(map[string]bool, 450),
	}
	eachReading(dictionary.Pinyin(), table.add)
	eachReading(dictionary.Heteronyms(), table.add)
	return table
})

// eachReading calls add for each line "word reading…"; # starts a remark.
func eachReading(lines string, add func(word, readings string)) {
	for line := range strings.Lines(lines) {
		word, readings, found := strings.Cut(strings.TrimSpace(line), " ")
		if found && word != "#" {
			add(word, readings)
		}
	}
}

func (t *readingTable) add(word, readings string) {
	for reading := range strings.SplitSeq(readings, " ") {
		if !t.syllables[reading] {
			t.syllables[reading] = true
		}
	}
	if r, size := utf8.DecodeRuneInString(word); size == len(word) {
		t.characters[r] = readings
		return
	}
	t.words[word] = readings
	t.longest = max(t.longest, len(word))
}

// Pinyin returns the reading of each character of a normalised word, without
// tones: 银行 is yin hang, 步行 is bu xing. A character that is not Han, or that
// has no known reading, stands for itself.
func Pinyin(word string) []string {
	table := readingsTable()
	syllables := make([]string, 0, len(word)/hanBytes+1)
	for word != "" {
		known, readings := table.longestWord(word)
		if known > 0 {
			syllables = append(syllables, strings.Fields(readings)...)
			word = word[known:]
			continue
		}
		r, size := utf8.DecodeRuneInString(word)
		if all, ok := table.characters[r]; ok {
			first, _, _ := strings.Cut(all, " ")
			syllables = append(syllables, first)
		} else {
			syllables = append(syllables, word[:size])
		}
		word = word[size:]
	}
	return syllables
}

// longestWord returns the length and readings of the longest known word that
// text starts with, 0 where there is none.
func (t *readingTable) longestWord(text string) (int, string) {
	for end := min(len(text), t.longest); end > 0; end-- {
		if end < len(text) && !utf8.RuneStart(text[end]) {
			continue
		}
		if readings, ok := t.words[text[:end]]; ok {
			return end, readings
		}
	}
	return 0, ""
}

// Readings returns all readings of a character, the commonest first.
func Readings(r rune) []string { return strings.Fields(readingsTable().characters[r]) }

// Initials returns the first letter of each syllable of word: gxcdb for 共享充电宝.
func Initials(word string) string {
	var initials strings.Builder
	for _, syllable := range Pinyin(word) {
		r, _ := utf8.DecodeRuneInString(syllable)
		initials.WriteRune(r)
	}
	return initials.String()
}

// Bounds of Syllables: ways that it keeps, and letters that it reads.
const (
	maxWays    = 8
	maxTyped   = 120
	maxLetters = 6 // of a syllable: zhuang
)

// Syllables returns the ways to read Latin letters as pinyin, those of fewest
// syllables first, among them those with a longer first syllable: xian is
// xian or xi an. An apostrophe or a space ends a syllable; ü may be typed as v
// or, after l and n, lue as lve. It returns nil for what is no pinyin.
func Syllables(typed string) [][]string {
	if len(typed) > maxTyped {
		return nil
	}
	ways := [][]string{nil}
	for part := range strings.FieldsFuncSeq(spelling.Replace(typed), isSyllableEnd) {
		var longer [][]string
		for _, before := range ways {
			for _, after := range waysToRead(part) {
				longer = append(longer, slices.Concat(before, after))
			}
		}
		ways = fewestFirst(longer)
	}
	if len(ways) == 0 || len(ways[0]) == 0 {
		return nil
	}
	return ways
}

// spelling makes the ways in which people type ü one.
var spelling = strings.NewReplacer("ü", "v", "lue", "lve", "nue", "nve")

func isSyllableEnd(r rune) bool { return r == ' ' || r == '\'' }

// waysToRead works from the end, as the best ways from each letter on are
// those of the rest, each with one more syllable before it.
func waysToRead(letters string) [][]string {
	syllables := readingsTable().syllables
	from := make([][][]string, len(letters)+1)
	from[len(letters)] = [][]string{nil}
	for start := len(letters) - 1; start >= 0; start-- {
		for end := min(start+maxLetters, len(letters)); end > start; end-- {
			if !syllables[letters[start:end]] {
				continue
			}
			for _, rest := range from[end] {
				from[start] = append(from[start], slices.Concat([]string{letters[start:end]}, rest))
			}
		}
		from[start] = fewestFirst(from[start])
	}
	return from[0]
}

// fewestFirst keeps the best ways.
func fewestFirst(ways [][]string) [][]string {
	slices.SortStableFunc(ways, func(a, b []string) int { return len(a) - len(b) })
	return ways[:min(maxWays, len(ways))]
}
