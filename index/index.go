package index

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	bleveindex "github.com/blevesearch/bleve_index_api"
)

// Which words of a description a category has.
//
// A document is a category. All its words go into one field of bleve, cut by
// the tokenizer into words and their parts, so that 车险 is found for 买车险 and
// 处理 in 待处理.
//
// Categories are ranked elsewhere, by evidence that bleve's own score added
// nothing to. What is asked here is less than a search: of a handful of
// documents, which have a token. Its postings say that in a microsecond or
// two, where a search took 0.3 ms to score all documents and sort them. Which
// part of a document has the word is then looked up in the document's own texts.

// Field is a part of a document.
type Field uint8

// The fields, in the order in which their texts are indexed.
const (
	FieldName Field = iota
	FieldServices
	FieldDefinition
	FieldTerms
	fieldCount
)

// String returns the field's name as answers show it.
func (f Field) String() string {
	return [...]string{"name", "services", "definition", "terms"}[f]
}

// Document is what the index knows of a category.
type Document struct {
	Name       string
	Services   []string // names of its services
	Definition string
	Terms      []string // how people speak of it
}

// Match is a word of the text that a field of the document has.
type Match struct {
	Text       string
	Field      Field // the first that has it
	Start, End int   // bytes of the normalised text that was searched
}

// textField is the one field of bleve.
const textField = "text"

// The analyzers: words and their parts, without and with single characters.
// Characters in the guide's own words let a query of one character find
// something; in the lexicon they double the cost and find too much.
const (
	wordAnalyzer = "words"
	charAnalyzer = "words and characters"
)

var analyzerOf = [fieldCount]string{
	FieldName:       charAnalyzer,
	FieldServices:   charAnalyzer,
	FieldDefinition: charAnalyzer,
	FieldTerms:      wordAnalyzer,
}

// Index is an index in memory. It is safe for concurrent use until Close.
type Index struct {
	engine    bleve.Index
	reader    bleveindex.IndexReader // of the one state that the index ever has
	segmenter *Segmenter
	texts     [][fieldCount]string // normalised, of each document
	document  []int                // by bleve's own number
}

// New builds an index of documents.
func New(documents []Document, segmenter *Segmenter) (*Index, error) {
	m, err := newMapping(segmenter)
	if err != nil {
		return nil, fmt.Errorf("index: mapping: %w", err)
	}
	engine, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("index: open: %w", err)
	}
	x := &Index{engine: engine, segmenter: segmenter}
	for i := range documents {
		x.texts = append(x.texts, documents[i].texts())
	}
	if err = x.add(m); err == nil {
		err = x.read()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("index: build: %w", err), engine.Close())
	}
	return x, nil
}

// Close releases the index.
func (x *Index) Close() error {
	if err := errors.Join(x.reader.Close(), x.engine.Close()); err != nil {
		return fmt.Errorf("index: close: %w", err)
	}
	return nil
}

// read opens the reader of postings, and learns how bleve numbers the
// documents: in the order in which its workers finish.
func (x *Index) read() error {
	advanced, err := x.engine.Advanced()
	if err != nil {
		return err
	}
	if x.reader, err = advanced.Reader(); err != nil {
		return err
	}
	x.document = make([]int, len(x.texts))
	for i := range x.texts {
		id, err := x.reader.InternalID(docID(i))
		if err != nil {
			return errors.Join(fmt.Errorf("document %d: %w", i, err), x.reader.Close())
		}
		x.document[id.Value()] = i
	}
	return nil
}

// newMapping declares the two analyzers.
func newMapping(segmenter *Segmenter) (*mapping.IndexMappingImpl, error) {
	m := bleve.NewIndexMapping()
	m.DefaultAnalyzer = wordAnalyzer
	for name, withChars := range map[string]bool{wordAnalyzer: false, charAnalyzer: true} {
		err := m.AddCustomTokenizer(name, map[string]any{
			"type": TokenizerName, segmenterKey: segmenter, charsKey: withChars,
		})
		if err != nil {
			return nil, err
		}
		err = m.AddCustomAnalyzer(name, map[string]any{"type": custom.Name, "tokenizer": name})
		if err != nil {
			return nil, err
		}
	}
	return m, nil
}

