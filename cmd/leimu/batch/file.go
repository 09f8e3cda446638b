package batch

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"leimu/api/sheet"
)

// file writes beside the wanted file, into OUT.partial with OUT.journal, and
// renames at the end: the wanted file is whole or isn't there.
type file struct {
	options  Options
	source   *source
	partial  *os.File
	w        *bufio.Writer
	journal  *journal
	at       checkpoint // what is written, safe or not
	last     time.Time  // of the last checkpoint
	finished bool       // an earlier run came to its end
	broken   bool       // writing failed: what is beyond the last checkpoint is void
}

func openFile(o Options, s *source, r renderer) (*file, error) {
	print, err := newFingerprint(o)
	if err != nil {
		return nil, err
	}
	f := &file{options: o, source: s, last: time.Now()}
	if f.partial, err = os.OpenFile(f.partialPath(), os.O_RDWR|os.O_CREATE, 0o644); err != nil {
		return nil, writeError(err)
	}
	if err = lock(f.partial); err != nil {
		return nil, errors.Join(fmt.Errorf("%s is being written by another run: %w", f.partialPath(), err), f.partial.Close())
	}
	if err = f.begin(print, r); err != nil {
		return nil, errors.Join(err, f.partial.Close())
	}
	return f, nil
}

func (f *file) partialPath() string { return f.options.Out + ".partial" }
func (f *file) journalPath() string { return f.options.Out + ".journal" }

// begin finds out where to begin: at a checkpoint of an earlier run or anew.
func (f *file) begin(print string, r renderer) error {
	earlier, list, err := readJournal(f.journalPath())
	if err != nil {
		return fmt.Errorf("reading the journal: %w", err)
	}
	info, err := f.partial.Stat()
	if err != nil {
		return writeError(err)
	}
	from := reached(list, info.Size())
	switch {
	case !f.options.Resume && from.Tally.Rows > 0:
		f.options.Note(fmt.Sprintf("starting anew; an unfinished run of %d rows is dropped (--resume would have continued it)", from.Tally.Rows))
		from = checkpoint{}
	case !f.options.Resume:
		from = checkpoint{}
	case earlier != "" && earlier != print:
		return &UsageError{fmt.Sprintf("can't resume: the input, the options or the program differ from those of the run that wrote %s; run without --resume to start anew", f.partialPath())}
	case f.renamed(list, info.Size()):
		f.finished, f.at = true, list[len(list)-1]
		return nil
	}
	return f.continueFrom(from, print, r)
}

// renamed reports whether an earlier run was killed between renaming its output
// and removing its journal.
func (f *file) renamed(list []checkpoint, size int64) bool {
	if len(list) == 0 || !list[len(list)-1].Done || size > 0 {
		return false
	}
	out, err := os.Stat(f.options.Out)
	return err == nil && out.Size() == list[len(list)-1].Bytes
}

func (f *file) continueFrom(from checkpoint, print string, r renderer) error {
	err := f.partial.Truncate(from.Bytes)
	if err == nil {
		_, err = f.partial.Seek(from.Bytes, 0)
	}
	if err != nil {
		return writeError(err)
	}
	from.Done = false
	f.at, f.w = from, bufio.NewWriterSize(f.partial, 64<<10)
	if f.journal, err = createJournal(f.journalPath(), print, from); err != nil {
		return fmt.Errorf("writing the journal: %w", err)
	}
	if from.Bytes == 0 {
		return f.put(r.head())
	}
	f.options.Note(fmt.Sprintf("resuming after row %d", from.Tally.Rows))
	return nil
}

func (f *file) put(text []byte) error {
	n, err := f.w.Write(text)
	f.at.Bytes += int64(n)
	f.broken = f.broken || err != nil
	return writeError(err)
}

func (f *file) write(o outcome) error {
	if err := f.put(o.text); err != nil {
		return err
	}
	f.at.Tally.add(o.tally)
	const between = 64 // rows: asking the time for each would cost
	if f.at.Tally.Rows%between != 0 || time.Since(f.last) < f.options.Every {
		return nil
	}
	return f.checkpoint()
}

// checkpoint makes what is written safe and says so in the journal.
func (f *file) checkpoint() error {
	err := f.w.Flush()
	if err == nil {
		err = f.partial.Sync()
	}
	if err == nil {
		err = f.journal.add(f.at)
	}
	f.last = time.Now()
	f.broken = f.broken || err != nil
	return writeError(err)
}

// idle does nothing: nobody reads the file yet.
func (f *file) idle() error { return nil }

func (f *file) done() Tally { return f.at.Tally }

// finish puts the whole output in its place.
func (f *file) finish() error {
	if f.finished {
		return errors.Join(f.partial.Close(), os.Remove(f.partialPath()), os.Remove(f.journalPath()))
	}
	f.at.Done = f.options.Output != sheet.XLSX
	if err := f.checkpoint(); err != nil {
		return errors.Join(err, f.stop())
	}
	from := f.partialPath()
	if f.options.Output == sheet.XLSX {
		from = f.options.Out + ".rendering"
		if err := f.renderBook(from); err != nil {
			return errors.Join(err, f.stop())
		}
	}
	if err := os.Rename(from, f.options.Out); err != nil {
		return errors.Join(writeError(err), f.stop())
	}
	err := errors.Join(syncDirectory(filepath.Dir(f.options.Out)), f.partial.Close(), f.journal.file.Close(), os.Remove(f.journalPath()))
	if f.options.Output == sheet.XLSX {
		err = errors.Join(err, os.Remove(f.partialPath()))
	}
	return writeError(err)
}

func (f *file) renderBook(path string) error {
	book, err := os.Create(path)
	if err != nil {
		return writeError(err)
	}
	err = errors.Join(renderBook(book, f.partial, f.options.Top, originalNames(f.source)), book.Sync(), book.Close())
	if err != nil {
		return errors.Join(writeError(err), os.Remove(path))
	}
	return nil
}

// stop keeps what is written for a run with --resume.
func (f *file) stop() error {
	if f.finished {
		return f.partial.Close()
	}
	var err error
	if !f.broken {
		err = f.checkpoint()
	}
	return errors.Join(err, f.partial.Close(), f.journal.file.Close())
}

func syncDirectory(path string) error {
	directory, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(directory.Sync(), directory.Close())
}
