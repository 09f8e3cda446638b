package data

import (
	"strings"
	"unicode/utf8"
)

// eachLine calls do for every line of a hand-kept file that says something:
// spaces around it are dropped, blank lines and comments left out. A comment is # and a
// space, so that #include and #话题 can be texts. It stops at the first error. Lines
// count from 1.
func eachLine(file, text string, do func(line int, content string) error) error {
	line, valid := 0, utf8.ValidString(text)
	for len(text) > 0 {
		line++
		var content string
		content, text, _ = strings.Cut(text, "\n")
		content = strings.TrimSpace(content)
		if content == "" || content == "#" || strings.HasPrefix(content, "# ") {
			continue
		}
		if !valid && !utf8.ValidString(content) {
			return syntaxErrorf(file, line, "not UTF-8: save the file in that encoding")
		}
		if err := do(line, content); err != nil {
			return err
		}
	}
	return nil
}

// sectionName reads a line such as [terms]; inside is what stands between the brackets.
func sectionName(content string) (inside string, ok bool) {
	if !strings.HasPrefix(content, "[") || !strings.HasSuffix(content, "]") {
		return "", false
	}
	return strings.TrimSpace(content[1 : len(content)-1]), true
}
