package data

import (
	"maps"
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
		{"negations.txt", "# 说明\n\n[before\n", "negations.txt:3: expected a section before the first line"},
		{"english.txt", "pet\t \n", "english.txt:1: expected english<TAB>中文"},
		{"english.txt", "\t宠物\n", "english.txt:1: expected english<TAB>中文"},
		{"confusables.txt", "# 形近\n己 已\n\xff 已\n", "confusables.txt:3: not UTF-8"},
		{"segments.txt", "[before]\n", "segments.txt:1: unknown section"},
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

func TestLanguageNamesTheFileThatIsMissing(t *testing.T) {
	files := map[string]string{"english.txt": "", "confusables.txt": "", "negations.txt": "", "segments.txt": ""}
	if _, err := loadLanguage(mapFS(files)); err != nil {
		t.Fatalf("files that say nothing: %v", err)
	}
	for name := range files {
		others := maps.Clone(files)
		delete(others, name)
		if _, err := loadLanguage(mapFS(others)); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("without %s: %v", name, err)
		}
	}
}

// TestEmbeddedLanguageIsSound: no list is empty, and no cue is also an exception.
func TestEmbeddedLanguageIsSound(t *testing.T) {
	l, err := loadLanguage(Embedded())
	if err != nil {
		t.Fatal(err)
	}
	checkLanguage(t, l)
	for name, n := range map[string]int{"english": len(l.English), "confusables": len(l.Confusables), "before": len(l.Negation.Before),
		"except": len(l.Negation.Except), "turn": len(l.Negation.Turn), "join": len(l.Joins), "whole": len(l.Wholes)} {
		if n == 0 {
			t.Errorf("%s is empty", name)
		}
	}
	for _, cue := range l.Negation.Before {
		if slices.Contains(l.Negation.Except, cue) {
			t.Errorf("%s denies and denies nothing", cue)
		}
	}
	for word := range l.English {
		if word != strings.ToLower(word) {
			t.Errorf("%s is never met: texts are compared in lower case", word)
		}
	}
}

// checkLanguage tests what holds of any language that was read.
func checkLanguage(t *testing.T, l Language) {
	t.Helper()
	for a, list := range l.Confusables {
		for _, b := range list {
			if a == b || !slices.Contains(l.Confusables[b], a) {
				t.Errorf("%c is taken for %c, and %c for %q", a, b, b, l.Confusables[b])
			}
		}
	}
	for word, meaning := range l.English {
		if word == "" || meaning == "" {
			t.Errorf("%q means %q", word, meaning)
		}
	}
	for _, list := range [][]string{l.Negation.Before, l.Negation.Except, l.Negation.Turn, l.Joins, l.Wholes} {
		if slices.Contains(list, "") {
			t.Errorf("a list has an empty word: %q", list)
		}
	}
}

func FuzzLanguage(f *testing.F) {
	f.Add("pet\t宠物", "己 已", "[before]\n不卖", "[join]\n以及")
	f.Add("# a\n\t", "己 已 己", "[ before ]\n[]\n", "[join]\n[\xff]")
	f.Fuzz(func(t *testing.T, english, confusables, negations, segments string) {
		l, err := loadLanguage(mapFS(map[string]string{"english.txt": english, "confusables.txt": confusables,
			"negations.txt": negations, "segments.txt": segments}))
		if err == nil {
			checkLanguage(t, l)
		}
	})
}
