package search

import (
	"cmp"
	"math"
	"slices"

	"leimu/index"
)

// keptTexts is how many completions of one category are ever shown together.
const keptTexts = 8

// spread is how many of the first suggestions belong to different categories,
// as far as there are as many: no category crowds others out.
const spread = 5

// group is what was found of one category.
type group struct {
	best   [keptTexts]scored // heaviest first
	count  int
	mass   float64 // of all that was found
	tier   int     // 0 where something matches literally
	weight float64
}

type scored struct {
	index.Candidate
	score float64
}

// before tells which of two texts of one category is shown first.
func (s scored) before(other scored) bool {
	if s.Match.Literal() != other.Match.Literal() {
		return s.Match.Literal()
	}
	return s.score > other.score
}

// choice is a suggestion.
type choice struct {
	index.Candidate
	weight float64
}

// ordering makes one list of completions and evidence. It is reused from
// keystroke to keystroke.
type ordering struct {
	found    []index.Candidate
	groups   []group
	touched  []int // categories of which something was found or is likely
	evidence evidence
	chosen   []choice
}

func newOrdering(categories int) *ordering { return &ordering{groups: make([]group, categories)} }

func (o *ordering) reset() {
	for _, c := range o.touched {
		o.groups[c] = group{}
	}
	o.found, o.touched, o.chosen = o.found[:0], o.touched[:0], o.chosen[:0]
}

// weigh scores every candidate, and every category by its candidates and by what
// the ranker makes of the typed text.
func (o *ordering) weigh(completions *index.Completions, e evidence) {
	o.evidence = e
	total := 0.0
	for _, f := range o.found {
		completion := completions.At(f.ID)
		score := textScore(f, completion.Weight, completions.Length(f.ID))
		g := &o.groups[completion.Category]
		if g.count == 0 && g.mass == 0 {
			o.touched = append(o.touched, completion.Category)
			g.tier = 1
		}
		if f.Match.Literal() {
			g.tier = 0
		}
		g.mass += score
		total += score
		g.keep(scored{f, score})
	}
	o.addLikely()
	for _, c := range o.touched {
		g := &o.groups[c]
		g.weight = textShare*g.best[0].score + massShare*g.mass/math.Max(total, 1)
		if e.score != nil {
			g.weight += rankShare * e.score[c]
		}
	}
	slices.SortFunc(o.touched, func(a, b int) int {
		return cmp.Or(cmp.Compare(o.groups[a].tier, o.groups[b].tier),
			cmp.Compare(o.groups[b].weight, o.groups[a].weight), cmp.Compare(a, b))
	})
}

// What the parts of a category's weight count. They add up to 1.
const (
	rankShare = 0.45
	massShare = 0.25
	textShare = 0.3
)

// addLikely adds the likeliest categories of which nothing was found, among the
// best tier that there is.
func (o *ordering) addLikely() {
	tier := 1
	for _, c := range o.touched {
		tier = min(tier, o.groups[c].tier)
	}
	for _, c := range o.evidence.likely {
		if g := &o.groups[c]; g.count == 0 {
			g.tier = tier
			o.touched = append(o.touched, c)
		}
	}
}

// textScore is how well a completion fits what is typed: how much it is wanted,
// how much of it is typed already, and how it matches.
func textScore(f index.Candidate, weight float64, length int) float64 {
	score := 0.5*weight + 0.3*float64(f.End-f.Start)/float64(length)
	if f.Start == 0 {
		score += 0.2
	}
	switch f.Match {
	case index.MatchMixed, index.MatchInitials:
		score *= 0.9
	case index.MatchTypo:
		score *= 0.6
	}
	return score * math.Pow(0.8, float64(f.Doubts))
}

// keep holds the best candidates of a category, each completion once.
func (g *group) keep(s scored) {
	same := func(have scored) bool { return have.ID == s.ID }
	if i := slices.IndexFunc(g.best[:g.count], same); i >= 0 {
		if !s.before(g.best[i]) {
			return
		}
		copy(g.best[i:g.count], g.best[i+1:g.count])
		g.count--
	}
	at := g.count
	for at > 0 && s.before(g.best[at-1]) {
		at--
	}
	if at == keptTexts {
		return
	}
	g.count = min(g.count+1, keptTexts)
	copy(g.best[at+1:g.count], g.best[at:g.count-1])
	g.best[at] = s
}

// choose lists what is shown: first the category that a search answers first,
// then one text of each of the next categories, then their further texts; all
// that matches literally before all that only sounds alike.
func (o *ordering) choose(s *Suggester, limit int) []choice {
	o.promoteFirst()
	literal := 0
	for literal < len(o.touched) && o.groups[o.touched[literal]].tier == 0 {
		literal++
	}
	rounds := keptTexts
	if literal < len(o.touched) {
		rounds = textsBeforeSound
	}
	o.take(s, o.touched[:literal], rounds, limit)
	o.take(s, o.touched[literal:], keptTexts, limit)
	lowest := 1.0
	for i := range o.chosen {
		lowest = math.Min(lowest, o.chosen[i].weight)
		o.chosen[i].weight = math.Round(lowest*1000) / 1000
	}
	return o.chosen
}

// textsBeforeSound is how many texts of a category are shown that match
// literally, where others that sound alike wait below.
const textsBeforeSound = 2

// promoteFirst puts the category that a search answers first at the top. Where
// others match literally and it only by sound, it stands there by its name.
func (o *ordering) promoteFirst() {
	at := slices.Index(o.touched, o.evidence.first)
	if at < 0 {
		return
	}
	top := o.groups[o.touched[0]].tier
	copy(o.touched[1:at+1], o.touched[:at])
	o.touched[0] = o.evidence.first
	if g := &o.groups[o.evidence.first]; g.tier > top {
		g.tier, g.count = top, 0
	}
}

// take chooses texts of categories, round by round.
func (o *ordering) take(s *Suggester, categories []int, rounds, limit int) {
	for round := range rounds {
		for i, c := range categories {
			if len(o.chosen) == limit {
				return
			}
			if round == 0 && i >= max(spread, limit-2) { // further texts have their place too
				break
			}
			g := &o.groups[c]
			switch {
			case round < g.count:
				o.chosen = append(o.chosen, choice{g.best[round].Candidate, g.weight})
			case round == 0:
				o.chosen = append(o.chosen, choice{s.answer(o.evidence.reading, c, o.answerKind(g.tier)), g.weight})
			}
		}
	}
}

// answer stands for a category of which nothing completes what is typed: by a text
// that shares most with it, or else by its name.
func (s *Suggester) answer(reading string, category int, kind index.MatchKind) index.Candidate {
	near, ok := s.completions.Nearest(reading, category)
	if !ok {
		near = index.Candidate{ID: s.names[category]}
	}
	near.Match = kind
	return near
}

// answerKind is how an answer is said to match: as what was found about it does.
func (o *ordering) answerKind(tier int) index.MatchKind {
	switch {
	case tier == 0 || len(o.found) == 0 && !o.evidence.spelled:
		return index.MatchInfix
	case len(o.found) == 0 && o.evidence.initial:
		return index.MatchInitials
	case len(o.found) == 0:
		return index.MatchPinyin
	}
	return o.found[0].Match
}
