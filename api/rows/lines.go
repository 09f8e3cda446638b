package rows

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// Lines reads lines of bounded length, so that no input can take memory without
// end. It is not safe for concurrent use.
type Lines struct {
	r     *bufio.Reader
	limit int
	line  int
}

// NewLines reads r; a line longer than limit bytes is told as such and skipped.
func NewLines(r io.Reader, limit int) *Lines {
	return &Lines{r: bufio.NewReaderSize(r, 64<<10), limit: limit}
}

// Line is a line without its end. Fault is set where it is too long to be read.
type Line struct {
	Text   []byte
	Number int
	Fault  error
}

var byteOrderMark = []byte("\xef\xbb\xbf")

// Next is the next line, io.EOF after the last.
func (l *Lines) Next() (Line, error) {
	var text []byte
	long, any := false, false
	for {
		part, err := l.r.ReadSlice('\n')
		any = any || len(part) > 0
		if long = long || len(text)+len(part) > l.limit; !long {
			text = append(text, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil && (err != io.EOF || !any) {
			return Line{}, err
		}
		break
	}
	l.line++
	if l.line == 1 {
		text = bytes.TrimPrefix(text, byteOrderMark)
	}
	line := Line{Text: bytes.TrimRight(text, "\r\n"), Number: l.line}
	if long {
		line.Text = nil
		line.Fault = &Fault{Kind: FaultTooLong, Message: fmt.Sprintf("line longer than %d bytes", l.limit)}
	}
	return line, nil
}

// Row parses the line.
func (l Line) Row() Row {
	if l.Fault != nil {
		return Row{Line: l.Number, Fault: l.Fault}
	}
	return Parse(l.Text, l.Number)
}
