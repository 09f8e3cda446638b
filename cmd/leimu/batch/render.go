package batch

import (
	"encoding/json"

	"leimu/api/rows"
	"leimu/api/sheet"
)

// renderer turns answers into the bytes of the output. Workers share it.
type renderer interface {
	head() []byte
	render(row *rows.Row, answer *rows.Answer) []byte
}

func newRenderer(o Options, s *source) renderer {
	switch o.Output {
	case sheet.CSV, sheet.TSV:
		return newDelimitedRenderer(o, s)
	case sheet.XLSX:
		return bookRenderer{}
	}
	return lineRenderer{}
}

// lineRenderer writes JSON lines.
type lineRenderer struct{}

func (lineRenderer) head() []byte { return nil }

func (lineRenderer) render(_ *rows.Row, answer *rows.Answer) []byte {
	answer.Trim()
	return answer.Append(nil)
}

// delimitedRenderer writes CSV, which Excel is to read, and TSV.
type delimitedRenderer struct {
	top     int
	comma   byte
	lineEnd string
	mark    string
	names   []string // the original columns
}

func newDelimitedRenderer(o Options, s *source) *delimitedRenderer {
	d := &delimitedRenderer{o.Top, ',', "\r\n", sheet.ByteOrderMark, originalNames(s)}
	if o.Output == sheet.TSV {
		d.comma, d.lineEnd, d.mark = '\t', "\n", ""
	}
	return d
}

func (d *delimitedRenderer) head() []byte {
	header := append(d.names[:len(d.names):len(d.names)], sheet.AnswerNames(d.top, d.names)...)
	return sheet.AppendRecord([]byte(d.mark), header, d.comma, d.lineEnd)
}

func (d *delimitedRenderer) render(row *rows.Row, answer *rows.Answer) []byte {
	cells := append(originalCells(row, len(d.names)), sheet.AnswerCells(answer, d.top)...)
	return sheet.AppendRecord(nil, cells, d.comma, d.lineEnd)
}

// originalNames are the columns that the output begins with: the sheet's own, or
// id and text of JSON lines.
func originalNames(s *source) []string {
	if s.columns == nil {
		return []string{"编号", "描述"}
	}
	return s.columns
}

func originalCells(row *rows.Row, width int) []string {
	cells := make([]string, width, width+32)
	if row.Cells == nil {
		row.Cells = []string{rows.IDText(row.ID), row.Text}
	}
	copy(cells, row.Cells)
	return cells
}

// kept is a row of a workbook in the making: rows are kept as JSON lines until the
// workbook is put together at the end, for a zip can't be continued.
type kept struct {
	Cells  []string     `json:"cells"`
	Answer *rows.Answer `json:"answer"`
}

type bookRenderer struct{}

func (bookRenderer) head() []byte { return nil }

func (bookRenderer) render(row *rows.Row, answer *rows.Answer) []byte {
	cells := row.Cells
	if cells == nil {
		cells = []string{rows.IDText(row.ID), row.Text}
	}
	line, err := json.Marshal(kept{cells, answer})
	if err != nil {
		panic(err) // an id that isn't JSON: it was read as JSON
	}
	return append(line, '\n')
}
