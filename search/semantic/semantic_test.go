package semantic

import (
	"encoding/binary"
	"encoding/json"
	"math"
	"math/rand/v2"
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
	for i, words := range [][]string{
		{"旅馆", "酒店", "民宿", "客栈", "客房", "公寓", "青旅", "度假村", "订房", "住宿", "入住", "露营"},
		{"股票", "基金", "证券", "期货", "债券", "炒股", "理财", "开户", "行情", "港股", "美股", "新股"}} {
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

// TestMemberIsNearerThanStranger: no text comes nearer to a class than its own
// members do, as far as a byte a component tells.
func TestMemberIsNearerThanStranger(t *testing.T) {
	tokens := table(t)
	words := []string{"旅馆", "股票", "宠物", "加油", "快递"}
	var members []Vector
	for _, w := range words {
		members = append(members, tokens.Vector(w))
	}
	for i, w := range words {
		p := Cluster([][]Vector{members[i : i+1], {}})
		own := p.Nearness(NewQuery(&members[i]), 0)
		for j, other := range words {
			if far := p.Nearness(NewQuery(&members[j]), 0); far > own || i != j && far > 0.9 {
				t.Errorf("%s is %.3f near %s, which is %.3f near itself", other, far, w, own)
			}
		}
		if own < 0.98 {
			t.Errorf("%s is but %.3f near itself", w, own)
		}
		if none := p.Nearness(NewQuery(&members[i]), 1); none != -1 {
			t.Errorf("%s is %.3f near a class of nothing, want -1", w, none)
		}
	}
}

// TestNearnessIsTheCosineOfTheNearest compares lanes with plain arithmetic.
func TestNearnessIsTheCosineOfTheNearest(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	random := func() Vector {
		var v Vector
		for i := range v {
			v[i] = float32(rng.NormFloat64())
		}
		v.normalize()
		return v
	}
	for n := range 10 {
		centres := make([]Vector, n)
		for i := range centres {
			centres[i] = random()
		}
		p := &Prototypes{start: []uint32{0, 0}}
		p.pack(centres)
		p.start[1] = uint32(len(p.values) / groupSize)
		for range 50 {
			v := random()
			if n > 0 && rng.IntN(3) == 0 { // the extremes as well: the same and the opposite
				v = centres[rng.IntN(n)]
				for i := range v {
					v[i] *= float32(1 - 2*(n%2))
				}
			}
			want := float32(-1)
			for i := range centres {
				want = max(want, centres[i].Dot(&v))
			}
			if got := p.Nearness(NewQuery(&v), 0); math.Abs(float64(got-want)) > 0.01 {
				t.Fatalf("nearness to %d prototypes is %v, want %v", n, got, want)
			}
		}
	}
}

func TestPrototypesAreReadAsWritten(t *testing.T) {
	good := Cluster([][]Vector{{{1}, {0, 1}}, {}, {{0, 0, -1}}}).Encode()
	p, err := ReadPrototypes(good)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(p.Encode(), good) || p.Classes() != 3 {
		t.Errorf("%d classes, written otherwise than read", p.Classes())
	}
}

func TestReadPrototypesRefusesDamage(t *testing.T) {
	good := Cluster([][]Vector{{{1}, {0, 1}}, {{0, 0, 1}}}).Encode()
	set := func(at int, bytes ...byte) []byte {
		data := slices.Clone(good)
		copy(data[len(prototypesMagic)+at:], bytes)
		return data
	}
	for name, data := range map[string][]byte{
		"empty": nil, "another file": []byte("PNG"), "too long": append(slices.Clone(good), 0),
		"four thousand million classes": set(0, 0xff, 0xff, 0xff, 0xff),
		"starts out of order":           set(8, 0xff), "too many prototypes": set(12, 0xff),
	} {
		if _, err := ReadPrototypes(data); err == nil {
			t.Errorf("%s is read", name)
		}
	}
	for n := range good {
		if _, err := ReadPrototypes(good[:n]); err == nil {
			t.Errorf("cut off after %d of %d bytes, it is read", n, len(good))
		}
	}
}

// smallTable is a table of two tokens.
func smallTable() []byte {
	text := "店\nktv\n"
	data := []byte(tableMagic)
	for _, x := range []uint32{tableVersion, Dim, 2, uint32(len(text))} {
		data = binary.LittleEndian.AppendUint32(data, x)
	}
	data = append(data, text...)
	for range 2 {
		data = binary.LittleEndian.AppendUint32(data, math.Float32bits(0.5))
	}
	values := make([]byte, 2*Dim)
	values[0], values[Dim+1] = 1, 1
	return append(data, values...)
}

func TestTokensAreReadFromATable(t *testing.T) {
	tokens, err := ReadTable(smallTable())
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		text string
		want Vector
	}{
		{"店", Vector{1}}, {"ktv", Vector{0, 1}}, {"店店", Vector{1}}, {"ktvs", Vector{}}, {"车", Vector{}}, {"", Vector{}},
	} {
		if got := tokens.Vector(row.text); got != row.want {
			t.Errorf("%q is %v, want %v", row.text, got[:2], row.want[:2])
		}
	}
}

func TestReadTableRefusesDamage(t *testing.T) {
	good := smallTable()
	set := func(at int, bytes ...byte) []byte {
		data := slices.Clone(good)
		copy(data[len(tableMagic)+at:], bytes)
		return data
	}
	for name, data := range map[string][]byte{
		"empty": nil, "another file": []byte("PNG"), "too long": append(slices.Clone(good), 0),
		"another version": set(0, 9), "other components": set(4, 64), "too many tokens": set(8, 3),
		"four thousand million tokens": set(8, 0xff, 0xff, 0xff, 0xff), "a longer text": set(12, 0xff),
		"a token more than promised": set(16, '\n'),
	} {
		if _, err := ReadTable(data); err == nil {
			t.Errorf("%s is read", name)
		}
	}
	for n := range good {
		if _, err := ReadTable(good[:n]); err == nil {
			t.Errorf("cut off after %d of %d bytes, it is read", n, len(good))
		}
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
	f.Add(smallTable())
	f.Add(vectors.Table()[:64])
	f.Fuzz(func(t *testing.T, data []byte) {
		if table, err := ReadTable(data); err == nil {
			table.Vector("充电宝 ktv")
		}
	})
}
