package search

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestNoMeasuringQueryIsCopied: what is measured with must not be learned from.
// LEIMU_EVAL_DIR names a folder of labelled queries that are not the project's
// own; none of eight characters or more may stand in what the project knows.
func TestNoMeasuringQueryIsCopied(t *testing.T) {
	const long = 8
	dir := os.Getenv("LEIMU_EVAL_DIR")
	if dir == "" {
		t.Skip("LEIMU_EVAL_DIR names no folder of labelled queries")
	}
	var queries []string
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no *.jsonl in %s: %v", dir, err)
	}
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		list, err := ReadQueries(f)
		f.Close()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, q := range list {
			if utf8.RuneCountInString(q.Q) >= long {
				queries = append(queries, q.Q)
			}
		}
	}
	for _, folder := range []string{"../data", "../search", "../index", "../examples", "../api", "../cmd"} {
		err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := os.ReadFile(path)
			if err != nil || !utf8.Valid(text) {
				return err
			}
			for _, q := range queries {
				if strings.Contains(string(text), q) {
					t.Errorf("%s has the query %q", path, q)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
