package terminal

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
)

// noStart are marks that do not begin a line in Chinese typesetting.
const noStart = ",。、;:?!)》」』】”’…›,.;:?!)"

// Wrap breaks a text into lines of at most columns; 0 leaves it whole. Chinese
// breaks between any two characters but before a closing mark, other words at
// spaces.
func Wrap(text string, columns int) []string {
	if columns <= 0 {
		return []string{text}
	}
	var lines []string
	var line strings.Builder
	width := 0
	for _, piece := range pieces(text) {
		w := Width(piece)
		if width > 0 && width+w > columns {
			lines = append(lines, strings.TrimRight(line.String(), " "))
			line.Reset()
			width = 0
			if strings.TrimSpace(piece) == "" {
				continue
			}
		}
		line.WriteString(piece)
		width += w
	}
	if width > 0 || len(lines) == 0 {
		lines = append(lines, strings.TrimRight(line.String(), " "))
	}
	return lines
}

// pieces cuts a text where a line may break. Styles stay with what they open or
// close.
func pieces(text string) []string {
	var list []string
	var piece strings.Builder
	open := false // the piece may still grow
	for len(text) > 0 {
		if n := styleLength(text); n > 0 {
			piece.WriteString(text[:n])
			text = text[n:]
			continue
		}
		r, size := utf8.DecodeRuneInString(text)
		if piece.Len() > 0 && !(open && joins(r)) && !strings.ContainsRune(noStart, r) && hasText(piece.String()) {
			list = append(list, piece.String())
			piece.Reset()
		}
		piece.WriteString(text[:size])
		open = joins(r)
		text = text[size:]
	}
	if piece.Len() > 0 {
		list = append(list, piece.String())
	}
	return list
}

// joins reports whether r holds on to a neighbour of its kind: Latin words do,
// Chinese characters and spaces don't.
func joins(r rune) bool { return !unicode.IsSpace(r) && displaywidth.Rune(r) < 2 }

func hasText(piece string) bool { return Width(piece) > 0 }
