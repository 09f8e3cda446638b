package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"leimu/data"
	"leimu/index"
)

// What a description denies.
//
//	不卖药,只做用药提醒        denies 药
//	不是旅行社,只写游记        denies 旅行社
//	除了酒水都能点             denies 酒水
//
// A cue (不卖, 并非, 没有) denies what follows to the end of its clause or to a
// word that turns back to what is done (只, 而是). Words that only begin like a
// cue (不锈钢, 非处方药) deny nothing, nor do questions (是不是, 有没有).

type negation struct {
	before, except, turn, closer, opener *noiseWords
	exclude                              *noiseWords
	all, adds                            []string
}

func newNegation(n data.Negation) *negation {
	words := func(list []string) *noiseWords { return newNoiseWords(normalized(list)...) }
	return &negation{words(n.Before), words(n.Except), words(n.Turn), words(n.Closer), words(n.Opener),
		words(n.Exclude), normalized(n.All), normalized(n.Adds)}
}

func normalized(words []string) []string {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = index.Normalize(w).Norm
	}
	return list
}

// clauseEnds are the signs that end a clause. A 、 does not: it lists what is
// denied together.
const clauseEnds = ",.;!?:,。;!?:()()\n"

// spans finds the denied parts of a normalised text, in order.
func (n *negation) spans(text string) [][2]int {
	var spans [][2]int
	clauseStart := true
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if strings.ContainsRune(clauseEnds, r) || r == ' ' {
			clauseStart = true
			i += size
			continue
		}
		from := i + n.cue(text, i, clauseStart)
		clauseStart = false
		if from == i {
			i += max(size, n.except.match(text[i:]))
			continue
		}
		end := n.end(text, from)
		if from < end {
			spans = append(spans, [2]int{from, end})
		}
		i = end
	}
	return spans
}

// cue is the length of the cue at i, 0 for none. A cue of one character (无, 非)
// counts at the start of a clause only: inside it is mostly part of a word.
func (n *negation) cue(text string, i int, clauseStart bool) int {
	length := n.before.match(text[i:])
	if length == 0 {
		return n.exclusion(text, i)
	}
	if n.except.match(text[i:]) > 0 || asks(text, i) {
		return 0
	}
	if utf8.RuneCountInString(text[i:i+length]) == 1 && !clauseStart {
		return 0
	}
	return length
}

// asks reports whether the cue at i is the middle of a question: 是不是, 有没有.
func asks(text string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	_, size := utf8.DecodeRuneInString(text[i:])
	after, _ := utf8.DecodeRuneInString(text[i+size:])
	return before == after && before != utf8.RuneError
}

// exclusion is the length of a word such as 除了 at i, 0 for none. It excludes
// where 都 follows in the sentence, and adds where 还 or 也 does.
func (n *negation) exclusion(text string, i int) int {
	length := n.exclude.match(text[i:])
	if length == 0 || n.except.match(text[i:]) > 0 {
		return 0
	}
	rest := text[i+length:]
	if end := strings.IndexAny(rest, "。;!?"); end >= 0 {
		rest = rest[:end]
	}
	if containsAny(rest, n.all) && !containsAny(rest, n.adds) {
		return length
	}
	return 0
}

func containsAny(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

// end is where what is denied from a place on ends: at the end of the clause, at
// a space behind it, or at a word that turns. A denial may end right behind its
// cue, which has said all (不收费的自习室, 不载客只送货) or means not only
// (不是只): at a closer, and at turns that begin like an opener. Others are then part
// of what is denied (不卖光盘, 不做纯净水).
func (n *negation) end(text string, from int) int {
	said := false
	for i, r := range text[from:] {
		rest := text[from+i:]
		turns := n.turn.match(rest) > 0 || slices.ContainsFunc(n.all, func(w string) bool { return strings.HasPrefix(rest, w) })
		if i == 0 {
			turns = n.closer.match(rest) > 0 || turns && n.opener.match(rest) > 0
		}
		if turns || strings.ContainsRune(clauseEnds, r) || r == ' ' && said {
			return from + i
		}
		said = said || r != ' '
	}
	return len(text)
}
