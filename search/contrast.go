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
func (e *Engine) compare(k *ranking, pieces []piece) *Comparison {
	a, b := k.order[0], k.order[1]
	first, second := e.ref(a), e.ref(b)
	var said []string
	if words := telling(pieces, a, b); len(words) > 0 {
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
func telling(pieces []piece, a, b int) []string {
	const least = 0.02
	type word struct {
		text string
		lead float32
	}
	var words []word
	for _, p := range pieces {
		lead := p.raw[a] - p.raw[b]
		if p.kind == evidenceWord && lead > least && utf8.RuneCountInString(p.text) > 1 {
			words = append(words, word{p.text, lead})
		}
	}
	slices.SortStableFunc(words, func(x, y word) int { return cmp.Compare(y.lead, x.lead) })
	var list []string
	for _, w := range words {
		if len(list) < wordsTold && !slices.Contains(list, w.text) {
			list = append(list, w.text)
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
