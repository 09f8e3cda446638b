package index

import (
	"sort"
	"unicode/utf8"
)

// homophones finds Han that is typed with a wrong character of the same sound
// (充店宝). Most of it must be right: of words with other characters throughout,
// sound says too little (景点 is not 经典).
func (c *Completions) homophones(found []Candidate, typed string) []Candidate {
	chars := []rune(typed)
	if len(chars) < fewestHomophones {
		return found
	}
	letters := ""
	for _, syllable := range Pinyin(typed) {
		letters += syllable
	}
	for _, e := range c.sound.starting(letters) {
		count, whole := c.sound.characters(e, len(letters))
		if !whole || count != len(chars) {
			continue
		}
		wrong := uint8(c.different(e, chars))
		if int(wrong)*2 < len(chars) {
			found = append(found, Candidate{e.owner, e.char, e.char + uint8(count), MatchTypo, wrong})
		}
	}
	return found
}

// different counts the characters of an entry that are not the given ones.
func (c *Completions) different(e entry, chars []rune) int {
	spelled := c.spelled[c.starts[e.owner]+uint32(e.char):]
	different := 0
	for i, r := range chars {
		if n, ok := c.chars.numbers[r]; !ok || n != spelled[i] {
			different++
		}
	}
	return different
}

// The shortest texts in which a slip is looked for: in shorter ones it would
// find anything.
const (
	fewestHomophones = 3
	fewestTyped      = 4
)

// slips finds what is typed with one character wrong, missing, too many or
// swapped with the next.
func (c *Completions) slips(found []Candidate, typed string, hasHan bool) []Candidate {
	if n := utf8.RuneCountInString(typed); n < fewestTyped || n > longestKey {
		return found
	}
	array, text := &c.literal, typed
	if !hasHan {
		array, text = &c.sound, spelling.Replace(typed)
	}
	array.slip(text, func(r run, length int) {
		for _, e := range array.entries[r.from:r.to] {
			count, _ := array.characters(e, length)
			found = append(found, Candidate{e.owner, e.char, e.char + uint8(count), MatchTypo, 0})
		}
	})
	return found
}

// slip calls emit with every run that begins with a text one slip away from
// typed. Up to the slip a text is one run, and after it too, so that a slip costs
// one look for each character that may stand in its place.
func (s *suffixes) slip(typed string, emit func(r run, length int)) {
	before := s.all()
	for at := 0; at < len(typed) && !before.empty(); {
		r, size := utf8.DecodeRuneInString(typed[at:])
		rest := typed[at+size:]
		try := func(text string) {
			if r := s.narrow(before, at, text); !r.empty() {
				emit(r, at+len(text))
			}
		}
		try(rest) // one too many
		if rest != "" {
			_, next := utf8.DecodeRuneInString(rest)
			try(rest[:next] + string(r) + rest[next:]) // swapped
		}
		if at > 0 { // the first is seldom wrong, and thousands might stand in its place
			s.nextCharacters(before, at, func(other string) {
				try(other + rest)
				try(other + typed[at:])
			})
		}
		before = s.narrow(before, at, typed[at:at+size])
		at += size
	}
}

// nextCharacters calls each with every character with which the entries of a run
// go on after depth bytes.
func (s *suffixes) nextCharacters(r run, depth int, each func(character string)) {
	for r.from += s.ending(r, depth); !r.empty(); {
		following := s.arena[int(s.entries[r.from].place)+depth:]
		_, size := utf8.DecodeRune(following)
		character := string(following[:size])
		each(character)
		r.from = s.narrow(r, depth, character).to
	}
}

// ending counts the entries of a run that end after depth bytes; they stand first.
func (s *suffixes) ending(r run, depth int) int {
	return sort.Search(r.to-r.from, func(i int) bool { return s.arena[int(s.entries[r.from+i].place)+depth] != 0 })
}
