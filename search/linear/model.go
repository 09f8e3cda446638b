// Package linear is a linear classifier over sparse features: a weight for each
// pair of feature and class, kept in a byte. It is learned off line (Train,
// Pack) and read from embedded bytes at start (Decode) in a few milliseconds.
package linear

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
)

// idfStep is the resolution at which inverse document frequencies are kept.
const idfStep = 1.0 / 20

// Vocabulary maps feature keys to columns and knows how rare each is. Column
// order is key order.
type Vocabulary struct {
	keys   []uint32
	idf    []uint8  // in steps of idfStep
	bucket []uint32 // where the keys of each leading half begin
}

// bucketBits is how many leading bits of a key choose its bucket. With these, a
// look-up searches ten keys and not half a million.
const bucketBits = 16

// index prepares look-ups.
func (v *Vocabulary) index() {
	v.bucket = make([]uint32, 1<<bucketBits+1)
	for _, k := range v.keys {
		v.bucket[k>>(32-bucketBits)+1]++
	}
	for i := 1; i < len(v.bucket); i++ {
		v.bucket[i] += v.bucket[i-1]
	}
}

// column finds the column of a key.
func (v *Vocabulary) column(key uint32) (int, bool) {
	from, to := v.bucket[key>>(32-bucketBits)], v.bucket[key>>(32-bucketBits)+1]
	at, ok := slices.BinarySearch(v.keys[from:to], key)
	return int(from) + at, ok
}

// leastSeen is in how many documents a feature stands that is known. One seen
// once tells of its document alone: without these a model is a third smaller, at
// the cost of a third of a point on golden queries and of none on others.
const leastSeen = 2

// NewVocabulary counts the features of documents, each given by its distinct
// keys. The inverse document frequency is ln((1+n)/(1+df))+1, as scikit-learn's
// smoothed one.
func NewVocabulary(documents [][]uint32) *Vocabulary {
	df := map[uint32]int{}
	for _, keys := range documents {
		for _, k := range keys {
			df[k]++
		}
	}
	v := &Vocabulary{keys: make([]uint32, 0, len(df)), idf: make([]uint8, 0, len(df))}
	for k, n := range df {
		if n < leastSeen {
			continue
		}
		v.keys = append(v.keys, k)
	}
	slices.Sort(v.keys)
	for _, k := range v.keys {
		idf := math.Log(float64(1+len(documents))/float64(1+df[k])) + 1
		v.idf = append(v.idf, uint8(min(math.Round(idf/idfStep), 255)))
	}
	v.index()
	return v
}

// Len is the number of columns.
func (v *Vocabulary) Len() int { return len(v.keys) }

// Vector turns the keys of a text, repeats included, into its weighted vector
// of length one; keys that the vocabulary does not have are left out and
// counted in missing. It sorts keys.
func (v *Vocabulary) Vector(keys []uint32) (vector []Feature, missing int) {
	slices.Sort(keys)
	vector = make([]Feature, 0, len(keys))
	var norm float64
	for i := 0; i < len(keys); {
		n := i + 1
		for n < len(keys) && keys[n] == keys[i] {
			n++
		}
		column, ok := v.column(keys[i])
		if ok {
			x := (1 + math.Log(float64(n-i))) * float64(v.idf[column]) * idfStep
			vector = append(vector, Feature{uint32(column), float32(x)})
			norm += x * x
		} else {
			missing++
		}
		i = n
	}
	if norm > 0 {
		scale := float32(1 / math.Sqrt(norm))
		for i := range vector {
			vector[i].Value *= scale
		}
	}
	return vector, missing
}

// Rarity is the inverse document frequency of a key, about the negative
// logarithm of its share of all texts; Unseen where the vocabulary lacks it.
func (v *Vocabulary) Rarity(key uint32) float64 {
	column, ok := v.column(key)
	if !ok {
		return Unseen
	}
	return float64(v.idf[column]) * idfStep
}

// Unseen is the rarity of what no text has.
const Unseen = 255 * idfStep

// Model holds the weights that survived pruning, by column.
type Model struct {
	Vocabulary
	start  []uint32 // start[c]..start[c+1] are the weights of column c
	class  []uint8
	weight []uint8 // int8
	scale  float32 // of one step of weight
	bias   []float32
}

// Pack keeps the most telling weights (rows by class, as Train gives them; the
// column after the vocabulary's last is the bias) in a byte each. Weights are
// ranked by what they can add to a score: their size times the rarity of
// their feature. Columns that keep no weight are dropped, but for their idf,
// which the length of a vector needs.
func Pack(v *Vocabulary, weights [][]float32, limit int) *Model {
	m := &Model{Vocabulary: *v, start: make([]uint32, v.Len()+1), bias: make([]float32, len(weights))}
	threshold, largest := pruneAt(v, weights, limit)
	m.scale = largest / 127
	for c := range v.keys {
		for class, row := range weights {
			if w := row[c]; strength(v, c, w) >= threshold {
				if q := int8(math.Round(float64(w / m.scale))); q != 0 {
					m.class, m.weight = append(m.class, uint8(class)), append(m.weight, uint8(q))
				}
			}
		}
		m.start[c+1] = uint32(len(m.class))
	}
	for class, row := range weights {
		m.bias[class] = row[v.Len()]
	}
	return m
}

func strength(v *Vocabulary, column int, weight float32) float32 {
	return max(weight, -weight) * float32(v.idf[column])
}

