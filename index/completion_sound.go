package index

import "sync"

// literalSuffixes is the array over the keys themselves.
func literalSuffixes(keys []string) suffixes {
	size := 0
	for _, k := range keys {
		size += len(k) + 1
	}
	s := newSuffixes(size, size/2)
	var pieces []string
	for i, k := range keys {
		pieces = pieces[:0]
		for from, r := range k {
			pieces = append(pieces, k[from:from+len(string(r))])
		}
		s.add(int32(i), pieces, false, false)
	}
	s.sort()
	return s
}

// soundSuffixes makes the arrays over the pinyin of keys and over its initials.
// A match may begin at any character in the reading that fits the word; other
// readings of a character (chongyao for 重要) are followed from the start of a
// completion alone, as each costs an entry.
func soundSuffixes(keys []string, spelled []uint16, chars *charTable) (sound, initials suffixes) {
	sound, initials = newSuffixes(24*len(keys), 6*len(keys)), newSuffixes(8*len(keys), 6*len(keys))
	var first []string
	for i, syllables := range spell(keys) {
		owner := int32(i)
		sound.add(owner, syllables, false, false)
		first = firstLetters(first[:0], syllables)
		initials.add(owner, first, false, false)
		for at, n := range spelled[:len(syllables)] {
			usual := syllables[at]
			for _, reading := range chars.rare(n, usual) {
				syllables[at] = reading
				sound.add(owner, syllables, true, true)
				if reading[0] != usual[0] {
					initials.add(owner, firstLetters(first[:0], syllables), true, true)
				}
			}
			syllables[at] = usual
		}
		spelled = spelled[len(syllables):]
	}
	sound.sort()
	initials.sort()
	return sound, initials
}

func firstLetters(letters, syllables []string) []string {
	for _, s := range syllables {
		n := 1
		if s[0] >= 0x80 { // no reading is known: the character itself
			n = len(s)
		}
		letters = append(letters, s[:n])
	}
	return letters
}

// spell reads all keys aloud. It is a third of the work of building, so two do it.
func spell(keys []string) [][]string {
	spelled := make([][]string, len(keys))
	part := func(from, to int) {
		for i := from; i < to; i++ {
			spelled[i] = Pinyin(keys[i])
		}
	}
	var wg sync.WaitGroup
	half := len(keys) / 2
	wg.Go(func() { part(0, half) })
	part(half, len(keys))
	wg.Wait()
	return spelled
}

// pronounced finds what is typed as pinyin, its last syllable perhaps half
// typed, and initials and finals perhaps mispronounced.
func (c *Completions) pronounced(found []Candidate, typed string) []Candidate {
	tell := func(r run, length int, doubts uint8) {
		broad := r.to-r.from > broadRun
		for _, e := range c.sound.entries[r.from:r.to] {
			if broad && e.char > 0 {
				continue
			}
			found = append(found, c.heard(e, length, doubts))
		}
	}
	letters := spelling.Replace(typed)
	c.sound.hear(c.sound.all(), 0, letters, 0, tell)
	if letters != typed { // lue may be lve, and the end of one syllable and the next: lu e
		c.sound.hear(c.sound.all(), 0, typed, 0, tell)
	}
	return found
}

// broadRun is the number of places from which on letters say so little (s, sh)
// that only completions that begin with them are worth telling.
const broadRun = 3000

func (c *Completions) heard(e entry, length int, doubts uint8) Candidate {
	if e.rare {
		doubts++
	}
	count, _ := c.sound.characters(e, length)
	return Candidate{e.owner, e.char, e.char + uint8(count), MatchPinyin, doubts}
}

// mostDoubts is the number of letters that are read otherwise than typed in one
// match. Every doubt doubles the readings, of which most die at once.
const mostDoubts = 3

// hear narrows a run by letters, in every way in which they may be meant, and
// calls emit with each run that is left and the length of what it shares.
func (s *suffixes) hear(r run, depth int, letters string, doubts uint8, emit func(r run, length int, doubts uint8)) {
	at, typed, meant := nextDoubt(letters)
	if typed == "" {
		if r = s.narrow(r, depth, letters); !r.empty() {
			emit(r, depth+len(letters), doubts)
		}
		return
	}
	if at > 0 {
		if r = s.narrow(r, depth, letters[:at]); r.empty() {
			return
		}
		depth += at
	}
	rest := letters[at+len(typed):]
	if as := s.narrow(r, depth, typed); !as.empty() {
		s.hear(as, depth+len(typed), rest, doubts, emit)
	}
	if doubts < mostDoubts {
		if as := s.narrow(r, depth, meant); !as.empty() {
			s.hear(as, depth+len(meant), rest, doubts+1, emit)
		}
	}
}

// nextDoubt finds the first letters that may be meant otherwise: where they
// stand, they themselves, and what may be meant. What is typed last may be half
// typed, so that it is in no doubt yet: z may become zh.
func nextDoubt(letters string) (at int, typed, meant string) {
	for i := range len(letters) {
		if typed, meant := doubt(letters[i:]); typed != "" {
			return i, typed, meant
		}
	}
	return 0, "", ""
}

// doubt is what a text begins with and what may be meant by it, both empty where
// there is no doubt.
func doubt(s string) (typed, meant string) {
	if len(s) < 2 {
		return "", ""
	}
	switch s[0] {
	case 'z', 'c', 's':
		if s[1] == 'h' {
			return s[:2], s[:1]
		}
		return s[:1], s[:1] + "h"
	case 'l':
		return "l", "n"
	case 'n':
		if isVowel(s[1]) {
			return "n", "l"
		}
	case 'i', 'e':
		if s[1] != 'n' {
			return "", ""
		}
		if len(s) > 2 && s[2] == 'g' {
			return s[:3], s[:2]
		}
		if len(s) > 2 {
			return s[:2], s[:2] + "g"
		}
	}
	return "", ""
}

func isVowel(b byte) bool {
	return b == 'a' || b == 'e' || b == 'i' || b == 'o' || b == 'u' || b == 'v'
}
