package search

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
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
	f, err := os.Open(goldenQueries)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	queries, err := ReadQueries(f)
	if err != nil {
		t.Fatal(err)
	}
	outcomes, err := Run(context.Background(), testEngine(t), queries)
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
	for name, held := range want {
		if got[name] < held-allowedFall {
			t.Errorf("%s fell from %.4f to %.4f", name, held, got[name])
		}
	}
	if t.Failed() {
		before, _ := os.ReadFile(goldenRun)
		t.Logf("queries that changed:\n%s", changedLines(string(before), run))
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

// TestSameQuestionGivesTheSameBytes asks everything twice.
func TestSameQuestionGivesTheSameBytes(t *testing.T) {
	e := testEngine(t)
	for _, q := range []string{"共享充电宝", "火锅店点餐,还办KTV包厢预订", "gjj tiqu", "不是旅行社,只写游记", "停车缴废", "你好"} {
		var first []byte
		for range 3 {
			a, err := e.Search(context.Background(), Request{Query: q, Explain: true})
			if err != nil {
				t.Fatal(err)
			}
			text, err := json.Marshal(a)
			if err != nil {
				t.Fatal(err)
			}
			if first == nil {
				first = text
			}
			if !bytes.Equal(first, text) {
				t.Errorf("%s: two answers to one question", q)
			}
		}
	}
}