// pruneAt finds the strength that limit weights reach, and the largest weight.
func pruneAt(v *Vocabulary, weights [][]float32, limit int) (threshold, largest float32) {
	const buckets = 1 << 16
	var top float32
	for _, row := range weights {
		for c := range v.keys {
			top = max(top, strength(v, c, row[c]))
			largest = max(largest, row[c], -row[c])
		}
	}
	counts := make([]int, buckets+1)
	for _, row := range weights {
		for c := range v.keys {
			counts[int(strength(v, c, row[c])/top*buckets)]++
		}
	}
	kept := 0
	for b := buckets; b > 0; b-- {
		if kept += counts[b]; kept > limit {
			return top * float32(b+1) / buckets, largest
		}
	}
	return top / buckets, largest
}

// Classes is the number of classes.
func (m *Model) Classes() int { return len(m.bias) }

// Weights is the number of weights kept.
func (m *Model) Weights() int { return len(m.weight) }

// Score adds up the evidence of a vector for each class into scores.
func (m *Model) Score(vector []Feature, scores []float32) {
	copy(scores, m.bias)
	for _, f := range vector {
		m.Add(f, scores)
	}
}

// Add adds up the evidence of one feature for each class into scores.
func (m *Model) Add(f Feature, scores []float32) {
	for i := m.start[f.Column]; i < m.start[f.Column+1]; i++ {
		scores[m.class[i]] += f.Value * m.scale * float32(int8(m.weight[i]))
	}
}

// Lead is by how much the evidence of one feature for class a exceeds that for
// class b.
func (m *Model) Lead(f Feature, a, b int) float32 {
	var lead float32
	for i := m.start[f.Column]; i < m.start[f.Column+1]; i++ {
		switch x := f.Value * m.scale * float32(int8(m.weight[i])); int(m.class[i]) {
		case a:
			lead += x
		case b:
			lead -= x
		}
	}
	return lead
}

// Key is the key of a column.
func (v *Vocabulary) Key(column uint32) uint32 { return v.keys[column] }

// MostClasses is how many classes the layout holds: a class, and the number of
// weights of a column, are a byte each.
const MostClasses = 255

// magic starts an encoded model; its last character is the version.
const magic = "leimuLM2"

type header struct {
	Columns, Weights, Classes uint32
	Scale                     float32
}

// Encode writes the model as bytes, little-endian: magic, header, the biases,
// for each column how many weights it has, their classes, the weights, the
// rarities, and last the keys, each as the varint of its distance from the one
// before.
func (m *Model) Encode() []byte {
	var b bytes.Buffer
	b.WriteString(magic)
	counts := make([]uint8, m.Len())
	for c := range counts {
		counts[c] = uint8(m.start[c+1] - m.start[c])
	}
	for _, part := range []any{header{uint32(m.Len()), uint32(m.Weights()), uint32(m.Classes()), m.scale},
		m.bias, counts, m.class, m.weight, m.idf} {
		binary.Write(&b, binary.LittleEndian, part) // a Buffer never fails
	}
	var last uint32
	varint := make([]byte, 0, binary.MaxVarintLen32)
	for _, key := range m.keys {
		b.Write(binary.AppendUvarint(varint, uint64(key-last)))
		last = key
	}
	return b.Bytes()
}

// Decode reads what Encode wrote, and keeps its bytes.
func Decode(data []byte) (*Model, error) {
	rest, ok := bytes.CutPrefix(data, []byte(magic))
	if !ok {
		return nil, errors.New("not a model of this version; make it again with make tune")
	}
	r := bytes.NewReader(rest)
	var h header
	if err := binary.Read(r, binary.LittleEndian, &h); err != nil {
		return nil, fmt.Errorf("reading the model's header: %w", err)
	}
	if least := int64(h.Classes)*4 + int64(h.Columns)*3 + int64(h.Weights)*2; int64(r.Len()) < least { // so that taking below can't fail
		return nil, fmt.Errorf("model is cut off: %d bytes follow the header, at least %d expected", r.Len(), least)
	}
	m := &Model{scale: h.Scale, bias: make([]float32, h.Classes)}
	if err := binary.Read(r, binary.LittleEndian, m.bias); err != nil {
		return nil, fmt.Errorf("reading the model: %w", err)
	}
	rest = rest[len(rest)-r.Len():]
	take := func(n uint32) []uint8 {
		part := rest[:n:n]
		rest = rest[n:]
		return part
	}
	counts := take(h.Columns)
	m.class, m.weight, m.idf = take(h.Weights), take(h.Weights), take(h.Columns)
	m.start = make([]uint32, h.Columns+1)
	for c, n := range counts {
		m.start[c+1] = m.start[c] + uint32(n)
	}
	if err := m.readKeys(rest, int(h.Columns)); err != nil {
		return nil, err
	}
	m.index()
	return m, m.check()
}

// readKeys adds up the distances between keys.
func (m *Model) readKeys(data []byte, columns int) error {
	m.keys = make([]uint32, columns)
	var last uint64
	for i := range m.keys {
		distance, n := binary.Uvarint(data)
		if last += distance; n <= 0 || last > math.MaxUint32 {
			return errors.New("model is damaged: its keys can't be read")
		}
		m.keys[i], data = uint32(last), data[n:]
	}
	if len(data) > 0 {
		return fmt.Errorf("model is damaged: %d bytes are left over", len(data))
	}
	return nil
}

// check refuses a model whose parts contradict each other, so that Score need
// not look.
func (m *Model) check() error {
	if int(m.start[len(m.start)-1]) != len(m.class) {
		return errors.New("model is damaged: its columns are out of order")
	}
	if len(m.class) > 0 && int(slices.MaxFunc(m.class, cmp.Compare)) >= len(m.bias) {
		return errors.New("model is damaged: it names a class that it does not have")
	}
	return nil
}
