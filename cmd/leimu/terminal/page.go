// Package terminal writes for people who read in a terminal.
//
// Wide characters take two columns and are counted as such. Colour and bold are
// for a terminal alone, and never where NO_COLOR is set: what they say is always
// said in words or marks as well. A terminal's width is kept; elsewhere a line
// stays whole, so that other tools find what is in it.
package terminal

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/clipperhouse/displaywidth"
	"golang.org/x/term"
)

// Page is where an answer is written to. Its errors are kept until Err.
type Page struct {
	w     io.Writer
	width int // columns; 0: any
	color bool
	err   error
}

// widest is how wide a line gets: longer ones are hard to read.
const widest = 100

// NewPage writes to w, as its kind and the environment ask for.
func NewPage(w io.Writer, getenv func(string) string) *Page {
	p := &Page{w: w}
	if columns, err := strconv.Atoi(getenv("COLUMNS")); err == nil && columns > 0 {
		p.width = columns
	}
	file, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return p
	}
	p.color = getenv("NO_COLOR") == "" && getenv("TERM") != "dumb"
	if columns, _, err := term.GetSize(int(file.Fd())); err == nil && columns > 0 {
		p.width = columns
	}
	if p.width == 0 || p.width > widest {
		p.width = widest
	}
	return p
}

// FixedPage writes to w at a width of columns (0: any), in colour or not.
func FixedPage(w io.Writer, columns int, color bool) *Page {
	return &Page{w: w, width: columns, color: color}
}

// Err is the first error of writing.
func (p *Page) Err() error { return p.err }

// Line writes the parts one after the other, and a line end.
func (p *Page) Line(parts ...string) {
	if p.err == nil {
		_, p.err = fmt.Fprintln(p.w, strings.TrimRight(strings.Join(parts, ""), " "))
	}
}

// Labelled writes a label and a text beside it, which is wrapped in a column of
// its own.
func (p *Page) Labelled(label, text string) {
	indent := Width(label)
	for i, line := range Wrap(text, p.room(indent)) {
		if i > 0 {
			label = strings.Repeat(" ", indent)
		}
		p.Line(label, line)
	}
}

// narrowest is the column that text is given even on a narrow terminal.
const narrowest = 16

func (p *Page) room(indent int) int {
	if p.width == 0 {
		return 0
	}
	return max(p.width-indent, narrowest)
}

// Spread writes left and, at the end of the line, right.
func (p *Page) Spread(left, right string) {
	gap := p.width - Width(left) - Width(right)
	if p.width == 0 || gap < 2 {
		gap = 2
	}
	p.Line(left, strings.Repeat(" ", gap), right)
}

// Style is how a piece of text stands out.
type Style string

// The styles, as terminals know them.
const (
	Bold   Style = "1"
	Dim    Style = "2"
	Red    Style = "31"
	Green  Style = "32"
	Yellow Style = "33"
)

// Styled is the text in a style, or as it is where there is no colour.
func (p *Page) Styled(s Style, text string) string {
	if !p.color || text == "" || s == "" {
		return text
	}
	return "\x1b[" + string(s) + "m" + text + "\x1b[0m"
}

// Width is how many columns a text takes. Styles take none; ambiguous characters
// (… ·) take one, as terminals have it unless told otherwise.
func Width(text string) int {
	width := 0
	for len(text) > 0 {
		if n := styleLength(text); n > 0 {
			text = text[n:]
			continue
		}
		next := strings.IndexByte(text[1:], '\x1b') + 1
		if next == 0 {
			next = len(text)
		}
		width += displaywidth.String(text[:next])
		text = text[next:]
	}
	return width
}

// styleLength is the length of the style that text begins with, 0 for none.
func styleLength(text string) int {
	if !strings.HasPrefix(text, "\x1b[") {
		return 0
	}
	return strings.IndexByte(text, 'm') + 1
}

// Pad fills a text up to columns.
func Pad(text string, columns int) string {
	return text + strings.Repeat(" ", max(columns-Width(text), 0))
}

// Clean takes out what would steer the terminal: text of others may hold it.
func Clean(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return ' '
		}
		if r < ' ' || r >= 0x7f && r < 0xa0 || isDirection(r) {
			return -1
		}
		return r
	}, text)
}

// isDirection reports whether r turns the direction of the text after it.
func isDirection(r rune) bool { return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 }
