package search

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

const rankingsFile = "testdata/rankings.txt"

// ranked is a line of the rankings: a description, the categories of which any
// may come first (none: it describes nothing), and why.
type ranked struct {
	query, why string
	want       []string
	line       int
}

// parseRankings reads lines "描述 | 编号 | 理由". Blank lines and lines that
// begin with # are left out. Errors name the line.
func parseRankings(text string) ([]ranked, error) {
	var list []ranked
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if !utf8.ValidString(line) {
			return nil, fmt.Errorf("line %d: not UTF-8", n)
		}
		parts := strings.Split(line, "|")
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		if len(parts) != 3 || parts[0] == "" || parts[1] == "" || parts[2] == "" {
			return nil, fmt.Errorf("line %d: expected 描述 | 编号 | 理由, found %q", n, line)
		}
		r := ranked{query: parts[0], why: parts[2], line: n}
		if parts[1] != nothingFits {
			r.want = strings.Fields(parts[1])
		}
		list = append(list, r)
	}
	return list, nil
}

// nothingFits stands in the place of an id where leimu must abstain.
const nothingFits = "-"

func TestRankings(t *testing.T) {
	text, err := os.ReadFile(rankingsFile)
	if err != nil {
		t.Fatal(err)
	}
	list, err := parseRankings(string(text))
	if err != nil {
		t.Fatalf("%s: %v", rankingsFile, err)
	}
	for _, r := range list {
		want := map[string]bool{"nothing": r.want == nil}
		for _, id := range r.want {
			if testEngine(t).Catalog().Find(id) == nil {
				t.Errorf("%s:%d: the guide has no %s", rankingsFile, r.line, id)
			}
			want[id] = true
		}
		if got := firstAnswer(t, Request{Query: r.query}); !want[got] {
			t.Errorf("%s:%d: %s: first is %s, want %v: %s", rankingsFile, r.line, r.query, got, r.want, r.why)
		}
	}
}

func TestRankingsNameTheLineAtFault(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"充电宝 | living-sharing", "line 1: expected 描述 | 编号 | 理由"},
		{"# 说明\n\n充电宝 living-sharing 理由", "line 3: expected"},
		{"充电宝 | | 理由", "line 1: expected"},
		{"充电宝 | living-sharing | ", "line 1: expected"},
		{"a | b | c | d", "line 1: expected"},
		{"a | b | c\n\xff | b | c", "line 2: not UTF-8"},
	} {
		if _, err := parseRankings(row.text); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%q: %v, want %q", row.text, err, row.want)
		}
	}
	list, err := parseRankings("# a\n充电宝 | a b | 理由\n你好 | - | 招呼\n")
	if err != nil || len(list) != 2 || len(list[0].want) != 2 || list[1].want != nil || list[1].line != 3 {
		t.Errorf("read %+v, %v", list, err)
	}
}

// FuzzRankings: what is read has all three parts.
func FuzzRankings(f *testing.F) {
	f.Add("充电宝 | living-sharing | 共享")
	f.Add("#\n||\n你好 | - | 招呼")
	f.Fuzz(func(t *testing.T, text string) {
		list, _ := parseRankings(text)
		for _, r := range list {
			if r.query == "" || r.why == "" || r.line < 1 || r.line > 1+strings.Count(text, "\n") {
				t.Errorf("%q: %+v", text, r)
			}
		}
	})
}
