package data

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLoadEmbedded(t *testing.T) {
	k, err := Load(Embedded())
	if err != nil {
		t.Fatal(err)
	}
	if len(k.Lexicon.Entries) == 0 || len(k.Lexicon.None) == 0 || len(k.Subjects) == 0 || k.Boundaries == "" ||
		len(k.Noise.Frames) == 0 || len(k.Noise.Words) == 0 || len(k.Noise.Places) == 0 {
		t.Error("a part of the embedded knowledge is empty")
	}
}

func TestLoadNamesTheFileAtFault(t *testing.T) {
	for _, row := range []struct{ file, text, want string }{
		{"guide.txt", "", "reading guide.txt: line 1: expected the title"},
		{"ids.tsv", "x", "ids.tsv:1: "},
		{"noise.txt", "x", "noise.txt:1: "},
		{"subjects.txt", "x", "subjects.txt:1: "},
		{"contrasts.txt", "x", "contrasts.txt:1: "},
		{"lexicon/a-two.txt", "x", "lexicon/a-two.txt:1: "},
		{"none.txt", "\xff", "none.txt:1: "},
	} {
		files := smallFiles()
		files[row.file] = row.text
		if _, err := Load(mapFS(files)); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: got %v, want %s", row.file, err, row.want)
		}
	}
	for file := range smallFiles() {
		files := smallFiles()
		delete(files, file)
		// A category may lack a lexicon file; Validate speaks of it.
		if _, err := Load(mapFS(files)); (err == nil) != strings.HasPrefix(file, lexiconDir) {
			t.Errorf("without %s: got %v", file, err)
		}
	}
	files := smallFiles()
	files["noise.txt"], files["subjects.txt"] = "x", "x"
	if _, err := Load(mapFS(files)); err == nil || !strings.Contains(err.Error(), "noise.txt:1") || !strings.Contains(err.Error(), "subjects.txt:1") {
		t.Errorf("two files at fault: got %v, want both", err)
	}
}

func TestOverlay(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "lexicon"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"none.txt": "只有这条\n", "lexicon/living-tools.txt": "[terms]\n记账\n", "lexicon/no-such-id.txt": ""} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	fsys, err := Overlay(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Load(fsys); err == nil || !strings.Contains(err.Error(), "lexicon/no-such-id.txt") {
		t.Errorf("a file only in the directory: got %v, want it refused", err)
	}
	if err := os.Remove(filepath.Join(dir, "lexicon/no-such-id.txt")); err != nil {
		t.Fatal(err)
	}
	k, err := Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if len(k.Lexicon.None) != 1 || k.Lexicon.None[0] != "只有这条" {
		t.Errorf("none.txt is not the directory's: %d texts", len(k.Lexicon.None))
	}
	texts := map[string]int{}
	for _, e := range k.Lexicon.Entries {
		texts[k.Catalog.Categories[e.Category].ID]++
	}
	if texts["living-tools"] != 1 || len(texts) < 2 {
		t.Errorf("living-tools has %d texts, want the directory's 1; %d categories have texts, want the embedded ones too", texts["living-tools"], len(texts))
	}
	above, _ := fs.ReadDir(fsys, "lexicon")
	below, _ := fs.ReadDir(Embedded(), "lexicon")
	if len(above) != len(below) {
		t.Errorf("the joined directory lists %d files, want %d", len(above), len(below))
	}
}

func TestOverlayWantsADirectory(t *testing.T) {
	file := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{file, file + "-missing"} {
		if _, err := Overlay(path); err == nil {
			t.Errorf("Overlay(%s) was accepted", path)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(Embedded()); err != nil {
			b.Fatal(err)
		}
	}
}
