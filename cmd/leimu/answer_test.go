package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"leimu/cmd/leimu/terminal"
	"leimu/data"
	"leimu/search"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares what was written with a file that a person has read.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}

// fullAnswer has every part that an answer may have.
func fullAnswer() *search.Answer {
	license := data.Rule{Status: data.LicenseRequired, Text: "可选,需要资质"}
	result := search.Result{Rank: 1, Score: 0.97, Category: search.Ref{ID: "x-one", Path: [2]string{"医疗服务", "在线问诊"}},
		Service: &search.ServiceRef{No: 2, Name: "图文问诊"}, Highlight: "适用于提供<mark>问诊</mark>、A&amp;B 等服务,以及其他很长很长的说明文字,用来看清折行是否对齐",
		Requirements: []data.Requirement{{Documents: []string{"许可证"}, Upload: "前置审批位置", Activity: "诊疗", Region: "广东", Text: "从事诊疗,需提供《许可证》"}},
		RestrictedTo: []string{"政府机关", "事业单位"},
		Eligibility:  data.Eligibility{Individual: license, Organization: license},
		Verdicts: []search.Verdict{
			{Subject: search.Individual, Status: search.Ineligible, Reasons: []string{"仅限政府机关、事业单位"}},
			{Subject: search.Enterprise, Status: search.NotRecommended, Reasons: []string{"不建议选择"}},
			{Subject: search.Government, Status: search.Conditional, Reasons: []string{"可选,需要资质"}}},
		Explain: []search.Evidence{{Kind: "words", Text: "问诊", Weight: 0.9}}}
	other := search.Result{Rank: 3, Score: 0.4, Category: search.Ref{ID: "x-two", Path: [2]string{"生活服务", "工具"}},
		Verdict: &search.Verdict{Subject: search.Individual, Status: search.Eligible, Reasons: []string{"可选,符合个人性质"}}}
	return &search.Answer{Query: "线上问诊\x1b[31m红", Confidence: search.Medium, Results: []search.Result{result}, Alternatives: []search.Result{other},
		Understood: search.Understood{Subject: search.Individual, Negated: []string{"卖药"}, Corrected: []string{"闻诊→问诊"}},
		Needs:      []search.Need{{Text: "问诊", Result: result}},
		Contrast:   &search.Comparison{Text: "描述里有“问诊”,所以是在线问诊而不是工具"},
		Clarify:    &search.Clarify{Question: "有医生回答吗?", Replies: []search.Reply{{Answer: "a", Text: "有", Category: result.Category}}},
		Notice:     "最终以平台审核时的要求和管局审核结果为准"}
}

func TestPrintAnswer(t *testing.T) {
	for _, c := range []struct {
		name    string
		columns int
		color   bool
	}{{"answer.txt", 0, false}, {"answer_narrow.txt", 40, false}, {"answer_color.txt", 80, true}} {
		var out bytes.Buffer
		if err := printAnswer(terminal.FixedPage(&out, c.columns, c.color), fullAnswer()); err != nil {
			t.Fatal(err)
		}
		golden(t, c.name, out.Bytes())
		for line := range bytes.Lines(out.Bytes()) {
			if w := terminal.Width(string(bytes.TrimRight(line, "\n"))); c.columns > 0 && w > c.columns {
				t.Errorf("%s: %d columns: %s", c.name, w, line)
			}
		}
	}
}

func TestPrintSureAnswer(t *testing.T) {
	a := fullAnswer()
	first, second := a.Results[0], a.Results[0]
	first.Explain, second.Explain = nil, nil
	second.Rank, second.Score, second.Category.Path = 2, 0.01, [2]string{"生活服务", "工具"}
	third := second
	third.Rank, third.Category.Path = 10, [2]string{"信息传输、软件和信息技术服务业", "软件开发"}
	a = &search.Answer{Query: "问诊", Confidence: search.High, Results: []search.Result{first, second, third}, Notice: a.Notice}
	var out bytes.Buffer
	if err := printAnswer(terminal.FixedPage(&out, 80, false), a); err != nil {
		t.Fatal(err)
	}
	golden(t, "sure.txt", out.Bytes())
}

func TestPrintNothing(t *testing.T) {
	var out bytes.Buffer
	if err := printAnswer(terminal.FixedPage(&out, 60, false), &search.Answer{Query: "asdf", Confidence: search.None, Notice: "注意"}); err != nil {
		t.Fatal(err)
	}
	golden(t, "nothing.txt", out.Bytes())
}

func TestPrintCatalog(t *testing.T) {
	k, err := loadKnowledge("")
	if err != nil {
		t.Fatal(err)
	}
	var list, one bytes.Buffer
	if err := printCatalog(terminal.FixedPage(&list, 100, false), k.Catalog); err != nil {
		t.Fatal(err)
	}
	golden(t, "catalog_list.txt", list.Bytes())
	for _, id := range []string{"living-sharing", "medical-medicine"} {
		if err := printCategory(terminal.FixedPage(&one, 80, false), k.Catalog.Find(id)); err != nil {
			t.Fatal(err)
		}
	}
	golden(t, "catalog_show.txt", one.Bytes())
}
