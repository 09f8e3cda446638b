package index

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-ego/gse"
)

// Kind says how much of the text a token stands for.
type Kind uint8

const (
	// Word is a token of the segmentation proper; words cover the text.
	Word Kind = iota
	// Part is a shorter dictionary word inside a Word: 处理 in 待处理.
	Part
	// Char is a single Han character of a Word.
	Char
)

// Token is a piece of a text; Text is always text[Start:End].
type Token struct {
	Text       string
	Start, End int
	Kind       Kind
}

// Segmenter cuts normalised text into words: of all ways to cut it, the one
// whose words are likeliest together, as in jieba. It is safe for concurrent use.
//
// The dictionary is gse's, a double-array trie. The way through it is searched
// here, over a slice, where gse's own DAG modes build maps and look each word
// up several times: 5 times as fast, byte offsets that are right by
// construction, Latin words of any script in one piece, and no character
// of probability zero.
//
// gse stands behind a closure on purpose. It embeds 32 MB of dictionaries that
// leimu does not use. The linker drops them only while no method that loads
// them can be reached; once a *gse.Segmenter, or a struct that holds one, is
// converted to an interface, reflection might reach them all.
type Segmenter struct {
	// find returns the frequency of a word, 0 for what is none, and whether
	// longer words may start with it.
	find     func(word []byte) (frequency float64, leads bool)
	logTotal float64 // of all frequencies
}

// userFrequency is the frequency of a user word that states none. The rarest
// pair of characters that cuts such a word apart must stay less likely.
const userFrequency = 1000

// NewSegmenter reads two dictionaries, lines "word frequency"; # starts a
// remark. In user the frequency may be left out, and its words win over words.
func NewSegmenter(words, user string) (*Segmenter, error) {
	// gse's own loaders also work out for each word how to cut it further,
	// which doubles the time and serves modes that leimu does not use. Its
	// hidden Markov model takes quadratic time, and loading it is a race.
	seg := &gse.Segmenter{NotLoadHMM: true, SkipLog: true, Dict: gse.NewDict()}
	add := func(word string, frequency float64) error { return seg.AddToken(word, frequency) }
	if err := load(user, userFrequency, add); err != nil {
		return nil, fmt.Errorf("user dictionary: %w", err)
	}
	if err := load(words, 0, add); err != nil { // what is there already stays as it is
		return nil, fmt.Errorf("general dictionary: %w", err)
	}
	dict := seg.Dict
	find := func(word []byte) (float64, bool) {
		frequency, _, leads := dict.Find(word)
		return frequency, leads
	}
	return &Segmenter{find: find, logTotal: math.Log(max(dict.TotalFreq(), 1))}, nil
}

// load adds the words of a dictionary. Where byDefault is 0, a line must state
// the frequency.
func load(dictionary string, byDefault float64, add func(word string, frequency float64) error) error {
	number := 0
	for line := range strings.Lines(dictionary) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		word, frequency, err := parseWord(line, byDefault)
		if err != nil {
			return fmt.Errorf("line %d: %w", number, err)
		}
		if err := add(word, frequency); err != nil {
			return fmt.Errorf("line %d: add %q: %w", number, word, err)
		}
	}
	return nil
}

func parseWord(line string, byDefault float64) (word string, frequency float64, err error) {
	word, number, stated := strings.Cut(line, " ")
	if !stated {
		if byDefault > 0 {
			return word, byDefault, nil
		}
		return "", 0, fmt.Errorf("%q states no frequency", line)
	}
	frequency, err = strconv.ParseFloat(strings.TrimSpace(number), 64)
	if err != nil || frequency < 1 {
		return "", 0, fmt.Errorf("%q is no frequency of 1 or more", number)
	}
	return word, frequency, nil
}

