package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// wordsTold is how many words a comparison names.
const wordsTold = 3

// compare says why the first category and not the second: the words that speak
// most for the one against the other, and what tells them apart by the guide.
func (e *Engine) compare(k *ranking, norm string) *Comparison {
	a, b := k.order[0], k.order[1]
	first, second := e.ref(a), e.ref(b)
	var said []string
	if words := e.ranker.telling(norm, a, b); len(words) > 0 {
		said = append(said, quoteAll(words)+"更像“"+first.name()+"”而不是“"+second.name()+"”")
	} else {
		said = append(said, "整句的意思更接近“"+first.name()+"”")
	}
	if x, ok := e.ranker.contrasts.between(a, b); ok {
		said = append(said, strings.TrimSuffix(x.Why, "。"))
	}
	return &Comparison{First: first, Second: second, Text: strings.Join(said, ";") + "。"}
}

// telling lists the words that speak most for a against b, strongest first. A
// single character explains nothing to a person.
func (r *ranker) telling(norm string, a, b int) []string {
	const least = 0.02
	words, shares := r.words(norm)
	lead := make([]float32, len(words))
	for _, s := range shares {
		lead[s.word] += r.model.Lead(s.feature, a, b)
	}
	var strongest []int
	for i, w := range words {
		if w.kind == evidenceWord && lead[i] > least && utf8.RuneCountInString(w.text) > 1 {
			strongest = append(strongest, i)
		}
	}
	slices.SortStableFunc(strongest, func(x, y int) int { return cmp.Compare(lead[y], lead[x]) })
	var list []string
	for _, i := range strongest {
		if len(list) < wordsTold && !slices.Contains(list, words[i].text) {
			list = append(list, words[i].text)
		}
	}
	return list
}

// name is the whole path: several categories bear the same second name.
func (r Ref) name() string { return r.Path[0] + " › " + r.Path[1] }

func quoteAll(words []string) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString("“" + w + "”")
	}
	return b.String()
}
