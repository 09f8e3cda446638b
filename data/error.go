package data

import "fmt"

// SyntaxError is a line that can't be read: where it stands, what was expected
// there and, where it can be told, the likely mistake. File is empty for a text
// that came without a name.
type SyntaxError struct {
	File    string
	Line    int
	Message string
}

func (e *SyntaxError) Error() string {
	if e.File == "" {
		return fmt.Sprintf("line %d: %s", e.Line, e.Message)
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Message)
}

func syntaxErrorf(file string, line int, format string, args ...any) error {
	return &SyntaxError{File: file, Line: line, Message: fmt.Sprintf(format, args...)}
}

// quoteLimit keeps a quoted line of the input short enough for a terminal.
const quoteLimit = 40

// quoted shows a piece of the input in an error, cut to its first characters.
func quoted(s string) string {
	n := 0
	for i := range s {
		if n == quoteLimit {
			return fmt.Sprintf("%q…", s[:i])
		}
		n++
	}
	return fmt.Sprintf("%q", s)
}
