package data

import (
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
)

// smallFiles is a complete set of data files without a problem.
func smallFiles() map[string]string {
	return map[string]string{
		"guide.txt":         smallGuide,
		"ids.tsv":           "a-one\t甲\t一\na-two\t甲\t二\na-gone\t甲\t旧\n",
		"none.txt":          "你好\n",
		"noise.txt":         "[words]\n小程序\n",
		"english.txt":       "pet\t宠物\n",
		"confusables.txt":   "己 已\n",
		"negations.txt":     "[before]\n不卖\n[except]\n不锈钢\n[turn]\n只\n",
		"segments.txt":      "[join]\n以及\n[whole]\n加油\n",
		"contrasts.txt":     contrastBlock,
		"subjects.txt":      "[individual]\n个人\n[enterprise]\n公司\n",
		"boundaries.md":     "# 边界\n",
		"lexicon/a-one.txt": "[terms 1]\n借伞\n[terms 2]\n还伞\n",
		"lexicon/a-two.txt": "[terms]\nKTV 二\n",
	}
}

func loadFiles(t *testing.T, files map[string]string) *Knowledge {
	t.Helper()
	k, err := Load(mapFS(files))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func mapFS(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func TestValidate(t *testing.T) {
	for _, row := range []struct {
		name, file, text string
		want             []string
	}{
		{"nothing wrong", "boundaries.md", "", nil},
		{"twice in a category, other case, width and punctuation", "lexicon/a-two.txt", "[terms]\nKTV 二\n[real]\nｋｔｖ二!\n",
			[]string{`lexicon/a-two.txt:4: warning: "ｋｔｖ二!" stands on line 2 already`}},
		{"twice for two services", "lexicon/a-one.txt", "[terms 1]\n伞\n[terms 2]\n伞\n", nil},
		{"under two categories", "lexicon/a-two.txt", "[terms]\n二\n借伞\n",
			[]string{`lexicon/a-two.txt:3: error: "借伞" stands under 甲>一 too (lexicon/a-one.txt:2): drop one, or give the weaker a weight`}},
		{"under two categories with a weight", "lexicon/a-two.txt", "[terms]\n二\n借伞\t0.5\n", nil},
		{"under two categories, the earlier with a weight", "lexicon/a-one.txt", "[terms 1]\nKTV二\t0.5\n[terms 2]\n还伞\n", nil},
		{"no terms", "lexicon/a-two.txt", "[real]\n二\n",
			[]string{"lexicon/a-two.txt:1: error: 甲>二 has no terms: nobody finds it by what they call it"}},
		{"service without terms", "lexicon/a-one.txt", "[terms 1]\n借伞\n[real 2]\n还伞\n",
			[]string{`lexicon/a-one.txt:1: warning: service 2 ("还") has no terms: add a section [terms 2]`}},
		{"none in the lexicon, and twice", "none.txt", "还伞。\n你好\n你 好\n", []string{
			`none.txt:1: error: "还伞。" stands in the lexicon too (lexicon/a-one.txt:4): a text fits a category or none`,
			`none.txt:3: warning: "你 好" stands on line 2 already`}},
		{"punctuation differs", "none.txt", "???\n!!!\n", nil},
		{"a pair twice, the other way round", "contrasts.txt", contrastBlock + strings.Replace(contrastBlock, "a-one | a-two", "a-two | a-one", 1),
			[]string{"contrasts.txt:6: error: the pair stands on line 1 already"}},
		{"a cue on both sides", "contrasts.txt", strings.Replace(contrastBlock, "| 二", "| 二 租", 1),
			[]string{`contrasts.txt:1: error: "租" is a cue of both replies and decides nothing`}},
		{"a cue twice", "contrasts.txt", strings.Replace(contrastBlock, "借 租", "借 借", 1),
			[]string{`contrasts.txt:1: warning: "借" is a cue twice`}},
		{"a cue of two subjects", "subjects.txt", "[individual]\n个人\n[enterprise]\n个人\n公司\n公司\n", []string{
			`subjects.txt:4: error: "个人" is as sure a cue of individual (line 2): give one a lower weight`,
			`subjects.txt:6: warning: "公司" stands on line 5 already`}},
		{"a weaker cue of two subjects", "subjects.txt", "[individual]\n个人\n[enterprise]\n个人\t0.2\n", nil},
		{"noise that is a term", "noise.txt", "[words]\n借伞\n",
			[]string{`noise.txt:2: warning: "借伞" is a term of 甲>一 (lexicon/a-one.txt:2): the word carries no weight there`}},
	} {
		files := smallFiles()
		files[row.file] = row.text
		var got []string
		for _, p := range Validate(loadFiles(t, files)) {
			got = append(got, p.String())
		}
		if !reflect.DeepEqual(got, row.want) {
			t.Errorf("%s:\n got %q\nwant %q", row.name, got, row.want)
		}
	}
}
