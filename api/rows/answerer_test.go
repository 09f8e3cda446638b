package rows

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"leimu/data"
	"leimu/search"
)

// stub answers with what it was asked.
type stub struct {
	request    search.Request
	candidates []int
	panics     bool
}

func (s *stub) Rerank(_ context.Context, r search.Request, candidates []int) (*search.Answer, error) {
	if s.panics {
		panic("broken")
	}
	s.request, s.candidates = r, candidates
	if err := r.Check(); err != nil {
		return nil, err
	}
	return &search.Answer{Confidence: search.High, Results: []search.Result{}}, nil
}

func resolver(t testing.TB) *search.Resolver {
	t.Helper()
	k, err := data.Load(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	return search.NewResolver(k.Catalog)
}

func TestAnswer(t *testing.T) {
	engine := &stub{}
	a := Answerer{Engine: engine, Resolver: resolver(t), Top: 3, Subject: "企业", Region: "广东", Full: true}
	for _, test := range []struct {
		row     Row
		error   string // a part of it; empty: none
		problem string
	}{
		{row: Row{Text: "代驾"}},
		{row: Row{Text: " "}, error: "empty", problem: "没有描述"},
		{row: Row{Text: strings.Repeat("字", search.MaxQuery+1)}, error: "shorten", problem: "描述太长"},
		{row: Row{Text: "代驾", Subject: "外星人"}, error: `unknown subject "外星人"`, problem: "外星人"},
		{row: Row{Text: "代驾", Candidates: []string{"其他"}}, error: "several categories", problem: "写全路径"},
		{row: Row{Text: "代驾", Candidates: []string{"没有这个"}}, error: "unknown candidate", problem: "不在指引中"},
		{row: Row{Text: "代驾", Fault: &Fault{Kind: FaultQuote, Message: "open"}}, error: "open", problem: "引号"},
	} {
		got := a.Answer(context.Background(), &test.row)
		if test.error == "" && got.Error != "" || !strings.Contains(got.Error, test.error) || !strings.Contains(got.Problem, test.problem) {
			t.Errorf("%+v: got %q, %q", test.row, got.Error, got.Problem)
		}
	}
	if engine.request.Subject != search.Enterprise || engine.request.Region != "广东" || engine.request.Limit != 3 {
		t.Errorf("defaults were not used: %+v", engine.request)
	}
	engine.panics = true
	if got := a.Answer(context.Background(), &Row{Text: "x"}); !strings.Contains(got.Error, "internal error") {
		t.Errorf("a panic gave %+v", got)
	}
}

func TestCandidateCells(t *testing.T) {
	r := resolver(t)
	resolve := func(cell string) ([]int, error) { return resolveList(r, SplitCandidates(cell)) }
	for cell, ids := range map[string][]string{
		"living-sharing;living-tools": {"living-sharing", "living-tools"},
		"生活服务-共享服务 | 工具":              {"living-sharing", "living-tools"},
		"共享服务,工具":                     {"living-sharing", "living-tools"},
		"共享服务、工具":                     {"living-sharing", "living-tools"},
		"共享服务、院线影城、演出、工具":             {"living-sharing", "院线影城、演出", "living-tools"},
		"音乐、电台、有声读物":                  {"音乐、电台、有声读物"},
		"":                            nil,
	} {
		var want []int
		for _, id := range ids {
			i, err := r.Resolve(id)
			if err != nil {
				t.Fatal(err)
			}
			want = append(want, i)
		}
		if got, err := resolve(cell); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %v, %v; want %v", cell, got, err, want)
		}
	}
	if _, err := resolve("共享服务、没有的"); err == nil || !strings.Contains(err.Error(), `"没有的"`) {
		t.Errorf("the unknown part must be named: %v", err)
	}
}

func TestParseSubject(t *testing.T) {
	for text, want := range map[string]search.Subject{
		"": "", "individual": "individual", "个人": "individual", "个人主体": "individual", "Personal": "individual",
		"企业": "enterprise", "个体户": "enterprise", "个体工商户": "enterprise", "个人独资企业": "enterprise", "有限公司": "enterprise", "单位": "enterprise",
		"政府": "government", "政府机关": "government", "事业单位": "government", "党政机关": "government",
	} {
		if got, err := ParseSubject(text); err != nil || got != want {
			t.Errorf("%s: got %s, %v; want %s", text, got, err, want)
		}
	}
	if _, err := ParseSubject("火星"); err == nil {
		t.Error("火星 is no subject")
	}
}
