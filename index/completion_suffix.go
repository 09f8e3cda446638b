package index

import (
	"encoding/binary"
	"sort"
)

// suffixes is a suffix array: the places in many texts where a match may begin,
// sorted by what follows there.
type suffixes struct {
	arena   []byte // the texts, each closed by a zero
	opens   []bool // whether a character begins at this byte of arena
	entries []entry
	heads   []uint64 // of entries: their first bytes, which settle most comparisons
}

// entry is one place.
type entry struct {
	place uint32 // in the arena
	owner int32  // the completion
	char  uint8  // the character of it that begins here
	rare  bool   // reached by a reading that is not the usual one
}

const headBytes = 8

// newSuffixes makes room for texts of so many bytes and places.
func newSuffixes(bytes, places int) suffixes {
	return suffixes{make([]byte, 0, bytes), make([]bool, 0, bytes), make([]entry, 0, places), nil}
}

// head packs the first bytes of a text, big end first, so that numbers compare
// as the texts do. A text ends at its zero.
func head(text []byte) uint64 {
	var block [headBytes]byte
	for i := range min(headBytes, len(text)) {
		if text[i] == 0 {
			break
		}
		block[i] = text[i]
	}
	return binary.BigEndian.Uint64(block[:])
}

// add appends a text of a completion; pieces are its characters as they are
// matched. Places begin at every character, or with onlyFirst at the first.
func (s *suffixes) add(owner int32, pieces []string, onlyFirst, rare bool) {
	for i, piece := range pieces {
		if i == 0 || !onlyFirst {
			s.entries = append(s.entries, entry{place: uint32(len(s.arena)), owner: owner, char: uint8(i), rare: rare})
		}
		for j := range len(piece) {
			s.arena = append(s.arena, piece[j])
			s.opens = append(s.opens, j == 0)
		}
	}
	s.arena, s.opens = append(s.arena, 0), append(s.opens, true)
}

// run is a range of entries, end excluded, all of which begin with the same text.
type run struct{ from, to int }

func (r run) empty() bool { return r.from >= r.to }

// all is the run of every entry; they share the empty text.
func (s *suffixes) all() run { return run{0, len(s.entries)} }

// starting lists the entries that begin with a text.
func (s *suffixes) starting(text string) []entry {
	r := s.narrow(s.all(), 0, text)
	return s.entries[r.from:r.to]
}

// narrow keeps those entries of a run, which share their first depth bytes, that
// go on with text.
func (s *suffixes) narrow(r run, depth int, text string) run {
	if depth == 0 && len(text) > 0 {
		n := min(len(text), headBytes)
		r, depth, text = s.narrowByHead(r, text[:n]), n, text[n:]
	}
	if text == "" || r.empty() {
		return r
	}
	entries := s.entries[r.from:r.to]
	from := sort.Search(len(entries), func(i int) bool { return s.compare(entries[i], depth, text) >= 0 })
	entries = entries[from:]
	to := sort.Search(len(entries), func(i int) bool { return s.compare(entries[i], depth, text) > 0 })
	return run{r.from + from, r.from + from + to}
}

func (s *suffixes) narrowByHead(r run, text string) run {
	var block [headBytes]byte
	copy(block[:], text)
	low := binary.BigEndian.Uint64(block[:])
	high := low | (1<<(8*(headBytes-len(text))) - 1)
	heads := s.heads[r.from:r.to]
	from := sort.Search(len(heads), func(i int) bool { return heads[i] >= low })
	heads = heads[from:]
	to := sort.Search(len(heads), func(i int) bool { return heads[i] > high })
	return run{r.from + from, r.from + from + to}
}

// compare orders what an entry has after depth bytes against text; 0 where it
// begins with it.
func (s *suffixes) compare(e entry, depth int, text string) int {
	at := int(e.place) + depth
	for i := range len(text) {
		if d := int(s.arena[at+i]) - int(text[i]); d != 0 {
			return d
		}
	}
	return 0
}

// characters counts the characters of an entry that the first length bytes reach
// into, and tells whether they end where one ends.
func (s *suffixes) characters(e entry, length int) (count int, whole bool) {
	opens := s.opens[e.place:]
	for i := range length {
		if opens[i] {
			count++
		}
	}
	return count, opens[length]
}
