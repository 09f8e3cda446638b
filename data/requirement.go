package data

import (
	"slices"
	"strings"
)

// A remark is '/' (none), a restriction (仅限政府机关、事业单位), or where
// papers are uploaded and which they are:
//
//	资质上传位置:前置审批位置                one place for all, or
//	资质上传位置:                            a list of papers, each with its place
//	1、校外培训资质,前置审批位置
//	从事…内容,福建需提供《甲》或乙           activity, region, papers
//
// A sentence that asks for no paper stays as a requirement with text alone, so that whoever
// reads requirements only misses nothing.

const (
	noRemark      = "/"
	restriction   = "仅限"
	uploadKey     = "资质上传位置:"
	listSeparator = "、"
)

// readRemark reads lines up to the next row.
func (r *guideReader) readRemark(c *Category) error {
	c.Requirements, c.RestrictedTo = []Requirement{}, []string{}
	c.Remark = r.peek()
	if subjects, ok := strings.CutPrefix(c.Remark, restriction); ok && subjects != "" {
		c.RestrictedTo = strings.Split(subjects, listSeparator)
	}
	if c.Remark == noRemark || len(c.RestrictedTo) > 0 {
		r.at++
		return nil
	}
	if !strings.HasPrefix(c.Remark, uploadKey) {
		return r.expected("a remark ('/', 仅限…, or " + uploadKey + "…)")
	}
	start := r.at
	for r.at++; r.more(); r.at++ {
		if _, row := splitRow(r.peek(), r.first, r.ids); row {
			break
		}
		if err := r.checkRemarkLine(); err != nil {
			return err
		}
	}
	lines := r.lines[start:r.at]
	c.Remark = strings.Join(lines, "\n")
	c.Requirements = parseRequirements(lines)
	return nil
}

// checkRemarkLine refuses a line that can only belong to a row whose start was not
// recognised.
func (r *guideReader) checkRemarkLine() error {
	line := r.peek()
	switch {
	case strings.HasPrefix(line, individualKey):
		return r.expected("the start of this row (二级类目 释义 …) on a line above; none was recognised among the remark's lines")
	case strings.TrimSpace(line) == "", line == noRemark,
		strings.Contains(line, individualKey), strings.Contains(line, orgKey):
		return r.expected("a sentence of the remark or a row (二级类目 释义 …)")
	}
	return nil
}

// parseRequirements reads the lines of a remark that starts with uploadKey.
func parseRequirements(lines []string) []Requirement {
	place, aside := uploadPlace(strings.TrimPrefix(lines[0], uploadKey))
	requirements := []Requirement{}
	for _, line := range lines[1:] {
		line = strings.TrimPrefix(line, clauseStart.FindString(line))
		if document, itsPlace, ok := listedUpload(line, place); ok {
			requirements = append(requirements, Requirement{Documents: []string{document}, Upload: itsPlace, Text: line})
			continue
		}
		for _, sentence := range sentences(line) {
			requirements = append(requirements, parseSentence(sentence, place))
		}
	}
	if aside != "" {
		requirements = append(requirements, Requirement{Documents: []string{}, Text: aside})
	}
	return requirements
}

// uploadPlace takes the place out of 食品资质,前置审批位置 and of
// 前置审批位置(另有说明…); aside is what stands in the brackets.
func uploadPlace(text string) (place, aside string) {
	place, aside, found := strings.Cut(text, "(")
	if found {
		aside = strings.TrimSuffix(aside, ")")
	}
	if i := strings.LastIndex(place, ","); i >= 0 {
		place = place[i+len(","):]
	}
	return place, aside
}

// listedUpload reads 校外培训资质,前置审批位置, which stands below an upload
// key that names no place itself.
func listedUpload(line, place string) (document, itsPlace string, ok bool) {
	if place != "" || !strings.HasSuffix(line, "位置") {
		return "", "", false
	}
	return strings.Cut(line, ",")
}

// sentences splits a line where a space follows a closed document name: the guide
// joins two sentences so.
func sentences(line string) []string {
	if before, after, ok := strings.Cut(line, "》 "); ok {
		return []string{before + "》", after}
	}
	return []string{line}
}

// parseSentence reads one sentence: conditions, the verb, the documents.
func parseSentence(sentence, place string) Requirement {
	q := Requirement{Documents: []string{}, Text: sentence}
	conditions, documents, asks := cutVerb(sentence)
	if !asks {
		return q
	}
	q.Upload, q.Documents = place, documentNames(documents)
	for _, condition := range strings.Split(conditions, ",") {
		region := strings.TrimSuffix(condition, "地区")
		switch {
		case condition == "":
		case condition == "个人":
			q.Subject = subjectIndividual
		case slices.Contains(Provinces(), region):
			q.Region = region
		default: // 从事直播内容: what follows the verb, less the empty noun
			q.Activity = strings.TrimSuffix(strings.TrimPrefix(condition, "从事"), "内容")
		}
	}
	return q
}

// cutVerb splits a sentence at the verb that asks for papers.
func cutVerb(sentence string) (conditions, documents string, ok bool) {
	for _, verb := range []string{"需提供", "需上传"} {
		if before, after, found := strings.Cut(sentence, verb); found {
			return before, after, true
		}
	}
	return "", "", false
}

// documentNames lists the papers of 《甲》、《乙》等…资质 and of 《甲》或丙. What 等
// sums up is no paper's name and stays in the requirement's text.
func documentNames(text string) []string {
	var names []string
	for _, choice := range strings.Split(strings.TrimSuffix(text, sentenceEnd), "或") {
		titled := false
		for rest := choice; ; {
			_, opened, ok := strings.Cut(rest, "《")
			name, after, closed := strings.Cut(opened, "》")
			if !ok || !closed {
				break
			}
			names, rest, titled = append(names, name), after, true
		}
		if !titled && choice != "" {
			names = append(names, choice)
		}
	}
	if names == nil {
		return []string{}
	}
	return names
}

// Provinces lists all, in the short form in which the guide names regions.
func Provinces() []string {
	return []string{
		"北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江", "安徽",
		"福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "重庆", "四川", "贵州",
		"云南", "西藏", "陕西", "甘肃", "青海", "宁夏", "新疆", "香港", "澳门", "台湾",
	}
}
