package api

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"os"
	"path"
	"strings"

	"leimu/api/rows"
	"leimu/api/sheet"
)

// table is an uploaded file as rows: a workbook, a delimited file, or a text with
// a description a line.
type table struct {
	next    func() (rows.Row, error)
	close   func()
	columns []string
	format  sheet.Format // of the answer
}

// unreadableError is a file that is no table.
type unreadableError struct{ cause error }

func (e *unreadableError) Error() string { return e.cause.Error() }

func openTable(header *multipart.FileHeader) (*table, error) {
	file, err := header.Open()
	if err != nil {
		return nil, fmt.Errorf("opening the upload: %w", err)
	}
	format := sheet.FormatOf(header.Filename)
	switch {
	case format == sheet.XLSX:
		defer file.Close()
		return openBook(file)
	case format == sheet.CSV || format == sheet.TSV:
		reader, err := sheet.NewDelimited(file, format, sheet.ColumnOptions{})
		if err != nil {
			return nil, errors.Join(err, file.Close())
		}
		return &table{reader.Next, func() { file.Close() }, reader.Columns.Names, format}, nil
	case strings.EqualFold(path.Ext(header.Filename), ".txt"):
		return &table{lineRows(file), func() { file.Close() }, []string{"描述"}, sheet.CSV}, nil
	}
	file.Close()
	return nil, newProblem(CodeUnsupportedMedia, "file", "the file is none of .xlsx, .csv, .tsv and .txt")
}

// openBook keeps the workbook on disk, as its parts are read in their own order.
func openBook(file io.Reader) (*table, error) {
	kept, err := os.CreateTemp("", "leimu-*.xlsx")
	if err != nil {
		return nil, fmt.Errorf("keeping the upload: %w", err)
	}
	remove := func() { os.Remove(kept.Name()) }
	_, err = io.Copy(kept, file)
	if err = errors.Join(err, kept.Close()); err != nil {
		remove()
		return nil, fmt.Errorf("keeping the upload: %w", err)
	}
	book, err := openChecked(kept.Name())
	if err != nil {
		remove()
		return nil, &unreadableError{err}
	}
	return &table{book.Next, func() { book.Close(); remove() }, book.Columns.Names, sheet.XLSX}, nil
}

// unpackedBytes bounds what a workbook may unpack to: a small file can hold a
// sheet of any size. archive/zip keeps a part to the size that it states.
const unpackedBytes = 512 << 20

func openChecked(name string) (*sheet.Workbook, error) {
	archive, err := zip.OpenReader(name)
	if err != nil {
		return nil, err
	}
	var total uint64
	for _, part := range archive.File {
		total += min(part.UncompressedSize64, unpackedBytes+1)
	}
	if err := archive.Close(); err != nil {
		return nil, err
	}
	if total > unpackedBytes {
		return nil, fmt.Errorf("the workbook unpacks to more than %d MB", unpackedBytes>>20)
	}
	return sheet.OpenWorkbook(name, sheet.ColumnOptions{})
}

// lineRows reads a description a line, in any encoding that a sheet may have.
func lineRows(file io.Reader) func() (rows.Row, error) {
	lines := rows.NewLines(bufio.NewReader(sheet.Text(file)), 64<<10)
	return func() (rows.Row, error) {
		for {
			line, err := lines.Next()
			if err != nil {
				return rows.Row{}, err
			}
			text := strings.TrimSpace(string(line.Text))
			if text != "" || line.Fault != nil {
				return rows.Row{Line: line.Number, Text: text, Cells: []string{text}, Fault: line.Fault}, nil
			}
		}
	}
}

// all reads every row, at most so many.
func (t *table) all(most int) ([]rows.Row, error) {
	var list []rows.Row
	for {
		row, err := t.next()
		if err == io.EOF {
			return list, nil
		}
		if err != nil {
			return nil, &unreadableError{err}
		}
		if len(list) == most {
			return nil, newProblem(CodeBodyTooLarge, "file", fmt.Sprintf("the table has more than %d rows; leimu rerank answers larger ones", most))
		}
		list = append(list, row)
	}
}

// next gives the rows that were read, one by one.
func (job *sheetJob) next() func() (rows.Row, error) {
	at := 0
	return func() (rows.Row, error) {
		if at == len(job.rows) {
			return rows.Row{}, io.EOF
		}
		at++
		return job.rows[at-1], nil
	}
}
