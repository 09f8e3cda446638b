package semantic

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"

	"leimu/data/vectors"
	"leimu/index"
)

func table(tb testing.TB) *Table {
	tb.Helper()
	t, err := ReadTable(vectors.Table())
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

// TestVectorsAreThoseOfTheDistiller compares with what the script that made the
// table computes.
func TestVectorsAreThoseOfTheDistiller(t *testing.T) {
	text, err := os.ReadFile("../../data/vectors/testdata.json")
	if err != nil {
		t.Fatal(err)
	}
	var rows []struct {
		Text string
		V    []float64
	}
	if err := json.Unmarshal(text, &rows); err != nil {
		t.Fatal(err)
	}
	if len(rows) == 0 {
		t.Fatal("nothing to compare with")
	}
	tokens := table(t)
	for _, row := range rows {
		v := tokens.Vector(index.Normalize(row.Text).Norm)
		for i, want := range row.V {
			if math.Abs(float64(v[i])-want) > 1e-4 {
				t.Errorf("%s: component %d is %v, want %v", row.Text, i, v[i], want)
			}
		}
	}
}

func TestNearInMeaningIsNearerThanFar(t *testing.T) {
	tokens := table(t)
	near := func(a, b string) float32 { x, y := tokens.Vector(a), tokens.Vector(b); return x.Dot(&y) }
	if a, b := near("旅馆住宿", "酒店客房"), near("旅馆住宿", "股票行情"); a <= b {
		t.Errorf("旅馆住宿 is %.2f near 酒店客房 and %.2f near 股票行情", a, b)
	}
	if v := tokens.Vector("\U0001F600 !!"); !v.Zero() {
		t.Error("signs have a meaning")
	}
}

func TestClustersAreFoundAgain(t *testing.T) {
	tokens := table(t)
	classes := [][]Vector{{}, {}}
	for i, words := range [][]string{{"旅馆", "酒店", "民宿", "客栈"}, {"股票", "基金", "证券", "期货"}} {
		for _, w := range words {
			classes[i] = append(classes[i], tokens.Vector(w))
		}
	}
	p := Cluster(classes)
	if !slices.Equal(p.Encode(), Cluster(classes).Encode()) {
		t.Error("clustering twice gives two results")
	}
	read, err := ReadPrototypes(p.Encode())
	if err != nil {
		t.Fatal(err)
	}
	v := tokens.Vector("宾馆")
	q := NewQuery(&v)
	if own, other := read.Nearness(q, 0), read.Nearness(q, 1); own <= other {
		t.Errorf("宾馆 is %.2f near its own and %.2f near the other", own, other)
	}
}

func FuzzReadPrototypes(f *testing.F) {
	good := Cluster([][]Vector{{{1}, {0, 1}}, {}}).Encode()
	f.Add(good)
	f.Add(good[:len(good)-1])
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := ReadPrototypes(data)
		if err != nil {
			return
		}
		for c := range p.Classes() {
			p.Nearness(&Query{}, c)
		}
	})
}

func FuzzReadTable(f *testing.F) {
	f.Add([]byte(tableMagic))
	f.Add(vectors.Table()[:64])
	f.Fuzz(func(t *testing.T, data []byte) {
		if table, err := ReadTable(data); err == nil {
			table.Vector("充电宝 ktv")
		}
	})
}
