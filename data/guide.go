package data

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"
)

// The guide is a title, a preface with the notice, the table's header row, and rows.
// The table was copied out of a document, so a cell may span lines:
//
//	甲 子 适用于提供… 个人备案:不建议选择     first level on its first row only
//	单位备案:可选,需符合单位经营范围
//	/                                        remark
//	丑 1、记账:…                             a definition in numbered clauses,
//	2、投票:…                                a line each,
//	个人备案:可选,符合个人性质                puts the rule on a line of its own
//	单位备案:可选,需符合单位经营范围
//	/
//
// Names hold no space, so one splits them from a definition. Whether a row's
// first word is a first or a second level is told by the register of ids (label.go).
//
// A guide is read in one pass. At its end it is written back and compared: what this
// reader would lose or alter, it refuses.

const (
	titleMark     = "# "
	headerStart   = "一级类目 二级类目"
	noticeStart   = "最终以"
	sentenceEnd   = "。"
	individualKey = "个人备案:"
	orgKey        = "单位备案:"
)

// ParseGuide reads the guide. A category without an id in ids is refused; see
// Import for a guide that brings new ones.
func ParseGuide(text []byte, ids *IDs) (*Catalog, error) {
	return parseGuide(text, ids, func(c *Category) (string, error) {
		if id, ok := ids.Lookup(c.Path[0], c.Path[1]); ok {
			return id, nil
		}
		return "", syntaxErrorf("", c.Line, "expected a known 二级类目, found %s under %s: if the guide has a new category, %s needs a line for it",
			quoted(c.Path[1]), quoted(c.Path[0]), idsFile)
	})
}

// guideReader walks over the guide's lines.
type guideReader struct {
	lines    []string
	at       int // index of the line to be read next
	ids      *IDs
	identify func(*Category) (string, error)
	catalog  *Catalog
	first    string // the first level that rows stand under
}

func parseGuide(text []byte, ids *IDs, identify func(*Category) (string, error)) (*Catalog, error) {
	sum := sha256.Sum256(text)
	body, trailing := strings.CutSuffix(string(text), "\n")
	r := &guideReader{
		lines: strings.Split(body, "\n"), ids: ids, identify: identify,
		catalog: &Catalog{SHA256: hex.EncodeToString(sum[:]), byID: map[string]int{}, byLabel: map[string]int{}},
	}
	if trailing {
		r.catalog.ending = "\n"
	}
	if err := r.checkLines(); err != nil {
		return nil, err
	}
	if err := r.readPreface(); err != nil {
		return nil, err
	}
	for r.more() {
		if err := r.readRow(); err != nil {
			return nil, err
		}
	}
	if len(r.catalog.Categories) == 0 {
		return nil, r.errorf("expected the table's first row, found the end of the guide")
	}
	if err := checkWrittenBack(r.catalog, text); err != nil {
		return nil, err
	}
	return r.catalog, nil
}

// checkLines refuses what a hand that copies brings in unseen.
func (r *guideReader) checkLines() error {
	for i, line := range r.lines {
		if !utf8.ValidString(line) {
			return syntaxErrorf("", i+1, "expected UTF-8, found other bytes: save the guide in that encoding")
		}
		if strings.HasSuffix(line, "\r") {
			return syntaxErrorf("", i+1, "expected the line to end with LF, found CR LF")
		}
	}
	return nil
}

func (r *guideReader) more() bool { return r.at < len(r.lines) }

// peek is the next line; the end of the guide reads as an empty one.
func (r *guideReader) peek() string {
	if !r.more() {
		return ""
	}
	return r.lines[r.at]
}

func (r *guideReader) next() string {
	line := r.peek()
	r.at++
	return line
}

// errorf speaks of the line to be read next.
func (r *guideReader) errorf(format string, args ...any) error {
	return syntaxErrorf("", r.at+1, format, args...)
}

// expected says what should stand on the next line, and what does.
func (r *guideReader) expected(what string) error {
	if !r.more() {
		return r.errorf("expected %s, found the end of the guide", what)
	}
	return r.errorf("expected %s, found %s", what, quoted(r.peek()))
}

// readPreface reads everything above the rows.
func (r *guideReader) readPreface() error {
	title, ok := strings.CutPrefix(r.peek(), titleMark)
	if !ok || strings.TrimSpace(title) == "" {
		return r.expected("the title (# …)")
	}
	r.catalog.Title = title
	for ; r.more() && !strings.HasPrefix(r.peek(), headerStart); r.at++ {
		if r.catalog.Notice == "" {
			r.catalog.Notice = notice(r.peek())
		}
	}
	if !r.more() {
		return r.expected("the table's header row (" + headerStart + " …)")
	}
	if r.catalog.Notice == "" {
		return r.expected("the notice (" + noticeStart + "…为准) above the table")
	}
	r.catalog.preface = strings.Join(r.lines[:r.at], "\n") + "\n"
	r.catalog.header = r.next()
	return nil
}

// notice is the clause that says whose word is final, without its full stop.
func notice(line string) string {
	_, after, found := strings.Cut(line, noticeStart)
	if !found {
		return ""
	}
	clause, _, _ := strings.Cut(after, sentenceEnd)
	return noticeStart + clause
}

// checkWrittenBack holds the reader to the law that nothing is lost or made up.
func checkWrittenBack(c *Catalog, text []byte) error {
	var written bytes.Buffer
	if err := c.WriteGuide(&written); err != nil {
		return fmt.Errorf("checking what was read: %w", err)
	}
	if bytes.Equal(written.Bytes(), text) {
		return nil
	}
	got, want := strings.Split(written.String(), "\n"), strings.Split(string(text), "\n")
	for i := range want {
		if i >= len(got) || got[i] != want[i] {
			return syntaxErrorf("", i+1, "expected a line in the guide's own form, found %s, which could not be written back as it stands", quoted(want[i]))
		}
	}
	return syntaxErrorf("", len(want), "expected the end of the guide")
}
