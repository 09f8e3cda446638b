package index

import (
	"slices"
	"unicode/utf8"
)

// abbreviated finds what is typed as initials (gxcdb), or with some syllables
// spelled out and others not (gongxcdb).
func (c *Completions) abbreviated(found []Candidate, typed string) []Candidate {
	letters := spelling.Replace(typed)
	if len(letters) < 2 {
		return found
	}
	for _, e := range c.initials.starting(letters) {
		doubts := uint8(0)
		if e.rare {
			doubts = 1
		}
		found = append(found, Candidate{e.owner, e.char, e.char + uint8(len(letters)), MatchInitials, doubts})
	}
	if len(letters) < 3 {
		return found
	}
	for _, abbreviation := range c.chars.firstInitials(letters) {
		for _, e := range c.initials.starting(abbreviation) {
			found = c.follow(found, e, int(e.char), letters)
		}
	}
	return found
}

// keptInitials is how many initials narrow the candidates before the rest of the
// letters is compared one by one.
const keptInitials = 3

// firstInitials lists what the initials of the first syllables may be, given
// letters of which each syllable may be cut short: gongx is gx, and go, gon … as
// well. Letters that are initials one by one are left out, as are readings of one
// syllable.
func (t *charTable) firstInitials(letters string) []string {
	var list []string
	var next func(at int, initials string)
	next = func(at int, initials string) {
		if at >= len(letters) || len(initials) == keptInitials {
			if len(initials) > 1 && len(initials) < len(letters) && !slices.Contains(list, initials) {
				list = append(list, initials)
			}
			return
		}
		initials += letters[at : at+1]
		for n := 1; n <= maxLetters && at+n <= len(letters); n++ {
			if !t.begins[letters[at:at+n]] {
				break
			}
			next(at+n, initials)
		}
	}
	next(0, "")
	return list
}

// mixed finds Han among letters (共享chong, gx充电宝): the longest run of Han
// stands there as it is, and the letters before and after it are followed.
func (c *Completions) mixed(found []Candidate, typed string) []Candidate {
	typed = spelling.Replace(typed)
	from, to := longestHan(typed)
	earliest, latest := 0, 0 // characters before the run; a letter or more makes one
	if from > 0 {
		earliest, latest = utf8.RuneCountInString(typed[:from]), 1
	}
	for _, e := range c.literal.starting(typed[from:to]) {
		for start := max(int(e.char)-earliest, 0); start <= int(e.char)-latest; start++ {
			begun := len(found)
			if found = c.follow(found, e, start, typed); len(found) > begun {
				break
			}
		}
	}
	return found
}

// longestHan is the longest run of Han characters, the first of equals.
func longestHan(s string) (from, to int) {
	start := -1
	for i, r := range s {
		switch {
		case r < utf8.RuneSelf:
			start = -1
		case start < 0:
			start = i
			fallthrough
		default:
			if end := i + utf8.RuneLen(r); end-start > to-from {
				from, to = start, end
			}
		}
	}
	return from, to
}

// follow adds the completion of an entry where typed can be read off it from the
// character start on.
func (c *Completions) follow(found []Candidate, e entry, start int, typed string) []Candidate {
	chars := c.spelled[c.starts[e.owner]:c.starts[e.owner+1]]
	used, doubts, ok := c.chars.follow(chars[start:], typed)
	if !ok {
		return found
	}
	return append(found, Candidate{e.owner, uint8(start), uint8(start + used), MatchMixed, doubts})
}

// follow reads typed off characters: a Han character stands for itself, letters
// for the beginning of a reading of theirs, longer beginnings first. It returns
// how many characters that takes.
func (t *charTable) follow(chars []uint16, typed string) (used int, doubts uint8, ok bool) {
	if typed == "" {
		return 0, 0, true
	}
	if len(chars) == 0 {
		return 0, 0, false
	}
	if r, size := utf8.DecodeRuneInString(typed); r >= utf8.RuneSelf {
		if n, known := t.numbers[r]; !known || n != chars[0] {
			return 0, 0, false
		}
		used, doubts, ok = t.follow(chars[1:], typed[size:])
		return used + 1, doubts, ok
	}
	for i, reading := range t.readings[chars[0]] {
		for n := commonPrefix(reading, typed); n > 0; n-- {
			if used, doubts, ok = t.follow(chars[1:], typed[n:]); ok {
				if i >= int(t.plain[chars[0]]) {
					doubts++
				}
				return used + 1, doubts, true
			}
		}
	}
	return 0, 0, false
}

func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}
