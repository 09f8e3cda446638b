package batch

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"

	"leimu/api/sheet"
)

// renderBook puts a workbook together from the kept rows.
func renderBook(w io.Writer, rows *os.File, top int, names []string) error {
	if _, err := rows.Seek(0, io.SeekStart); err != nil {
		return err
	}
	header := append(names[:len(names):len(names)], sheet.AnswerNames(top, names)...)
	book, err := sheet.NewWorkbook(w, header)
	if err != nil {
		return err
	}
	lines := json.NewDecoder(bufio.NewReaderSize(rows, 64<<10))
	for {
		var row kept
		if err := lines.Decode(&row); err == io.EOF {
			return book.Close()
		} else if err != nil {
			return err
		}
		cells := make([]string, len(names), len(header))
		copy(cells, row.Cells)
		if err := book.Append(append(cells, sheet.AnswerCells(row.Answer, top)...)); err != nil {
			return err
		}
	}
}

// spool keeps rows in a temporary file and writes the workbook to a stream.
type spool struct {
	stream
	file    *os.File
	to      io.Writer
	options Options
	names   []string
}

func newSpool(o Options, s *source, to io.Writer, closer func() error) (output, error) {
	file, err := os.CreateTemp("", "leimu-*.jsonl")
	if err != nil {
		return nil, writeError(err)
	}
	p := &spool{file: file, to: to, options: o, names: originalNames(s)}
	p.w, p.close = bufio.NewWriterSize(file, 64<<10), closer
	return p, nil
}

func (p *spool) idle() error { return nil }

func (p *spool) finish() error {
	err := p.w.Flush()
	if err == nil {
		err = renderBook(p.to, p.file, p.options.Top, p.names)
	}
	return errors.Join(writeError(err), p.stop())
}

// stop leaves nothing behind: half a workbook is none.
func (p *spool) stop() error {
	return errors.Join(p.close(), p.file.Close(), os.Remove(p.file.Name()))
}
