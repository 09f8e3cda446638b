package main

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
)

const pinyinHeader = `# Readings of characters: "character reading…", the commonest first. Made by
# index/internal/makedict from go-pinyin (MIT); do not edit. What it reads
# wrongly belongs in heteronyms.txt.
`

// readings lists the readings of every Han character in the words or the vocabulary.
func readings(words []string, vocabulary string) []string {
	characters := make(map[rune]bool)
	for _, text := range append(words, vocabulary) {
		for _, r := range text {
			if isHan(r) {
				characters[r] = true
			}
		}
	}
	args := pinyin.NewArgs()
	args.Heteronym = true
	var lines []string
	for r := range characters {
		if found := readingsOf(r, args); len(found) > 0 {
			lines = append(lines, string(r)+" "+strings.Join(found, " "))
		}
	}
	sort.Strings(lines)
	return lines
}

// readingsOf returns r's readings without tones, as people type them (lv for
// lü), without repeats.
func readingsOf(r rune, args pinyin.Args) []string {
	var found []string
	for _, reading := range pinyin.SinglePinyin(r, args) {
		reading = strings.NewReplacer("ü", "v", "ê", "e").Replace(reading)
		if isTypable(reading) && !slices.Contains(found, reading) {
			found = append(found, reading)
		}
	}
	return found
}

// isTypable excludes the few readings that are no syllable (m, n, ng, hm).
func isTypable(reading string) bool {
	return strings.ContainsAny(reading, "aeiouv") && utf8.RuneCountInString(reading) == len(reading)
}
