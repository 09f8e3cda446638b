package index

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"leimu/data/dictionary"
)

func TestPinyin(t *testing.T) {
	for word, want := range map[string]string{
		"银行": "yin hang", "步行": "bu xing", "自行车": "zi xing che", "会计": "kuai ji", "会员": "hui yuan",
		"重庆": "chong qing", "重量": "zhong liang", "长途": "chang tu", "家长": "jia zhang", "长度": "chang du",
		"音乐": "yin yue", "乐园": "le yuan", "还款": "huan kuan", "调解": "tiao jie", "调查": "diao cha",
		"便宜": "pian yi", "地铁": "di tie", "理发": "li fa", "数学": "shu xue", "西藏": "xi zang", "收藏": "shou cang",
		"出差": "chu chai", "人参": "ren shen", "参加": "can jia", "厦门": "xia men", "绿植": "lv zhi", "女士": "nv shi",
		"共享充电宝": "gong xiang chong dian bao", "ktv包厢": "k t v bao xiang", "": "",
	} {
		if got := strings.Join(Pinyin(word), " "); got != want {
			t.Errorf("Pinyin(%s) = %s, want %s", word, got, want)
		}
	}
}

func TestInitials(t *testing.T) {
	if got := Initials("共享充电宝"); got != "gxcdb" {
		t.Errorf("got %s", got)
	}
	if got := Initials("银行4s店"); got != "yh4sd" {
		t.Errorf("got %s", got)
	}
}

// A word's reading must be made of readings that its characters have.
func TestHeteronymsAreReadings(t *testing.T) {
	known := make(map[string]string)
	eachReading(dictionary.Pinyin(), func(word, readings string) { known[word] = readings })
	seen := make(map[string]bool)
	eachReading(dictionary.Heteronyms(), func(word, readings string) {
		if seen[word] {
			t.Errorf("%s stands twice", word)
		}
		seen[word] = true
		each := strings.Fields(readings)
		if n := utf8.RuneCountInString(word); n > 1 && n != len(each) {
			t.Errorf("%s has %d characters and %d readings", word, n, len(each))
			return
		}
		i := 0
		for _, r := range word {
			if !slices.Contains(strings.Fields(known[string(r)]), each[i]) {
				t.Errorf("%s: %c is never read %s", word, r, each[i])
			}
			i++
		}
	})
}

func TestSyllables(t *testing.T) {
	for typed, want := range map[string]string{
		"gongxiang": "gong xiang|gong xi ang",
		"xian":      "xian|xi an",
		"xi'an":     "xi an",
		"xi an":     "xi an",
		"fangan":    "fang an|fan gan",
		"lvyou":     "lv you",
		"lüyou":     "lv you",
		"nuedai":    "nve dai|nv e dai",
		"hello":     "",
		"":          "",
		"' '":       "",
	} {
		var ways []string
		for _, way := range Syllables(typed) {
			ways = append(ways, strings.Join(way, " "))
		}
		if got := strings.Join(ways, "|"); got != want {
			t.Errorf("Syllables(%q) = %s, want %s", typed, got, want)
		}
	}
}

func FuzzSyllables(f *testing.F) {
	for _, typed := range []string{"gongxiangchongdianbao", "xi'an", "lüyou", "\xff", strings.Repeat("a", 119)} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		letters := strings.NewReplacer(" ", "", "'", "").Replace(spelling.Replace(typed))
		for _, way := range Syllables(typed) {
			if strings.Join(way, "") != letters {
				t.Fatalf("Syllables(%q) has %v", typed, way)
			}
		}
	})
}

func BenchmarkPinyin(b *testing.B) {
	for b.Loop() {
		Pinyin(twentyChars)
	}
}

func BenchmarkSyllables(b *testing.B) {
	for b.Loop() {
		Syllables("gongxiangchongdianbao")
	}
}
