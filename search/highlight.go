package search

import (
	"cmp"
	"html"
	"slices"
	"strings"

	"leimu/data"
	"leimu/index"
)

// distinct keeps each word once, in the order of the text.
func distinct(words []index.Match) []Match {
	list := []Match{}
	for _, w := range words {
		if !slices.ContainsFunc(list, func(m Match) bool { return m.Text == w.Text }) {
			list = append(list, Match{w.Text, w.Field.String()})
		}
	}
	return list
}

// normalClauses holds the texts that are highlighted in their normal form: making it
// for every result took a tenth of an answer.
type normalClauses map[string]index.Text

func newNormalClauses(c *data.Catalog) normalClauses {
	n := normalClauses{}
	for i := range c.Categories {
		n[c.Categories[i].Definition] = index.Normalize(c.Categories[i].Definition)
		for j := range c.Categories[i].Services {
			text := clause(&c.Categories[i].Services[j])
			n[text] = index.Normalize(text)
		}
	}
	return n
}

// clause is how the guide writes a service.
func clause(s *data.Service) string {
	if s.Name == "" {
		return s.Definition
	}
	return s.Name + ":" + s.Definition
}

// highlight is the definition of the service that fits, or of the category,
// escaped for HTML, with matched words in <mark>.
func (n normalClauses) highlight(c *data.Category, s *data.Service, words []Match) string {
	text := c.Definition
	if s != nil {
		text = clause(s)
	}
	var marked []string
	for _, w := range words {
		marked = append(marked, w.Text)
	}
	return mark(text, n[text], marked)
}

// mark puts <mark> around every occurrence of a word, longest first, in text,
// whose normal form is searched. Words are normalised.
func mark(text string, norm index.Text, words []string) string {
	if len(words) == 0 {
		return html.EscapeString(text)
	}
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
