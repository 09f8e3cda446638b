package rows

import (
	"context"
	"errors"
	"io"
	"sync"
)

// Pool bounds a run.
type Pool struct {
	Workers  int
	InFlight int // rows read and not yet written

	// Unblock makes a read that is under way return, when a run ends early; nil where
	// that can't be done. With it, nothing of the run is left when Run returns.
	Unblock func()
}

// Sink takes what a run gives, in the order of what it read.
type Sink[Out any] interface {
	Put(Out) error
	Idle() error // nothing has been read that isn't put: a good time to flush
}

// Run reads until io.EOF, works on several at once and puts the outcomes in the
// order of reading. It stops at the first error of reading or writing, or when the
// context ends; what was put by then is a beginning of the whole, without gaps.
//
// Whoever writes slowly slows the reading: no more than InFlight are on their way.
func Run[In, Out any](ctx context.Context, p Pool, next func() (In, error), work func(In) Out, sink Sink[Out]) error {
	ctx, stop := context.WithCancel(ctx)
	r := &run[In, Out]{ctx: ctx, jobs: make(chan *job[In, Out]), queue: make(chan *job[In, Out], p.InFlight)}
	var workers, reader sync.WaitGroup
	reader.Go(func() { r.read(next) })
	for range p.Workers {
		workers.Go(func() {
			for j := range r.jobs {
				j.done <- work(j.in)
			}
		})
	}
	err := r.write(sink)
	stop()
	if p.Unblock != nil {
		if err != nil {
			p.Unblock()
		}
		reader.Wait()
		workers.Wait()
	}
	return err
}

type job[In, Out any] struct {
	in   In
	done chan Out
}

type run[In, Out any] struct {
	ctx     context.Context
	jobs    chan *job[In, Out] // to the workers
	queue   chan *job[In, Out] // to the writer, in order
	readErr error              // set before queue is closed
}

func (r *run[In, Out]) read(next func() (In, error)) {
	defer close(r.queue)
	defer close(r.jobs)
	for {
		in, err := next()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				r.readErr = err
			}
			return
		}
		j := &job[In, Out]{in, make(chan Out, 1)}
		for _, to := range []chan *job[In, Out]{r.queue, r.jobs} {
			select {
			case to <- j:
			case <-r.ctx.Done():
				return
			}
		}
	}
}

func (r *run[In, Out]) write(sink Sink[Out]) error {
	for {
		j, err := r.next(sink.Idle)
		if err != nil {
			return err
		}
		if j == nil {
			return errors.Join(r.readErr, r.ctx.Err())
		}
		select {
		case out := <-j.done:
			if err := sink.Put(out); err != nil {
				return err
			}
		case <-r.ctx.Done():
			return r.ctx.Err()
		}
	}
}

// next is the next row in order, nil after the last. A sink is told before the
// writer must wait for reading; waiting for a worker is too short to be worth it.
func (r *run[In, Out]) next(idle func() error) (*job[In, Out], error) {
	select {
	case j := <-r.queue:
		return j, nil
	default:
	}
	if err := idle(); err != nil {
		return nil, err
	}
	select {
	case j := <-r.queue:
		return j, nil
	case <-r.ctx.Done():
		return nil, r.ctx.Err()
	}
}
