package index

import "strings"

// charTable numbers the characters that completions have, with how each may be
// typed. Latin letters and digits are typed as themselves.
type charTable struct {
	numbers  map[rune]uint16
	readings [][]string      // the commonest first, mispronounced ones last
	plain    []uint8         // how many of the readings are right
	begins   map[string]bool // what a reading may begin with
}

func newCharTable() *charTable {
	return &charTable{numbers: make(map[rune]uint16, 5000), begins: make(map[string]bool, 1000)}
}

func (t *charTable) number(r rune) uint16 {
	if n, ok := t.numbers[r]; ok {
		return n
	}
	n := uint16(len(t.readings))
	t.numbers[r] = n
	readings := Readings(r)
	if len(readings) == 0 {
		readings = []string{string(r)}
	}
	t.plain = append(t.plain, uint8(len(readings)))
	for _, reading := range readings[:len(readings):len(readings)] {
		readings = append(readings, confusable(reading)...)
	}
	t.readings = append(t.readings, readings)
	for _, reading := range readings {
		for end := range len(reading) {
			if begins := reading[:end+1]; !t.begins[begins] {
				t.begins[begins] = true
			}
		}
	}
	return n
}

// rare lists the right readings of a character other than the given one.
func (t *charTable) rare(n uint16, usual string) []string {
	var rare []string
	if right := t.readings[n][:t.plain[n]]; len(right) > 1 {
		for _, reading := range right {
			if reading != usual {
				rare = append(rare, reading)
			}
		}
	}
	return rare
}

// confusable lists how a syllable is typed by those who do not tell zh from z, ch
// from c, sh from s, n from l, ing from in or eng from en.
func confusable(syllable string) []string {
	var list []string
	initials := [...]string{syllable, otherInitial(syllable)}
	for i, s := range initials {
		if s == "" {
			continue
		}
		if i > 0 {
			list = append(list, s)
		}
		switch {
		case strings.HasSuffix(s, "ing"), strings.HasSuffix(s, "eng"):
			list = append(list, s[:len(s)-1])
		case strings.HasSuffix(s, "in"), strings.HasSuffix(s, "en"):
			list = append(list, s+"g")
		}
	}
	return list
}

// otherInitial is the syllable with the initial that its own is taken for.
func otherInitial(s string) string {
	if len(s) < 2 {
		return ""
	}
	switch flat := s[0] == 'z' || s[0] == 'c' || s[0] == 's'; {
	case flat && s[1] == 'h':
		return s[:1] + s[2:]
	case flat:
		return s[:1] + "h" + s[1:]
	case s[0] == 'n':
		return "l" + s[1:]
	case s[0] == 'l':
		return "n" + s[1:]
	}
	return ""
}
