package api

import (
	"bufio"

	"github.com/gin-gonic/gin"

	"leimu/api/sheet"
)

// sendSheet sends the answered table as a file, its own columns first. It is what
// leimu rerank writes for the same table.
func (s *Server) sendSheet(c *gin.Context, job *sheetJob) error {
	c.Header("Content-Disposition", job.attachment())
	header := append(job.columns[:len(job.columns):len(job.columns)], sheet.AnswerNames(sheetTop, job.columns)...)
	if job.format == sheet.XLSX {
		w := s.startSheet(c, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
		book, err := sheet.NewWorkbook(w, header)
		if err != nil {
			return err
		}
		if err := s.runSheet(c.Request.Context(), job, cellSink{len(job.columns), book.Append}); err != nil {
			return err
		}
		return book.Close()
	}
	w := bufio.NewWriterSize(s.startSheet(c, "text/csv; charset=utf-8"), 32<<10)
	put := delimitedPut(w, job.format)
	if err := put(header); err != nil {
		return err
	}
	if err := s.runSheet(c.Request.Context(), job, cellSink{len(job.columns), put}); err != nil {
		return err
	}
	return w.Flush()
}

// delimitedPut writes records as Excel reads them.
func delimitedPut(w *bufio.Writer, format sheet.Format) func(cells []string) error {
	comma, lineEnd := byte(','), "\r\n"
	if format == sheet.TSV {
		comma, lineEnd = '\t', "\n"
	} else {
		_, _ = w.WriteString(sheet.ByteOrderMark) // a bufio.Writer keeps its first error
	}
	return func(cells []string) error {
		_, err := w.Write(sheet.AppendRecord(nil, cells, comma, lineEnd))
		return err
	}
}

// cellSink is the sink of rows for a file.
type cellSink struct {
	width int
	put   func(cells []string) error
}

func (s cellSink) Put(r sheetRow) error {
	cells := make([]string, s.width)
	copy(cells, r.row.Cells)
	return s.put(append(cells, sheet.AnswerCells(&r.answer, sheetTop)...))
}

func (cellSink) Idle() error { return nil }
