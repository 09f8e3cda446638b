package data

import (
	"bytes"
	"os"
	"reflect"
	"strings"
	"testing"
)

// An id that moves breaks links, learnt weights and people's files. New lines are added to the
// golden file by hand; lines in it are never changed.
func TestIDsNeverMove(t *testing.T) {
	text, err := os.ReadFile("testdata/ids.golden.tsv")
	if err != nil {
		t.Fatal(err)
	}
	golden, err := ParseIDs(text)
	if err != nil {
		t.Fatal(err)
	}
	now := embeddedIDs(t)
	if !reflect.DeepEqual(now.All(), golden.All()) {
		t.Errorf("ids.tsv and its golden file list different ids")
	}
	for _, id := range golden.All() {
		want, _ := golden.Path(id)
		if got, _ := now.Path(id); got != want {
			t.Errorf("id %s moved from %v to %v", id, want, got)
		}
	}
}

func TestEveryCategoryHasItsID(t *testing.T) {
	catalog, ids := embeddedCatalog(t), embeddedIDs(t)
	for i, c := range catalog.Categories {
		if id, _ := ids.Lookup(c.Path[0], c.Path[1]); id != c.ID {
			t.Errorf("%s has id %q, registered as %q", c.Label(), c.ID, id)
		}
		if at, ok := catalog.Position(c.ID); !ok || at != i {
			t.Errorf("Position(%s) = %d, %v; want %d", c.ID, at, ok, i)
		}
		if at, ok := catalog.PositionOfLabel(c.Label()); !ok || at != i {
			t.Errorf("PositionOfLabel(%s) = %d, %v; want %d", c.Label(), at, ok, i)
		}
	}
	if _, ok := catalog.Position("nothing"); ok || catalog.Find("nothing") != nil {
		t.Error("an unknown id was found")
	}
}

func TestRefusedIDs(t *testing.T) {
	for _, row := range []struct {
		name, text string
		line       int
		message    string
	}{
		{"two fields", "# c\na-b\t甲", 2, "found 2 fields"},
		{"spaces for TABs", "a-b 甲 乙", 1, "found 1 fields"},
		{"capitals", "A-b\t甲\t乙", 1, "small letters and digits"},
		{"not ASCII", "甲\t甲\t乙", 1, "small letters and digits"},
		{"two hyphens", "a--b\t甲\t乙", 1, "small letters and digits"},
		{"empty id", "\t甲\t乙", 1, "small letters and digits"},
		{"an id twice", "# c\na\t甲\t乙\na\t甲\t丙", 3, "taken by line 2"},
		{"a label twice", "a\t甲\t乙\n\nb\t甲\t乙", 3, "甲>乙 has an id already: a"},
		{"space in a name", "a\t甲\t乙 丙", 1, "is no name of a category"},
		{"empty name", "a\t甲\t", 1, "is no name of a category"},
	} {
		_, err := ParseIDs([]byte(row.text))
		checkSyntaxError(t, row.name, err, row.line, row.message)
		if err != nil && !strings.HasPrefix(err.Error(), "ids.tsv:") {
			t.Errorf("%s: %v does not name its file", row.name, err)
		}
	}
}

func TestWriteIDsKeepsCommentsAndOrder(t *testing.T) {
	want := embeddedFile(t, idsFile)
	var got bytes.Buffer
	if err := embeddedIDs(t).Write(&got); err != nil {
		t.Fatal(err)
	}
	if strings.TrimSuffix(got.String(), "\n") != strings.TrimSuffix(string(want), "\n") {
		t.Error("ids.tsv was written back differently")
	}
}

func FuzzParseIDs(f *testing.F) {
	f.Add("# c\nliving-tools\t生活服务\t工具\n")
	f.Add("a\tb\tc\r\n\nb\tb\td")
	f.Fuzz(func(t *testing.T, text string) {
		ids, err := ParseIDs([]byte(text))
		if err != nil {
			return
		}
		var written bytes.Buffer
		if err := ids.Write(&written); err != nil {
			t.Fatal(err)
		}
		again, err := ParseIDs(written.Bytes())
		if err != nil {
			t.Fatalf("reading what was written: %v", err)
		}
		if !reflect.DeepEqual(ids.All(), again.All()) || !reflect.DeepEqual(ids.paths, again.paths) {
			t.Error("read again, the ids differ")
		}
	})
}
