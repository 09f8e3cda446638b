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
	start  []uint32 // start[c]..start[c+1] are the groups of class c
	values []byte   // groups of four, two components' bytes alternating, in steps of 1/steps
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
		p.pack(cluster(vectors, uint64(c)))
		p.start[c+1] = uint32(len(p.values) / groupSize)
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

// Four prototypes are compared at a time. A word of 64 bits has a lane of 16 for
// each, so that one multiplication by a component of the query adds to four
// cosines: a third of the time that one product after the other takes. Lanes
// that carry into their neighbours on the way are no harm. All is arithmetic
// modulo 2^64, and in the end each lane holds a number of 16 bits: a cosine is
// at most querySteps*steps and what rounding may add.

const (
	lanes     = 4
	groupSize = lanes * Dim // bytes of four prototypes

	// querySteps is the resolution of a query's component. Whole numbers add up
	// to the same sum on every machine.
	querySteps = 240

	// offset makes the stored bytes positive. What it adds to a sum is known
	// beforehand, and taken off.
	offset   = 128
	allLanes = 0x0001_0001_0001_0001
	lowBytes = 0x00ff_00ff_00ff_00ff
)

// Query is a vector prepared for being compared with prototypes.
type Query struct {
	values [Dim]uint64 // two's complement
	start  uint64      // takes off what offset adds
}

// NewQuery prepares a vector of length one.
func NewQuery(v *Vector) *Query {
	var q Query
	for i, x := range v {
		q.values[i] = uint64(int64(math.Round(float64(x) * querySteps)))
		q.start -= q.values[i] * offset * allLanes
	}
	return &q
}

// Nearness is the cosine of a query with the nearest prototype of a class, -1
// where the class has none.
func (p *Prototypes) Nearness(q *Query, class int) float32 {
	best := int16(-steps * querySteps)
	for i := p.start[class]; i < p.start[class+1]; i++ {
		sums := q.dots((*[groupSize]byte)(p.values[i*groupSize:]))
		for range lanes {
			lane := int16(sums)
			best = max(best, lane)
			sums = (sums - uint64(lane)) >> 16
		}
	}
	return float32(best) / (steps * querySteps)
}

// dots multiplies the query with four prototypes. The bytes of two components
// alternate, so that a mask spreads those of either over the lanes.
func (q *Query) dots(group *[groupSize]byte) uint64 {
	a, b := q.start, uint64(0)
	for i := 0; i < Dim; i += 2 {
		x := binary.LittleEndian.Uint64(group[lanes*i : lanes*i+8])
		a += x & lowBytes * q.values[i]
		b += x >> 8 & lowBytes * q.values[i+1]
	}
	return a + b
}

// pack appends the prototypes of a class in groups of four, the last repeated
// to fill up.
func (p *Prototypes) pack(centres []Vector) {
	for from := 0; from < len(centres); from += lanes {
		group := make([]byte, groupSize)
		for lane := range lanes {
			for i, x := range centres[min(from+lane, len(centres)-1)] {
				group[lanes*(i&^1)+2*lane+i&1] = byte(int(math.Round(float64(x)*steps)) + offset)
			}
		}
		p.values = append(p.values, group...)
	}
}

// Classes is the number of classes.
func (p *Prototypes) Classes() int { return len(p.start) - 1 }

const prototypesMagic = "leimuPR2"

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
	if len(rest) != int(p.start[classes])*groupSize {
		return nil, damaged
	}
	p.values = rest
	return p, nil
}
