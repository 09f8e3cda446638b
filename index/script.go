package index

import (
	"strings"
	"sync"
	"unicode/utf8"

	"leimu/data/opencc"
)

// scriptTable turns traditional into simplified. It is read from data/opencc,
// once, when first needed, and never changes.
type scriptTable struct {
	characters map[rune]string // a traditional character -> its simplified form
	phrases    map[string]phrase
	lead       [(lastHan - firstHan + 64) / 64]uint64 // Han that start a character or phrase to change
	longestOf  int                                    // bytes of the longest phrase
}

// phrase is what a phrase turns into. A local one is a mainland word as well
// (影片, 社群): it changes only in a text that is written in traditional script.
type phrase struct {
	to    string
	local bool
}

// scripts returns the table, which is built on the first call.
var scripts = sync.OnceValue(func() *scriptTable {
	table := &scriptTable{
		characters: make(map[rune]string, 4500),
		phrases:    make(map[string]phrase, 1600),
	}
	eachPair(opencc.Characters(), func(from, to string) {
		r, _ := utf8.DecodeRuneInString(from)
		table.characters[r] = to
		table.mark(r)
	})
	eachPair(opencc.Phrases(), table.addPhrase)
	eachPair(opencc.Local(), table.addPhrase)
	return table
})

// eachPair calls add for each line "from<TAB>to"; # starts a remark.
func eachPair(lines string, add func(from, to string)) {
	for line := range strings.Lines(lines) {
		from, to, found := strings.Cut(strings.TrimSpace(line), "\t")
		if found && !strings.HasPrefix(from, "#") {
			add(from, to)
		}
	}
}

// localMark before a phrase says that it is local.
const localMark = "~"

func (t *scriptTable) addPhrase(from, to string) {
	from, local := strings.CutPrefix(from, localMark)
	t.phrases[from] = phrase{to: to, local: local}
	t.longestOf = max(t.longestOf, len(from))
	r, _ := utf8.DecodeRuneInString(from)
	t.mark(r)
}

func (t *scriptTable) mark(r rune) {
	if r >= firstHan && r <= lastHan {
		t.lead[(r-firstHan)/64] |= 1 << ((r - firstHan) % 64)
	}
}

// starts reports whether r may start something to change. Characters beyond
// the common block are rare enough to be looked up each time.
func (t *scriptTable) starts(r rune) bool {
	if r < firstHan {
		return false
	}
	if r > lastHan {
		return true
	}
	return t.lead[(r-firstHan)/64]&(1<<((r-firstHan)%64)) != 0
}

func (t *scriptTable) anyStarts(s string) bool {
	for _, r := range s {
		if t.starts(r) {
			return true
		}
	}
	return false
}

// changes reports whether the start of s is anything but plain simplified
// text: a traditional character, or a phrase that applies in any script.
func (t *scriptTable) changes(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	if _, ok := t.characters[r]; ok {
		return true
	}
	from, to := t.longest(s, false)
	return from != to
}

// isTraditional reports whether s has a character that only traditional script has.
func (t *scriptTable) isTraditional(s string) bool {
	for _, r := range s {
		if _, ok := t.characters[r]; ok {
			return true
		}
	}
	return false
}

// longest returns the longest start of s that the table knows, at least one
// character, and what it becomes.
func (t *scriptTable) longest(s string, traditional bool) (from, to string) {
	r, size := utf8.DecodeRuneInString(s)
	if !t.starts(r) {
		return s[:size], s[:size]
	}
	for end := min(len(s), t.longestOf); end > size; end-- {
		if end < len(s) && !utf8.RuneStart(s[end]) {
			continue
		}
		if p, ok := t.phrases[s[:end]]; ok && (traditional || !p.local) {
			return s[:end], p.to
		}
	}
	if to, ok := t.characters[r]; ok {
		return s[:size], to
	}
	return s[:size], s[:size]
}
