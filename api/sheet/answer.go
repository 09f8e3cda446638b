package sheet

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"leimu/api/rows"
	"leimu/search"
)

// AnswerNames names the columns that are appended for the first result, the
// further ones up to top, and the error. A name that the sheet has already gets a
// mark, so that a result can be fed in again.
func AnswerNames(top int, taken []string) []string {
	names := []string{"类目", "类目编号", "服务", "分数", "把握", "结论", "原因", "需提交材料", "上传位置", "建议改选"}
	for i := 1; i < top; i++ {
		names = append(names, "备选"+strconv.Itoa(i))
	}
	names = append(names, "错误")
	for i, name := range names {
		for slices.Contains(taken, name) {
			name += "(leimu)"
		}
		names[i] = name
	}
	return names
}

// AnswerCells are the cells of an answer under AnswerNames.
func AnswerCells(a *rows.Answer, top int) []string {
	cells := make([]string, len(AnswerNames(top, nil)))
	if a.Error != "" {
		cells[len(cells)-1] = a.Problem
		return cells
	}
	cells[4] = confidenceWord(a.Confidence)
	if len(a.Results) == 0 {
		return cells
	}
	first := a.Results[0]
	cells[0], cells[1], cells[2] = label(first.Category), first.Category.ID, serviceName(first.Service)
	cells[3] = strconv.FormatFloat(first.Score, 'f', 4, 64)
	verdicts := first.Verdicts
	if first.Verdict != nil {
		verdicts = []search.Verdict{*first.Verdict}
	}
	cells[5], cells[6] = conclusions(verdicts), reasons(verdicts)
	cells[7], cells[8] = documents(verdicts)
	if a.Instead != nil {
		cells[9] = label(*a.Instead)
	}
	for i := 1; i < min(top, len(a.Results)); i++ {
		cells[9+i] = label(a.Results[i].Category)
	}
	return cells
}

func label(ref search.Ref) string { return ref.Path[0] + ">" + ref.Path[1] }

// serviceName is a service's name, or its number where the guide gives it none.
func serviceName(s *search.ServiceRef) string {
	switch {
	case s == nil:
		return ""
	case s.Name == "":
		return fmt.Sprintf("第%d项", s.No)
	}
	return s.Name
}

func confidenceWord(c search.Confidence) string {
	switch c {
	case search.High:
		return "高"
	case search.Medium:
		return "中"
	case search.Low:
		return "低"
	}
	return "无"
}

func subjectWord(s search.Subject) string {
	switch s {
	case search.Individual:
		return "个人"
	case search.Enterprise:
		return "企业"
	}
	return "政府"
}

// conclusions is one word for an asked subject, and a word for each where none was.
func conclusions(verdicts []search.Verdict) string {
	return each(verdicts, func(v search.Verdict) string { return v.Status.Word() })
}

func reasons(verdicts []search.Verdict) string {
	return each(verdicts, func(v search.Verdict) string { return strings.Join(v.Reasons, ";") })
}

func each(verdicts []search.Verdict, tell func(search.Verdict) string) string {
	if len(verdicts) == 1 {
		return tell(verdicts[0])
	}
	var parts []string
	for _, v := range verdicts {
		parts = append(parts, subjectWord(v.Subject)+":"+tell(v))
	}
	return strings.Join(parts, "\n")
}

// documents lists what any of the subjects must bring, and where to upload it.
func documents(verdicts []search.Verdict) (names, uploads string) {
	var nameList, uploadList []string
	add := func(list []string, text string) []string {
		if text == "" || slices.Contains(list, text) {
			return list
		}
		return append(list, text)
	}
	for _, v := range verdicts {
		for _, d := range v.Documents {
			nameList, uploadList = add(nameList, d.Name), add(uploadList, d.Upload)
		}
	}
	return strings.Join(nameList, "、"), strings.Join(uploadList, "、")
}
