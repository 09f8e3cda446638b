package linear

import (
	"math"
	"runtime"
	"slices"
	"testing"
)

// toy is three classes of texts that share some features.
func toy() (*Vocabulary, []Example, [][]uint32) {
	documents := [][]uint32{{1, 2, 9}, {1, 3, 9}, {2, 3, 9}, {11, 12, 9}, {11, 13, 9}, {12, 13, 9}, {21, 22, 9}, {21, 23, 9}, {22, 23, 9}}
	v := NewVocabulary(documents)
	var examples []Example
	for i, d := range documents {
		vector, _ := v.Vector(slices.Clone(d))
		examples = append(examples, Example{append(vector, Feature{uint32(v.Len()), 1}), i / 3, 1})
	}
	return v, examples, documents
}

func learnToy() (*Vocabulary, [][]float32, [][]uint32) {
	v, examples, documents := toy()
	return v, Train(examples, 3, v.Len()+1, Options{C: 1, Epsilon: 0.01, Rounds: 100}), documents
}

func best(m *Model, keys []uint32) int {
	vector, _ := m.Vector(slices.Clone(keys))
	scores := make([]float32, m.Classes())
	m.Score(vector, scores)
	return slices.Index(scores, slices.Max(scores))
}

func TestTrainSeparatesClasses(t *testing.T) {
	v, weights, documents := learnToy()
	m := Pack(v, weights, 1000)
	for i, d := range documents {
		if got := best(m, d); got != i/3 {
			t.Errorf("document %d: class %d, want %d", i, got, i/3)
		}
	}
}

func TestTrainDoesNotDependOnTheMachine(t *testing.T) {
	_, many, _ := learnToy()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	_, one, _ := learnToy()
	for c := range one {
		if !slices.Equal(one[c], many[c]) {
			t.Fatalf("class %d differs between one processor and several", c)
		}
	}
}

func TestEncodeDecodeRoundTrip(t *testing.T) {
	v, weights, documents := learnToy()
	m := Pack(v, weights, 1000)
	read, err := Decode(m.Encode())
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(read.Encode(), m.Encode()) {
		t.Error("what was read is written otherwise")
	}
	for i, d := range documents {
		if best(read, d) != i/3 {
			t.Errorf("document %d is placed otherwise after reading", i)
		}
	}
}

func TestPackKeepsTheStrongest(t *testing.T) {
	v, weights, _ := learnToy()
	if all, few := Pack(v, weights, 1000).Weights(), Pack(v, weights, 5).Weights(); few > 5 || few >= all {
		t.Errorf("a limit of 5 keeps %d of %d weights", few, all)
	}
}

func TestVectorHasLengthOneAndNoOrder(t *testing.T) {
	v, _, _ := toy()
	a, missing := v.Vector([]uint32{1, 2, 9, 2, 777})
	b, _ := v.Vector([]uint32{777, 2, 2, 9, 1})
	if !slices.Equal(a, b) {
		t.Error("the order of keys matters")
	}
	if missing != 1 {
		t.Errorf("%d keys missing, want 1", missing)
	}
	var sum float64
	for _, f := range a {
		sum += float64(f.Value) * float64(f.Value)
	}
	if math.Abs(sum-1) > 1e-5 {
		t.Errorf("length is %v", math.Sqrt(sum))
	}
}

// TestCommonerIsLessRare is the law of rarity.
func TestCommonerIsLessRare(t *testing.T) {
	v, _, _ := toy()
	if !(v.Rarity(9) < v.Rarity(1) && v.Rarity(1) < v.Rarity(4711) && v.Rarity(4711) == Unseen) {
		t.Errorf("in all texts %v, in two %v, in none %v", v.Rarity(9), v.Rarity(1), v.Rarity(4711))
	}
}

func FuzzDecode(f *testing.F) {
	v, weights, _ := learnToy()
	good := Pack(v, weights, 1000).Encode()
	f.Add(good)
	f.Add(good[:len(good)-1])
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Decode(data)
		if err != nil {
			return
		}
		vector, _ := m.Vector([]uint32{1, 2, 9})
		m.Score(vector, make([]float32, m.Classes()))
	})
}

func TestDecodeRefusesDamage(t *testing.T) {
	v, weights, _ := learnToy()
	good := Pack(v, weights, 1000).Encode()
	for name, data := range map[string][]byte{
		"empty": nil, "another file": []byte("PNG"), "cut off": good[:len(good)-3], "too long": append(slices.Clone(good), 0),
	} {
		if _, err := Decode(data); err == nil {
			t.Errorf("%s is read", name)
		}
	}
}
