package data

import (
	"slices"
	"strings"
	"testing"
)

func TestLanguageIsRead(t *testing.T) {
	l, err := loadLanguage(mapFS(map[string]string{
		"english.txt":     "# note\ncar rental\t租车\npet\t宠物\n",
		"confusables.txt": "己 已 巳\n",
		"negations.txt":   "[before]\n不卖\n[except]\n不锈钢\n[turn]\n只\n",
		"segments.txt":    "[join]\n以及\n[whole]\n加油\n",
	}))
	if err != nil {
		t.Fatal(err)
	}
	if l.English["car rental"] != "租车" || len(l.English) != 2 {
		t.Errorf("English is %v", l.English)
	}
	if !slices.Equal(l.Confusables['己'], []rune{'已', '巳'}) {
		t.Errorf("己 is mistaken for %q", l.Confusables['己'])
	}
	if !slices.Equal(l.Negation.Before, []string{"不卖"}) || !slices.Equal(l.Negation.Turn, []string{"只"}) || !slices.Equal(l.Wholes, []string{"加油"}) {
		t.Errorf("read %+v", l)
	}
}

func TestLanguageIsRefusedWithTheLineAtFault(t *testing.T) {
	good := map[string]string{"english.txt": "pet\t宠物\n", "confusables.txt": "己 已\n",
		"negations.txt": "[before]\n不卖\n", "segments.txt": "[join]\n以及\n"}
	for _, row := range []struct{ file, text, want string }{
		{"english.txt", "pet 宠物\n", "english.txt:1: expected english<TAB>中文"},
		{"english.txt", "pet\t宠物\npet\t动物\n", "english.txt:2: \"pet\" stands twice"},
		{"confusables.txt", "己\n", "confusables.txt:1: expected two or more characters"},
		{"confusables.txt", "己 已经\n", "confusables.txt:1: expected single characters"},
		{"negations.txt", "不卖\n", "negations.txt:1: expected a section before the first line"},
		{"negations.txt", "[after]\n", "negations.txt:1: unknown section"},
		{"segments.txt", "[whole]\n\xff\n", "segments.txt:2: not UTF-8"},
	} {
		files := map[string]string{}
		for name, text := range good {
			files[name] = text
		}
		files[row.file] = row.text
		_, err := loadLanguage(mapFS(files))
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s %q: %v, want %q", row.file, row.text, err, row.want)
		}
	}
}

func FuzzLanguage(f *testing.F) {
	f.Add("pet\t宠物", "己 已", "[before]\n不卖", "[join]\n以及")
	f.Fuzz(func(t *testing.T, english, confusables, negations, segments string) {
		loadLanguage(mapFS(map[string]string{"english.txt": english, "confusables.txt": confusables,
			"negations.txt": negations, "segments.txt": segments}))
	})
}
