// Package search turns a description into an answer.
//
// A description passes through these files in turn: request.go refuses what
// can't be answered; index.Normalize and understand.go hear what was meant
// (latin.go, typo.go, negation.go); ranker.go weighs the evidence into one score a
// category (features.go, cues.go); confidence.go tells how far to trust it;
// needs.go finds several needs; verdict.go says who may choose; compose.go
// puts the answer together, explain.go, contrast.go and highlight.go say why.
// train.go and calibrate.go learn off line what these rest on.
package search

import (
	"context"
	"errors"
	"fmt"

	"leimu/data"
	"leimu/data/dictionary"
	"leimu/index"
)

// Engine answers descriptions. It is immutable and safe for concurrent use
// until Close.
type Engine struct {
	knowledge *data.Knowledge
	index     *index.Index
	ranker    *ranker
	listener  *listener
	certainty *certainty
	splitter  *splitter
	services  *serviceFinder
	clauses   normalClauses
}

// Open makes an engine of what is known. The index, which takes the longest, is
// built beside the rest.
func Open(k *data.Knowledge) (*Engine, error) {
	segmenter, err := index.NewSegmenter(dictionary.Words(), dictionary.User())
	if err != nil {
		return nil, fmt.Errorf("opening the dictionary: %w", err)
	}
	var (
		x        *index.Index
		indexErr error
		built    = make(chan struct{})
	)
	go func() {
		defer close(built)
		x, indexErr = index.New(documents(k), segmenter)
	}()
	ranker, rankerErr := newRanker(k, segmenter)
	certainty, certaintyErr := readCertainty()
	<-built
	if err := errors.Join(indexErr, rankerErr, certaintyErr); err != nil {
		if x != nil {
			err = errors.Join(err, x.Close())
		}
		return nil, err
	}
	return &Engine{knowledge: k, index: x, ranker: ranker, listener: newListener(k, ranker), certainty: certainty,
		splitter: newSplitter(k.Language), services: newServiceFinder(k, ranker.tokens), clauses: newNormalClauses(k.Catalog)}, nil
}

// Close releases the index. No search may run.
func (e *Engine) Close() error { return e.index.Close() }

// Catalog is the guide that answers rest on.
func (e *Engine) Catalog() *data.Catalog { return e.knowledge.Catalog }

// Judge says whether a subject may choose a category, in a region or ("") any.
func (e *Engine) Judge(c *data.Category, subject Subject, region string) Verdict {
	return judge(c, nil, subject, region)
}

// Search answers a request. An error is an *InputError where the request is at
// fault.
func (e *Engine) Search(ctx context.Context, r Request) (*Answer, error) {
	if err := r.Check(); err != nil {
		return nil, err
	}
	text := index.Normalize(r.Query)
	understood, ranking := e.listener.understand(text.Norm)
	if r.Reply != "" {
		if err := e.reply(r.Reply, &ranking); err != nil {
			return nil, err
		}
	}
	return e.compose(ctx, r, understood, ranking)
}

// documents folds what is known into a document for each category.
func documents(k *data.Knowledge) []index.Document {
	list := make([]index.Document, len(k.Catalog.Categories))
	for i := range list {
		c := &k.Catalog.Categories[i]
		list[i] = index.Document{Name: c.Path[1], Definition: c.Definition}
		for _, s := range c.Services {
			list[i].Services = append(list[i].Services, s.Name)
		}
	}
	for _, e := range k.Lexicon.Entries {
		if e.Kind == data.KindTerms {
			list[e.Category].Terms = append(list[e.Category].Terms, e.Text)
		}
	}
	return list
}
