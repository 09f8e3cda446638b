package sheet

import (
	"bufio"
	"bytes"
	"io"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/transform"

	utf16 "golang.org/x/text/encoding/unicode"
)

// Text gives r as UTF-8 without a byte order mark. What r is in is told by its mark
// (UTF-8, UTF-16, UTF-32) or, at the first byte beyond ASCII, by the bytes that
// are there to be seen: UTF-8 or GB18030, which Excel writes in China.
func Text(r io.Reader) io.Reader {
	return &text{raw: bufio.NewReaderSize(r, 64<<10)}
}

type text struct {
	raw     *bufio.Reader
	decided io.Reader // nil as long as all was ASCII
	begun   bool
}

func (t *text) Read(p []byte) (int, error) {
	if t.decided == nil && !t.begun {
		t.begun = true
		t.readMark()
	}
	if t.decided != nil {
		return t.decided.Read(p)
	}
	if _, err := t.raw.Peek(1); err != nil {
		return 0, err
	}
	seen, _ := t.raw.Peek(t.raw.Buffered())
	ascii := bytes.IndexFunc(seen, func(c rune) bool { return c >= utf8.RuneSelf })
	if ascii < 0 {
		ascii = len(seen)
	}
	if ascii > 0 {
		return t.raw.Read(p[:min(ascii, len(p))])
	}
	if len(seen) < utf8.UTFMax {
		seen, _ = t.raw.Peek(utf8.UTFMax)
	}
	t.decided = t.raw
	if !looksUTF8(seen) {
		t.decided = transform.NewReader(t.raw, simplifiedchinese.GB18030.NewDecoder())
	}
	return t.decided.Read(p)
}

// readMark decides where the text starts with a byte order mark.
func (t *text) readMark() {
	start, _ := t.raw.Peek(4)
	switch {
	case bytes.HasPrefix(start, []byte("\xef\xbb\xbf")):
		_, _ = t.raw.Discard(3)
		t.decided = t.raw
	case bytes.HasPrefix(start, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(start, []byte("\x00\x00\xfe\xff")):
		t.decided = transform.NewReader(t.raw, utf32.UTF32(utf32.BigEndian, utf32.ExpectBOM).NewDecoder())
	case bytes.HasPrefix(start, []byte("\xff\xfe")), bytes.HasPrefix(start, []byte("\xfe\xff")):
		t.decided = transform.NewReader(t.raw, utf16.UTF16(utf16.BigEndian, utf16.ExpectBOM).NewDecoder())
	}
}

// looksUTF8 reports whether most bytes beyond ASCII make up UTF-8. A few bad ones
// don't make a text GB18030. Characters of two bytes alone (Latin, Greek) are
// seldom what a Chinese table holds, while GB18030 has many pairs of that look:
// there Han characters in GB18030 win.
func looksUTF8(seen []byte) bool {
	var good, bad, long int
	for i := 0; i < len(seen); {
		c, size := utf8.DecodeRune(seen[i:])
		switch {
		case seen[i] < utf8.RuneSelf:
		case c != utf8.RuneError || size > 1:
			good += size
			if size > 2 {
				long++
			}
		case utf8.FullRune(seen[i:]): // else a character is cut off at the end
			bad++
		}
		i += size
	}
	if bad == 0 && long == 0 {
		return !allHan(seen)
	}
	return good > 3*bad
}

// allHan reports whether what is beyond ASCII is Han when read as GB18030.
func allHan(seen []byte) bool {
	decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(seen)
	if err != nil {
		return false
	}
	for _, c := range string(decoded) {
		if c >= utf8.RuneSelf && !unicode.Is(unicode.Han, c) {
			return false
		}
	}
	return true
}
