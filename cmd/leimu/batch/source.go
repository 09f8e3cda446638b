package batch

import (
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"

	"leimu/api/rows"
	"leimu/api/sheet"
)

// lineLimit bounds a JSON line.
const lineLimit = 1 << 20

// input is a row as it was read; Row takes it apart, which workers do.
type input interface{ Row() rows.Row }

// sheetRow is a row that reading had to take apart already.
type sheetRow rows.Row

func (r sheetRow) Row() rows.Row { return rows.Row(r) }

// source gives the rows of the input.
type source struct {
	next    func() (input, error)
	columns []string     // names of a sheet's columns, nil for JSONL
	size    int64        // bytes of the input, 0 where unknown
	read    atomic.Int64 // bytes read so far
	closers []func() error
}

func openSource(o Options) (*source, error) {
	s := &source{}
	if err := s.open(o); err != nil {
		err = errors.Join(err, s.close())
		var column *sheet.ColumnError
		if errors.As(err, &column) {
			return nil, &UsageError{column.Message}
		}
		return nil, err
	}
	return s, nil
}

func (s *source) open(o Options) error {
	if o.Input == sheet.XLSX {
		return s.openWorkbook(o)
	}
	r := o.Stdin
	if o.In != "" {
		file, err := os.Open(o.In)
		if err != nil {
			return fmt.Errorf("reading the input: %w", err)
		}
		s.closers = append(s.closers, file.Close)
		if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
			s.size = info.Size()
		}
		r = file
	}
	r = &counted{r, &s.read}
	if o.Input == sheet.JSONL {
		lines := rows.NewLines(sheet.Text(r), lineLimit)
		s.next = func() (input, error) { return readError(lines.Next()) }
		return nil
	}
	reader, err := sheet.NewDelimited(r, o.Input, o.Columns)
	if err != nil {
		return err
	}
	s.useSheet(reader)
	return nil
}

func (s *source) useSheet(reader *sheet.Reader) {
	s.columns = reader.Columns.Names
	s.next = func() (input, error) {
		row, err := reader.Next()
		return readError(sheetRow(row), err)
	}
}

func readError[T input](in T, err error) (input, error) {
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("reading the input: %w", err)
	}
	return in, err
}

// openWorkbook opens a workbook, which must be a file: its parts are read out of
// order. Standard input is kept in a temporary one.
func (s *source) openWorkbook(o Options) error {
	path := o.In
	if path == "" {
		file, err := os.CreateTemp("", "leimu-*.xlsx")
		if err != nil {
			return fmt.Errorf("keeping standard input: %w", err)
		}
		s.closers = append(s.closers, func() error { return os.Remove(file.Name()) })
		_, err = io.Copy(file, o.Stdin)
		if err := errors.Join(err, file.Close()); err != nil {
			return fmt.Errorf("keeping standard input: %w", err)
		}
		path = file.Name()
	}
	book, err := sheet.OpenWorkbook(path, o.Columns)
	if err != nil {
		return err
	}
	s.closers = append(s.closers, book.Close)
	s.useSheet(book.Reader)
	return nil
}

func (s *source) close() error {
	var errs []error
	for i := len(s.closers) - 1; i >= 0; i-- {
		errs = append(errs, s.closers[i]())
	}
	return errors.Join(errs...)
}

// counted counts what is read.
type counted struct {
	r    io.Reader
	read *atomic.Int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.read.Add(int64(n))
	return n, err
}
