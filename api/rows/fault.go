package rows

import (
	"errors"
	"fmt"
	"strings"

	"leimu/search"
)

// Fault is a row that can't be read. The message is for programs and logs; Chinese
// tells a person.
type Fault struct {
	Kind    FaultKind
	Message string
	Text    string // the words at fault, where they are few
}

func (f *Fault) Error() string { return f.Message }

// FaultKind tells what is wrong with a row.
type FaultKind string

const (
	FaultEmptyLine FaultKind = "empty_line"
	FaultNotUTF8   FaultKind = "not_utf8"
	FaultNotJSON   FaultKind = "not_json"
	FaultNoText    FaultKind = "no_text"
	FaultTooLong   FaultKind = "line_too_long"
	FaultQuote     FaultKind = "open_quote"
	FaultRagged    FaultKind = "too_many_cells"
	FaultSubject   FaultKind = "unknown_subject"
	FaultPanic     FaultKind = "internal_error"
	FaultLost      FaultKind = "gave_up"
)

// English is the message of a row's fault for programs and logs.
func English(err error) string {
	var input *search.InputError
	if errors.As(err, &input) {
		return input.Message // the field's name is that of the search call
	}
	return err.Error()
}

// Chinese is the message of a row's fault for the person who reads the sheet.
func Chinese(err error) string {
	var input *search.InputError
	var candidate *search.CandidateError
	var fault *Fault
	switch {
	case errors.As(err, &input):
		return inputMessage(input)
	case errors.As(err, &candidate):
		return candidateMessage(candidate)
	case errors.As(err, &fault):
		return fault.message()
	}
	return "出错:" + err.Error()
}

func (f *Fault) message() string {
	switch f.Kind {
	case FaultEmptyLine, FaultNoText:
		return "没有描述,请填写小程序做什么"
	case FaultNotUTF8:
		return "文字编码无法识别,请另存为 UTF-8 再试"
	case FaultNotJSON:
		return "这一行不是所需的 JSON:" + f.Message
	case FaultTooLong:
		return "这一行太长,未处理"
	case FaultQuote:
		return "这一行的引号没有配对,未处理"
	case FaultRagged:
		return "这一行的格数多于表头,请检查是否有未加引号的分隔符"
	case FaultSubject:
		return "主体“" + f.Text + "”看不懂,请填 个人、企业 或 政府"
	}
	return "处理这一行时出错:" + f.Message
}

func inputMessage(e *search.InputError) string {
	switch e.Code {
	case search.CodeEmptyQuery:
		return "没有描述,请填写小程序做什么"
	case search.CodeLongQuery:
		return fmt.Sprintf("描述太长,请缩短到 %d 字以内", search.MaxQuery)
	case search.CodeInvalidUTF8:
		return "文字编码无法识别,请另存为 UTF-8 再试"
	case search.CodeUnknownRegion:
		return "地区看不懂,请填省级名称"
	}
	return "无法处理:" + e.Message
}

func candidateMessage(e *search.CandidateError) string {
	var near []string
	for _, ref := range e.Near {
		near = append(near, ref.Path[0]+">"+ref.Path[1])
	}
	list := strings.Join(near, "、")
	switch {
	case e.Fault == search.AmbiguousCandidate:
		return fmt.Sprintf("候选“%s”有多个同名类目,请写全路径,如 %s", e.Text, list)
	case e.Fault == search.BroadCandidate:
		return fmt.Sprintf("候选“%s”是一级类目,请写到二级,如 %s", e.Text, list)
	case list == "":
		return fmt.Sprintf("候选“%s”不在指引中", e.Text)
	}
	return fmt.Sprintf("候选“%s”不在指引中,相近的有 %s", e.Text, list)
}
