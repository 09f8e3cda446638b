package index

import "unicode/utf8"

// begunKept is how many of the completions that begin alike are looked at.
const begunKept = 256

// Begun lists completions of the longest beginning of a text that anything
// begins or goes on with: what was found until the last characters were
// typed, evenly picked where there are many. Letters are read as pinyin.
func (c *Completions) Begun(norm string) []Candidate {
	typed, in, kind := key(norm), &c.literal, MatchInfix
	if hasHan, hasLatin := scriptsOf(typed); hasLatin && !hasHan {
		typed, in, kind = spelling.Replace(typed), &c.sound, MatchPinyin
	}
	r, length := in.all(), 0
	for at, ch := range typed {
		size := utf8.RuneLen(ch)
		longer := in.narrow(r, at, typed[at:at+size])
		if longer.empty() {
			break
		}
		r, length = longer, at+size
	}
	if length == 0 {
		return nil
	}
	var found []Candidate
	for at := r.from; at < r.to; at += max(1, (r.to-r.from)/begunKept) {
		e := in.entries[at]
		count, _ := in.characters(e, length)
		found = append(found, Candidate{e.owner, e.char, e.char + uint8(count), kind, 0})
	}
	return found
}
