package sheet

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"leimu/api/rows"
)

// Columns says where in a sheet's rows to look. A position is -1 where the sheet
// has no such column.
type Columns struct {
	Names                                 []string // as the header has them
	text, id, candidates, subject, region int
	headless                              bool // the first row is data already
}

// words by which a column is known, the likelier first. A name that is such a word
// comes before one that has it in it (小程序描述(必填)).
type columnWords []string

func textWords() columnWords {
	return columnWords{"描述", "简介", "介绍", "服务内容", "业务内容", "功能", "说明", "需求", "文本",
		"text", "description", "desc", "query", "introduction", "summary", "content"}
}

// nameWords are second best: a name says less than a description.
func nameWords() columnWords {
	return columnWords{"名称", "小程序名", "name", "title"}
}

func candidateWords() columnWords {
	return columnWords{"候选", "候选类目", "备选类目", "可选类目", "candidates", "candidate", "documents"}
}

func subjectWords() columnWords {
	return columnWords{"主体", "主体类型", "备案主体", "申请主体", "主体性质", "单位性质", "主办单位性质", "subject", "entity"}
}

func regionWords() columnWords {
	return columnWords{"地区", "省份", "省", "所在地", "所在地区", "所在省", "区域", "region", "province"}
}

func idWords() columnWords {
	return columnWords{"id", "编号", "序号", "行号", "no"}
}

// ColumnOptions override the guess: a name, or a number counted from 1.
type ColumnOptions struct {
	Text       string
	Candidates string
}

// ColumnError is a header in which the description can't be found.
type ColumnError struct {
	Message string
}

func (e *ColumnError) Error() string { return e.Message }

// GuessColumns reads a header. A sheet of one column needs none.
func GuessColumns(header []string, options ColumnOptions) (Columns, error) {
	c := Columns{Names: header}
	names := make([]string, len(header))
	for i, name := range header {
		names[i] = plainName(name)
	}
	if c.text = find(names, textWords()); c.text < 0 {
		c.text = find(names, nameWords())
	}
	c.candidates = find(names, candidateWords())
	c.subject, c.region, c.id = find(names, subjectWords()), find(names, regionWords()), findExact(names, idWords())
	if c.subject == c.text { // 主体名称 and the like
		c.subject = -1
	}
	var err error
	if options.Text != "" {
		if c.text, err = named(header, names, options.Text); err != nil {
			return c, err
		}
	}
	if options.Candidates != "" {
		if c.candidates, err = named(header, names, options.Candidates); err != nil {
			return c, err
		}
	}
	if c.text < 0 && len(header) == 1 {
		return Columns{Names: []string{textWords()[0]}, id: -1, candidates: -1, subject: -1, region: -1, headless: true}, nil
	}
	if c.text < 0 {
		return c, &ColumnError{"no column looks like the description: name it with --text-column; the columns are " + strings.Join(header, ", ")}
	}
	return c, nil
}

// plainName is a header's name for comparing: half width, lower case, without
// marks (*必填) and blanks.
func plainName(name string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, width.Narrow.String(name))
}

func find(names []string, words columnWords) int {
	if i := findExact(names, words); i >= 0 {
		return i
	}
	for _, w := range words {
		if isASCII(w) {
			continue // "no" is in "note"
		}
		if i := slices.IndexFunc(names, func(name string) bool { return strings.Contains(name, w) }); i >= 0 {
			return i
		}
	}
	return -1
}

func findExact(names []string, words columnWords) int {
	for _, w := range words {
		if i := slices.Index(names, w); i >= 0 {
			return i
		}
	}
	return -1
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(c rune) bool { return c > unicode.MaxASCII }) < 0
}

// named finds the column that the caller names.
func named(header, names []string, asked string) (int, error) {
	if i := slices.Index(header, asked); i >= 0 {
		return i, nil
	}
	if i := slices.Index(names, plainName(asked)); i >= 0 {
		return i, nil
	}
	if n, err := strconv.Atoi(asked); err == nil && n >= 1 && n <= len(header) {
		return n - 1, nil
	}
	return -1, &ColumnError{fmt.Sprintf("no column %q: the columns are %s", asked, strings.Join(header, ", "))}
}

// Row reads a row of cells. Cells beyond the header come from separators in a text
// without quotes: where the description is the last column they are put together
// again; elsewhere the row is told as faulty and its cells are kept in the last one.
func (c *Columns) Row(cells []string, line int, comma string) rows.Row {
	row := rows.Row{Line: line}
	if last := len(c.Names) - 1; len(cells) > len(c.Names) {
		extra := cells[len(c.Names):]
		if strings.Join(extra, "") != "" {
			if c.text != last {
				row.Fault = &rows.Fault{Kind: rows.FaultRagged,
					Message: fmt.Sprintf("the row has %d cells, the header %d", len(cells), len(c.Names))}
			}
			cells = append(slices.Clone(cells[:last]), strings.Join(cells[last:], comma))
		}
		cells = cells[:len(c.Names)]
	}
	at := func(column int) string {
		if column < 0 || column >= len(cells) {
			return ""
		}
		return cells[column]
	}
	row.Cells, row.Text, row.Subject, row.Region = cells, at(c.text), at(c.subject), strings.TrimSpace(at(c.region))
	row.Candidates = rows.SplitCandidates(at(c.candidates))
	if id := at(c.id); id != "" {
		row.ID, _ = json.Marshal(id) // a string always marshals
	}
	return row
}
