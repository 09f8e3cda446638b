package sheet

import (
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
)

// tokens reads XML of which no token may be larger than tokenLimit, so that a
// small zip can't unpack to more than memory holds.
type tokens struct {
	decoder *xml.Decoder
	meter   *meter
}

const tokenLimit = 16 << 20

type meter struct {
	r    io.Reader
	left int // bytes that may be read before the next token
}

func (m *meter) Read(p []byte) (int, error) {
	if m.left <= 0 {
		return 0, errors.New("a cell is larger than any that a spreadsheet holds")
	}
	n, err := m.r.Read(p)
	m.left -= n
	return n, err
}

func newTokens(r io.Reader) *tokens {
	m := &meter{r, tokenLimit}
	return &tokens{xml.NewDecoder(bufio.NewReaderSize(m, 64<<10)), m}
}

func (t *tokens) next() (xml.Token, error) {
	t.meter.left = tokenLimit
	return t.decoder.Token()
}

// text reads up to the end of the open element and gathers the text of those within
// that have one of the names; what is read aloud (rPh) is no text.
func (t *tokens) text(names ...string) (string, error) {
	var b strings.Builder
	var within []string
	for {
		token, err := t.next()
		if err != nil {
			return "", unexpected(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			within = append(within, token.Name.Local)
		case xml.EndElement:
			if len(within) == 0 {
				return b.String(), nil
			}
			within = within[:len(within)-1]
		case xml.CharData:
			if n := len(within); n > 0 && slices.Contains(names, within[n-1]) && !slices.Contains(within, "rPh") && b.Len() < tokenLimit {
				b.Write(token)
			}
		}
	}
}
