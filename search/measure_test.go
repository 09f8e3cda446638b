package search

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
)

// outcome is a query that a, b or a and b fit, with what came first.
func outcome(id, best string, top ...string) Outcome {
	o := Outcome{LabelledQuery: LabelledQuery{ID: id, Q: "q" + id}, Top: top, Confidence: High, Probability: 0.9}
	if best != "" {
		o.Best = strings.Split(best, ",")
	}
	return o
}

func abstained(id, best string) Outcome {
	o := outcome(id, best)
	o.Confidence, o.Probability = None, 0
	return o
}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-9 }

func TestRank(t *testing.T) {
	for _, row := range []struct {
		o     Outcome
		rank  int
		right bool
	}{
		{outcome("1", "a", "a", "b"), 1, true},
		{outcome("2", "a", "b", "a"), 2, false},
		{outcome("3", "a,b", "c", "b", "a"), 2, false},
		{outcome("4", "a", "b", "c"), 0, false},
		{abstained("5", "a"), 0, false},
		{abstained("6", ""), 0, true},
		{outcome("7", "", "a"), 0, false},
	} {
		if rank, right := row.o.Rank(), row.o.Right(); rank != row.rank || right != row.right {
			t.Errorf("%s: rank %d, right %v; want %d, %v", row.o.ID, rank, right, row.rank, row.right)
		}
	}
}

// TestScore has its figures worked out by hand: ranks 1, 2, 4 and none, one
// abstention of two where nothing fits.
func TestScore(t *testing.T) {
	s := Score([]Outcome{
		outcome("1", "a", "a", "b"),
		outcome("2", "a", "b", "a"),
		outcome("3", "b", "a", "c", "d", "b"),
		abstained("4", "c"),
		abstained("5", ""),
		outcome("6", "", "a"),
	})
	for name, row := range map[string][2]float64{
		"queries":   {float64(s.Queries), 4},
		"P@1":       {s.P1, 1.0 / 4},
		"hit@3":     {s.Hit3, 2.0 / 4},
		"hit@5":     {s.Hit5, 3.0 / 4},
		"MRR":       {s.MRR, (1 + 1.0/2 + 1.0/4) / 4},
		"nDCG":      {s.NDCG, (1 + 1/math.Log2(3) + 1/math.Log2(5)) / 4},
		"macro":     {s.Macro, (1.0/2 + 0 + 0) / 3},
		"nothing":   {float64(s.Nothing), 2},
		"abstained": {s.Abstained, 1.0 / 2},
		"refused":   {s.Refused, 1.0 / 4},
	} {
		if !near(row[0], row[1]) {
			t.Errorf("%s is %v, want %v", name, row[0], row[1])
		}
	}
	if none := Score(nil); none != (Scores{}) {
		t.Errorf("no outcomes score %+v", none)
	}
}

func TestNDCG(t *testing.T) {
	second, third, sixth := 1/math.Log2(3), 1/math.Log2(4), 0.0
	for _, row := range []struct {
		best, ok string
		top      []string
		want     float64
	}{
		{"a", "", []string{"a"}, 1},
		{"a", "", []string{"b", "a"}, second},
		{"a", "b", []string{"a", "b"}, 1},
		{"a", "b", []string{"b", "a"}, (1 + 3*second) / (3 + second)},
		{"a", "b", []string{"c", "b"}, second / (3 + second)},
		{"a,b", "", []string{"a", "b"}, 1},
		{"a,b", "", []string{"b", "a"}, 1}, // best labels are interchangeable
		{"a,b", "", []string{"c", "b", "a"}, (3*second + third) / (3 + second)},
		{"a", "", []string{"b", "c", "d", "e", "f", "a"}, sixth},
		{"a", "", nil, 0},
	} {
		o := outcome("", row.best, row.top...)
		if row.ok != "" {
			o.OK = strings.Split(row.ok, ",")
		}
		if got := ndcg(o); !near(got, row.want) {
			t.Errorf("best %s, ok %s, top %v: %v, want %v", row.best, row.ok, row.top, got, row.want)
		}
	}
}

// TestIntervalHoldsTheMeasure: the interval lies around the measure, is a point
// where all outcomes are alike, and the same each time.
func TestIntervalHoldsTheMeasure(t *testing.T) {
	var mixed, alike []Outcome
	for i := range 60 {
		mixed = append(mixed, outcome(fmt.Sprint(i), "a", []string{"a", "b", "a"}[i%3]))
		alike = append(alike, outcome(fmt.Sprint(i), "a", "a"))
	}
	p1 := func(s Scores) float64 { return s.P1 }
	low, high := Interval(mixed, p1)
	if !(low < 40.0/60 && 40.0/60 < high && low > 0.4 && high < 0.9) {
		t.Errorf("2 of 3 right: %v to %v", low, high)
	}
	if again, _ := Interval(mixed, p1); again != low {
		t.Errorf("%v and then %v", low, again)
	}
	if low, high := Interval(alike, p1); low != 1 || high != 1 {
		t.Errorf("all right: %v to %v", low, high)
	}
}

