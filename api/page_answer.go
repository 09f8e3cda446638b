package api

import (
	"context"
	"strings"

	"leimu/search"
)

// answerView is an answer, decided: what the page shows and what it folds away.
type answerView struct {
	question
	Confidence search.Confidence
	Certainty  string // in words
	Advice     string // what that means
	Corrected  string
	Negated    string
	Heard      search.Subject // who runs it by the description, where that is not who asks
	First      *card
	Others     []card
	Folded     bool // the others, as the first is sure
	Closed     *badge
	Instead    []card // what the subject may choose, where First is closed to it
	Needs      []needView
	NeedsIDs   []string
	Clarify    *search.Clarify
	Contrast   string
	Levels     []level // where nothing fits: the guide to look through
	Summary    string  // for who listens
}

type needView struct {
	Text string
	Card card
}

// answer asks the engine and decides.
func (s *Server) answer(ctx context.Context, snap *snapshot, q question) (*answerView, error) {
	told, err := snap.Search(ctx, q.request())
	if err != nil {
		return nil, err
	}
	s.metrics.told(told.Confidence)
	verdicts, err := everyVerdict(ctx, snap, q, told)
	if err != nil {
		return nil, err
	}
	v := &answerView{question: q, Confidence: told.Confidence, Certainty: confidenceWord(told.Confidence),
		Advice: confidenceAdvice(told.Confidence), Clarify: told.Clarify,
		Corrected: strings.Join(told.Understood.Corrected, "、"), Negated: strings.Join(told.Understood.Negated, "、")}
	if told.Understood.Subject != q.Subject {
		v.Heard = told.Understood.Subject
	}
	if told.Confidence == search.None || len(told.Results) == 0 {
		v.Confidence, v.Levels = search.None, levelsOf(snap.Catalog())
		v.Summary = "没有找到合适的类目"
		return v, nil
	}
	tell := func(r *search.Result) card {
		return cardOf(snap.Catalog(), r, verdicts[r.Category.ID], q.Subject)
	}
	v.tell(told, tell)
	return v, nil
}

func (v *answerView) tell(told *search.Answer, tell func(*search.Result) card) {
	first := tell(&told.Results[0])
	v.First = &first
	for i := range told.Results[1:] {
		v.Others = append(v.Others, tell(&told.Results[i+1]))
	}
	v.Folded = told.Confidence == search.High && told.Clarify == nil
	if asked := first.Asked(); asked != nil && asked.Closed() {
		v.Closed = asked
	}
	for i := range told.Alternatives {
		v.Instead = append(v.Instead, tell(&told.Alternatives[i]))
	}
	for i := range told.Needs {
		need := tell(&told.Needs[i].Result)
		v.Needs = append(v.Needs, needView{told.Needs[i].Text, need})
		v.NeedsIDs = append(v.NeedsIDs, need.ID)
	}
	if told.Contrast != nil && told.Contrast.First.ID == first.ID {
		v.Contrast = told.Contrast.Text
	}
	v.Summary = v.summary()
}

// summary is what a screen reader says when the answer has changed.
func (v *answerView) summary() string {
	text := v.Certainty + ":" + v.First.Name()
	if asked := v.First.Asked(); asked != nil {
		text += "," + asked.Who + asked.Word
	}
	if v.Clarify != nil {
		text += "。请回答:" + v.Clarify.Question
	}
	return text
}

// everyVerdict asks once more for nobody, where somebody asks: an answer tells a
// subject its own verdict only, and a page shows the others beside it.
func everyVerdict(ctx context.Context, snap *snapshot, q question, told *search.Answer) (map[string][]search.Verdict, error) {
	all := told
	if q.Subject != "" {
		everybody := q.request()
		everybody.Subject, everybody.Limit = "", search.MaxLimit
		var err error
		if all, err = snap.Search(ctx, everybody); err != nil {
			return nil, err
		}
	}
	verdicts := map[string][]search.Verdict{}
	add := func(r *search.Result) { verdicts[r.Category.ID] = r.Verdicts }
	for i := range all.Needs {
		add(&all.Needs[i].Result)
	}
	for i := range all.Results {
		add(&all.Results[i])
	}
	return verdicts, nil
}
