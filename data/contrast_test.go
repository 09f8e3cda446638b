package data

import (
	"reflect"
	"strings"
	"testing"
)

const contrastBlock = "pair: a-one | a-two\nask: 借还是二?\na: 借 | 借 租\nb: 二 | 二\nwhy: 释义\n"

func TestParseContrasts(t *testing.T) {
	catalog, ids := smallCatalog(t)
	text := "# c\n" + contrastBlock + "\n" + strings.Replace(contrastBlock, "a-two", "a-gone", 1) +
		strings.Replace(contrastBlock, "a-one | a-two", "a-two|a-one", 1)
	got, err := parseContrasts(text, catalog, ids)
	first := Contrast{A: 0, B: 1, Ask: "借还是二?", ReplyA: "借", ReplyB: "二", CuesA: []string{"借", "租"}, CuesB: []string{"二"}, Why: "释义", Line: 2}
	second := first
	second.A, second.B, second.Line = 1, 0, 13
	if want := []Contrast{first, second}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v\nwant %+v", got, err, want)
	}
}

func TestRefusedContrasts(t *testing.T) {
	catalog, ids := smallCatalog(t)
	for _, row := range []struct {
		name, old, new string
		line           int
		message        string
	}{
		{"unknown id", "a-one", "a-on", 1, `expected an id of ids.tsv, found "a-on"`},
		{"one id", "| a-two", "", 1, "expected two ids with | between"},
		{"the same id", "a-two", "a-one", 1, "expected two different ids"},
		{"no question", "ask: 借还是二?\n", "", 2, "expected ask: …"},
		{"empty question", "借还是二?", "", 2, "expected ask: …"},
		{"no cues", "a: 借 | 借 租", "a: 借", 3, "expected a reply, |, and cues"},
		{"empty cues", "借 租", "", 3, "expected a reply, |, and cues"},
		{"full-width colon", "b: 二", "b：二", 4, "expected b: …"},
		{"no reason", "why: 释义\n", "", 1, "found no why:"},
		{"a key twice", "why", "b", 5, "expected why: …"},
	} {
		_, err := parseContrasts(strings.Replace(contrastBlock, row.old, row.new, 1), catalog, ids)
		checkSyntaxError(t, row.name, err, row.line, row.message)
	}
}

func FuzzParseContrasts(f *testing.F) {
	f.Add(contrastBlock)
	f.Add(contrastBlock + "# c\n" + contrastBlock[:30])
	catalog, ids := smallCatalog(f)
	f.Fuzz(func(t *testing.T, text string) {
		contrasts, err := parseContrasts(text, catalog, ids)
		if err != nil {
			checkSyntaxError(t, "fuzz", err, 0, "")
		}
		for _, c := range contrasts {
			if c.A == c.B || c.Ask == "" || c.ReplyA == "" || c.ReplyB == "" || len(c.CuesA) == 0 || len(c.CuesB) == 0 || c.Why == "" || c.Line < 1 {
				t.Errorf("contrast %+v", c)
			}
		}
	})
}