// Cut returns the words of a normalised text in order. Together they are the
// text, spaces and punctuation included.
//
// It works from the end: the best way from each character on is the best of
// the words that start there, each followed by the best way from its end. That
// takes time in proportion to the length of the text.
func (s *Segmenter) Cut(text string) []Token {
	if text == "" {
		return nil
	}
	places := newPlaces(text)
	s.searchWays(text, places)
	tokens := make([]Token, 0, len(places)/2+1)
	for i := 0; i < len(places)-1; i = places[i].next {
		start, end := places[i].offset, places[places[i].next].offset
		tokens = append(tokens, Token{Text: text[start:end], Start: start, End: end})
	}
	return tokens
}

// place is a boundary between two characters, where words may start and end.
type place struct {
	offset int
	latin  bool    // a word of letters goes on across this place: no word ends here
	next   int     // place where the best word from here ends
	likely float64 // log-probability of the best way from here to the end
}

// newPlaces returns the places of text, its end included.
func newPlaces(text string) []place {
	places := make([]place, 0, len(text)/2+2)
	before := false
	for i, r := range text {
		latin := isLatin(r)
		places = append(places, place{offset: i, latin: latin && before})
		before = latin
	}
	return append(places, place{offset: len(text)})
}

// searchWays fills in next and likely.
func (s *Segmenter) searchWays(text string, places []place) {
	bytes := []byte(text)
	for i := len(places) - 2; i >= 0; i-- {
		at := &places[i]
		at.next = i + 1
		for places[at.next].latin {
			at.next++
		}
		at.likely = places[at.next].likely - s.logTotal // as a word seen once
		for j := i + 1; j < len(places); j++ {
			frequency, leads := s.find(bytes[at.offset:places[j].offset])
			if !leads {
				break
			}
			if frequency == 0 || places[j].latin {
				continue
			}
			if likely := math.Log(frequency) - s.logTotal + places[j].likely; likely >= at.likely {
				at.likely, at.next = likely, j
			}
		}
	}
}

// CutFine returns the words of Cut that carry letters or digits, each followed
// by its parts and then its single characters, as far as finest allows.
func (s *Segmenter) CutFine(text string, finest Kind) []Token {
	words := s.Cut(text)
	fine := make([]Token, 0, 2*len(words))
	for _, word := range words {
		if !hasLetter(word.Text) {
			continue
		}
		fine = append(fine, word)
		if finest >= Part {
			fine = s.appendParts(fine, word)
		}
		if finest >= Char {
			fine = appendChars(fine, word)
		}
	}
	return fine
}

const hanBytes = 3 // of a Han character in UTF-8

// appendParts adds the dictionary words of two characters or more inside word.
func (s *Segmenter) appendParts(tokens []Token, word Token) []Token {
	if len(word.Text) <= 2*hanBytes { // two characters have no parts
		return tokens
	}
	places := newPlaces(word.Text)
	last := len(places) - 1
	for i := range last - 1 {
		for j := i + 2; j <= last && !(i == 0 && j == last); j++ {
			start, end := places[i].offset, places[j].offset
			if places[i].latin || places[j].latin {
				continue
			}
			if frequency, _ := s.find([]byte(word.Text[start:end])); frequency > 0 {
				tokens = append(tokens, word.slice(start, end, Part))
			}
		}
	}
	return tokens
}

// appendChars adds the single Han characters of a longer word.
func appendChars(tokens []Token, word Token) []Token {
	for i, r := range word.Text {
		size := utf8.RuneLen(r)
		if size < len(word.Text) && unicode.Is(unicode.Han, r) {
			tokens = append(tokens, word.slice(i, i+size, Char))
		}
	}
	return tokens
}

// slice returns the piece [start:end) of t as a token of its own.
func (t Token) slice(start, end int, kind Kind) Token {
	return Token{Text: t.Text[start:end], Start: t.Start + start, End: t.Start + end, Kind: kind}
}

func hasLetter(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// isLatin reports whether r belongs to a script that is written in words:
// letters, their accents and digits, but no Han.
func isLatin(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z'
	}
	if r >= firstHan && r <= lastHan {
		return false
	}
	return unicode.In(r, unicode.L, unicode.M, unicode.Nd) && !unicode.Is(unicode.Han, r)
}
