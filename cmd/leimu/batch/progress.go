package batch

import (
	"fmt"
	"io"
	"sync/atomic"
	"time"
)

// Progress shows on a terminal how far a run is. A nil one shows nothing.
type Progress struct {
	W      io.Writer
	rows   atomic.Int64
	errors atomic.Int64
}

const progressEvery = 250 * time.Millisecond

func (p *Progress) add(failed int) {
	if p != nil {
		p.rows.Add(1)
		p.errors.Add(int64(failed))
	}
}

// start shows progress until stop is called; done rows were answered before.
func (p *Progress) start(s *source, done int) (stop func()) {
	if p == nil {
		return func() {}
	}
	ending, ended := make(chan struct{}), make(chan struct{})
	began, skipped := time.Now(), s.read.Load()
	go func() {
		defer close(ended)
		ticker := time.NewTicker(progressEvery)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				fmt.Fprint(p.W, "\r\x1b[K"+p.line(s, done, skipped, time.Since(began)))
			case <-ending:
				fmt.Fprint(p.W, "\r\x1b[K")
				return
			}
		}
	}()
	return func() { close(ending); <-ended }
}

// line is rows, rate and, where the input's size is known, the share read and
// the time left.
func (p *Progress) line(s *source, done int, skipped int64, took time.Duration) string {
	rate := float64(p.rows.Load()) / took.Seconds()
	line := fmt.Sprintf("%d rows, %.0f rows/s", int64(done)+p.rows.Load(), rate)
	if n := p.errors.Load(); n > 0 {
		line += fmt.Sprintf(", %d in error", n)
	}
	read := s.read.Load()
	if s.size > 0 && read > skipped {
		left := time.Duration(float64(took) * float64(s.size-read) / float64(read-skipped))
		line += fmt.Sprintf(", %d %%, %s left", 100*read/s.size, left.Round(time.Second))
	}
	return line
}
