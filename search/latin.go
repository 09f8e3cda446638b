package search

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"leimu/data"
	"leimu/data/dictionary"
	"leimu/index"
	"leimu/search/linear"
)

// What Latin letters mean.
//
//	ktv dingfang          ktv 订房        ktv stands in the lexicon as it is
//	gongxiang danche      共享单车        pinyin, spaces or not
//	gjj tiqu              公积金 提取     initials, where letters spell nothing
//	pet food 网店         宠物 食品…  English words of the glossary
//
// Pinyin is read as the cheapest row of words, a word costing what it is rare
// in the lexicon; so 会计 is huiji nowhere, and heteronyms come out right.

// reader turns Latin letters into Han. Its tables are made when letters are
// first met, and never change.
type reader struct {
	english    map[string]string
	vocabulary *linear.Vocabulary
	table      func() *spellings
}

// spellings lists words by their letters and by their initials, the commonest
// first.
type spellings struct{ full, initials map[string][]homophone }

type homophone struct {
	text string
	cost float64
}

func newReader(k *data.Knowledge, vocabulary *linear.Vocabulary) *reader {
	r := &reader{english: k.Language.English, vocabulary: vocabulary}
	r.table = sync.OnceValue(func() *spellings { return r.spell(k.Lexicon) })
	return r
}

// Bounds of the tables: words kept for the same letters, and characters of the
// longest word.
const (
	homophonesKept = 4
	longestSpelled = 8
)

// spell makes the tables of all words that are known.
func (r *reader) spell(lexicon *data.Lexicon) *spellings {
	t := &spellings{map[string][]homophone{}, map[string][]homophone{}}
	seen := map[string]bool{}
	add := func(word string) {
		word = index.Normalize(word).Norm
		if n := len([]rune(word)); seen[word] || n > longestSpelled || !allHan(word) {
			return
		}
		seen[word] = true
		cost := r.rarity(word)
		syllables := index.Pinyin(word)
		letters := strings.Join(syllables, "")
		t.full[letters] = append(t.full[letters], homophone{word, cost})
		if len(syllables) >= 2 && cost < linear.Unseen {
			initials := index.Initials(word)
			t.initials[initials] = append(t.initials[initials], homophone{word, cost})
		}
	}
	for _, e := range lexicon.Entries {
		if e.Kind == data.KindTerms || e.Kind == data.KindShort {
			add(e.Text)
		}
	}
	for line := range strings.Lines(dictionary.Words()) {
		word, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		add(word)
	}
	for _, m := range []map[string][]homophone{t.full, t.initials} {
		for letters, list := range m {
			slices.SortFunc(list, func(a, b homophone) int { return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.text, b.text)) })
			m[letters] = list[:min(len(list), homophonesKept)]
		}
	}
	return t
}

func allHan(word string) bool {
	return word != "" && !strings.ContainsFunc(word, func(r rune) bool { return classOf(r) != han })
}

// rarity of a word is that of its rarest run of units, as far as runs are
// counted.
func (r *reader) rarity(word string) float64 {
	var units []string
	for i, c := range word {
		units = append(units, word[i:i+len(string(c))])
	}
	worst := 0.0
	for i := 0; i+min(longestGram, len(units)) <= len(units); i++ {
		worst = max(worst, r.vocabulary.Rarity(runKey(units[i:i+min(longestGram, len(units))])))
	}
	return worst
}

// commonness weighs down what is rare: from 1 for a word of every text to
// leastCommon for one of none.
func (r *reader) commonness(word string) float64 {
	return 1 - (1-leastCommon)*r.rarity(index.Normalize(word).Norm)/linear.Unseen
}

const leastCommon = 0.8

// latinRun is a run of Latin words in a text, between its bytes.
type latinRun struct {
	start, end int
	words      []string
}

// latinRuns finds the runs of Latin words, single spaces apart; an
// apostrophe inside one (xi'an) is left out.
func latinRuns(text string) []latinRun {
	var runs []latinRun
	for i := 0; i < len(text); {
		if !isLatin(text[i]) {
			i++
			continue
		}
		start := i
		for i < len(text) && (isLatin(text[i]) || (text[i] == ' ' || text[i] == '\'') && i+1 < len(text) && isLatin(text[i+1])) {
			i++
		}
		words := strings.Fields(strings.ReplaceAll(text[start:i], "'", ""))
		runs = append(runs, latinRun{start, i, words})
	}
	return runs
}

