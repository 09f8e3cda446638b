package data

import (
	"fmt"
	"io/fs"
	"strings"
	"unicode/utf8"
)

// Language is what leimu knows of how people write, whatever they write about.
type Language struct {
	English     map[string]string // an English word or phrase, in the lexicon's Chinese
	Confusables map[rune][]rune   // characters that are mistyped for each other by shape
	Negation    Negation
	Joins       []string // words that join several needs in one description
	Wholes      []string // expressions that contain such a word but are one thing
}

// Negation is how a description says what it does not do.
type Negation struct {
	Before []string // cues that deny what follows, to the end of the clause
	Except []string // words that begin like a cue and deny nothing: 不锈钢
	Turn   []string // words at which the denied part ends: 只, 而是
	Closer []string // what ends a denial right behind its cue, which has said all: 的, 、
	Opener []string // beginnings of turns that do so too: 只, 但
	// 除了 (Exclude) denies what stands between it and 都 (All), not where 还 (Adds) follows.
	Exclude, All, Adds []string
}

const (
	englishFile     = "english.txt"
	confusablesFile = "confusables.txt"
	negationsFile   = "negations.txt"
	segmentsFile    = "segments.txt"
)

func loadLanguage(fsys fs.FS) (Language, error) {
	l := Language{English: map[string]string{}, Confusables: map[rune][]rune{}}
	for _, part := range []struct {
		file  string
		parse func(file, text string) error
	}{
		{englishFile, l.parseEnglish},
		{confusablesFile, l.parseConfusables},
		{negationsFile, sectionsParser(map[string]*[]string{
			"before": &l.Negation.Before, "except": &l.Negation.Except, "turn": &l.Negation.Turn,
			"closer": &l.Negation.Closer, "opener": &l.Negation.Opener,
			"exclude": &l.Negation.Exclude, "all": &l.Negation.All, "adds": &l.Negation.Adds})},
		{segmentsFile, sectionsParser(map[string]*[]string{"join": &l.Joins, "whole": &l.Wholes})},
	} {
		text, err := fs.ReadFile(fsys, part.file)
		if err != nil {
			return l, fmt.Errorf("reading how people write: %w", err)
		}
		if err := part.parse(part.file, string(text)); err != nil {
			return l, err
		}
	}
	return l, nil
}

// parseEnglish reads lines "english<TAB>中文".
func (l *Language) parseEnglish(file, text string) error {
	return eachLine(file, text, func(line int, content string) error {
		word, meaning, ok := strings.Cut(content, "\t")
		word, meaning = strings.TrimSpace(word), strings.TrimSpace(meaning)
		switch {
		case !ok || word == "" || meaning == "":
			return syntaxErrorf(file, line, "expected english<TAB>中文, found %s", quoted(content))
		case l.English[word] != "":
			return syntaxErrorf(file, line, "%s stands twice: keep one line for each word", quoted(word))
		}
		l.English[word] = meaning
		return nil
	})
}

// parseConfusables reads a group a line, characters separated by spaces.
func (l *Language) parseConfusables(file, text string) error {
	return eachLine(file, text, func(line int, content string) error {
		group := strings.Fields(content)
		if len(group) < 2 {
			return syntaxErrorf(file, line, "expected two or more characters that are mistaken for each other, found %s", quoted(content))
		}
		for _, a := range group {
			if utf8.RuneCountInString(a) != 1 {
				return syntaxErrorf(file, line, "expected single characters separated by spaces, found %s", quoted(a))
			}
			for _, b := range group {
				if a != b {
					r, _ := utf8.DecodeRuneInString(a)
					other, _ := utf8.DecodeRuneInString(b)
					l.Confusables[r] = append(l.Confusables[r], other)
				}
			}
		}
		return nil
	})
}

// sectionsParser reads lines into the list that the section above them names.
func sectionsParser(sections map[string]*[]string) func(file, text string) error {
	return func(file, text string) error {
		var section *[]string
		return eachLine(file, text, func(line int, content string) error {
			if name, ok := sectionName(content); ok {
				if section = sections[name]; section == nil {
					return syntaxErrorf(file, line, "unknown section %s", quoted(content))
				}
				return nil
			}
			if section == nil {
				return syntaxErrorf(file, line, "expected a section before the first line, found %s", quoted(content))
			}
			*section = append(*section, content)
			return nil
		})
	}
}
