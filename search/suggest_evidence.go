package search

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"leimu/index"
)

// evidence is what the ranker makes of the text typed so far.
type evidence struct {
	reading string    // the typed text in Han, "" where it can't be told
	spelled bool      // by letters
	initial bool      // that are no pinyin, but may be initials
	score   []float64 // of each category, nil where nothing is known
	first   int       // the category that a search answers first; -1 for none
	weight  float64   // of the texts that score is the mean of
	likely  []int     // the likeliest categories, best first
}

// likeliest categories are offered although no completion of theirs may match:
// what was right must not vanish as typing goes on.
const (
	mostLikely  = 5
	leastLikely = 0.0005
)

// settled is what the text counts without its last character, which may be half a
// word yet and point anywhere: what was likely a keystroke ago does not vanish.
const settled = 0.3

// evidence ranks what is typed as a search does, so that both say the same first. Letters may be read in more
// than one way (jianzhi: 兼职, 减脂); each counts as much as is likely.
func (s *Suggester) evidence(norm string, found []index.Candidate) evidence {
	e := evidence{first: -1, spelled: spelled(norm)}
	if s.unfinished(found) {
		s.foresee(&e, norm, found)
		return e
	}
	understood, k := s.engine.listener.understand(norm)
	confidence, _ := s.engine.certainty.confide(&k)
	if confidence != None {
		e.first = k.order[0]
	}
	if k.known > 0 && (confidence != None || !e.spelled) {
		e.reading = understood.Text
		e.add(k.score, 1)
	}
	readings := s.readings(norm, found)
	for _, r := range readings {
		if r.text == understood.Text {
			continue
		}
		e.add(s.glance(r.text), r.weight)
		e.reading = cmp.Or(e.reading, r.text)
	}
	if len(readings) == 0 && e.spelled {
		e.initial = true
		e.add(s.abbreviated(norm), 1)
	}
	if before := e.reading[:lastCharacter(e.reading)]; before != "" {
		e.add(s.glance(before), settled)
	}
	if !e.initial && !slices.ContainsFunc(found, plainly) {
		e.add(s.begun(norm), settled)
	}
	e.likely = likeliest(e.score)
	return e
}

// plainly reports whether a completion begins with what is typed, as it stands or
// as it sounds.
func plainly(f index.Candidate) bool {
	return f.Start == 0 && f.Doubts == 0 && f.Match <= index.MatchPinyin
}

// begun is the share of each category among the completions of the longest
// beginning of what is typed that has any; nil where none has.
func (s *Suggester) begun(norm string) []float64 {
	found := s.completions.Begun(norm)
	if len(found) == 0 {
		return nil
	}
	share, total := make([]float64, len(s.names)), 0.0
	for _, f := range found {
		completion := s.completions.At(f.ID)
		weight := completion.Weight
		if f.Start > 0 {
			weight *= inside
		}
		share[completion.Category] += weight
		total += weight
	}
	for c := range share {
		share[c] /= total
	}
	return share
}

// unfinished reports whether what is typed is certain to be the beginning of
// something longer: completions go on from it, and none ends with it. A search,
// which costs several times as much, has nothing to answer yet.
func (s *Suggester) unfinished(found []index.Candidate) bool {
	begun := false
	for _, f := range found {
		if f.Start > 0 || f.Doubts > 0 || f.Match > index.MatchPinyin {
			continue
		}
		if int(f.End) == s.completions.Length(f.ID) {
			return false
		}
		begun = true
	}
	return begun
}

// foresee takes the evidence of a text that is certain to go on.
func (s *Suggester) foresee(e *evidence, norm string, found []index.Candidate) {
	for _, r := range s.readings(norm, found) {
		e.add(s.glance(r.text), r.weight)
		e.reading = cmp.Or(e.reading, r.text)
	}
	if before := e.reading[:lastCharacter(e.reading)]; before != "" {
		e.add(s.glance(before), settled)
	}
	if e.likely = likeliest(e.score); len(e.likely) > 0 {
		e.first = e.likely[0]
	}
}

// glance is the score of each category for a text, without their order, which
// takes longer than the scores; nil where the ranker knows nothing of it.
func (s *Suggester) glance(text string) []float64 {
	r := s.engine.ranker
	vector, _ := r.model.Vector(r.extractor.keys(text))
	if len(vector) == 0 {
		return nil
	}
	raw := make([]float32, r.model.Classes())
	r.model.Score(vector, raw)
	return softmax(raw[:r.categories])
}

// add counts what the ranker makes of one text.
func (e *evidence) add(score []float64, weight float64) {
	if score == nil {
		return
	}
	if e.score == nil {
		e.score = make([]float64, len(score))
	}
	share := weight / (e.weight + weight)
	for c, p := range score {
		e.score[c] += share * (p - e.score[c])
	}
	e.weight += weight
}

// lastCharacter is where the last character of a text begins.
func lastCharacter(s string) int {
	_, size := utf8.DecodeLastRuneInString(s)
	return len(s) - size
}

// likeliest lists the categories of the highest scores.
func likeliest(score []float64) []int {
	var list []int
	for c, p := range score {
		if p < leastLikely {
			continue
		}
		at, _ := slices.BinarySearchFunc(list, p, func(have int, p float64) int { return cmp.Or(cmp.Compare(p, score[have]), -1) })
		if at < mostLikely {
			list = slices.Insert(list[:min(len(list), mostLikely-1)], at, c)
		}
	}
	return list
}
