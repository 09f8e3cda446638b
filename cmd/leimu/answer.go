package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"leimu/cmd/leimu/terminal"
	"leimu/data"
	"leimu/search"
)

// newPage is the page that a subcommand writes to.
func newPage(cmd *cobra.Command) *terminal.Page {
	return terminal.NewPage(cmd.OutOrStdout(), os.Getenv)
}

// indent is the column of what is told of a category, under its rank.
const indent = "    "

// printAnswer tells an answer: first what was understood and how sure the
// answer is, then a block a category, then what to do where it can't be chosen or
// something is still to be said.
func printAnswer(p *terminal.Page, a *search.Answer) error {
	p.Spread(p.Styled(terminal.Bold, terminal.Clean(a.Query)), certainty(p, a))
	printUnderstood(p, a.Understood)
	if len(a.Results) == 0 {
		printNothing(p, a)
	}
	told := toldWhole(a)
	for _, r := range a.Results[:told] {
		p.Line()
		printResult(p, r)
	}
	printOthers(p, a.Results[told:])
	printContrast(p, a.Contrast)
	printNeeds(p, a.Needs)
	printAlternatives(p, a)
	printClarify(p, a.Clarify)
	p.Line()
	p.Labelled(p.Styled(terminal.Dim, "※ "), p.Styled(terminal.Dim, a.Notice))
	return p.Err()
}

// certainty is how sure the answer is, in words.
func certainty(p *terminal.Page, a *search.Answer) string {
	switch a.Confidence {
	case search.High:
		return p.Styled(terminal.Green, "把握:高")
	case search.Medium:
		return p.Styled(terminal.Yellow, "把握:中,请看前几个")
	case search.Low:
		return p.Styled(terminal.Yellow, "把握:低,请再说具体些")
	}
	return p.Styled(terminal.Red, "没有把握")
}

func printUnderstood(p *terminal.Page, u search.Understood) {
	if len(u.Corrected) > 0 {
		p.Labelled("读作  ", terminal.Clean(strings.Join(u.Corrected, " ")))
	}
	if len(u.Negated) > 0 {
		p.Labelled("不做  ", terminal.Clean(strings.Join(u.Negated, "、")))
	}
	if u.Subject != "" {
		p.Labelled("主体  ", subjectName(u.Subject)+"(从描述中看出,可用 --subject 另行指定)")
	}
}

func printNothing(p *terminal.Page, a *search.Answer) {
	p.Line()
	if a.Confidence == search.None {
		p.Labelled("", "没有找到合适的类目。请换一种说法,写明小程序给谁、做什么;全部类目见 leimu catalog list")
		return
	}
	p.Labelled("", "这个范围内没有类目,请减少 --offset 或去掉 --eligible-only")
}

// toldWhole is how many results are told with all their rules: the first alone
// where the answer is sure of it, unless the reasons of all were asked for.
func toldWhole(a *search.Answer) int {
	if a.Confidence == search.High && len(a.Results) > 0 && a.Results[0].Rank == 1 && len(a.Results[0].Explain) == 0 {
		return 1
	}
	return len(a.Results)
}

// printOthers is a table of the categories that stand behind a sure answer.
func printOthers(p *terminal.Page, results []search.Result) {
	if len(results) == 0 {
		return
	}
	paths := 0
	for _, r := range results {
		paths = max(paths, terminal.Width(pathOf(r.Category.Path)))
	}
	p.Line()
	p.Line(p.Styled(terminal.Dim, "其他可能(leimu catalog show 看详情)"))
	for _, r := range results {
		line := terminal.Pad(strconv.Itoa(r.Rank), len(indent)) + terminal.Pad(pathOf(r.Category.Path), paths)
		for _, v := range verdictsOf(r) {
			mark, style := verdictMark(v.Status)
			line += "  " + subjectName(v.Subject) + " " + p.Styled(style, mark)
		}
		p.Spread(line, p.Styled(terminal.Dim, fmt.Sprintf("%.2f", r.Score)))
	}
}

// verdictsOf is the verdict for the asked subject, or of all where none was asked.
func verdictsOf(r search.Result) []search.Verdict {
	if r.Verdict != nil {
		return []search.Verdict{*r.Verdict}
	}
	return r.Verdicts
}

