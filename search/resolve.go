package search

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"leimu/data"
	"leimu/index"
)

// Resolver finds categories by what people write for them: an id, a path with
// whatever stands between its parts (生活服务-共享服务, 生活服务 › 共享服务), or a
// second-level name that no other category bears. Only letters and digits
// count, after normalising, so that a name with a stroke or a bracket in it is
// found as well. It is immutable.
type Resolver struct {
	catalog *data.Catalog
	ids     map[string]int
	paths   map[string]int
	seconds map[string][]int
	firsts  map[string][]int
}

// NewResolver prepares the look-ups of a catalogue.
func NewResolver(catalog *data.Catalog) *Resolver {
	r := &Resolver{catalog, map[string]int{}, map[string]int{}, map[string][]int{}, map[string][]int{}}
	for i := range catalog.Categories {
		c := &catalog.Categories[i]
		first, second := letters(c.Path[0]), letters(c.Path[1])
		r.ids[c.ID] = i
		r.paths[first+second] = i
		r.seconds[second] = append(r.seconds[second], i)
		r.firsts[first] = append(r.firsts[first], i)
	}
	return r
}

// CandidateFault tells why a candidate names no category.
type CandidateFault string

const (
	UnknownCandidate   CandidateFault = "unknown_candidate"
	AmbiguousCandidate CandidateFault = "ambiguous_candidate" // several categories bear the name
	BroadCandidate     CandidateFault = "broad_candidate"     // a first-level name alone
)

// CandidateError is a candidate that can't be resolved. Near lists categories
// that may be meant, the likeliest first.
type CandidateError struct {
	Text  string
	Fault CandidateFault
	Near  []Ref
}

func (e *CandidateError) Error() string {
	var near []string
	for _, ref := range e.Near {
		near = append(near, ref.ID+" ("+ref.Path[0]+">"+ref.Path[1]+")")
	}
	list := strings.Join(near, ", ")
	switch e.Fault {
	case AmbiguousCandidate:
		return fmt.Sprintf("candidate %q is the name of several categories: write the path or the id, such as %s", e.Text, list)
	case BroadCandidate:
		return fmt.Sprintf("candidate %q is a first-level category: name one below it, such as %s", e.Text, list)
	}
	if list == "" {
		return fmt.Sprintf("unknown candidate %q: write an id or a path (一级>二级) of the guide", e.Text)
	}
	return fmt.Sprintf("unknown candidate %q: nearest are %s", e.Text, list)
}

// Resolve is the position in the catalogue of the category that text names. The
// error is a *CandidateError.
func (r *Resolver) Resolve(text string) (int, error) {
	if i, ok := r.ids[strings.ToLower(strings.TrimSpace(text))]; ok {
		return i, nil
	}
	key := letters(text)
	if i, ok := r.paths[key]; ok {
		return i, nil
	}
	named := r.seconds[key]
	switch {
	case len(named) == 1:
		return named[0], nil
	case len(named) > 1:
		return 0, &CandidateError{text, AmbiguousCandidate, r.refs(named)}
	case len(r.firsts[key]) > 0:
		return 0, &CandidateError{text, BroadCandidate, r.refs(r.firsts[key])}
	}
	return 0, &CandidateError{text, UnknownCandidate, r.refs(r.nearest(text, key))}
}

// nearTold is how many categories are named that may be meant.
const nearTold = 3

func (r *Resolver) refs(positions []int) []Ref {
	var refs []Ref
	for _, i := range positions[:min(nearTold, len(positions))] {
		refs = append(refs, Ref{r.catalog.Categories[i].ID, r.catalog.Categories[i].Path})
	}
	return refs
}

// likeness below which a category isn't worth naming.
const nearEnough = 0.34

// nearest orders categories by how little must be changed in the text to give
// their id, name or path. Texts far longer than any path are near to none.
func (r *Resolver) nearest(text, key string) []int {
	const longest = 80
	if len([]rune(text)) > longest {
		return nil
	}
	id := strings.ToLower(strings.TrimSpace(text))
	type near struct {
		position int
		likeness float64
	}
	var list []near
	for i := range r.catalog.Categories {
		c := &r.catalog.Categories[i]
		second := letters(c.Path[1])
		like := max(likeness(id, c.ID), likeness(key, second), likeness(key, letters(c.Path[0])+second))
		if like >= nearEnough {
			list = append(list, near{i, like})
		}
	}
	slices.SortStableFunc(list, func(a, b near) int { return cmp.Compare(b.likeness, a.likeness) })
	var positions []int
	for _, n := range list[:min(nearTold, len(list))] {
		positions = append(positions, n.position)
	}
	return positions
}

// letters keeps the letters and digits of a text, normalised.
func letters(text string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return c
		}
		return -1
	}, index.Normalize(text).Norm)
}

// likeness is 1 less the edit distance as a share of the longer text.
func likeness(a, b string) float64 {
	x, y := []rune(a), []rune(b)
	longer := max(len(x), len(y))
	if longer == 0 {
		return 0
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i, c := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j, d := range y {
			changed := diagonal
			if c != d {
				changed++
			}
			diagonal = row[j+1]
			row[j+1] = min(changed, row[j]+1, row[j+1]+1)
		}
	}
	return 1 - float64(row[len(y)])/float64(longer)
}
