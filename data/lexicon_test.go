package data

import (
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"
)

// smallCatalog has a category with two services, one with none, and a registered id whose
// category the guide has dropped.
func smallCatalog(t testing.TB) (*Catalog, *IDs) {
	t.Helper()
	ids, err := ParseIDs([]byte("a-one\t甲\t一\na-two\t甲\t二\na-gone\t甲\t旧\n"))
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := ParseGuide([]byte(smallGuide), ids)
	if err != nil {
		t.Fatal(err)
	}
	return catalog, ids
}

const smallGuide = `# 指引
最终以审核为准。
一级类目 二级类目
甲 一 1、借:适用于借
2、还:适用于还
个人备案:不建议选择
单位备案:可选
/
二 适用于二 个人备案:可选,符合个人性质
单位备案:可选,需要资质
资质上传位置:前置审批位置
从事二内容,需提供《二证》
`

func TestParseLexicon(t *testing.T) {
	catalog, _ := smallCatalog(t)
	const text = "# 甲 > 一\n#\n[terms]\n充电宝\n  借伞 \t0.5\n[terms 2]\n#还伞\n[real]\n还 充电宝\r\n"
	got, err := parseLexicon(nil, "f", text, 0, &catalog.Categories[0])
	want := []Entry{
		{"充电宝", KindTerms, 1, 4, 0, 0},
		{"借伞", KindTerms, 0.5, 5, 0, 0},
		{"#还伞", KindTerms, 1, 7, 0, 2},
		{"还 充电宝", KindReal, 1, 9, 0, 0},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v\nwant %+v", got, err, want)
	}
}

func TestRefusedLexicon(t *testing.T) {
	catalog, _ := smallCatalog(t)
	for _, row := range []struct {
		name, text string
		line       int
		message    string
	}{
		{"text before a section", "# c\n充电宝", 2, "expected a section before the first text"},
		{"unknown section", "[term]", 1, `unknown section "term": expected one of terms, short`},
		{"unclosed section", "[terms", 1, "expected a section such as [terms 2]"},
		{"no such service", "\n[terms 3]", 2, `expected a service number of a-one (it has 2), found "3"`},
		{"service 0", "[terms 0]", 1, "expected a service number"},
		{"service by name", "[terms 借]", 1, "expected a service number"},
		{"TAB in a text", "[terms]\n充电宝\t借", 2, "expected a weight after the TAB"},
		{"empty weight", "[terms]\na\t \tb", 2, "expected a weight after the TAB"},
		{"weight 0", "[terms]\n充电宝\t0", 2, "above 0 and at most 1"},
		{"weight over 1", "[terms]\n充电宝\t1.5", 2, "above 0 and at most 1"},
		{"weight NaN", "[terms]\n充电宝\tNaN", 2, "above 0 and at most 1"},
		{"too long", "[intros]\n" + strings.Repeat("长", 201), 2, "at most 200 characters, found 201"},
		{"not UTF-8", "[terms]\n\xff", 2, "not UTF-8"},
	} {
		_, err := parseLexicon(nil, "lexicon/a-one.txt", row.text, 0, &catalog.Categories[0])
		checkSyntaxError(t, row.name, err, row.line, row.message)
		if err != nil && !strings.HasPrefix(err.Error(), "lexicon/a-one.txt:") {
			t.Errorf("%s: %v does not name its file", row.name, err)
		}
	}
	if _, err := parseLexicon(nil, "f", "[intros]\n"+strings.Repeat("长", 200), 0, &catalog.Categories[0]); err != nil {
		t.Errorf("200 characters are refused: %v", err)
	}
}

func TestLoadLexicon(t *testing.T) {
	catalog, ids := smallCatalog(t)
	files := fstest.MapFS{
		"none.txt":           {Data: []byte("# c\n你好\n#include <stdio.h>\n")},
		"lexicon/a-one.txt":  {Data: []byte("[terms]\n一")},
		"lexicon/a-gone.txt": {Data: []byte("[terms]\n旧")},
	}
	lexicon, err := loadLexicon(files, catalog, ids)
	if err != nil {
		t.Fatal(err)
	}
	if len(lexicon.Entries) != 1 || lexicon.Entries[0].Category != 0 {
		t.Errorf("entries: %+v", lexicon.Entries)
	}
	if want := []string{"你好", "#include <stdio.h>"}; !reflect.DeepEqual(lexicon.None, want) {
		t.Errorf("none: %q, want %q", lexicon.None, want)
	}
	files["lexicon/a-onee.txt"] = &fstest.MapFile{}
	files["lexicon/a-two.txt"] = &fstest.MapFile{Data: []byte("二")}
	_, err = loadLexicon(files, catalog, ids)
	for _, want := range []string{`lexicon/a-onee.txt:1: expected a file name that is an id of ids.tsv, found "a-onee"`, "lexicon/a-two.txt:1: "} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v\nwant all faults, also %s", err, want)
		}
	}
}

func FuzzParseLexicon(f *testing.F) {
	f.Add("[terms]\n充电宝\t0.5\n[spoken 2]\n借一个\n")
	f.Add("# c\n[real]\r\n#x\n[terms 9]")
	catalog, _ := smallCatalog(f)
	f.Fuzz(func(t *testing.T, text string) {
		entries, err := parseLexicon(nil, "f", text, 0, &catalog.Categories[0])
		if err != nil {
			checkSyntaxError(t, "fuzz", err, 0, "")
		}
		for _, e := range entries {
			if strings.TrimSpace(e.Text) != e.Text || e.Text == "" || utf8.RuneCountInString(e.Text) > textLimit ||
				!(e.Weight > 0 && e.Weight <= 1) || e.Kind == "" || e.Service > 2 || !strings.Contains(strings.Split(text, "\n")[e.Line-1], e.Text) {
				t.Errorf("entry %+v", e)
			}
		}
	})
}

// The whole lexicon is to load in under 25 ms.
func BenchmarkLoadLexicon(b *testing.B) {
	catalog, ids := embeddedCatalog(b), embeddedIDs(b)
	for b.Loop() {
		if _, err := loadLexicon(Embedded(), catalog, ids); err != nil {
			b.Fatal(err)
		}
	}
}
