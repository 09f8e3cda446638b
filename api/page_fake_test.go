package api_test

import (
	"context"
	"html"
	"strings"
	"sync"

	"leimu/api"
	"leimu/data"
	"leimu/search"
)

// fake answers by a script, so that tests of the page depend on no ranking: each
// state that an answer can be in has a description that leads to it.
type fake struct{ k *data.Knowledge }

// Descriptions and what the fake answers them.
const (
	askSure   = "共享充电宝"    // high, closed to 个人
	askPinyin = "gxcdb"    // the same, read from initials
	askEither = "帮村里卖农产品"  // medium, with a clarifying question
	askTwo    = "直播带货和代驾"  // several needs
	askNone   = "阿巴阿巴"     // nothing fits
	askBroken = "崩溃"       // the engine panics
	askRogue  = "<b>rogue" // the engine's highlight has markup in it
)

var fakeKnowledge = sync.OnceValues(func() (*data.Knowledge, error) { return data.Load(data.Embedded()) })

func openFake() (api.Searcher, error) {
	k, err := fakeKnowledge()
	return &fake{k}, err
}

func (f *fake) Catalog() *data.Catalog { return f.k.Catalog }
func (f *fake) Close() error           { return nil }

func (f *fake) Judge(c *data.Category, subject search.Subject, region string) search.Verdict {
	return new(search.Engine).Judge(c, subject, region)
}

// Tell gives the contrast of two categories as the knowledge has it.
func (f *fake) Tell(a, b string) (string, bool) {
	i, _ := f.k.Catalog.Position(a)
	j, _ := f.k.Catalog.Position(b)
	for _, c := range f.k.Contrasts {
		if c.A == i && c.B == j || c.A == j && c.B == i {
			return c.Why, true
		}
	}
	return "", false
}

func (f *fake) Rerank(ctx context.Context, r search.Request, _ []int) (*search.Answer, error) {
	return f.Search(ctx, r)
}

func (f *fake) Search(_ context.Context, r search.Request) (*search.Answer, error) {
	if err := r.Check(); err != nil {
		return nil, err
	}
	a := &search.Answer{Query: r.Query, Confidence: search.High, Notice: f.k.Catalog.Notice,
		Guide: search.Guide{Title: f.k.Catalog.Title, SHA256: f.k.Catalog.SHA256}}
	switch r.Query {
	case askBroken:
		panic("the fake was asked to")
	case askNone:
		a.Confidence = search.None
	case askPinyin:
		a.Understood.Corrected = []string{"gxcdb→共享充电宝"}
		f.sure(a, r)
	case askEither:
		f.either(a, r)
	case askTwo:
		f.sure(a, r)
		a.Confidence = search.Medium
		a.Needs = []search.Need{{Text: "直播带货", Result: f.result(r, "leisure-social", "直播")}, {Text: "代驾", Result: f.result(r, "car-designated-driver", "代驾")}}
	case askRogue:
		a.Results = []search.Result{f.result(r, "living-tools", "")}
		a.Results[0].Highlight = `<b>rogue</b><mark>x<img src=x onerror="document.title='owned'"></mark><script>document.title='owned'</script>`
	default:
		f.sure(a, r)
	}
	return a, nil
}

func (f *fake) sure(a *search.Answer, r search.Request) {
	for _, id := range []string{"living-sharing", "transport-bicycle", "living-tools", "car-charging"} {
		a.Results = append(a.Results, f.result(r, id, "充电"))
	}
	if r.Subject == search.Individual {
		a.Alternatives = []search.Result{f.result(r, "living-tools", "")}
	}
}

func (f *fake) either(a *search.Answer, r search.Request) {
	own, platform := f.result(r, "retail-own-shop", "商家"), f.result(r, "retail-marketplace", "平台")
	a.Results = []search.Result{own, platform}
	if r.Reply == "platform" {
		a.Results = []search.Result{platform, own}
	}
	if r.Reply != "" {
		return
	}
	a.Confidence = search.Medium
	a.Clarify = &search.Clarify{Question: "只卖自己的货,还是也让别的商家来卖?", Replies: []search.Reply{
		{Answer: "own", Text: "只卖自己的", Category: own.Category}, {Answer: "platform", Text: "让商家入驻", Category: platform.Category}}}
}

func (f *fake) result(r search.Request, id, word string) search.Result {
	c := f.k.Catalog.Find(id)
	highlight := html.EscapeString(c.Definition)
	if word != "" {
		highlight = strings.ReplaceAll(highlight, word, "<mark>"+word+"</mark>")
	}
	told := search.Result{Rank: 1, Score: 0.9, Category: search.Ref{ID: c.ID, Path: c.Path}, Highlight: highlight,
		Eligibility: c.Eligibility, Requirements: c.Requirements, RestrictedTo: c.RestrictedTo}
	if r.Subject != "" {
		v := f.Judge(c, r.Subject, r.Region)
		told.Verdict = &v
		return told
	}
	for _, subject := range search.Subjects() {
		told.Verdicts = append(told.Verdicts, f.Judge(c, subject, r.Region))
	}
	return told
}
