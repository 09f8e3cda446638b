package batch

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// The journal makes a killed run go on where it was. Its first line is the run's
// fingerprint; each further one is a checkpoint, written once the output up to it
// is on disk: so many rows make up so many bytes. To resume, the output is cut back
// to the last checkpoint that it reaches, and as many rows of the input are
// skipped. As answers depend on nothing but the row, the bytes are those of a run that was
// never disturbed.

// checkpoint is a moment at which the output was safe.
type checkpoint struct {
	Bytes int64 `json:"bytes"`
	Tally Tally `json:"tally"`
	Done  bool  `json:"done,omitempty"` // the output is whole
}

// fingerprint tells one run from another.
type fingerprint struct {
	Input    string `json:"input"` // size and digest of both ends
	Options  string `json:"options"`
	Settings any    `json:"settings"`
}

func newFingerprint(o Options) (string, error) {
	f := fingerprint{Settings: o.Settings,
		Options: fmt.Sprintf("%s %s %q %q top %d", o.Input, o.Output, o.Columns.Text, o.Columns.Candidates, o.Top)}
	if o.In != "" {
		digest, err := digestEnds(o.In)
		if err != nil {
			return "", fmt.Errorf("reading the input: %w", err)
		}
		f.Input = digest
	}
	line, err := json.Marshal(f)
	return string(line), err
}

// digestEnds takes size, first and last bytes of a file; all of it would be too slow.
func digestEnds(path string) (string, error) {
	const end = 64 << 10
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return "", err
	}
	hash := sha256.New()
	for _, from := range []int64{0, max(0, info.Size()-end)} {
		if _, err := io.Copy(hash, io.NewSectionReader(file, from, end)); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("%d %s", info.Size(), hex.EncodeToString(hash.Sum(nil)[:8])), nil
}

// RunID names a run by its input and options, so that the same run asked for again
// has the same name. Standard input has no name that would last: "" is given.
func RunID(o Options) (string, error) {
	if o.In == "" {
		return "", nil
	}
	print, err := newFingerprint(o)
	sum := sha256.Sum256([]byte(print))
	return hex.EncodeToString(sum[:8]), err
}

// journal is the open journal of a run.
type journal struct{ file *os.File }

// createJournal starts a journal that holds one checkpoint, at once or not at all.
func createJournal(path, fingerprint string, from checkpoint) (*journal, error) {
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return nil, err
	}
	j := &journal{file}
	_, err = file.WriteString(fingerprint + "\n")
	if err = errors.Join(err, j.add(from)); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return nil, errors.Join(err, file.Close(), os.Remove(file.Name()))
	}
	return j, nil
}

func (j *journal) add(c checkpoint) error {
	line, err := json.Marshal(c)
	if err != nil {
		return err
	}
	if _, err := j.file.Write(append(line, '\n')); err != nil {
		return err
	}
	return j.file.Sync()
}

// readJournal gives the fingerprint and the checkpoints; none where there is no
// journal. A last line that was cut off is no checkpoint.
func readJournal(path string) (fingerprint string, list []checkpoint, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		if os.IsNotExist(err) {
			return "", nil, nil
		}
		return "", nil, err
	}
	lines := bufio.NewReader(bytes.NewReader(text))
	if fingerprint, err = lines.ReadString('\n'); err != nil {
		return "", nil, nil
	}
	for {
		line, err := lines.ReadBytes('\n')
		var c checkpoint
		if err != nil || json.Unmarshal(line, &c) != nil {
			return fingerprint[:len(fingerprint)-1], list, nil
		}
		list = append(list, c)
	}
}

// reached is the last checkpoint within an output of so many bytes.
func reached(list []checkpoint, size int64) checkpoint {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].Bytes <= size {
			return list[i]
		}
	}
	return checkpoint{}
}
