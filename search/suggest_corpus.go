package search

import (
	"unicode/utf8"

	"leimu/data"
	"leimu/index"
)

// How much the kinds of completions are wanted. The guide's own names come
// first: they are what a form wants in the end.
const (
	categoryWeight = 1.0
	serviceWeight  = 0.9
	termWeight     = 0.75
	phraseWeight   = 0.55
)

// longestPhrase is the number of characters of a phrase that people may type to
// its end.
const longestPhrase = 10

// completions gathers what completes: names of categories and services, the
// lexicon's terms, and short phrases. Each text stands once a category, at its
// heaviest; names tells which is each category's name. common is how common a
// text's rarest part is, 0 to 1: of two that begin alike, the one that more is
// said of comes first.
func completions(k *data.Knowledge, common func(text string) float64) (list []index.Completion, names []int32) {
	type text struct {
		text     string
		category int
	}
	seen := make(map[text]bool, len(k.Lexicon.Entries))
	list = make([]index.Completion, 0, len(k.Lexicon.Entries))
	add := func(s string, category, service int, weight float64) {
		if s != "" && s != noDefinition && !seen[text{s, category}] {
			seen[text{s, category}] = true
			list = append(list, index.Completion{Text: s, Category: category, Service: service, Weight: weight})
		}
	}
	for i := range k.Catalog.Categories {
		names = append(names, int32(len(list)))
		add(k.Catalog.Categories[i].Path[1], i, 0, categoryWeight)
	}
	for i := range k.Catalog.Categories {
		for _, s := range k.Catalog.Categories[i].Services {
			add(s.Name, i, s.No, serviceWeight)
		}
	}
	for _, kind := range []data.Kind{data.KindTerms, data.KindShort} {
		for _, e := range k.Lexicon.Entries {
			switch {
			case e.Kind != kind:
			case kind == data.KindTerms:
				add(e.Text, int(e.Category), int(e.Service), termWeight*float64(e.Weight)*common(e.Text))
			case utf8.RuneCountInString(e.Text) <= longestPhrase:
				add(e.Text, int(e.Category), int(e.Service), phraseWeight*float64(e.Weight)*common(e.Text))
			}
		}
	}
	return list, names
}
