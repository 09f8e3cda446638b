package batch

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"leimu/api/sheet"
)

// output takes the rows of a run in order.
type output interface {
	write(outcome) error
	idle() error
	done() Tally   // of the rows written
	finish() error // all rows are written
	stop() error   // the run ends early
}

func openOutput(o Options, s *source, r renderer) (output, error) {
	if o.Out == "" || !replaceable(o.Out) {
		return openStream(o, s, r)
	}
	if real, err := filepath.EvalSymlinks(o.Out); err == nil {
		o.Out = real // replace the file, not the link to it
	}
	if in, err := os.Stat(o.In); err == nil {
		if out, err := os.Stat(o.Out); err == nil && os.SameFile(in, out) {
			return nil, &UsageError{"--out is the input: write to another file"}
		}
	}
	f, err := openFile(o, s, r)
	if err != nil {
		return nil, err
	}
	return f, nil
}

// replaceable reports whether the output can be replaced by renaming: a device or
// a pipe can't.
func replaceable(path string) bool {
	info, err := os.Stat(path)
	return err != nil || info.Mode().IsRegular() || info.IsDir()
}

// stream writes to standard output, a pipe or a device.
type stream struct {
	w      *bufio.Writer
	tally  Tally
	broken bool // writing failed, and was told
	close  func() error
}

func openStream(o Options, s *source, r renderer) (output, error) {
	if o.Resume {
		return nil, &UsageError{"--resume needs --out with a file: what went down a pipe can't be continued"}
	}
	w, closer := o.Stdout, func() error { return nil }
	if o.Out != "" {
		file, err := os.OpenFile(o.Out, os.O_WRONLY, 0)
		if err != nil {
			return nil, writeError(err)
		}
		w, closer = file, file.Close
	}
	if o.Output == sheet.XLSX {
		return newSpool(o, s, w, closer)
	}
	out := &stream{w: bufio.NewWriterSize(w, 64<<10), close: closer}
	_, err := out.w.Write(r.head())
	return out, writeError(err)
}

func (s *stream) write(o outcome) error {
	s.tally.add(o.tally)
	_, err := s.w.Write(o.text)
	s.broken = err != nil
	return writeError(err)
}

func (s *stream) idle() error {
	err := s.w.Flush()
	s.broken = err != nil
	return writeError(err)
}

func (s *stream) done() Tally   { return s.tally }
func (s *stream) finish() error { return errors.Join(s.idle(), writeError(s.close())) }

func (s *stream) stop() error {
	if s.broken {
		return s.close()
	}
	return s.finish()
}

func writeError(err error) error {
	if err != nil {
		return fmt.Errorf("writing the output: %w", err)
	}
	return nil
}
