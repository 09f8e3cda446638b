package batch

import (
	"context"
	"errors"
	"fmt"
	"io"

	"leimu/api/rows"
)

// Run answers every row of the input, a row for a row, in order. The tally tells
// what was written by the time it returned, whether or not it came to the end.
func Run(ctx context.Context, o Options, answer AnswerFunc) (_ Tally, err error) {
	source, err := openSource(o)
	if err != nil {
		return Tally{}, err
	}
	defer func() { err = errors.Join(err, source.close()) }()
	renderer := newRenderer(o, source)
	out, err := openOutput(o, source, renderer)
	if err != nil {
		return Tally{}, err
	}
	r := &running{Options: o, source: source, renderer: renderer, out: out, answer: answer}
	if err := r.skip(out.done().Rows); err != nil {
		return out.done(), errors.Join(err, out.stop())
	}
	return r.run(ctx)
}

type running struct {
	Options
	source   *source
	renderer renderer
	out      output
	answer   AnswerFunc
	place    int
}

func (r *running) run(ctx context.Context) (Tally, error) {
	stopProgress := r.Progress.start(r.source, r.out.done().Rows)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	pool := rows.Pool{Workers: r.Workers, InFlight: r.InFlight}
	if r.In != "" { // a read of a file returns soon; one of standard input may not
		pool.Unblock = cancel
	}
	err := rows.Run(ctx, pool, r.next, func(i item) outcome { return r.work(ctx, i) }, r)
	stopProgress()
	if err != nil {
		return r.out.done(), errors.Join(err, r.out.stop())
	}
	return r.out.done(), r.out.finish()
}

// item is a row that has been read and its place in the input.
type item struct {
	input
	place int
}

func (r *running) next() (item, error) {
	in, err := r.source.next()
	r.place++
	return item{in, r.place - 1}, err
}

// skip reads past the rows that an earlier run has answered.
func (r *running) skip(count int) error {
	for range count {
		if _, err := r.next(); err == io.EOF {
			return &UsageError{fmt.Sprintf("the input has fewer rows than the %d that are answered already: it isn't the one that the run began with", count)}
		} else if err != nil {
			return err
		}
	}
	return nil
}

// outcome is a row's answer, ready to be written.
type outcome struct {
	text  []byte
	tally Tally
}

func (r *running) work(ctx context.Context, i item) outcome {
	row := i.Row()
	a := r.answer(ctx, i.place, &row)
	return outcome{r.renderer.render(&row, &a), tallyOf(&a)}
}

// Put writes an outcome; it makes running a rows.Sink.
func (r *running) Put(o outcome) error {
	r.Progress.add(o.tally.Errors)
	return r.out.write(o)
}

// Idle hands on what is written, so that a pipe sees it at once.
func (r *running) Idle() error { return r.out.idle() }
