package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// How a text is normalised.
//
// Two texts that a reader takes for the same must index and search alike:
// ＫＴＶ and ktv, 計程車 and 出租车, a name with an emoji and one without. A pass
//
//  1. folds: NFKC, lower case, invisible characters and invalid bytes dropped,
//     control characters and symbols (emoji) to a space, runs of space to one;
//  2. simplifies: traditional characters, whole phrases first, so that 乾隆
//     stays 乾隆 where 餅乾 becomes 饼干, and Taiwan's and Hong Kong's words for
//     things (網路, 計程車) become the mainland's.
//
// One step can make work for another (lower case lets letter and accent
// compose; two neighbours join to a phrase), so passes repeat until nothing
// changes. Most input is plain already, which a single scan tells: it costs
// well under a microsecond and no allocation.

// maxPasses bounds the repetition. Real text settles after one pass.
const maxPasses = 8

// Text is a normalised text that remembers where each of its bytes came from.
type Text struct {
	// Norm is the normalised text, valid UTF-8.
	Norm string

	origin []span // a span of the original for each byte of Norm; nil: identical
}

// span is a range of bytes, end excluded.
type span struct{ start, end int32 }

// Normalize returns s in the form in which leimu indexes and searches.
// It is idempotent.
func Normalize(s string) Text {
	table := scripts()
	text := Text{Norm: s}
	for range maxPasses {
		if isPlain(text.Norm, table) {
			break
		}
		next := fold(text.Norm)
		next = simplify(next.Norm, table).after(next)
		if next.Norm == text.Norm {
			break
		}
		text = next.after(text)
	}
	return text
}

// Original returns the range of the original that Norm[start:end] came from.
// It always falls on the original's character boundaries.
func (t Text) Original(start, end int) (int, int) {
	if t.origin == nil {
		return start, end
	}
	if start >= end || start >= len(t.origin) {
		return 0, 0
	}
	first, last := t.origin[start], t.origin[min(end, len(t.origin))-1]
	return int(first.start), int(max(first.end, last.end))
}

// after composes two steps: t was made from prior.Norm, so its origins are
// looked up in prior to point at prior's own original.
func (t Text) after(prior Text) Text {
	switch {
	case t.origin == nil:
		return Text{Norm: t.Norm, origin: prior.origin}
	case prior.origin == nil:
		return t
	}
	for i, s := range t.origin {
		start, end := prior.Original(int(s.start), int(s.end))
		t.origin[i] = span{int32(start), int32(end)}
	}
	return t
}

// isPlain reports whether a pass would surely leave s as it is: only lower-case
// ASCII, simplified Han and stable punctuation, its spaces single and inside.
func isPlain(s string, table *scriptTable) bool {
	spaced := true // so that a leading space is not plain
	for i, r := range s {
		switch {
		case r == ' ':
			if spaced {
				return false
			}
		case r < utf8.RuneSelf:
			if r < ' ' || r == 0x7f || 'A' <= r && r <= 'Z' {
				return false
			}
		case r >= firstHan && r <= lastHan:
			if table.starts(r) && table.changes(s[i:]) {
				return false
			}
		default:
			if !strings.ContainsRune(stablePunctuation, r) {
				return false
			}
		}
		spaced = r == ' '
	}
	return !spaced || s == ""
}

// stablePunctuation is common punctuation that no step changes.
const stablePunctuation = "、。《》「」『』【】“”‘’·—"

// The block of Han that common text stays in. NFKC leaves all of it alone.
const firstHan, lastHan = '\u4e00', '\u9fff'

// fold does the first step of a pass: width, case, invisible and odd characters.
// It goes by NFKC's segments, a character with its accents, as no smaller
// piece has an origin of its own.
func fold(s string) Text {
	out := newBuilder(len(s))
	for start := 0; start < len(s); {
		size := norm.NFKC.NextBoundaryInString(s[start:], true)
		if size <= 0 {
			size = len(s) - start
		}
		from := span{int32(start), int32(start + size)}
		for _, r := range norm.NFKC.String(s[start : start+size]) {
			out.fold(r, from)
		}
		start += size
	}
	out.trimSpace()
	return out.text()
}

// fold appends r as fold sees it.
func (b *builder) fold(r rune, from span) {
	switch {
	case isDropped(r):
	case isBlank(r):
		if !b.endsInSpace() {
			b.rune(' ', from)
		}
	default:
		b.rune(unicode.ToLower(r), from)
	}
}

// isDropped tells what leaves no trace at all: what the eye does not see, and
// what is left of invalid bytes. Their neighbours belong together.
func isDropped(r rune) bool {
	if r < utf8.RuneSelf {
		return false
	}
	return r == utf8.RuneError || unicode.In(r, unicode.Cf, unicode.Me, unicode.Variation_Selector)
}

// isBlank tells what separates words but says nothing: space, control
// characters, emoji and other symbols, code points without a meaning.
func isBlank(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return r <= ' ' || r == 0x7f
	case r >= firstHan && r <= lastHan:
		return false
	}
	return unicode.IsSpace(r) || unicode.In(r, unicode.So, unicode.Sk) || !unicode.IsGraphic(r)
}

// simplify does the second step of a pass. At each character the longest
// phrase wins, as a phrase is there to override its characters.
func simplify(s string, table *scriptTable) Text {
	if !table.anyStarts(s) {
		return Text{Norm: s}
	}
	out := newBuilder(len(s))
	traditional := table.isTraditional(s)
	for i := 0; i < len(s); {
		from, to := table.longest(s[i:], traditional)
		out.replace(from, to, i)
		i += len(from)
	}
	return out.text()
}

// builder collects a text and the origin of its bytes.
type builder struct {
	norm   []byte
	origin []span
}

func newBuilder(size int) *builder {
	return &builder{norm: make([]byte, 0, size), origin: make([]span, 0, size)}
}

// rune appends r, made from the range from.
func (b *builder) rune(r rune, from span) {
	b.norm = utf8.AppendRune(b.norm, r)
	for len(b.origin) < len(b.norm) {
		b.origin = append(b.origin, from)
	}
}

// replace appends to in place of from, which stood at offset. Words of one
// length are mapped character by character, others as a whole.
func (b *builder) replace(from, to string, offset int) {
	whole := span{int32(offset), int32(offset + len(from))}
	if utf8.RuneCountInString(from) != utf8.RuneCountInString(to) {
		for _, r := range to {
			b.rune(r, whole)
		}
		return
	}
	for _, r := range to {
		_, size := utf8.DecodeRuneInString(from)
		b.rune(r, span{int32(offset), int32(offset + size)})
		from, offset = from[size:], offset+size
	}
}

// endsInSpace reports whether another space would be one too many; at the
// start of a text any is.
func (b *builder) endsInSpace() bool {
	return len(b.norm) == 0 || b.norm[len(b.norm)-1] == ' '
}

func (b *builder) trimSpace() {
	if n := len(b.norm); n > 0 && b.norm[n-1] == ' ' {
		b.norm, b.origin = b.norm[:n-1], b.origin[:n-1]
	}
}

func (b *builder) text() Text { return Text{Norm: string(b.norm), origin: b.origin} }
