package sheet

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// sheetReader gives the rows of one sheet as records.
type sheetReader struct {
	part     io.ReadCloser
	xml      *tokens
	strings  sharedStrings
	dates    []bool // for each cell style, whether it shows numbers as dates
	date1904 bool
	line     int      // rows given
	ahead    int      // number of the row read ahead, 0 for none
	cells    []string // of that row
}

const xlsxColumns = 1 << 14

// next is the next row. Rows that the sheet leaves out are blank ones.
func (s *sheetReader) next() (record, error) {
	if s.ahead == 0 {
		if err := s.readRow(); err == io.EOF {
			return record{}, err
		} else if err != nil {
			return record{}, broken(err)
		}
	}
	s.line++
	if s.line < s.ahead {
		return record{line: s.line}, nil
	}
	s.ahead = 0
	return record{cells: s.cells, line: s.line}, nil
}

// readRow reads up to the end of the next row.
func (s *sheetReader) readRow() error {
	for {
		t, err := s.xml.next()
		if err != nil {
			return err // io.EOF after the sheet's end alone: the decoder checks nesting
		}
		start, ok := t.(xml.StartElement)
		if !ok || start.Name.Local != "row" {
			continue
		}
		s.ahead = s.line + 1
		if r := attribute(start, "r"); r != "" {
			if s.ahead, err = strconv.Atoi(r); err != nil || s.ahead <= s.line || s.ahead > xlsxRows {
				return fmt.Errorf("row number %q after row %d", r, s.line)
			}
		}
		s.cells = nil
		return s.readCells()
	}
}

func (s *sheetReader) readCells() error {
	for {
		t, err := s.xml.next()
		if err != nil {
			return unexpected(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local == "c" {
				err = s.readCell(t)
			}
		case xml.EndElement:
			if t.Name.Local == "row" {
				return nil
			}
		}
		if err != nil {
			return err
		}
	}
}

func (s *sheetReader) readCell(start xml.StartElement) error {
	column := len(s.cells)
	if r := attribute(start, "r"); r != "" {
		if column = columnNumber(r); column < len(s.cells) || column >= xlsxColumns {
			return fmt.Errorf("cell %q out of place in row %d", r, s.ahead)
		}
	}
	value, err := s.xml.text("v", "t")
	if err != nil {
		return err
	}
	if value, err = s.show(value, attribute(start, "t"), attribute(start, "s")); err != nil {
		return fmt.Errorf("cell %s: %w", attribute(start, "r"), err)
	}
	for len(s.cells) < column {
		s.cells = append(s.cells, "")
	}
	s.cells = append(s.cells, value)
	return nil
}

// show is a cell's value as a person sees it.
func (s *sheetReader) show(value, kind, style string) (string, error) {
	switch kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil {
			return "", fmt.Errorf("text number %q", value)
		}
		return s.strings.at(i)
	case "b":
		if value == "1" {
			return "TRUE", nil
		}
		return "FALSE", nil
	case "", "n":
		n, err := strconv.Atoi(style)
		return showNumber(value, err == nil && n >= 0 && n < len(s.dates) && s.dates[n], s.date1904), nil
	}
	return value, nil // inlineStr, str, e, d
}

// columnNumber is 0 for A1 and A2, 26 for AA1; -1 for what is no reference.
func columnNumber(reference string) int {
	n := 0
	for _, c := range reference {
		if c < 'A' || c > 'Z' || n > xlsxColumns {
			break
		}
		n = 26*n + int(c-'A') + 1
	}
	return n - 1
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
