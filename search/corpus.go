package search

import "leimu/data"

// Sample is a text of which it is known what category it belongs to. Category
// is its position in the catalogue; the catalogue's length stands for nothing
// fits. Cost is what an error on it costs in training.
type Sample struct {
	Text     string
	Category int
	Kind     data.Kind // empty for the guide's own words
	Cost     float32
}

// guideCost makes the guide's own words weigh more than an example: a
// description in its terms must find its own category.
const guideCost = 4

// Corpus gathers everything that the knowledge says belongs together: the
// guide's names and clauses, the lexicon, and what fits nothing.
func Corpus(k *data.Knowledge) []Sample {
	samples := guideSamples(k.Catalog)
	for _, e := range k.Lexicon.Entries {
		samples = append(samples, Sample{e.Text, int(e.Category), e.Kind, e.Weight * costOf(e.Kind)})
	}
	for _, text := range k.Lexicon.None {
		samples = append(samples, Sample{text, len(k.Catalog.Categories), "", 1})
	}
	return samples
}

func guideSamples(catalog *data.Catalog) []Sample {
	names := map[string]int{} // how many categories bear a name: 其他 says nothing
	for i := range catalog.Categories {
		names[catalog.Categories[i].Path[1]]++
	}
	var samples []Sample
	add := func(category int, text string) {
		if text != "" && text != noDefinition && names[text] < 2 {
			samples = append(samples, Sample{text, category, "", guideCost})
		}
	}
	for i := range catalog.Categories {
		c := &catalog.Categories[i]
		add(i, c.Path[1])
		add(i, c.Path[0]+" "+c.Path[1])
		if len(c.Services) == 0 {
			add(i, c.Definition)
		}
		for _, s := range c.Services {
			add(i, s.Name)
			add(i, s.Definition)
			add(i, s.Name+" "+s.Definition)
		}
	}
	return samples
}

// noDefinition is what the guide writes where it defines nothing.
const noDefinition = "/"

// costOf is what an error on a text of a kind costs. A bare term says less of
// how people write than a description does: half the cost brought a point on
// texts of others. Needs told in plain speech and near misses are the hardest and
// rarest kinds: twice the cost brought a point there and took none elsewhere.
func costOf(kind data.Kind) float32 {
	switch kind {
	case data.KindTerms:
		return 0.5
	case data.KindSpoken, data.KindContrast:
		return 2
	}
	return 1
}
