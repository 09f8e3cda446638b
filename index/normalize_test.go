package index

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestNormalize(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"plain text stays", "共享充电宝", "共享充电宝"},
		{"width and case", "ＫＴＶ４Ｓ店", "ktv4s店"},
		{"punctuation's width", "你好，世界！", "你好,世界!"},
		{"circled and squared", "①㎡", "1m2"},
		{"traditional characters", "養老護理", "养老护理"},
		{"a phrase overrides its characters", "乾隆年間的餅乾", "乾隆年间的饼干"},
		{"Taiwan's words", "計程車與網路軟體", "出租车与网络软件"},
		{"Hong Kong's words", "強積金", "公积金"},
		{"a local word among traditional characters", "影片剪輯", "视频剪辑"},
		{"the same word in simplified text", "影片剪辑", "影片剪辑"},
		{"no programmer's word for a traveller's", "行程規劃", "行程规划"},
		{"space", "  共享 \t\r\n 充电宝　", "共享 充电宝"},
		{"emoji", "充电宝🔋出租", "充电宝 出租"},
		{"joined emoji", "👨‍👩‍👧亲子", "亲子"},
		{"invisible characters", "共\u200b享\ufeff", "共享"},
		{"control characters", "共\x00享", "共 享"},
		{"invalid bytes", "共\xff享\xe5", "共享"},
		{"letter and accent compose after lower case", "T\u0308", "ẗ"},
		{"nothing", " \x00🔋", ""},
	} {
		if got := Normalize(test.text).Norm; got != test.want {
			t.Errorf("%s: Normalize(%q) = %q, want %q", test.name, test.text, got, test.want)
		}
	}
}

func TestOriginal(t *testing.T) {
	for _, test := range []struct{ text, word, want string }{
		{"共享充电宝", "充电宝", "充电宝"},
		{"  叫ＫＴＶ  包廂", "ktv", "ＫＴＶ"},
		{"坐計程車去", "出租车", "計程車"},
		{"手提電話殼", "手机", "手提電話"},
		{"好😀 吃餅乾", "饼干", "餅乾"},
		{"好😀 吃餅乾", "干", "乾"},
		{"e\u0301clair店", "é", "e\u0301"},
		{"共\xff享", "共享", "共\xff享"},
	} {
		text := Normalize(test.text)
		at := strings.Index(text.Norm, test.word)
		if at < 0 {
			t.Errorf("Normalize(%q) = %q lacks %q", test.text, text.Norm, test.word)
			continue
		}
		start, end := text.Original(at, at+len(test.word))
		if got := test.text[start:end]; got != test.want {
			t.Errorf("%q in %q came from %q, want %q", test.word, test.text, got, test.want)
		}
	}
}

func TestNormalizeLaws(t *testing.T) {
	for _, text := range oddTexts {
		checkNormalize(t, text)
	}
}

func FuzzNormalize(f *testing.F) {
	for _, text := range oddTexts {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { checkNormalize(t, text) })
}

// checkNormalize checks the laws: valid, clean, idempotent, and each range of
// characters comes from a range of characters.
func checkNormalize(t *testing.T, original string) {
	text := Normalize(original)
	if !utf8.ValidString(text.Norm) || strings.ContainsRune(text.Norm, utf8.RuneError) {
		t.Fatalf("Normalize(%q) = %q is not valid", original, text.Norm)
	}
	if strings.Contains(text.Norm, "  ") || strings.TrimSpace(text.Norm) != text.Norm {
		t.Fatalf("Normalize(%q) = %q has needless space", original, text.Norm)
	}
	if again := Normalize(text.Norm).Norm; again != text.Norm {
		t.Fatalf("Normalize(%q) = %q, and again %q", original, text.Norm, again)
	}
	before := 0
	for i, r := range text.Norm {
		start, end := text.Original(i, i+utf8.RuneLen(r))
		if start >= end || end > len(original) || start < before {
			t.Fatalf("%q at %d of %q came from [%d:%d) of %q, after %d", r, i, text.Norm, start, end, original, before)
		}
		if utf8.ValidString(original) && !utf8.ValidString(original[start:end]) {
			t.Fatalf("%q at %d of %q came from half a character of %q", r, i, text.Norm, original)
		}
		before = start
	}
}

func BenchmarkNormalize(b *testing.B) {
	for name, text := range map[string]string{
		"plain":       twentyChars,
		"traditional": "我想做一個掃碼借還共享充電寶的小程式,平臺",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Normalize(text)
			}
		})
	}
}