func TestCalibration(t *testing.T) {
	at := func(p float64, right bool) Outcome {
		o := outcome("", "a", "b")
		if right {
			o.Top = []string{"a"}
		}
		o.Probability = p
		return o
	}
	bins, expected := Calibration([]Outcome{at(0.92, true), at(0.98, false), at(0.3, false), at(1, true), abstained("", "")})
	if len(bins) != 10 {
		t.Fatalf("%d bins", len(bins))
	}
	last := bins[9] // 0.92, 0.98 and 1: 2 of 3 right
	if last.Count != 3 || !near(last.Stated, 2.9/3) || !near(last.Right, 2.0/3) {
		t.Errorf("last bin is %+v", last)
	}
	if b := bins[3]; b.Count != 1 || !near(b.Stated, 0.3) || b.Right != 0 || !near(b.Low, 0.3) || !near(b.High, 0.4) {
		t.Errorf("bin of 0.3 is %+v", b)
	}
	if want := (0.9/3*3 + 0.3*1) / 4; !near(expected, want) {
		t.Errorf("expected error is %v, want %v", expected, want)
	}
	if _, none := Calibration(nil); none != 0 {
		t.Errorf("the error of nothing is %v", none)
	}
}

func TestLevels(t *testing.T) {
	low := outcome("3", "a", "b")
	low.Confidence = Low
	got := Levels([]Outcome{outcome("1", "a", "a"), outcome("2", "a", "b"), low, abstained("4", "")})
	want := []Level{{High, 0.5, 0.5}, {Medium, 0, 0}, {Low, 0.25, 0}, {None, 0.25, 1}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestFlips(t *testing.T) {
	before := []Outcome{outcome("1", "a", "a"), outcome("2", "a,c", "b"), outcome("3", "a", "b"), outcome("gone", "a", "a")}
	after := []Outcome{abstained("1", "a"), outcome("2", "a,c", "a"), outcome("3", "a", "c"), outcome("new", "a", "b")}
	var got []string
	for _, f := range Flips(before, after) {
		got = append(got, f.String())
	}
	want := []string{"- 1 q1: a -> (abstained) (want a)", "+ 2 q2: b -> a (want a / c)"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestConfusions(t *testing.T) {
	got := Confusions([]Outcome{outcome("1", "a", "b"), outcome("2", "a", "a"), outcome("3", "c", "b"), outcome("4", "c", "b"),
		abstained("5", "a"), outcome("6", "", "b"), abstained("7", "")})
	want := []Confusion{
		{"c", "b", 2, []string{"q3", "q4"}}, // the most frequent first, then by name
		{"(nothing fits)", "b", 1, []string{"q6"}},
		{"a", "(abstained)", 1, []string{"q5"}},
		{"a", "b", 1, []string{"q1"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestByKind(t *testing.T) {
	b, a := outcome("1", "a", "a"), outcome("2", "a", "a")
	b.Kind, a.Kind = "typo", "short"
	kinds, parts := ByKind([]Outcome{b, a, b})
	if !reflect.DeepEqual(kinds, []string{"short", "typo"}) || len(parts["typo"]) != 2 || len(parts["short"]) != 1 {
		t.Errorf("kinds %v, parts %v", kinds, parts)
	}
}

func TestReadQueries(t *testing.T) {
	got, err := ReadQueries(strings.NewReader(`{"id":"1","q":"充电宝","best":["a"],"ok":["b"],"kind":"short"}` + "\n\n" + `{"id":"2","q":"你好","best":[]}`))
	want := []LabelledQuery{{"1", "充电宝", []string{"a"}, []string{"b"}, "short"}, {ID: "2", Q: "你好", Best: []string{}}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v; want %+v", got, err, want)
	}
}

func TestReadQueriesNamesTheLineAtFault(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"{\"q\":\"店\"}\n\nnot json", "line 3: expected {"},
		{"[]", "line 1: expected {"},
		{"{\"q\":1}", "line 1: expected {"},
		{"{\"q\":\"店\"}\n{\"q\":\"店\"", "line 2: expected {"},
		{"{\"q\":\"店\"}\n{\"q\":\"" + strings.Repeat("店", 1<<16) + "\"}", "line 2"},
	} {
		if _, err := ReadQueries(strings.NewReader(row.text)); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%.40q: %v, want %q", row.text, err, row.want)
		}
	}
}

// FuzzReadQueries: what is read can be written and is read again the same.
func FuzzReadQueries(f *testing.F) {
	f.Add(`{"id":"1","q":"充电宝","best":["a"],"ok":["b"],"kind":"short"}`)
	f.Add("{}\n\n{\"best\":null}")
	f.Add("{\"q\":\"\\ud800\"}")
	f.Fuzz(func(t *testing.T, text string) {
		queries, err := ReadQueries(strings.NewReader(text))
		if err != nil {
			return
		}
		var b strings.Builder
		for _, q := range queries {
			if err := json.NewEncoder(&b).Encode(q); err != nil {
				t.Fatal(err)
			}
		}
		again, err := ReadQueries(strings.NewReader(b.String()))
		if err != nil || !reflect.DeepEqual(again, queries) {
			t.Errorf("%q is read again as %+v, %v", b.String(), again, err)
		}
	})
}
