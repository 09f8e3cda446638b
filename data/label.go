package data

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// rowStart is the beginning of a row, split. first is empty on all rows of a
// first-level category but the first.
type rowStart struct {
	first, second string
	rest          string // definition, and the individual's rule where it shares the line
}

// nameLimit is well above the longest name (17 characters) and below any sentence.
const nameLimit = 30

// clauseStart is the number that opens a clause: 12、
var clauseStart = regexp.MustCompile(`^([0-9]{1,3})、`)

// nameLike tells whether s can be a category's name: one word, no sentence.
func nameLike(s string) bool {
	return s != "" && s != "/" && !strings.ContainsAny(s, " \t\r\n,:;\uff0c\uff1a\uff1b。《》“”") &&
		!clauseStart.MatchString(s) && utf8.RuneCountInString(s) <= nameLimit
}

// definitionLike tells a definition without punctuation from a name.
func definitionLike(s string) bool {
	return strings.HasPrefix(s, definitionOpening) || strings.HasPrefix(s, "仅"+definitionOpening)
}

// splitRow splits a line that opens a row. Known names decide; a category that
// the register does not know is told by syntax, so that it can be named in an error or
// proposed as new. current is the first level of the row above.
func splitRow(line, current string, ids *IDs) (rowStart, bool) {
	one, rest, ok := strings.Cut(line, " ")
	if !ok || !nameLike(one) {
		return rowStart{}, false
	}
	two, rest2, _ := strings.Cut(rest, " ")
	withFirst := rowStart{first: one, second: two, rest: rest2}
	if _, known := ids.Lookup(one, two); known {
		return withFirst, true
	}
	if _, known := ids.Lookup(current, one); known {
		return rowStart{second: one, rest: rest}, true
	}
	canBeFirst := nameLike(two) && !definitionLike(two) && hasDefinition(rest2)
	if canBeFirst || current == "" {
		return withFirst, nameLike(two)
	}
	return rowStart{second: one, rest: rest}, true
}

// hasDefinition tells whether anything stands before the individual's rule.
func hasDefinition(rest string) bool {
	return rest != "" && !strings.HasPrefix(rest, individualKey)
}
