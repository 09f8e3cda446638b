package search

import (
	"slices"
	"strings"

	"leimu/data"
	"leimu/index"
)

// listener hears what was meant by what was written.
type listener struct {
	ranker   *ranker
	reader   *reader
	speller  *speller
	subjects []data.SubjectCue
}

func newListener(k *data.Knowledge, r *ranker) *listener {
	vocabulary := &r.model.Vocabulary
	cues := slices.Clone(k.Subjects)
	for i := range cues {
		cues[i].Text = index.Normalize(cues[i].Text).Norm
	}
	return &listener{r, newReader(k, vocabulary), newSpeller(k.Language.Confusables, vocabulary), cues}
}

// understand reads a normalised text and ranks what it was taken for.
func (l *listener) understand(norm string) (Understood, ranking) {
	u := Understood{Text: norm}
	k := l.ranker.rank(norm)
	if letters, better, ok := l.readLatin(norm); ok {
		u.Text, k = letters, better
		u.Corrected = append(u.Corrected, norm+"→"+letters)
	}
	for range typosHeard {
		p, better, ok := l.hear(u.Text, k)
		if !ok {
			break
		}
		u.Text, k = p.text, better
		u.Corrected = append(u.Corrected, p.wrote+"→"+p.meant)
	}
	for _, s := range l.ranker.extractor.negation.spans(u.Text) {
		u.Negated = append(u.Negated, u.Text[s[0]:s[1]])
	}
	u.Subject = l.subject(u.Text)
	return u, k
}

// Bounds of hearing.
const (
	typosHeard = 2    // characters corrected in one description
	inDoubt    = 0.6  // a first place by more than this needs no correction
	settling   = 0.25 // by how much a correction must widen it
	nearly     = 0.4  // by how much a rarer reading must be better than the commonest
)

// readLatin replaces runs of Latin letters by what they mean, and ranks that.
func (l *listener) readLatin(norm string) (string, ranking, bool) {
	texts := []string{""}
	last, changed := 0, false
	for _, run := range latinRuns(norm) {
		meanings := l.reader.read(run.words)
		if meanings == nil {
			continue
		}
		for i := range meanings {
			meanings[i] = norm[last:run.start] + " " + meanings[i] + " "
		}
		texts, last, changed = combine(texts, meanings), run.end, true
	}
	if !changed {
		return "", ranking{}, false
	}
	var best string
	var ranked ranking
	for i, text := range texts {
		text = index.Normalize(text + norm[last:]).Norm
		k := l.ranker.rank(text)
		if i == 0 || k.top() > ranked.top()+nearly {
			best, ranked = text, k
		}
	}
	return best, ranked, true
}

// hear looks for a typo whose correction settles what the literal text leaves
// in doubt.
func (l *listener) hear(text string, literal ranking) (proposal, ranking, bool) {
	var best proposal
	ranked, found := literal, false
	if literal.margin() > inDoubt {
		return best, ranked, false
	}
	for _, p := range l.speller.propose(text) {
		k := l.ranker.rank(p.text)
		if k.top() > literal.top()+settling && k.top() > ranked.top() {
			best, ranked, found = p, k, true
		}
	}
	return best, ranked, found
}

// subject is who runs it, where the text says so clearly enough.
func (l *listener) subject(text string) Subject {
	const clear = 0.6
	best, weight := Subject(""), clear
	for _, cue := range l.subjects {
		if cue.Weight > weight && strings.Contains(text, cue.Text) {
			best, weight = Subject(cue.Subject), cue.Weight
		}
	}
	return best
}
