package search

import (
	"cmp"
	"html"
	"slices"
	"strings"

	"leimu/data"
	"leimu/index"
)

// matched lists the words of the text that a category or its services have,
// each once, in the order of the text.
func matched(category int, hits []index.Hit) []Match {
	words := []index.Match{}
	for _, h := range hits {
		if h.Category == category {
			words = append(words, h.Matches...)
		}
	}
	slices.SortStableFunc(words, func(a, b index.Match) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(a.Field, b.Field))
	})
	list, end := []Match{}, 0
	for _, w := range words {
		if w.End > end && !slices.ContainsFunc(list, func(m Match) bool { return m.Text == w.Text }) {
			list, end = append(list, Match{w.Text, w.Field.String()}), w.End
		}
	}
	return list
}

// highlight is the definition of the service that fits, or of the category,
// escaped for HTML, with matched words in <mark>.
func highlight(c *data.Category, s *data.Service, category int, hits []index.Hit) string {
	text := c.Definition
	if s != nil {
		text = s.Definition
		if s.Name != "" {
			text = s.Name + ":" + text
		}
	}
	var words []string
	for _, m := range matched(category, hits) {
		words = append(words, m.Text)
	}
	return mark(text, words)
}

// mark puts <mark> around every occurrence of a word, longest first, in text.
// Words are normalised; the text is searched in its normal form.
func mark(text string, words []string) string {
	norm := index.Normalize(text)
	spans := occurrences(norm.Norm, words)
	var b strings.Builder
	last := 0
	for _, s := range spans {
		from, to := norm.Original(s[0], s[1])
		if from < last {
			continue
		}
		b.WriteString(html.EscapeString(text[last:from]))
		b.WriteString("<mark>" + html.EscapeString(text[from:to]) + "</mark>")
		last = to
	}
	b.WriteString(html.EscapeString(text[last:]))
	return b.String()
}

// occurrences finds where words stand in text, in order, none inside another.
func occurrences(text string, words []string) [][2]int {
	words = slices.Clone(words)
	slices.SortStableFunc(words, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	var spans [][2]int
	for _, w := range words {
		for from := 0; w != ""; {
			at := strings.Index(text[from:], w)
			if at < 0 {
				break
			}
			s := [2]int{from + at, from + at + len(w)}
			if !slices.ContainsFunc(spans, func(o [2]int) bool { return s[0] < o[1] && o[0] < s[1] }) {
				spans = append(spans, s)
			}
			from = s[1]
		}
	}
	slices.SortFunc(spans, func(a, b [2]int) int { return cmp.Compare(a[0], b[0]) })
	return spans
}
