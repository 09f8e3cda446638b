package linear

import (
	"bytes"
	"math"
	"math/rand/v2"
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
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	_, many, _ := learnToy()
	runtime.GOMAXPROCS(1)
	_, one, _ := learnToy()
	for c := range one {
		if !slices.Equal(one[c], many[c]) {
			t.Fatalf("class %d differs between one processor and several", c)
		}
	}
}

// TestCostsMatter teaches two classes the same text: the dearer one keeps it.
func TestCostsMatter(t *testing.T) {
	v := NewVocabulary([][]uint32{{1}, {1}, {2}})
	vector, _ := v.Vector([]uint32{1})
	for dearer := range 2 {
		examples := []Example{{vector, 0, 1}, {vector, 1, 1}}
		examples[dearer].Cost = 10
		w := Train(examples, 2, v.Len()+1, Options{C: 1, Epsilon: 0.01, Rounds: 100})
		if dear, cheap := dot(w[dearer], vector), dot(w[1-dearer], vector); dear <= cheap {
			t.Errorf("class %d costs more and scores %v, the other %v", dearer, dear, cheap)
		}
	}
}

// TestPackedIsNearDense: a byte a weight costs half a step of each at most.
func TestPackedIsNearDense(t *testing.T) {
	v, weights, documents := learnToy()
	m, err := Decode(Pack(v, weights, 1000).Encode())
	if err != nil {
		t.Fatal(err)
	}
	var largest float32
	for _, row := range weights {
		for _, w := range row[:v.Len()] {
			largest = max(largest, w, -w)
		}
	}
	scores := make([]float32, m.Classes())
	for i, d := range documents {
		vector, _ := v.Vector(slices.Clone(d))
		var sum float32
		for _, f := range vector {
			sum += f.Value
		}
		allowed := float64(sum*largest/127/2) + 1e-5
		m.Score(vector, scores)
		for class, row := range weights {
			dense := dot(row, vector) + row[v.Len()]
			if math.Abs(float64(scores[class]-dense)) > allowed {
				t.Errorf("document %d, class %d: packed %v, dense %v, more than %v apart", i, class, scores[class], dense, allowed)
			}
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

// TestVectorHasLengthOneAndNoOrder looks at many random texts.
func TestVectorHasLengthOneAndNoOrder(t *testing.T) {
	v, _, _ := toy()
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		keys := make([]uint32, 1+rng.IntN(12))
		unknown, known := map[uint32]bool{}, false
		for i := range keys {
			keys[i] = uint32(rng.IntN(30))
			if v.Rarity(keys[i]) == Unseen {
				unknown[keys[i]] = true
			} else {
				known = true
			}
		}
		a, missing := v.Vector(slices.Clone(keys))
		rng.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
		if b, _ := v.Vector(slices.Clone(keys)); !slices.Equal(a, b) {
			t.Errorf("%v: the order of keys matters", keys)
		}
		if missing != len(unknown) {
			t.Errorf("%v: %d keys missing, want %d", keys, missing, len(unknown))
		}
		if want := truth(known); math.Abs(length(a)-want) > 1e-5 {
			t.Errorf("%v: length is %v, want %v", keys, length(a), want)
		}
	}
}

func length(vector []Feature) float64 {
	var sum float64
	for _, f := range vector {
		sum += float64(f.Value) * float64(f.Value)
	}
	return math.Sqrt(sum)
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func TestRepeatsWeighMore(t *testing.T) {
	v, _, _ := toy()
	once, _ := v.Vector([]uint32{1, 2})
	often, _ := v.Vector([]uint32{1, 1, 1, 2})
	if once[0].Value >= often[0].Value || once[1].Value <= often[1].Value {
		t.Errorf("1 and 2 weigh %v, where 1 stands three times %v", once, often)
	}
}

// TestCommonerIsLessRare is the law of rarity: key i stands in i of 60 texts.
func TestCommonerIsLessRare(t *testing.T) {
	const texts = 60
	documents := make([][]uint32, texts)
	for i := range documents {
		for key := uint32(i + 1); key <= texts; key++ {
			documents[i] = append(documents[i], key)
		}
	}
	v := NewVocabulary(documents)
	for key := uint32(2); key <= texts; key++ {
		if v.Rarity(key) > v.Rarity(key-1) {
			t.Errorf("in %d texts %v, in %d only %v", key, v.Rarity(key), key-1, v.Rarity(key-1))
		}
	}
	if !(v.Rarity(texts) < v.Rarity(leastSeen) && v.Rarity(leastSeen) < Unseen && v.Rarity(1) == Unseen && v.Rarity(4711) == Unseen) {
		t.Errorf("in all texts %v, in two %v, in one %v, in none %v", v.Rarity(texts), v.Rarity(leastSeen), v.Rarity(1), v.Rarity(4711))
	}
}

func FuzzDecode(f *testing.F) {
	v, weights, _ := learnToy()
	good := Pack(v, weights, 1000).Encode()
	f.Add(good)
	f.Add(good[:len(good)-1])
	f.Add([]byte(magic))
	f.Add(wide())
	f.Fuzz(func(t *testing.T, data []byte) { _ = useAll(data) })
}

// useAll reads a model, damaged or not, and uses every part of what was read.
func useAll(data []byte) error {
	m, err := Decode(data)
	if err != nil {
		return err
	}
	keys := []uint32{1, 2, 9}
	for column := range m.Len() {
		keys = append(keys, m.Key(uint32(column)))
	}
	vector, _ := m.Vector(keys)
	m.Score(vector, make([]float32, m.Classes()))
	return nil
}

// wide is an encoded model whose keys lie far apart, so that each takes several
// bytes.
func wide() []byte {
	v := NewVocabulary([][]uint32{{1, 70_000}, {1 << 31, math.MaxUint32}})
	return Pack(v, [][]float32{{1, 0, 0, 0, 0}, {0, 1, 0, -1, 0.5}}, 100).Encode()
}

func TestDecodeRefusesDamage(t *testing.T) {
	good := wide()
	if err := useAll(good); err != nil {
		t.Fatal(err)
	}
	set := func(at int, with ...byte) []byte {
		data := slices.Clone(good)
		copy(data[len(magic)+at:], with)
		return data
	}
	for name, data := range map[string][]byte{
		"empty": nil, "another file": []byte("PNG"), "another version": append([]byte("leimuLM0"), good[len(magic):]...),
		"too long":        append(slices.Clone(good), 0),
		"too few columns": set(0, 1), "four thousand million columns": set(0, 0xff, 0xff, 0xff, 0xff),
		"four thousand million weights": set(4, 0xff, 0xff, 0xff, 0xff),
		"four thousand million classes": set(8, 0xff, 0xff, 0xff, 0xff),
		"no classes":                    set(8, 0),
		"a key without an end":          append(good[:len(good)-5:len(good)-5], bytes.Repeat([]byte{0xff}, 12)...),
		"keys beyond their range":       append(good[:len(good)-5:len(good)-5], 0xff, 0xff, 0xff, 0xff, 0xff, 1),
	} {
		if _, err := Decode(data); err == nil {
			t.Errorf("%s is read", name)
		}
	}
	for n := range good {
		if _, err := Decode(good[:n]); err == nil {
			t.Errorf("cut off after %d of %d bytes, it is read", n, len(good))
		}
	}
}

// TestDamageNeverPanics changes each byte: what is still read can be used.
func TestDamageNeverPanics(t *testing.T) {
	v, weights, _ := learnToy()
	for _, good := range [][]byte{Pack(v, weights, 1000).Encode(), wide()} {
		for i := range good {
			for _, x := range []byte{0, 1, 0x7f, 0x80, 0xff} {
				data := slices.Clone(good)
				data[i] = x
				_ = useAll(data) // an error is as good
			}
		}
	}
}
