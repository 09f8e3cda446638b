// Package semantic compares texts by meaning: by the vectors of their tokens,
// distilled off line from a sentence encoder (data/vectors), and by how near
// they come to prototypes of each class. No transformer runs; a text costs
// microseconds.
package semantic

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"unicode/utf8"
)

// Dim is the number of components of a vector.
const Dim = 128

// Vector is the meaning of a text: of length one, or zero where nothing in it
// is known.
type Vector [Dim]float32

// Zero reports whether nothing was known.
func (v *Vector) Zero() bool { return *v == Vector{} }

// Dot is the cosine of two vectors of length one.
func (v *Vector) Dot(w *Vector) float32 {
	var a, b, c, d float32
	for i := 0; i < Dim; i += 4 {
		a += v[i] * w[i]
		b += v[i+1] * w[i+1]
		c += v[i+2] * w[i+2]
		d += v[i+3] * w[i+3]
	}
	return a + b + c + d
}

// normalize makes the length one.
func (v *Vector) normalize() {
	sum := float64(v.Dot(v))
	if sum < 1e-12 {
		return
	}
	scale := float32(1 / math.Sqrt(sum))
	for i := range v {
		v[i] *= scale
	}
}

// Sum adds up vectors to their mean.
type Sum struct{ v Vector }

// Add adds a vector.
func (s *Sum) Add(v Vector) {
	for i, x := range v {
		s.v[i] += x
	}
}

// Mean is the direction of what was added, of length one.
func (s *Sum) Mean() Vector {
	mean := s.v
	mean.normalize()
	return mean
}

// Table holds a vector for each token, in bytes. It keeps the bytes that it was
// read from.
type Table struct {
	rows   map[string]int32
	scales []float32
	values []byte // int8, Dim a token
}

// The layout of a table is described in data/vectors/README.md.
const (
	tableMagic   = "LMVC"
	tableVersion = 1
)

// ReadTable reads a table of token vectors.
func ReadTable(data []byte) (*Table, error) {
	rest, ok := bytes.CutPrefix(data, []byte(tableMagic))
	if !ok || len(rest) < 16 {
		return nil, errors.New("not a table of token vectors")
	}
	var head [4]uint32
	for i := range head {
		head[i] = binary.LittleEndian.Uint32(rest[4*i:])
	}
	version, dim, count, length := head[0], head[1], int(head[2]), int(head[3])
	rest = rest[16:]
	if version != tableVersion || dim != Dim {
		return nil, fmt.Errorf("table of version %d with %d components; version %d with %d is read", version, dim, tableVersion, Dim)
	}
	if len(rest) != length+count*4+count*Dim {
		return nil, fmt.Errorf("table of token vectors is cut off: %d bytes, %d expected", len(rest), length+count*(4+Dim))
	}
	t := &Table{rows: make(map[string]int32, count), scales: make([]float32, count), values: rest[length+count*4:]}
	row := int32(0)
	for token := range bytes.Lines(rest[:length]) {
		t.rows[string(bytes.TrimSuffix(token, []byte("\n")))] = row
		row++
	}
	if int(row) != count {
		return nil, fmt.Errorf("table lists %d tokens and promises %d", row, count)
	}
	for i := range t.scales {
		t.scales[i] = math.Float32frombits(binary.LittleEndian.Uint32(rest[length+4*i:]))
	}
	return t, nil
}

// longestToken is the number of characters of the longest Han token.
const longestToken = 4

// Vector is the meaning of a normalised text: the sum of its tokens, which are
// all known runs of one to four Han characters, overlapping ones too, and all
// known Latin words. A token's weight is the length of its vector.
func (t *Table) Vector(text string) Vector {
	var v Vector
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case isHan(r):
			t.addRuns(&v, text[i:])
			i += size
		case isLatin(text[i]):
			end := i + 1
			for end < len(text) && (isLatin(text[end]) || text[end] == '.' || text[end] == '+' || text[end] == '#') {
				end++
			}
			t.add(&v, text[i:end])
			i = end
		default:
			i += size
		}
	}
	v.normalize()
	return v
}

// addRuns adds the tokens that text begins with.
func (t *Table) addRuns(v *Vector, text string) {
	end := 0
	for range longestToken {
		r, size := utf8.DecodeRuneInString(text[end:])
		if !isHan(r) {
			return
		}
		end += size
		t.add(v, text[:end])
	}
}

func (t *Table) add(v *Vector, token string) {
	row, ok := t.rows[token]
	if !ok {
		return
	}
	scale := t.scales[row]
	for i, x := range t.values[int(row)*Dim : int(row+1)*Dim] {
		v[i] += scale * float32(int8(x))
	}
}

func isHan(r rune) bool { return r >= 0x4e00 && r <= 0x9fff }

func isLatin(b byte) bool { return 'a' <= b && b <= 'z' || '0' <= b && b <= '9' }
