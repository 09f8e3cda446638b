package semantic

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"math/rand/v2"
)

// Prototypes stand for the texts of each class: the centres of clusters of
// their vectors. How near a text comes to the nearest of a class says nearly
// what the nearest text of the class would, at a hundredth of the cost.
type Prototypes struct {
	start  []uint32 // start[c]..start[c+1] are those of class c
	values []byte   // int8, Dim a prototype, in steps of 1/steps
}

// Settings of clustering (Lloyd's k-means on the sphere).
const (
	textsACluster = 5
	mostClusters  = 128
	lloydRounds   = 12
)

// Cluster makes prototypes of the vectors of each class. The same vectors give
// the same prototypes.
func Cluster(classes [][]Vector) *Prototypes {
	p := &Prototypes{start: make([]uint32, len(classes)+1)}
	for c, vectors := range classes {
		for _, centre := range cluster(vectors, uint64(c)) {
			for _, x := range centre {
				p.values = append(p.values, byte(int8(math.Round(float64(x)*steps))))
			}
		}
		p.start[c+1] = uint32(len(p.values) / Dim)
	}
	return p
}

func cluster(vectors []Vector, seed uint64) []Vector {
	k := min(len(vectors)/textsACluster+1, mostClusters, len(vectors))
	rng := rand.New(rand.NewPCG(11, seed))
	centres := make([]Vector, k)
	for i, at := range rng.Perm(len(vectors))[:k] {
		centres[i] = vectors[at]
	}
	for range lloydRounds {
		sums := make([]Vector, k)
		for i := range vectors {
			nearest, _ := nearestOf(centres, &vectors[i])
			for d := range vectors[i] {
				sums[nearest][d] += vectors[i][d]
			}
		}
		for i := range sums {
			if !sums[i].Zero() {
				sums[i].normalize()
				centres[i] = sums[i]
			}
		}
	}
	return centres
}

func nearestOf(centres []Vector, v *Vector) (int, float32) {
	best, cosine := 0, float32(-1)
	for i := range centres {
		if c := centres[i].Dot(v); c > cosine {
			best, cosine = i, c
		}
	}
	return best, cosine
}

// Query is a vector prepared for being compared with prototypes.
type Query [Dim]int32

// NewQuery prepares a vector.
func NewQuery(v *Vector) *Query {
	var q Query
	for i, x := range v {
		q[i] = int32(math.Round(float64(x) * querySteps))
	}
	return &q
}

// querySteps is the resolution of a query's component. Whole numbers add up to
// the same sum on every machine, and as fast as any.
const querySteps = 1 << 12

// Nearness is the cosine of a query with the nearest prototype of a class, -1
// where the class has none.
func (p *Prototypes) Nearness(q *Query, class int) float32 {
	best := int32(-steps * querySteps)
	for i := p.start[class]; i < p.start[class+1]; i++ {
		best = max(best, q.dot(p.values[i*Dim:(i+1)*Dim]))
	}
	return float32(best) / (steps * querySteps)
}

// dot goes block by block, so that the compiler checks bounds once a block.
func (q *Query) dot(values []byte) int32 {
	var a, b, c, d int32
	for i := 0; i < Dim; i += 8 {
		x, y := q[i:i+8:i+8], values[i:i+8:i+8]
		a += x[0]*int32(int8(y[0])) + x[4]*int32(int8(y[4]))
		b += x[1]*int32(int8(y[1])) + x[5]*int32(int8(y[5]))
		c += x[2]*int32(int8(y[2])) + x[6]*int32(int8(y[6]))
		d += x[3]*int32(int8(y[3])) + x[7]*int32(int8(y[7]))
	}
	return a + b + c + d
}

// Classes is the number of classes.
func (p *Prototypes) Classes() int { return len(p.start) - 1 }

const prototypesMagic = "leimuPR1"

// steps is the resolution of a stored component, which lies in -1..1.
const steps = 127

// Encode writes the prototypes, a byte a component: magic, number of classes,
// starts, values.
func (p *Prototypes) Encode() []byte {
	var b bytes.Buffer
	b.WriteString(prototypesMagic)
	binary.Write(&b, binary.LittleEndian, uint32(p.Classes())) // a Buffer never fails
	binary.Write(&b, binary.LittleEndian, p.start)
	b.Write(p.values)
	return b.Bytes()
}

// ReadPrototypes reads what Encode wrote, and keeps its bytes.
func ReadPrototypes(data []byte) (*Prototypes, error) {
	damaged := errors.New("prototypes are damaged or of another version; make them again with make tune")
	rest, ok := bytes.CutPrefix(data, []byte(prototypesMagic))
	if !ok || len(rest) < 4 {
		return nil, damaged
	}
	classes := int(binary.LittleEndian.Uint32(rest))
	rest = rest[4:]
	if classes < 0 || len(rest) < 4*(classes+1) {
		return nil, damaged
	}
	p := &Prototypes{start: make([]uint32, classes+1)}
	for i := range p.start {
		p.start[i] = binary.LittleEndian.Uint32(rest[4*i:])
		if i > 0 && p.start[i] < p.start[i-1] {
			return nil, damaged
		}
	}
	rest = rest[4*(classes+1):]
	if len(rest) != int(p.start[classes])*Dim {
		return nil, damaged
	}
	p.values = rest
	return p, nil
}
