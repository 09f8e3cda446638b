package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Severity tells whether a problem makes answers wrong or the data untidy.
type Severity string

const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Problem is something in the knowledge that a person should mend.
type Problem struct {
	File     string   `json:"file"`
	Line     int      `json:"line"`
	Severity Severity `json:"severity"`
	Message  string   `json:"message"`
}

// String is the problem as compilers print theirs.
func (p Problem) String() string {
	return fmt.Sprintf("%s:%d: %s: %s", p.File, p.Line, p.Severity, p.Message)
}

// Validate looks for what Load can't see in one line: texts that stand twice or contradict each
// other, categories without words, cues that decide nothing. The problems are in order
// of file and line.
func Validate(k *Knowledge) []Problem {
	v := &validator{k: k}
	v.texts()
	v.none()
	v.coverage()
	v.contrasts()
	v.subjects()
	v.noise()
	slices.SortStableFunc(v.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return v.problems
}

type validator struct {
	k        *Knowledge
	byText   map[string][]int // positions in the lexicon by the text's sameness
	problems []Problem
}

func (v *validator) report(severity Severity, file string, line int, format string, args ...any) {
	v.problems = append(v.problems, Problem{file, line, severity, fmt.Sprintf(format, args...)})
}

// sameness is what stays of a text when case, width, spaces and punctuation are taken
// away. A text of punctuation alone stays as it is.
func sameness(text string) string {
	var kept strings.Builder
	for _, r := range text {
		if r >= '\uff01' && r <= '\uff5e' { // the full-width forms of ASCII
			r -= '\uff01' - '!'
		}
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			kept.WriteRune(unicode.ToLower(r))
		}
	}
	if kept.Len() == 0 {
		return text
	}
	return kept.String()
}

// texts compares every text of the lexicon with those before it.
func (v *validator) texts() {
	entries := v.k.Lexicon.Entries
	v.byText = make(map[string][]int, len(entries))
	for i := range entries {
		e := &entries[i]
		key := sameness(e.Text)
		for _, j := range v.byText[key] {
			if v.clash(e, &entries[j]) {
				break // one problem a line is enough
			}
		}
		v.byText[key] = append(v.byText[key], i)
	}
}

// clash reports a text that an earlier line has already, and tells whether it did. Under two
// categories it is a contradiction unless a weight on either line says which
// is meant more; within one it may stand for several services.
func (v *validator) clash(e, earlier *Entry) bool {
	switch {
	case e.Category != earlier.Category && e.Weight == defaultWeight && earlier.Weight == defaultWeight:
		v.report(Error, v.file(e), int(e.Line), "%s stands under %s too (%s:%d): drop one, or give the weaker a weight",
			quoted(e.Text), v.k.Catalog.Categories[earlier.Category].Label(), v.file(earlier), earlier.Line)
	case e.Category == earlier.Category && e.Service == earlier.Service:
		v.report(Warning, v.file(e), int(e.Line), "%s stands on line %d already", quoted(e.Text), earlier.Line)
	default:
		return false
	}
	return true
}

// file is where a text of the lexicon stands.
func (v *validator) file(e *Entry) string { return lexiconPath(&v.k.Catalog.Categories[e.Category]) }

// none looks for texts said both to fit nothing and to fit a category.
func (v *validator) none() {
	first := map[string]int{}
	for i, text := range v.k.Lexicon.None {
		line, key := v.k.Lexicon.noneLines[i], sameness(text)
		if same := v.byText[key]; len(same) > 0 {
			e := &v.k.Lexicon.Entries[same[0]]
			v.report(Error, noneFile, line, "%s stands in the lexicon too (%s:%d): a text fits a category or none", quoted(text), v.file(e), e.Line)
		}
		if other := first[key]; other > 0 {
			v.report(Warning, noneFile, line, "%s stands on line %d already", quoted(text), other)
			continue
		}
		first[key] = line
	}
}

// coverage looks for categories and numbered services that nobody can find by word.
func (v *validator) coverage() {
	type place struct{ category, service int16 }
	terms := map[place]int{}
	for i := range v.k.Lexicon.Entries {
		if e := &v.k.Lexicon.Entries[i]; e.Kind == KindTerms {
			terms[place{e.Category, 0}]++
			if e.Service > 0 {
				terms[place{e.Category, e.Service}]++
			}
		}
	}
	for i := range v.k.Catalog.Categories {
		c := &v.k.Catalog.Categories[i]
		file := lexiconPath(c)
		if terms[place{int16(i), 0}] == 0 {
			v.report(Error, file, 1, "%s has no terms: nobody finds it by what they call it", c.Label())
			continue
		}
		for _, s := range c.Services {
			if terms[place{int16(i), int16(s.No)}] == 0 {
				v.report(Warning, file, 1, "service %d (%s) has no terms: add a section [terms %d]", s.No, quoted(cmp.Or(s.Name, s.Definition)), s.No)
			}
		}
	}
}

func (v *validator) contrasts() {
	first := map[[2]int]int{}
	for _, c := range v.k.Contrasts {
		pair := [2]int{min(c.A, c.B), max(c.A, c.B)}
		if line := first[pair]; line > 0 {
			v.report(Error, contrastsFile, c.Line, "the pair stands on line %d already", line)
		} else {
			first[pair] = c.Line
		}
		for i, cue := range c.CuesA {
			if slices.ContainsFunc(c.CuesB, func(other string) bool { return sameness(other) == sameness(cue) }) {
				v.report(Error, contrastsFile, c.Line, "%s is a cue of both replies and decides nothing", quoted(cue))
			}
			v.repeatedCue(c, c.CuesA, i)
		}
		for i := range c.CuesB {
			v.repeatedCue(c, c.CuesB, i)
		}
	}
}

func (v *validator) repeatedCue(c Contrast, cues []string, i int) {
	if slices.Index(cues, cues[i]) < i {
		v.report(Warning, contrastsFile, c.Line, "%s is a cue twice", quoted(cues[i]))
	}
}

func (v *validator) subjects() {
	first := map[string]SubjectCue{}
	for _, cue := range v.k.Subjects {
		key := sameness(cue.Text)
		earlier, twice := first[key]
		switch {
		case !twice:
			first[key] = cue
		case earlier.Subject != cue.Subject && earlier.Weight == cue.Weight:
			v.report(Error, subjectsFile, cue.Line, "%s is as sure a cue of %s (line %d): give one a lower weight",
				quoted(cue.Text), earlier.Subject, earlier.Line)
		case earlier.Subject == cue.Subject:
			v.report(Warning, subjectsFile, cue.Line, "%s stands on line %d already", quoted(cue.Text), earlier.Line)
		}
	}
}

// noise looks for words that are said to carry no weight and are terms all the same.
func (v *validator) noise() {
	for _, texts := range [][]string{v.k.Noise.Frames, v.k.Noise.Words, v.k.Noise.Places} {
		for _, text := range texts {
			for _, i := range v.byText[sameness(text)] {
				if e := &v.k.Lexicon.Entries[i]; e.Kind == KindTerms {
					v.report(Warning, noiseFile, v.k.Noise.lines[text], "%s is a term of %s (%s:%d): the word carries no weight there",
						quoted(text), v.k.Catalog.Categories[e.Category].Label(), v.file(e), e.Line)
					break
				}
			}
		}
	}
}
