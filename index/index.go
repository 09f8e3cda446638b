package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"
	bleveindex "github.com/blevesearch/bleve_index_api"
)

// How a description finds its documents.
//
// A document is a category, or one numbered service of one. All its words go
// into a single field of bleve: with a field each, a category that has one of
// five words in two fields beats one that has all five in one (P@1 .31 against
// .49, measured on everyday descriptions).
//
// A description is cut once, and each of its tokens becomes a term query:
// 买车险 asks for 买 and 车险, and at a quarter of the weight for 车 and 险.
//
// Which field has a word is looked up in the hits' own texts. Asking bleve for
// the locations of every term in every document made a search three times as
// long, to use those of a handful.

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

// Document is what the index knows of a category, or of one of its services.
type Document struct {
	Category   int      // the category's place in the catalogue
	Service    int      // the service's number; 0: the category itself
	Name       string   // of the category or service
	Services   []string // names of the category's services
	Definition string
	Terms      []string // how people speak of it
}

// Hit is a document that shares words with the text searched.
type Hit struct {
	Doc      int // place in the documents that the index was built from
	Category int
	Service  int
	Score    float64 // comparable within one search only
}

// Match is a word of the text that a field of the document has.
type Match struct {
	Text       string
	Field      Field // the first that has it
	Start, End int   // bytes of the normalised text that was searched
}

// tiesFetched is how many more hits are read than asked for. bleve numbers the
// documents of a batch in the order in which its workers finish, and that
// order decides ties and the last bit of sums. So scores are rounded, ties
// put in the documents' order, and the list is cut only then.
const tiesFetched = 16

// weightOf is the weight of a term query by the kind of its token. A part says
// less than the word that it was cut from, and would otherwise score the word
// twice; a character is a rescue for words that no document has, such as 车 in
// 买车险. More than a quarter for it costs right answers (measured: .25 gives
// P@1 .59 on real descriptions, 1 gives .56, none .53).
func weightOf(kind Kind) float64 {
	switch kind {
	case Part:
		return 0.6
	case Char:
		return 0.25
	default:
		return 1
	}
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
	segmenter *Segmenter
	documents []Document
	texts     [][fieldCount]string // normalised, of each document
	whole     map[int]int          // the document of each category itself
}

// New builds an index of documents, which must not change afterwards.
func New(documents []Document, segmenter *Segmenter) (*Index, error) {
	m, err := newMapping(segmenter)
	if err != nil {
		return nil, fmt.Errorf("index: mapping: %w", err)
	}
	// In memory only scorch knows BM25; bleve.NewMemOnly silently ignores it.
	engine, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("index: open: %w", err)
	}
	x := &Index{engine: engine, segmenter: segmenter, documents: documents, whole: map[int]int{}}
	for i := range documents {
		x.texts = append(x.texts, documents[i].texts())
		if documents[i].Service == 0 {
			x.whole[documents[i].Category] = i
		}
	}
	if err := x.add(m); err != nil {
		return nil, errors.Join(fmt.Errorf("index: build: %w", err), engine.Close())
	}
	return x, nil
}

// Close releases the index.
func (x *Index) Close() error {
	if err := x.engine.Close(); err != nil {
		return fmt.Errorf("index: close: %w", err)
	}
	return nil
}

// newMapping declares the scoring and the two analyzers.
func newMapping(segmenter *Segmenter) (*mapping.IndexMappingImpl, error) {
	m := bleve.NewIndexMapping()
	m.ScoringModel = bleveindex.BM25Scoring
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
	for i := range x.documents {
		doc := document.NewDocument(docID(i))
		for field, text := range x.texts[i] {
			analyzer := m.AnalyzerNamed(analyzerOf[field])
			position := []uint64{uint64(field)}
			doc.AddField(document.NewTextFieldCustom(textField, position, []byte(text), bleveindex.IndexField, analyzer))
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

// Search returns the documents that share most with a normalised text, best
// first, at most size. The same text gives the same hits.
func (x *Index) Search(ctx context.Context, text string, size int) ([]Hit, error) {
	tokens := x.segmenter.CutFine(text, Char)
	if len(tokens) == 0 || size <= 0 {
		return nil, nil
	}
	request := bleve.NewSearchRequestOptions(termQueries(tokens), size+tiesFetched, 0, false)
	result, err := x.engine.SearchInContext(ctx, request)
	if err != nil {
		return nil, fmt.Errorf("index: search: %w", err)
	}
	hits := make([]Hit, 0, len(result.Hits))
	for _, found := range result.Hits {
		doc, err := strconv.Atoi(found.ID)
		if err != nil || doc >= len(x.documents) {
			return nil, fmt.Errorf("index: unknown document %q", found.ID)
		}
		hits = append(hits, Hit{
			Doc:      doc,
			Category: x.documents[doc].Category,
			Service:  x.documents[doc].Service,
			Score:    float64(float32(found.Score)),
		})
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Doc, b.Doc))
	})
	return hits[:min(size, len(hits))], nil
}

// Matches lists the words of a normalised text that the document of a category
// has, in the order of the text, none inside another. It is asked for the few
// categories that are shown: looking into all hits took most of a search.
func (x *Index) Matches(text string, category int) []Match {
	doc, ok := x.whole[category]
	if !ok {
		return nil
	}
	return findMatches(x.segmenter.CutFine(text, Char), &x.texts[doc])
}

// termQueries asks for each distinct token once.
func termQueries(tokens []Token) query.Query {
	queries := make([]query.Query, 0, len(tokens))
	seen := make(map[string]bool, len(tokens))
	for _, token := range tokens {
		if seen[token.Text] {
			continue
		}
		seen[token.Text] = true
		term := bleve.NewTermQuery(token.Text)
		term.SetField(textField)
		term.SetBoost(weightOf(token.Kind))
		queries = append(queries, term)
	}
	return bleve.NewDisjunctionQuery(queries...)
}

// findMatches lists the tokens that the texts have, but for those inside a
// longer one. Single characters count only where nothing longer matches:
// marked ones all over a text explain nothing.
func findMatches(tokens []Token, texts *[fieldCount]string) []Match {
	for _, single := range []bool{false, true} {
		var found []Match
		covered := 0 // up to here a longer match tells it already
		for _, token := range tokens {
			if token.End <= covered || single != (utf8.RuneCountInString(token.Text) == 1) {
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
