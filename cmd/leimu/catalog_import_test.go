package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestImportKeepsIDs takes over a guide with one rule changed and one category
// renamed, and asks for both under their old ids.
func TestImportKeepsIDs(t *testing.T) {
	k, err := loadKnowledge("")
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := k.Catalog.WriteGuide(&text); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	changed := strings.Replace(text.String(), "\n招聘 ", "\n招聘求职 ", 1)
	changed = strings.Replace(changed, "提供水费、电费", "提供暖气费、水费、电费", 1)
	if changed == text.String() {
		t.Fatal("nothing was changed")
	}
	guide := filepath.Join(dir, "new.txt")
	write(t, guide, changed)
	into := filepath.Join(dir, "data")

	var out, errors bytes.Buffer
	status := run([]string{"catalog", "import", guide, "--data", into}, strings.NewReader(""), &out, &errors)
	if status != statusOK {
		t.Fatalf("status %d: %s", status, errors.String())
	}
	for _, want := range []string{"招聘求职", "暖气费", "2 changes"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not told:\n%s", want, out.String())
		}
	}
	imported, err := loadKnowledge(into)
	if err != nil {
		t.Fatal(err)
	}
	if got := imported.Catalog.Find("living-recruitment"); got == nil || got.Path[1] != "招聘求职" {
		t.Errorf("the renamed category: %+v", got)
	}
	left, err := filepath.Glob(filepath.Join(into, "*"))
	if err != nil || len(left) != 2 {
		t.Errorf("left behind: %v %v", left, err)
	}

	// The same guide again changes nothing.
	out.Reset()
	if status := run([]string{"catalog", "import", guide, "--data", into}, strings.NewReader(""), &out, io.Discard); status != statusOK || out.String() != "0 changes\n" {
		t.Errorf("again: status %d, %s", status, out.String())
	}
}

func TestImportRefusesAndKeeps(t *testing.T) {
	dir := t.TempDir()
	guide := filepath.Join(dir, "bad.txt")
	write(t, guide, "no guide\n")
	var errors bytes.Buffer
	if status := run([]string{"catalog", "import", guide, "--data", dir}, strings.NewReader(""), io.Discard, &errors); status != statusFailed {
		t.Errorf("status %d", status)
	}
	if !strings.Contains(errors.String(), "line 1") {
		t.Errorf("the line is not told: %s", errors.String())
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 1 {
		t.Errorf("something was written: %v", left)
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
