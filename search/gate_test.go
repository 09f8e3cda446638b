package search

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"leimu/index"
)

var update = flag.Bool("update", false, "write golden files anew, on purpose")

// The relevance gate: golden queries that the project's own people wrote, none
// of them an example of the lexicon. The measures that the engine reached stand in
// golden_measures.json, every query's first answers in golden_run.txt; both
// are written anew only on purpose, so that a change of ranking is a diff that
// someone reads.
const (
	goldenQueries  = "testdata/golden.jsonl"
	goldenMeasures = "testdata/golden_measures.json"
	goldenRun      = "testdata/golden_run.txt"
	allowedFall    = 0.002 // of a measure: one query in five hundred
)

// gateMeasures are held: none may fall.
func gateMeasures(outcomes []Outcome) map[string]float64 {
	s := Score(outcomes)
	levels := Levels(outcomes)
	return map[string]float64{
		"P@1": s.P1, "hit@3": s.Hit3, "hit@5": s.Hit5, "MRR@10": s.MRR, "nDCG@5": s.NDCG, "macro P@1": s.Macro,
		"abstained where nothing fits": s.Abstained, "answered where something fits": 1 - s.Refused,
		"high: right": levels[0].Right, "high: share": levels[0].Share,
	}
}

func TestRelevanceGate(t *testing.T) {
	outcomes, err := Run(t.Context(), testEngine(t), goldenSet(t))
	if err != nil {
		t.Fatal(err)
	}
	got, run := gateMeasures(outcomes), readableRun(outcomes)
	if *update {
		writeGolden(t, got, run)
		return
	}
	text, err := os.ReadFile(goldenMeasures)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]float64{}
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	if a, b := slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got)); !slices.Equal(a, b) {
		t.Fatalf("%s holds %q, measured are %q", goldenMeasures, a, b)
	}
	for _, fall := range fallen(want, got) {
		t.Error(fall)
	}
	if t.Failed() {
		before, _ := os.ReadFile(goldenRun)
		t.Logf("queries that changed:\n%s", changedLines(string(before), run))
	}
}

// fallen lists the measures that are less than is held, by more than allowed.
func fallen(held, got map[string]float64) []string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(held)) {
		if got[name] < held[name]-allowedFall {
			list = append(list, fmt.Sprintf("%s fell from %.4f to %.4f", name, held[name], got[name]))
		}
	}
	return list
}

func TestGateShutsWhenAMeasureFalls(t *testing.T) {
	held := map[string]float64{"P@1": 0.95, "hit@3": 0.99}
	for _, row := range []struct {
		got  map[string]float64
		want []string
	}{
		{map[string]float64{"P@1": 0.95, "hit@3": 0.99}, nil},
		{map[string]float64{"P@1": 0.96, "hit@3": 1}, nil},
		{map[string]float64{"P@1": 0.9485, "hit@3": 0.99}, nil}, // less than a query in five hundred
		{map[string]float64{"P@1": 0.947, "hit@3": 1}, []string{"P@1 fell from 0.9500 to 0.9470"}},
		{map[string]float64{"hit@3": 0.99}, []string{"P@1 fell from 0.9500 to 0.0000"}},
	} {
		if got := fallen(held, row.got); !slices.Equal(got, row.want) {
			t.Errorf("%v: %q, want %q", row.got, got, row.want)
		}
	}
	before, after := "+ 1 a | x | high\n- 2 b | y | low\n", "+ 1 a | x | high\n+ 2 b | z | low\n"
	if got := changedLines(before, after); got != "+ 2 b | z | low\n" {
		t.Errorf("changed is %q", got)
	}
}

// goldenSet reads the golden queries.
func goldenSet(tb testing.TB) []LabelledQuery {
	tb.Helper()
	return queriesOf(tb, goldenQueries)
}

// queriesOf reads a file of queries.
func queriesOf(tb testing.TB, path string) []LabelledQuery {
	tb.Helper()
	f, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	queries, err := ReadQueries(f)
	if err != nil {
		tb.Fatal(err)
	}
	return queries
}

// TestGoldenQueriesAreLabelled: each has its own id and text, and labels that the
// guide has; none where nothing fits, and only there.
func TestGoldenQueriesAreLabelled(t *testing.T) {
	catalog := testEngine(t).Catalog()
	seen := map[string]string{}
	for _, q := range goldenSet(t) {
		if q.ID == "" || q.Q == "" || q.Kind == "" {
			t.Errorf("%+v: something is empty", q)
		}
		for _, own := range []string{q.ID, "text " + index.Normalize(q.Q).Norm} {
			if seen[own] != "" && own == q.ID {
				t.Errorf("%s and %s have one id", q.Q, seen[own])
			}
			if seen[own] != "" && own != q.ID && q.Kind != "traditional" {
				t.Errorf("%s is asked twice", q.Q)
			}
			seen[own] = q.Q
		}
		for _, label := range slices.Concat(q.Best, q.OK) {
			if _, ok := catalog.PositionOfLabel(label); !ok {
				t.Errorf("%s %s: the guide has no %s", q.ID, q.Q, label)
			}
		}
		if (len(q.Best) == 0) != (q.Kind == "none") {
			t.Errorf("%s %s: kind %s, best %q", q.ID, q.Q, q.Kind, q.Best)
		}
		for _, label := range q.OK {
			if slices.Contains(q.Best, label) {
				t.Errorf("%s %s: %s is best and ok", q.ID, q.Q, label)
			}
		}
	}
	if len(seen) < 2*500 {
		t.Errorf("%d golden queries, want 500", len(seen)/2)
	}
}

// TestGoldenQueriesAreNotLearned: what is measured with stands nowhere in the
// lexicon. Bare terms can't but stand there.
func TestGoldenQueriesAreNotLearned(t *testing.T) {
	k := testEngine(t).knowledge
	learned := map[string]bool{}
	for _, e := range k.Lexicon.Entries {
		learned[index.Normalize(e.Text).Norm] = true
	}
	for _, text := range k.Lexicon.None {
		learned[index.Normalize(text).Norm] = true
	}
	for _, q := range goldenSet(t) {
		if slices.Contains([]string{"keyword", "none", "pinyin"}, q.Kind) {
			continue
		}
		if learned[index.Normalize(q.Q).Norm] {
			t.Errorf("%s %s (%s) stands in the lexicon", q.ID, q.Q, q.Kind)
		}
	}
}

// readableRun is a line a query: right or not, id, text, the first three labels.
func readableRun(outcomes []Outcome) string {
	var b strings.Builder
	for _, o := range outcomes {
		sign := "-"
		if o.Right() {
			sign = "+"
		}
		fmt.Fprintf(&b, "%s %s %s | %s | %s\n", sign, o.ID, o.Q, strings.Join(o.Top[:min(3, len(o.Top))], " "), o.Confidence)
	}
	return b.String()
}

func changedLines(before, after string) string {
	old := map[string]bool{}
	for line := range strings.Lines(before) {
		old[line] = true
	}
	var b strings.Builder
	for line := range strings.Lines(after) {
		if !old[line] {
			b.WriteString(line)
		}
	}
	return b.String()
}

func writeGolden(t *testing.T, measures map[string]float64, run string) {
	t.Helper()
	text, err := json.MarshalIndent(measures, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(goldenMeasures, append(text, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(goldenRun, []byte(run), 0o644); err != nil {
		t.Fatal(err)
	}
}
