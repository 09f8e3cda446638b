package search

import (
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

type negation struct{ before, except, turn *noiseWords }

func newNegation(n data.Negation) *negation {
	return &negation{newNoiseWords(normalized(n.Before)...), newNoiseWords(normalized(n.Except)...), newNoiseWords(normalized(n.Turn)...)}
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
		return exclusion(text, i)
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

// except for X, all: 除了 excludes where 都 follows in the clause, and adds where
// 还 or 也 does.
const exclude, excludesAll, addsTo = "除了", "都", "还也"

func exclusion(text string, i int) int {
	if !strings.HasPrefix(text[i:], exclude) {
		return 0
	}
	rest := text[i+len(exclude):]
	if end := strings.IndexAny(rest, "。;!?"); end >= 0 {
		rest = rest[:end]
	}
	if strings.Contains(rest, excludesAll) && !strings.ContainsAny(rest, addsTo) {
		return len(exclude)
	}
	return 0
}

// A denial may end right behind its cue, which has said all (不收费的自习室,
// 不收钱、不做交易, 不载客只送货) or means not only (不是只): at these signs, and
// at words that turn and begin like these. Others are part of what is denied
// (不卖光盘, 不做纯净水).
const endsAtOnce, turnsAtOnce = "的、", "只仅但就而"

// end is where what is denied from a place on ends.
func (n *negation) end(text string, from int) int {
	for i, r := range text[from:] {
		turns := n.turn.match(text[from+i:]) > 0 || strings.HasPrefix(text[from+i:], excludesAll)
		if i == 0 {
			turns = strings.ContainsRune(endsAtOnce, r) || turns && strings.ContainsRune(turnsAtOnce, r)
		}
		if turns || strings.ContainsRune(clauseEnds, r) {
			return from + i
		}
	}
	return len(text)
}