func isLatin(b byte) bool { return 'a' <= b && b <= 'z' }

// read lists what a run of Latin words may mean, the likeliest first; nil where
// it is best taken as it stands.
func (r *reader) read(words []string) []string {
	meanings := []string{""}
	changed := false
	for i := 0; i < len(words); {
		n, options := r.next(words[i:])
		if len(options) == 0 {
			options = []string{" " + strings.Join(words[i:i+n], " ") + " "}
		} else {
			changed = true
		}
		meanings = combine(meanings, options)
		i += n
	}
	if !changed {
		return nil
	}
	for i := range meanings {
		meanings[i] = index.Normalize(meanings[i]).Norm
	}
	return meanings
}

// next reads the first words of a run: how many it took, and what they may
// mean (nothing: as they stand).
func (r *reader) next(words []string) (int, []string) {
	const longestPhrase = 3
	for n := min(longestPhrase, len(words)); n > 0; n-- {
		phrase := strings.Join(words[:n], " ")
		if chinese := r.english[phrase]; chinese != "" {
			return n, []string{" " + phrase + " " + chinese + " "}
		}
	}
	if r.known(words[0]) {
		return 1, nil
	}
	n := 1
	for n < len(words) && !r.known(words[n]) && r.english[words[n]] == "" {
		n++
	}
	for ; n > 0; n-- {
		if readings := r.pinyin(strings.Join(words[:n], "")); len(readings) > 0 {
			return n, readings
		}
	}
	return 1, r.abbreviation(words[0])
}

// known reports whether Latin letters stand in the lexicon as they are.
func (r *reader) known(word string) bool {
	const common = 10.2 // in one of ten thousand texts
	return r.vocabulary.Rarity(runKey([]string{word})) < common
}

// combine puts each option behind each beginning, at most optionsKept.
func combine(beginnings, options []string) []string {
	const optionsKept = 4
	var list []string
	for _, b := range beginnings {
		for _, o := range options {
			if len(list) < optionsKept {
				list = append(list, b+o)
			}
		}
	}
	return list
}

// abbreviation lists the words that letters may be the initials of.
func (r *reader) abbreviation(letters string) []string {
	var list []string
	if len(letters) < 2 || len(letters) > longestSpelled {
		return nil
	}
	for _, s := range r.table().initials[letters] {
		list = append(list, s.text)
	}
	return list
}

// way is a reading of the beginning of some letters.
type way struct {
	text string
	cost float64
}

// Bounds of reading pinyin: letters, ways kept at each place, and the cost of
// each word for itself, which makes one long word beat two short ones.
const (
	lettersRead = 64
	waysKept    = 4
	wordCost    = 2
)

// pinyin lists the readings of letters that are pinyin from end to end.
func (r *reader) pinyin(letters string) []string {
	if len(letters) < 2 || len(letters) > lettersRead || index.Syllables(letters) == nil {
		return nil
	}
	table := r.table()
	if words := table.full[letters]; len(words) > 0 { // one word, not several that sound like it
		var list []string
		for _, w := range words {
			list = append(list, w.text)
		}
		return list
	}
	ways := make([][]way, len(letters)+1)
	ways[0] = []way{{}}
	for i := range letters {
		for j := i + 1; j <= len(letters) && len(ways[i]) > 0; j++ {
			for _, s := range table.full[letters[i:j]] {
				for _, w := range ways[i] {
					ways[j] = append(ways[j], way{w.text + s.text, w.cost + s.cost + wordCost})
				}
			}
			ways[j] = cheapest(ways[j])
		}
	}
	var list []string
	for _, w := range ways[len(letters)] {
		list = append(list, w.text)
	}
	return list
}

func cheapest(ways []way) []way {
	slices.SortFunc(ways, func(a, b way) int { return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.text, b.text)) })
	ways = slices.CompactFunc(ways, func(a, b way) bool { return a.text == b.text })
	return ways[:min(len(ways), waysKept)]
}
