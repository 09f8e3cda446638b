package search

import (
	"cmp"
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"leimu/data"
	"leimu/index"
)

// briefText is the number of characters up to which a text may be matched by one
// of them alone.
const briefText = 3

// matched lists the words of the text that a category has, each once, in the
// order of the text.
func matched(text string, words []index.Match) []Match {
	list := []Match{}
	for _, w := range words {
		if utf8.RuneCountInString(w.Text) == 1 && utf8.RuneCountInString(text) > briefText {
			continue
		}
		if !slices.ContainsFunc(list, func(m Match) bool { return m.Text == w.Text }) {
			list = append(list, Match{w.Text, w.Field.String()})
		}
	}
	return list
}

// highlight is the definition of the service that fits, or of the category,
// escaped for HTML, with matched words in <mark>.
func highlight(c *data.Category, s *data.Service, words []Match) string {
	text := c.Definition
	if s != nil {
		text = s.Definition
		if s.Name != "" {
			text = s.Name + ":" + text
		}
	}
	var marked []string
	for _, w := range words {
		marked = append(marked, w.Text)
	}
	return mark(text, marked)
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
