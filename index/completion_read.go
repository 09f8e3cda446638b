package index

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// Read turns pinyin that completes nothing as a whole back into the Han that is
// likeliest meant, by the words of all completions: of all ways to cut the
// letters, the one whose words are commonest together. A last syllable that is
// half typed is left out: it may yet become anything. Read returns "" where the
// letters are no pinyin.
func (c *Completions) Read(letters string) string {
	letters = spelling.Replace(key(letters))
	if len(letters) == 0 || len(letters) > maxTyped {
		return ""
	}
	ways := make([]wayToRead, len(letters)+1)
	for i := range ways[1:] {
		ways[i+1].cost = math.Inf(1)
	}
	for from := range letters {
		if !math.IsInf(ways[from].cost, 1) {
			c.readFrom(letters, from, ways)
		}
	}
	end := c.readable(letters, ways)
	var words []string
	for at := end; at > 0; at = ways[at].from {
		words = append(words, ways[at].word)
	}
	slices.Reverse(words)
	text := strings.Join(words, "")
	if hasHan, _ := scriptsOf(text); !hasHan {
		return "" // letters that stand for themselves
	}
	return text
}

// readable is the place up to which the letters are best read: their end, or the
// beginning of a half-typed syllable. Each letter left out costs as much as a
// rare syllable would.
func (c *Completions) readable(letters string, ways []wayToRead) int {
	const costOfLetter = 3
	best, least := 0, math.Inf(1)
	for end := len(letters); end > max(0, len(letters)-maxLetters); end-- {
		left := letters[end:]
		if left != "" && !c.chars.begins[left] {
			continue
		}
		if cost := ways[end].cost + costOfLetter*float64(len(left)); cost < least {
			best, least = end, cost
		}
	}
	return best
}

// wayToRead is the best way to read the letters up to a place: its last word, and
// where that begins.
type wayToRead struct {
	cost float64
	from int
	word string
}

// longestRead is the number of letters of the longest word that is read as one.
const longestRead = 24

// costOfSingle keeps single characters from breaking words: they are common, as
// parts of all the words that they stand in.
const costOfSingle = 2

// readFrom tries every word that begins at a place.
func (c *Completions) readFrom(letters string, from int, ways []wayToRead) {
	r := c.sound.all()
	for n := 1; n <= min(longestRead, len(letters)-from); n++ {
		if n <= headBytes {
			r = c.sound.narrow(r, 0, letters[from:from+n])
		} else {
			r = c.sound.narrow(r, n-1, letters[from+n-1:from+n])
		}
		if r.empty() {
			return
		}
		word, count := c.commonest(r, n)
		if count == 0 {
			continue
		}
		cost := ways[from].cost - math.Log(count/float64(len(c.sound.entries)))
		if _, size := utf8.DecodeRuneInString(word); size == len(word) {
			cost += costOfSingle
		}
		if to := from + n; cost < ways[to].cost {
			ways[to] = wayToRead{cost, from, word}
		}
	}
}

// samples bounds the places of a run that are looked at.
const samples = 32

// commonest is the word that most places of a run spell with their first letters,
// and about how many do.
func (c *Completions) commonest(r run, length int) (string, float64) {
	var words [samples]string
	var counts [samples]int
	step := max(1, (r.to-r.from)/samples)
	seen, distinct := 0, 0
	for at := r.from; at < r.to && seen < samples; at += step {
		seen++
		e := c.sound.entries[at]
		count, whole := c.sound.characters(e, length)
		if e.rare || !whole {
			continue
		}
		word := c.piece(e.owner, int(e.char), int(e.char)+count)
		i := slices.Index(words[:distinct], word)
		if i < 0 {
			i = distinct
			words[i] = word
			distinct++
		}
		counts[i]++
	}
	best := 0
	for i := range distinct {
		if counts[i] > counts[best] {
			best = i
		}
	}
	return words[best], float64(counts[best]) / float64(max(seen, 1)) * float64(r.to-r.from)
}

// piece is the part of a key from one character to another.
func (c *Completions) piece(id int32, start, end int) string {
	k := c.keys[id]
	from, n := 0, 0
	for i := range k {
		if n == start {
			from = i
		}
		if n == end {
			return k[from:i]
		}
		n++
	}
	return k[from:]
}

// Said is the part of a completion's key that a candidate matched, in Han also
// where pinyin was typed.
func (c *Completions) Said(f Candidate) string { return c.piece(f.ID, int(f.Start), int(f.End)) }

// Nearest finds, among the completions of a category, one that shares the longest
// run of at least two characters with a text that completes nothing.
func (c *Completions) Nearest(norm string, category int) (Candidate, bool) {
	typed := key(norm)
	var best Candidate
	length := 1 // characters; a single one says nothing
	for from := range typed {
		r, run := c.literal.all(), 0
		for at, ch := range typed[from:] {
			size := utf8.RuneLen(ch)
			if r = c.literal.narrow(r, at, typed[from+at:from+at+size]); r.empty() {
				break
			}
			if run++; run <= length {
				continue
			}
			f, ok := c.heaviest(r, run, category)
			if !ok {
				break
			}
			best, length = f, run
		}
	}
	return best, length > 1
}

// heaviest is the completion of a category in a run that weighs most.
func (c *Completions) heaviest(r run, length, category int) (best Candidate, ok bool) {
	for _, e := range c.literal.entries[r.from:r.to] {
		item := &c.list[e.owner]
		if item.Category == category && (!ok || item.Weight > c.list[best.ID].Weight) {
			best, ok = Candidate{e.owner, e.char, e.char + uint8(length), MatchInfix, 0}, true
		}
	}
	return best, ok
}
