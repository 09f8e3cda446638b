package search

import (
	"leimu/data"
	"leimu/index"
	"leimu/search/semantic"
)

// Which numbered service of a category fits.
//
// Each service is known by its clause and by the terms and examples that the
// lexicon gives it. The one that comes nearest in meaning fits, helped by the
// words that bleve finds in its document.

const (
	serviceLeast = 0.25 // nearness below which none fits
	serviceWords = 0.3  // what the most words shared add to nearness
)

// serviceFinder knows the meaning of each numbered service.
type serviceFinder struct {
	meaning map[[2]int]semantic.Vector // by category and number
}

func newServiceFinder(k *data.Knowledge, tokens *semantic.Table) *serviceFinder {
	sums := map[[2]int]*semantic.Sum{}
	for i := range k.Catalog.Categories {
		for _, s := range k.Catalog.Categories[i].Services {
			sum := &semantic.Sum{}
			sum.Add(tokens.Vector(index.Normalize(s.Name + " " + s.Definition).Norm))
			sums[[2]int{i, s.No}] = sum
		}
	}
	for _, e := range k.Lexicon.Entries {
		if sum := sums[[2]int{e.Category, e.Service}]; sum != nil {
			sum.Add(tokens.Vector(index.Normalize(e.Text).Norm))
		}
	}
	f := &serviceFinder{map[[2]int]semantic.Vector{}}
	for at, sum := range sums {
		f.meaning[at] = sum.Mean()
	}
	return f
}

// find is the service of a category that fits the text best, nil where the
// category has none or none comes near.
func (f *serviceFinder) find(c *data.Category, category int, text *semantic.Vector, hits []index.Hit) *data.Service {
	var best *data.Service
	most := 0.0
	words, top := map[int]float64{}, 0.0
	for _, h := range hits {
		if h.Category == category && h.Service != 0 {
			words[h.Service] = h.Score
			top = max(top, h.Score)
		}
	}
	for i := range c.Services {
		s := &c.Services[i]
		meaning := f.meaning[[2]int{category, s.No}]
		near := float64(meaning.Dot(text))
		if top > 0 {
			near += serviceWords * words[s.No] / top
		}
		if near > max(most, serviceLeast) {
			best, most = s, near
		}
	}
	return best
}
