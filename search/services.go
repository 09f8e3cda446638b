package search

import (
	"leimu/data"
	"leimu/index"
	"leimu/search/semantic"
)

// Which numbered service of a category fits.
//
// Each service is known by its clause and by the terms and examples that the
// lexicon gives it. The one that comes nearest in meaning fits. Words that bleve
// finds in its document only mislead: on examples left out of what a service is
// known by, .109 are wrong without them and .182 with.

// serviceLeast is the nearness below which none fits.
const serviceLeast = 0.35

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
		if sum := sums[[2]int{int(e.Category), int(e.Service)}]; sum != nil {
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
func (f *serviceFinder) find(c *data.Category, category int, text *semantic.Vector) *data.Service {
	var best *data.Service
	most := float32(serviceLeast)
	for i := range c.Services {
		s := &c.Services[i]
		meaning := f.meaning[[2]int{category, s.No}]
		if near := meaning.Dot(text); near > most {
			best, most = s, near
		}
	}
	return best
}
