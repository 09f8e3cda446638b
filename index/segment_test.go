package index

import (
	"strings"
	"testing"
	"unicode/utf8"

	"leimu/data/dictionary"
)

// show prints tokens: words apart by /, parts in (), characters in [].
func show(tokens []Token) string {
	var out []string
	for _, token := range tokens {
		switch token.Kind {
		case Part:
			out = append(out, "("+token.Text+")")
		case Char:
			out = append(out, "["+token.Text+"]")
		default:
			out = append(out, token.Text)
		}
	}
	return strings.Join(out, "/")
}

func TestCut(t *testing.T) {
	segmenter := newTestSegmenter(t)
	for _, test := range []struct{ text, want string }{
		{"共享充电宝", "共享/充电宝"},
		{"公积金取出来", "公积金/取出/来"},
		{"线上选号", "线上/选号"},
		{"找代驾的小程序", "找/代驾/的/小程序"},
		{"剧本杀和密室逃脱", "剧本杀/和/密室逃脱"},
		{"月嫂陪护床网约车", "月嫂/陪护床/网约车"},
		{"ktv包厢,4s店", "ktv/包厢/,/4s店"},
		{"happy4s店", "happy4s/店"},
		{"привет мир", "привет/ /мир"},
		{"", ""},
	} {
		if got := show(segmenter.Cut(test.text)); got != test.want {
			t.Errorf("Cut(%q) = %s, want %s", test.text, got, test.want)
		}
	}
}

func TestCutFine(t *testing.T) {
	segmenter := newTestSegmenter(t)
	for _, test := range []struct {
		text   string
		finest Kind
		want   string
	}{
		{"待处理", Part, "待/处理"},
		{"充电宝!", Word, "充电宝"},
		{"充电宝!", Part, "充电宝/(充电)"},
		{"充电宝!", Char, "充电宝/(充电)/[充]/[电]/[宝]"},
		{"4s店", Char, "4s店/[店]"},
		{"药", Char, "药"},
		{"、 。", Char, ""},
	} {
		if got := show(segmenter.CutFine(test.text, test.finest)); got != test.want {
			t.Errorf("CutFine(%q, %d) = %s, want %s", test.text, test.finest, got, test.want)
		}
	}
}

// A user word must come out whole, or it is not worth its line.
func TestUserWordsAreCutWhole(t *testing.T) {
	segmenter := newTestSegmenter(t)
	seen := make(map[string]bool)
	for line := range strings.Lines(dictionary.User()) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		word, _, _ := strings.Cut(line, " ")
		if seen[word] {
			t.Errorf("%s stands twice", word)
		}
		seen[word] = true
		if got := show(segmenter.Cut(word)); got != word || Normalize(word).Norm != word {
			t.Errorf("%s is cut %s", word, got)
		}
	}
}

func TestNewSegmenterNamesTheLineAtFault(t *testing.T) {
	for _, test := range []struct{ words, user, want string }{
		{"中 1\n国\n", "", "general dictionary: line 2"},
		{"中 x\n", "", "general dictionary: line 1"},
		{"", "# 词\n\n中国 0\n", "user dictionary: line 3"},
	} {
		_, err := NewSegmenter(test.words, test.user)
		if err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("NewSegmenter(%q, %q): %v, want %s", test.words, test.user, err, test.want)
		}
	}
}

func TestCutLaws(t *testing.T) {
	segmenter := newTestSegmenter(t)
	for _, text := range oddTexts {
		checkCut(t, segmenter, text)
	}
}

func FuzzCut(f *testing.F) {
	segmenter := newTestSegmenter(f)
	for _, text := range append(oddTexts, twentyChars) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { checkCut(t, segmenter, text) })
}

// checkCut checks the laws: words are the text, and any token is the slice
// that it says, between characters.
func checkCut(t *testing.T, segmenter *Segmenter, original string) {
	text := Normalize(original).Norm
	var whole strings.Builder
	for _, word := range segmenter.Cut(text) {
		whole.WriteString(word.Text)
	}
	if whole.String() != text {
		t.Fatalf("Cut(%q) makes %q", text, whole.String())
	}
	for _, token := range segmenter.CutFine(text, Char) {
		if token.Text == "" || token.Text != text[token.Start:token.End] || !utf8.ValidString(token.Text) {
			t.Fatalf("%+v of %q is %q", token, text, text[token.Start:token.End])
		}
	}
}

func BenchmarkNewSegmenter(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := NewSegmenter(dictionary.Words(), dictionary.User()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCutFine(b *testing.B) {
	segmenter := newTestSegmenter(b)
	b.ReportAllocs()
	for b.Loop() {
		segmenter.CutFine(twentyChars, Char)
	}
}
