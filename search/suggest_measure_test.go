package search

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"leimu/data"
	"leimu/index"
)

func suggesterOf(tb testing.TB) *Suggester {
	tb.Helper()
	k, err := data.Load(data.Embedded())
	if err != nil {
		tb.Fatal(err)
	}
	e, err := Open(k)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { e.Close() })
	s, err := NewSuggester(e)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// typedQueries reads the queries that are typed: the project's own, or those of
// LEIMU_EVAL.
func typedQueries(tb testing.TB) []LabelledQuery {
	tb.Helper()
	path := os.Getenv("LEIMU_EVAL")
	if path == "" {
		path = goldenQueries
	}
	return queriesOf(tb, path)
}

// keystrokes are all that a text is while it is typed.
func keystrokes(text string) []string {
	var list []string
	for i := range text {
		if i > 0 {
			list = append(list, text[:i])
		}
	}
	return append(list, text)
}

// spelledOut is a text as it is typed on a keyboard, without tones.
func spelledOut(text string) string {
	return strings.Join(index.Pinyin(index.Normalize(text).Norm), "")
}

// isHan reports whether a text is Han from end to end.
func isHan(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return !unicode.Is(unicode.Han, r) })
}

// nameOrPhrase are the kinds of queries that autocomplete is for.
func nameOrPhrase(q LabelledQuery) bool {
	return (q.Kind == "keyword" || q.Kind == "phrase") && len(q.Best) > 0 && isHan(q.Q)
}

func suggested(tb testing.TB, s *Suggester, typed string) []string {
	tb.Helper()
	answer, err := s.Suggest(SuggestRequest{Typed: typed})
	if err != nil {
		tb.Fatal(err)
	}
	labels := make([]string, len(answer.Suggestions))
	for i, x := range answer.Suggestions {
		labels[i] = x.Category.Path[0] + ">" + x.Category.Path[1]
	}
	return labels
}

// among reports whether one of the right labels is among the first n.
func among(labels, right []string, n int) bool {
	return slices.ContainsFunc(labels[:min(n, len(labels))], func(l string) bool { return slices.Contains(right, l) })
}

// typing is what the keystrokes of one text show.
type typing struct {
	needed         int // characters until the right category is among the first five; 0: never
	kept, vanished int // keystrokes after that at which it still is, or is not
}

func typeOut(tb testing.TB, s *Suggester, text string, right []string) typing {
	var t typing
	for _, typed := range keystrokes(text) {
		switch there := among(suggested(tb, s, typed), right, 5); {
		case there && t.needed == 0:
			t.needed = utf8.RuneCountInString(typed)
		case there:
			t.kept++
		case t.needed > 0:
			t.vanished++
		}
	}
	return t
}

type typingSummary struct {
	needed         []int
	kept, vanished int
	never          int
}

func (m *typingSummary) add(t typing) {
	m.kept, m.vanished = m.kept+t.kept, m.vanished+t.vanished
	if t.needed == 0 {
		m.never++
		t.needed = 999
	}
	m.needed = append(m.needed, t.needed)
}

func (m *typingSummary) median() int {
	slices.Sort(m.needed)
	return m.needed[len(m.needed)/2]
}

func atLeast(t *testing.T, what string, got, of int, want float64) {
	t.Helper()
	if share := float64(got) / float64(of); share < want {
		t.Errorf("%s: %.4f, want %.2f", what, share, want)
	}
}

func (m *typingSummary) String() string {
	slices.Sort(m.needed)
	n := len(m.needed)
	return fmt.Sprintf("n %d  median %d  p75 %d  p90 %d  never %d  stability %.4f", n, m.needed[n/2], m.needed[n*3/4], m.needed[n*9/10],
		m.never, float64(m.kept)/float64(m.kept+m.vanished))
}

