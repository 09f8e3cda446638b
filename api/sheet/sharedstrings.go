package sheet

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
)

// sharedStrings are the texts that cells point to. Beyond stringsInMemory they lie in
// a temporary file; where each ends stays in memory, eight bytes a text.
type sharedStrings struct {
	ends   []int64
	memory []byte
	file   *os.File // nil as long as memory holds all
}

const stringsInMemory = 8 << 20

// readStrings reads sharedStrings.xml.
func (w *Workbook) readStrings(name string) error {
	part, err := w.zip.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = part.Close() }()
	for t := newTokens(part); ; {
		token, err := t.next()
		if err == io.EOF {
			return w.strings.settle()
		} else if err != nil {
			return err
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "si" {
			text, err := t.text("t")
			if err == nil {
				err = w.strings.add(text)
			}
			if err != nil {
				return err
			}
		}
	}
}

func (s *sharedStrings) add(text string) error {
	last := int64(0)
	if n := len(s.ends); n > 0 {
		last = s.ends[n-1]
	}
	s.ends = append(s.ends, last+int64(len(text)))
	if s.memory = append(s.memory, text...); len(s.memory) < stringsInMemory {
		return nil
	}
	return s.spill()
}

// spill moves what is in memory to the file.
func (s *sharedStrings) spill() (err error) {
	if s.file == nil {
		if s.file, err = os.CreateTemp("", "leimu-*.strings"); err != nil {
			return err
		}
	}
	_, err = s.file.Write(s.memory)
	s.memory = s.memory[:0]
	return err
}

// settle is called after the last text.
func (s *sharedStrings) settle() error {
	if s.file == nil {
		return nil
	}
	err := s.spill()
	s.memory = nil
	return err
}

func (s *sharedStrings) at(i int) (string, error) {
	if i < 0 || i >= len(s.ends) {
		return "", fmt.Errorf("points to text %d of %d", i, len(s.ends))
	}
	start := int64(0)
	if i > 0 {
		start = s.ends[i-1]
	}
	if s.file == nil {
		return string(s.memory[start:s.ends[i]]), nil
	}
	text := make([]byte, s.ends[i]-start)
	_, err := s.file.ReadAt(text, start)
	return string(text), err
}

// Close removes the file.
func (s *sharedStrings) Close() error {
	if s.file == nil {
		return nil
	}
	return errors.Join(s.file.Close(), os.Remove(s.file.Name()))
}
