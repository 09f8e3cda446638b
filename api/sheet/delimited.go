package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"leimu/api/rows"
)

// A record of CSV may run over several lines where a cell is in quotes. A quote
// that is never closed would swallow the rest of the file, as encoding/csv does:
// here a record that isn't closed within recordLimit bytes is given up, its first
// line told as faulty, and reading goes on with the second. All else is taken as
// it stands: quotes inside an unquoted cell, and text after a closing quote.

// recordLimit is well above the longest row that Excel can hold in 2 full cells.
const recordLimit = 256 << 10

// delimited reads records of cells parted by comma.
type delimited struct {
	r     *bufio.Reader
	comma byte
	line  int      // lines read
	again [][]byte // lines of a record that was given up, to be read once more
}

func newDelimited(r io.Reader, comma byte) *delimited {
	return &delimited{r: bufio.NewReaderSize(r, 64<<10), comma: comma}
}

// sniffComma takes whichever separator stands most often in the first line
// outside quotes; a semicolon is what Excel writes where the comma is decimal.
func (d *delimited) sniffComma() {
	_, _ = d.r.Peek(1) // fills the buffer
	start, _ := d.r.Peek(d.r.Buffered())
	counts, quoted := map[byte]int{}, false
	for _, c := range start {
		if c == '\n' && !quoted {
			break
		}
		if c == '"' {
			quoted = !quoted
		} else if !quoted {
			counts[c]++
		}
	}
	for _, c := range []byte{'\t', ';'} {
		if counts[c] > counts[d.comma] {
			d.comma = c
		}
	}
}

// record is one record and the line on which it begins. Fault is set where it can't
// be read.
type record struct {
	cells []string
	line  int
	fault error
}

// next is the next record, io.EOF after the last.
func (d *delimited) next() (record, error) {
	line, fault, err := d.readLine()
	if err != nil {
		return record{}, err
	}
	start := d.line
	if fault != nil {
		return record{line: start, fault: fault}, nil
	}
	p := parser{comma: d.comma}
	p.feed(line)
	var rest [][]byte
	for size := len(line); p.quoted && p.open; {
		more, fault, err := d.readLine()
		if err != nil && err != io.EOF {
			return record{}, err
		}
		if more != nil {
			rest = append(rest, more)
		}
		if size += len(more); err != nil || fault != nil || size > recordLimit {
			return d.giveUp(line, rest, start), nil
		}
		p.feed(more)
	}
	return record{cells: p.finish(), line: start}, nil
}

func (d *delimited) giveUp(line []byte, rest [][]byte, start int) record {
	d.again = append(rest, d.again...)
	d.line = start
	return record{cells: []string{strings.TrimRight(string(line), "\r\n")}, line: start,
		fault: &rows.Fault{Kind: rows.FaultQuote, Message: "a quote that opens on this line is never closed"}}
}

// readLine is the next line with its end. One that is too long is skipped and
// told.
func (d *delimited) readLine() (line []byte, fault, err error) {
	if len(d.again) > 0 {
		line, d.again = d.again[0], d.again[1:]
		d.line++
		return line, nil, nil
	}
	long := false
	for {
		part, err := d.r.ReadSlice('\n')
		if long = long || len(line)+len(part) > recordLimit; !long {
			line = append(line, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil && (err != io.EOF || len(line) == 0 && !long) {
			return nil, nil, err
		}
		break
	}
	d.line++
	if long {
		return nil, &rows.Fault{Kind: rows.FaultTooLong, Message: fmt.Sprintf("line longer than %d bytes", recordLimit)}, nil
	}
	return line, nil, nil
}

// parser takes a record apart, line by line.
type parser struct {
	comma  byte
	cells  []string
	cell   []byte
	quoted bool // the cell began with a quote
	open   bool // and that quote is not closed yet
}

func (p *parser) feed(line []byte) {
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case p.open && c == '"' && i+1 < len(line) && line[i+1] == '"':
			p.cell = append(p.cell, c)
			i++
		case p.open && c == '"' && p.ends(line[i+1:]):
			p.open = false
		case p.open:
			p.cell = append(p.cell, c)
		case c == '"' && len(p.cell) == 0 && !p.quoted:
			p.quoted, p.open = true, true
		case c == p.comma:
			p.endCell()
		default:
			p.cell = append(p.cell, c)
		}
	}
}

// ends reports whether a quote before rest closes its cell.
func (p *parser) ends(rest []byte) bool {
	return len(rest) == 0 || rest[0] == p.comma || len(bytes.TrimRight(rest, "\r\n")) == 0
}

func (p *parser) endCell() {
	p.cells = append(p.cells, string(p.cell))
	p.cell, p.quoted, p.open = p.cell[:0], false, false
}

// finish ends the record: the line end is no part of the last cell.
func (p *parser) finish() []string {
	p.cell = bytes.TrimSuffix(p.cell, []byte("\n"))
	p.cell = bytes.TrimSuffix(p.cell, []byte("\r"))
	p.endCell()
	return p.cells
}