// TestSuggestMeasures prints what autocomplete is judged by; go test -v -run
// SuggestMeasures ./search/. It fails where a figure falls back.
func TestSuggestMeasures(t *testing.T) {
	if testing.Short() {
		t.Skip("types thousands of keystrokes")
	}
	s := suggesterOf(t)
	var han, latin typingSummary
	var pinyinSame, pinyinAll, initialsFound, initialsAll int
	var unlike, unfound []string
	start := time.Now()
	for _, q := range typedQueries(t) {
		if !nameOrPhrase(q) {
			continue
		}
		han.add(typeOut(t, s, q.Q, q.Best))
		latin.add(typeOut(t, s, spelledOut(q.Q), q.Best))
		a, b := suggested(t, s, q.Q), suggested(t, s, spelledOut(q.Q))
		pinyinAll++
		if len(a) > 0 && len(b) > 0 && a[0] == b[0] {
			pinyinSame++
		} else {
			unlike = append(unlike, q.Q)
		}
		if i := index.Initials(q.Q); len(i) >= 3 {
			initialsAll++
			if among(suggested(t, s, i), q.Best, 5) {
				initialsFound++
			} else {
				unfound = append(unfound, q.Q)
			}
		}
	}
	t.Logf("took %v", time.Since(start))
	t.Logf("Han typed:   %v", &han)
	t.Logf("pinyin typed: %v", &latin)
	t.Logf("pinyin same first %d/%d: %v", pinyinSame, pinyinAll, unlike)
	t.Logf("initials among first five %d/%d: %.600v", initialsFound, initialsAll, unfound)
	if os.Getenv("LEIMU_EVAL") == "" {
		atLeast(t, "pinyin with the same first answer", pinyinSame, pinyinAll, 0.97)
		atLeast(t, "stability of Han", han.kept, han.kept+han.vanished, 0.99)
		atLeast(t, "stability of pinyin", latin.kept, latin.kept+latin.vanished, 0.96)
		atLeast(t, "initials of phrases that nothing completes", initialsFound, initialsAll, 0.8)
		if h, l := han.median(), latin.median(); h > 2 || l > 4 {
			t.Errorf("the right category takes %d Han or %d letters, want 2 and 4", h, l)
		}
	}
	s.measureNames(t)
}

// measureNames types what is known: every name and every fortieth lexicon term.
func (s *Suggester) measureNames(t *testing.T) {
	var han, latin typingSummary
	var same, all, initialsFound, initialsAll int
	var unlike, unfound []string
	for id := int32(0); int(id) < s.completions.Len(); id++ {
		c := s.completions.At(id)
		if id > 600 && id%40 != 0 || !isHan(c.Text) || utf8.RuneCountInString(c.Text) < 2 {
			continue
		}
		right := []string{s.engine.knowledge.Catalog.Categories[c.Category].Label()}
		han.add(typeOut(t, s, c.Text, right))
		latin.add(typeOut(t, s, spelledOut(c.Text), right))
		a, b := suggested(t, s, c.Text), suggested(t, s, spelledOut(c.Text))
		if all++; len(a) > 0 && len(b) > 0 && a[0] == b[0] {
			same++
		} else {
			unlike = append(unlike, c.Text)
		}
		if i := index.Initials(c.Text); len(i) >= 3 {
			if initialsAll++; among(suggested(t, s, i), right, 5) {
				initialsFound++
			} else {
				unfound = append(unfound, c.Text)
			}
		}
	}
	atLeast(t, "initials among the first five", initialsFound, initialsAll, 0.9)
	atLeast(t, "stability of names and terms", han.kept, han.kept+han.vanished, 0.99)
	t.Logf("names and terms, Han typed:   %v", &han)
	t.Logf("names and terms, pinyin typed: %v", &latin)
	t.Logf("names and terms, pinyin same first %d/%d: %.300v", same, all, unlike)
	t.Logf("names and terms, initials among first five %d/%d: %.600v", initialsFound, initialsAll, unfound)
}
