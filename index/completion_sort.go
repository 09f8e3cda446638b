package index

import (
	"bytes"
	"slices"
)

// headed is an entry on its way to its place.
type headed struct {
	head  uint64
	entry uint32
}

// sort orders the entries once all are added, in the order of their owners and
// places. Equal texts keep that order.
//
// Heads are sorted as numbers, 16 bits at a time from the last: a quarter of the
// time of comparing, and this is most of the start. Only entries of equal heads
// are then compared by what follows.
func (s *suffixes) sort() {
	from, to := make([]headed, len(s.entries)), make([]headed, len(s.entries))
	for i := range s.entries {
		from[i] = headed{head(s.arena[s.entries[i].place:]), uint32(i)}
	}
	for shift := 0; shift < 64; shift += digitBits {
		sortByDigit(to, from, shift)
		from, to = to, from
	}
	for i := 0; i < len(from); {
		end := i + 1
		for end < len(from) && from[end].head == from[i].head {
			end++
		}
		if end-i > 1 && from[i].head&0xff != 0 { // else the texts end within their heads
			slices.SortStableFunc(from[i:end], func(a, b headed) int { return bytes.Compare(s.tail(a.entry), s.tail(b.entry)) })
		}
		i = end
	}
	entries := make([]entry, len(from))
	s.heads = make([]uint64, len(from))
	for i, h := range from {
		entries[i], s.heads[i] = s.entries[h.entry], h.head
	}
	s.entries = entries
}

const digitBits = 16

// sortByDigit moves entries from one list to another, ordered by 16 bits of their
// heads and otherwise as they stood.
func sortByDigit(to, from []headed, shift int) {
	var places [1 << digitBits]uint32
	for _, h := range from {
		places[uint16(h.head>>shift)]++
	}
	sum := uint32(0)
	for i, count := range places {
		places[i] = sum
		sum += count
	}
	for _, h := range from {
		digit := uint16(h.head >> shift)
		to[places[digit]] = h
		places[digit]++
	}
}

// tail is what follows the head of an entry, to the end of its text.
func (s *suffixes) tail(entry uint32) []byte {
	rest := s.arena[s.entries[entry].place+headBytes:]
	return rest[:bytes.IndexByte(rest, 0)]
}
