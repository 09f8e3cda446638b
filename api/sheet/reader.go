package sheet

import (
	"io"
	"strings"

	"leimu/api/rows"
)

// Reader reads the rows of a sheet below its header. Blank rows at the end are
// left out, as sheets are full of them; one in the middle is a row.
type Reader struct {
	Columns Columns
	comma   string
	records records
	held    *record // read ahead
	blanks  int     // blank rows before held, not yet given
}

// records is where rows come from, io.EOF after the last.
type records interface {
	next() (record, error)
}

// NewDelimited reads CSV or TSV in any encoding that Text knows.
func NewDelimited(r io.Reader, format Format, options ColumnOptions) (*Reader, error) {
	d := newDelimited(Text(r), ',')
	if format == TSV {
		d.comma = '\t'
	} else {
		d.sniffComma()
	}
	return newReader(d, string(d.comma), options)
}

func newReader(source records, comma string, options ColumnOptions) (*Reader, error) {
	reader := &Reader{records: source, comma: comma}
	header, err := source.next()
	for err == nil && blank(header.cells) && header.fault == nil {
		header, err = source.next()
	}
	switch {
	case err == io.EOF:
		return nil, &ColumnError{"the input is empty: expected a header row"}
	case err != nil:
		return nil, err
	case header.fault != nil:
		return nil, &ColumnError{"the header can't be read: " + header.fault.Error()}
	}
	for n := len(header.cells); n > 1 && strings.TrimSpace(header.cells[n-1]) == ""; n-- {
		header.cells = header.cells[:n-1]
	}
	if reader.Columns, err = GuessColumns(header.cells, options); err != nil {
		return nil, err
	}
	if reader.Columns.headless {
		reader.held = &header
	}
	return reader, nil
}

// Next is the next row, io.EOF after the last.
func (r *Reader) Next() (rows.Row, error) {
	for r.held == nil {
		next, err := r.records.next()
		if err != nil {
			return rows.Row{}, err
		}
		if blank(next.cells) && next.fault == nil {
			r.blanks++
			continue
		}
		r.held = &next
	}
	if r.blanks > 0 {
		row := r.Columns.Row(nil, r.held.line-r.blanks, r.comma)
		r.blanks--
		return row, nil
	}
	row := r.Columns.Row(r.held.cells, r.held.line, r.comma)
	if r.held.fault != nil {
		row.Fault = r.held.fault
	}
	r.held = nil
	return row, nil
}

func blank(cells []string) bool {
	for _, cell := range cells {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}
