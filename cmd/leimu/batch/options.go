// Package batch runs a whole input through an answerer: opened, answered by several
// workers in order, written so that nothing is lost, with progress and a summary.
package batch

import (
	"context"
	"io"
	"time"

	"leimu/api/rows"
	"leimu/api/sheet"
)

// Options of a run.
type Options struct {
	In, Out       string // paths; empty for standard input and output
	Input, Output sheet.Format
	Columns       sheet.ColumnOptions
	Top           int
	Resume        bool
	Workers       int
	InFlight      int           // rows read and not yet written
	Every         time.Duration // between checkpoints
	Settings      any           // what else decides the answers; a resumed run must have the same

	Stdin    io.Reader
	Stdout   io.Writer
	Progress *Progress         // nil for none
	Note     func(text string) // tells a person something by the way
}

// AnswerFunc answers the row that stands at this place of the input, from 0. It is
// called by several goroutines at once.
type AnswerFunc func(ctx context.Context, place int, row *rows.Row) rows.Answer

// UsageError is a run that was asked for wrongly.
type UsageError struct{ Message string }

func (e *UsageError) Error() string { return e.Message }
