package index

import (
	"errors"
	"fmt"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"
)

// TokenizerName is the type under which bleve's registry knows the tokenizer.
// A mapping that uses it passes a *Segmenter under "segmenter", and true under
// "chars" to have single characters as well.
const TokenizerName = "leimu"

const (
	segmenterKey = "segmenter"
	charsKey     = "chars"
)

// bleve's registry is global and filled before main, as that of all its parts.
func init() {
	if err := registry.RegisterTokenizer(TokenizerName, newTokenizer); err != nil {
		panic(fmt.Sprintf("index: register tokenizer: %v", err)) // the name is taken: a defect of the program
	}
}

func newTokenizer(config map[string]any, _ *registry.Cache) (analysis.Tokenizer, error) {
	seg, ok := config[segmenterKey].(*Segmenter)
	if !ok {
		return nil, errors.New("index: tokenizer needs a *Segmenter")
	}
	finest := Part
	if chars, _ := config[charsKey].(bool); chars {
		finest = Char
	}
	return NewTokenizer(seg, finest), nil
}

// Tokenizer is gse's dictionary as a tokenizer of bleve. Of each word it also
// gives the shorter words and the characters inside, at the word's position,
// so that 处理 finds 待处理 and 车险 finds 买车险.
//
// It reads normalised text, and its offsets are bytes of that.
type Tokenizer struct {
	segmenter *Segmenter
	finest    Kind
}

// NewTokenizer returns a tokenizer that gives tokens down to the kind finest.
func NewTokenizer(segmenter *Segmenter, finest Kind) *Tokenizer {
	return &Tokenizer{segmenter: segmenter, finest: finest}
}

// Tokenize implements analysis.Tokenizer.
func (t *Tokenizer) Tokenize(input []byte) analysis.TokenStream {
	tokens := t.segmenter.CutFine(string(input), t.finest)
	stream := make(analysis.TokenStream, len(tokens))
	block := make([]analysis.Token, len(tokens)) // one allocation for all
	position := 0
	for i, token := range tokens {
		if token.Kind == Word {
			position++
		}
		block[i] = analysis.Token{
			Term:     []byte(token.Text),
			Start:    token.Start,
			End:      token.End,
			Position: position,
			Type:     tokenType(token.Text),
		}
		stream[i] = &block[i]
	}
	return stream
}

func tokenType(term string) analysis.TokenType {
	switch r, _ := utf8.DecodeRuneInString(term); {
	case unicode.Is(unicode.Han, r):
		return analysis.Ideographic
	case unicode.IsDigit(r):
		return analysis.Numeric
	default:
		return analysis.AlphaNumeric
	}
}