// add indexes all documents in one batch, which makes one segment.
func (x *Index) add(m mapping.IndexMapping) error {
	batch := x.engine.NewBatch()
	for i := range x.texts {
		doc := document.NewDocument(docID(i))
		for field, text := range x.texts[i] {
			analyzer := m.AnalyzerNamed(analyzerOf[field])
			doc.AddField(document.NewTextFieldCustom(textField, nil, []byte(text), bleveindex.IndexField|bleveindex.SkipFreqNorm, analyzer))
		}
		if err := batch.IndexAdvanced(doc); err != nil {
			return fmt.Errorf("document %d: %w", i, err)
		}
	}
	return x.engine.Batch(batch)
}

// texts returns the normalised text of each field. Lines keep apart what must
// not be cut as one.
func (d *Document) texts() [fieldCount]string {
	return [fieldCount]string{
		FieldName:       Normalize(d.Name).Norm,
		FieldServices:   normalLines(d.Services),
		FieldDefinition: Normalize(d.Definition).Norm,
		FieldTerms:      normalLines(d.Terms),
	}
}

func normalLines(texts []string) string {
	var lines strings.Builder
	for _, text := range texts {
		lines.WriteString(Normalize(text).Norm)
		lines.WriteByte('\n')
	}
	return lines.String()
}

// docID makes ids that sort as the documents do.
func docID(i int) string { return fmt.Sprintf("%06d", i) }

// briefText is the number of characters up to which a text may be matched by one
// of them alone. Marked all over a longer one, they explain nothing.
const briefText = 3

// Matches lists, for each of some documents, the words of a normalised text that
// it has: in the order of the text, none inside another.
func (x *Index) Matches(ctx context.Context, text string, documents []int) ([][]Match, error) {
	tokens := x.segmenter.CutFine(text, Char)
	if utf8.RuneCountInString(text) > briefText {
		tokens = slices.DeleteFunc(tokens, Token.single)
	}
	having := make([]bool, len(tokens)*len(x.texts)) // by token and document
	for i, token := range tokens {
		if err := x.mark(ctx, token.Text, having[i*len(x.texts):]); err != nil {
			return nil, fmt.Errorf("index: postings of %q: %w", token.Text, err)
		}
	}
	matches := make([][]Match, len(documents))
	for i, d := range documents {
		has := func(token int) bool { return having[token*len(x.texts)+d] }
		matches[i] = findMatches(tokens, has, &x.texts[d])
	}
	return matches, nil
}

// single reports whether a token is one character.
func (t Token) single() bool { return utf8.RuneCountInString(t.Text) == 1 }

// mark marks the documents that have a term.
func (x *Index) mark(ctx context.Context, term string, having []bool) error {
	postings, err := x.reader.TermFieldReader(ctx, []byte(term), textField, false, false, false)
	if err != nil {
		return err
	}
	var posting bleveindex.TermFieldDoc
	for {
		next, err := postings.Next(&posting)
		if next == nil || err != nil {
			return errors.Join(err, postings.Close())
		}
		having[x.document[next.ID.Value()]] = true
	}
}

// findMatches lists the tokens that a document has, but for those inside a
// longer one. Single characters count only where nothing longer matches.
func findMatches(tokens []Token, has func(token int) bool, texts *[fieldCount]string) []Match {
	for _, single := range []bool{false, true} {
		var found []Match
		covered := 0 // up to here a longer match tells it already
		for i, token := range tokens {
			if !has(i) || token.End <= covered || single != token.single() {
				continue
			}
			if field, ok := fieldWith(token.Text, texts); ok {
				found = append(found, Match{Text: token.Text, Field: field, Start: token.Start, End: token.End})
				covered = token.End
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// fieldWith returns the first field whose text has word.
func fieldWith(word string, texts *[fieldCount]string) (Field, bool) {
	for field, text := range texts {
		if strings.Contains(text, word) {
			return Field(field), true
		}
	}
	return 0, false
}