// printResult tells one category.
func printResult(p *terminal.Page, r search.Result) {
	p.Spread(terminal.Pad(strconv.Itoa(r.Rank), len(indent))+p.Styled(terminal.Bold, pathOf(r.Category.Path)),
		p.Styled(terminal.Dim, fmt.Sprintf("%.2f", r.Score)))
	if r.Service != nil {
		p.Labelled(indent+"服务  ", strings.TrimSpace(fmt.Sprintf("%d、%s", r.Service.No, r.Service.Name)))
	}
	if text := highlighted(p, r.Highlight); text != "" {
		p.Labelled(indent+"释义  ", text)
	}
	for _, v := range verdictsOf(r) {
		printVerdict(p, v)
	}
	for _, requirement := range r.Requirements {
		printRequirement(p, requirement)
	}
	if len(r.RestrictedTo) > 0 {
		p.Labelled(indent+"限定  ", "仅限"+strings.Join(r.RestrictedTo, "、"))
	}
	for _, e := range r.Explain {
		p.Labelled(indent+"依据  ", fmt.Sprintf("%+.3f  %s  %s", e.Weight, e.Kind, terminal.Clean(e.Text)))
	}
}

// highlighted shows a highlight's marks in bold, and in brackets where there is none.
func highlighted(p *terminal.Page, highlight string) string {
	open, end := "【", "】"
	if styled := p.Styled(terminal.Bold, "|"); styled != "|" {
		open, end, _ = strings.Cut(styled, "|")
	}
	return strings.NewReplacer("<mark>", open, "</mark>", end, "&lt;", "<", "&gt;", ">", "&#34;", `"`, "&#39;", "'", "&amp;", "&", "\n", " ").Replace(highlight)
}

func printVerdict(p *terminal.Page, v search.Verdict) {
	mark, style := verdictMark(v.Status)
	word := v.Status.Word()
	text := word
	// The guide's words say it again for the plain cases: 可选,需符合单位经营范围.
	if len(v.Reasons) > 0 && strings.HasPrefix(v.Reasons[0], word) {
		text = v.Reasons[0]
	} else if len(v.Reasons) > 0 {
		text += ":" + v.Reasons[0]
	}
	p.Labelled(indent+subjectName(v.Subject)+"  "+p.Styled(style, mark)+" ", terminal.Clean(text))
}

// verdictMark stands before a verdict, so that colour never tells anything alone.
func verdictMark(status search.VerdictStatus) (mark string, style terminal.Style) {
	switch status {
	case search.Eligible:
		return "✓", terminal.Green
	case search.Conditional:
		return "!", terminal.Yellow
	case search.NotRecommended:
		return "△", terminal.Yellow
	}
	return "✗", terminal.Red
}

func printRequirement(p *terminal.Page, r data.Requirement) {
	text := r.Text
	if r.Region != "" && !strings.Contains(text, r.Region) {
		text = r.Region + ":" + text
	}
	if r.Upload != "" && !strings.Contains(text, r.Upload) {
		text += " → 上传到" + r.Upload
	}
	p.Labelled(indent+"材料  ", terminal.Clean(text))
}

func printContrast(p *terminal.Page, c *search.Comparison) {
	if c != nil {
		p.Line()
		p.Labelled("为什么  ", terminal.Clean(c.Text))
	}
}

func printNeeds(p *terminal.Page, needs []search.Need) {
	if len(needs) == 0 {
		return
	}
	p.Line()
	p.Line(p.Styled(terminal.Bold, "描述里有几件事,各自的类目:"))
	for _, n := range needs {
		p.Labelled(indent, terminal.Clean(n.Text)+" → "+pathOf(n.Result.Category.Path))
	}
}

func printAlternatives(p *terminal.Page, a *search.Answer) {
	if len(a.Alternatives) == 0 {
		return
	}
	p.Line()
	p.Line(p.Styled(terminal.Bold, subjectOf(a.Alternatives[0])+"可以选的,最接近的是:"))
	for _, r := range a.Alternatives {
		p.Line()
		printResult(p, r)
	}
}

func subjectOf(r search.Result) string {
	if r.Verdict == nil {
		return ""
	}
	return subjectName(r.Verdict.Subject)
}

func printClarify(p *terminal.Page, c *search.Clarify) {
	if c == nil {
		return
	}
	p.Line()
	p.Labelled("", p.Styled(terminal.Bold, terminal.Clean(c.Question)))
	for _, r := range c.Replies {
		p.Labelled(indent+"--answer "+r.Answer+"  ", terminal.Clean(r.Text)+" → "+pathOf(r.Category.Path))
	}
}

// subjectName is who files, as people say it, in two characters so that it aligns.
func subjectName(s search.Subject) string {
	switch s {
	case search.Individual:
		return "个人"
	case search.Enterprise:
		return "单位"
	}
	return "机关"
}

func pathOf(path [2]string) string { return path[0] + " › " + path[1] }
