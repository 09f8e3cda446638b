package linear

import (
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
)

// Feature is one coordinate of a sparse vector: a column and its value.
type Feature struct {
	Column uint32
	Value  float32
}

// Example is a text as features, the class it belongs to, and how much an
// error on it costs (1 is an ordinary example).
type Example struct {
	Features []Feature
	Class    int
	Cost     float32
}

// Options of training. C is the cost of an error against the size of the
// weights; Epsilon the largest violation of the optimality conditions at which
// a class is done; Rounds bounds the passes over the examples.
type Options struct {
	C       float64
	Epsilon float64
	Rounds  int
}

// Train learns one weight vector a class, each class against all others, with
// squared hinge loss, by dual coordinate descent (Hsieh et al., "A Dual
// Coordinate Descent Method for Large-scale Linear SVM", ICML 2008, algorithm 3
// with shrinking). The result depends on the examples and their order alone:
// every class has its own fixed random sequence, whatever runs beside it.
//
// Row c of the result holds the weights of class c by column.
func Train(examples []Example, classes, columns int, o Options) [][]float32 {
	norms := make([]float32, len(examples))
	for i, e := range examples {
		for _, f := range e.Features {
			norms[i] += f.Value * f.Value
		}
	}
	weights := make([][]float32, classes)
	next := make(chan int)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for c := range next {
				weights[c] = trainClass(examples, norms, c, columns, o)
			}
		})
	}
	for c := range classes {
		next <- c
	}
	close(next)
	wg.Wait()
	return weights
}

// trainClass solves the two-class problem of one class against the rest.
func trainClass(examples []Example, norms []float32, class, columns int, o Options) []float32 {
	w := make([]float32, columns)
	alpha := make([]float32, len(examples))
	active := make([]int32, len(examples))
	for i := range active {
		active[i] = int32(i)
	}
	rng := rand.New(rand.NewPCG(20, uint64(class)))
	bound := float32(1e30)
	shrunk := false
	for range o.Rounds {
		rng.Shuffle(len(active), func(i, j int) { active[i], active[j] = active[j], active[i] })
		var worst float32 // the largest projected gradient of this pass
		kept := active[:0]
		for _, i := range active {
			e := &examples[i]
			y := float32(-1)
			if e.Class == class {
				y = 1
			}
			diag := float32(1 / (2 * o.C * float64(e.Cost)))
			g := y*dot(w, e.Features) - 1 + diag*alpha[i]
			if alpha[i] == 0 && g > bound {
				shrunk = true
				continue // stays at zero: leave it out until the final check
			}
			kept = append(kept, i)
			pg := g
			if alpha[i] == 0 {
				pg = min(g, 0)
			}
			worst = max(worst, pg, -pg)
			if pg == 0 {
				continue
			}
			old := alpha[i]
			alpha[i] = max(old-g/(norms[i]+diag), 0)
			add(w, e.Features, (alpha[i]-old)*y)
		}
		active = kept
		bound = worst
		if worst > float32(o.Epsilon) {
			continue
		}
		if !shrunk {
			break
		}
		// Converged on what was kept: look once more at all of them.
		active = slices.Grow(active[:0], len(examples))[:len(examples)]
		for i := range active {
			active[i] = int32(i)
		}
		shrunk, bound = false, 1e30
	}
	return w
}

func dot(w []float32, features []Feature) float32 {
	var sum float32
	for _, f := range features {
		sum += w[f.Column] * f.Value
	}
	return sum
}

func add(w []float32, features []Feature, by float32) {
	for _, f := range features {
		w[f.Column] += by * f.Value
	}
}
