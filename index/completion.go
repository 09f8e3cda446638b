package index

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// How typing is completed.
//
// Every place in every completion where a match may begin is an entry of a
// sorted suffix array: one over the text itself, one over its pinyin, one over
// the initials of its syllables. What begins with the letters typed is then one
// range, found by binary search, whether it stands at the start of a
// completion or inside it; no keystroke looks at all completions. A
// vellum FST finds prefixes as well, but its keys must be sorted first, which is
// all that the array is, and it can't say how many entries a range has.
//
// The files: completion.go builds and asks, completion_suffix.go is the array,
// completion_sound.go reads pinyin as it is mispronounced, completion_mixed.go
// abbreviations and Han among letters, completion_typo.go slips,
// completion_read.go turns pinyin back into Han.

// Completion is a text that may complete what is typed.
type Completion struct {
	Text     string
	Category int
	Service  int
	Weight   float64 // 0 to 1, how much it is wanted
}

// MatchKind says why a completion was found.
type MatchKind uint8

// The kinds, in the order in which they are believed.
const (
	MatchPrefix MatchKind = iota
	MatchInfix
	MatchPinyin
	MatchInitials
	MatchMixed
	MatchTypo
)

// String is the kind as answers show it.
func (k MatchKind) String() string {
	return [...]string{"prefix", "infix", "pinyin", "initials", "mixed", "typo"}[k]
}

// Literal tells a match of what was typed from a match of how it sounds.
func (k MatchKind) Literal() bool { return k <= MatchInfix }

// Candidate is a completion that matches. Start and End count characters of
// its key, end excluded; Doubts counts what was read otherwise than typed (z as
// zh, a rare reading).
type Candidate struct {
	ID         int32
	Start, End uint8
	Match      MatchKind
	Doubts     uint8
}

// Completions finds completions. It is immutable.
type Completions struct {
	list     []Completion
	keys     []string
	lengths  []uint8 // of keys, in characters
	literal  suffixes
	sound    suffixes
	initials suffixes
	chars    *charTable
	spelled  []uint16 // the characters of all keys, by number in chars
	starts   []uint32 // of each key in spelled
}

// longestKey is the number of characters of a completion that are matched.
const longestKey = 60

// NewCompletions prepares completions. Their order is their order where all
// else is equal; the list must not change afterwards.
func NewCompletions(list []Completion) *Completions {
	c := &Completions{list: list, keys: make([]string, len(list)), lengths: make([]uint8, len(list)), chars: newCharTable()}
	for i := range list {
		c.keys[i] = key(Normalize(list[i].Text).Norm)
		c.starts = append(c.starts, uint32(len(c.spelled)))
		for _, r := range c.keys[i] {
			c.spelled = append(c.spelled, c.chars.number(r))
		}
		c.lengths[i] = uint8(len(c.spelled) - int(c.starts[i]))
	}
	c.starts = append(c.starts, uint32(len(c.spelled)))
	var wg sync.WaitGroup
	wg.Go(func() { c.literal = literalSuffixes(c.keys) })
	c.sound, c.initials = soundSuffixes(c.keys, c.spelled, c.chars)
	wg.Wait()
	return c
}

// key is the part of a normalised text that is matched: spaces, and the
// apostrophe that separates syllables, are not.
func key(norm string) string {
	if strings.ContainsAny(norm, " '’") {
		norm = strings.NewReplacer(" ", "", "'", "", "’", "").Replace(norm)
	}
	for i, n := 0, 0; i < len(norm); n++ {
		if n == longestKey {
			return norm[:i]
		}
		_, size := utf8.DecodeRuneInString(norm[i:])
		i += size
	}
	return norm
}

// Len is the number of completions.
func (c *Completions) Len() int { return len(c.list) }

// At is a completion by its place in the list.
func (c *Completions) At(id int32) *Completion { return &c.list[id] }

// Length is the number of characters of a completion's key.
func (c *Completions) Length(id int32) int { return int(c.lengths[id]) }

// Span turns characters of a completion's key into characters of its text.
func (c *Completions) Span(id int32, start, end int) (int, int) {
	text := c.list[id].Text
	if c.keys[id] == text || start >= end {
		return start, end
	}
	norm := Normalize(text)
	from, to, n := -1, 0, 0
	for i, r := range norm.Norm {
		if r == ' ' || r == '\'' || r == '’' {
			continue
		}
		if n == start {
			from = i
		}
		if n++; n == end {
			to = i + utf8.RuneLen(r)
			break
		}
	}
	if from < 0 || to <= from {
		return 0, 0
	}
	a, b := norm.Original(from, to)
	return utf8.RuneCountInString(text[:a]), utf8.RuneCountInString(text[:b])
}

// Complete appends to found the completions of a normalised text, those in
// which it stands first. What is typed in Han is matched by sound only where it
// stands in none; a slip is looked for only where nothing else is found. A
// completion may be found more than once.
func (c *Completions) Complete(found []Candidate, norm string) []Candidate {
	typed := key(norm)
	if typed == "" {
		return found
	}
	begun := len(found)
	found = c.literally(found, typed)
	hasHan, hasLatin := scriptsOf(typed)
	switch {
	case hasHan && hasLatin && len(found) == begun:
		found = c.mixed(found, typed)
	case hasHan && len(found) == begun:
		found = c.homophones(found, typed)
	case hasLatin && !hasHan:
		found = c.pronounced(found, typed)
		found = c.abbreviated(found, typed)
	}
	if len(found) == begun {
		found = c.slips(found, typed, hasHan)
	}
	return found
}

// scriptsOf tells whether a text has Han and whether it has Latin letters.
func scriptsOf(s string) (hasHan, hasLatin bool) {
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z':
			hasLatin = true
		case r >= utf8.RuneSelf && unicode.Is(unicode.Han, r):
			hasHan = true
		}
	}
	return hasHan, hasLatin
}

// literally finds the text itself, at the start or inside.
func (c *Completions) literally(found []Candidate, typed string) []Candidate {
	length := uint8(utf8.RuneCountInString(typed))
	for _, e := range c.literal.starting(typed) {
		kind := MatchInfix
		if e.char == 0 {
			kind = MatchPrefix
		}
		found = append(found, Candidate{e.owner, e.char, e.char + length, kind, 0})
	}
	return found
}
