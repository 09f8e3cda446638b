package data

import (
	"errors"
	"fmt"
	"io/fs"
)

const subjectsFile = "subjects.txt"

// Subject is who files.
type Subject string

const (
	Individual Subject = subjectIndividual // 个人
	Enterprise Subject = "enterprise"      // 企业、个体工商户等单位
	Government Subject = "government"      // 政府机关、事业单位
)

// SubjectCue is a word that tells who runs the program, and how surely (0 to 1).
type SubjectCue struct {
	Subject Subject
	Text    string
	Weight  float64
	Line    int
}

func loadSubjects(fsys fs.FS) ([]SubjectCue, error) {
	text, err := fs.ReadFile(fsys, subjectsFile)
	if err != nil {
		return nil, fmt.Errorf("reading the cues of subjects: %w", err)
	}
	return parseSubjects(string(text))
}

// parseSubjects reads cues, a line each, in a section for each subject.
func parseSubjects(text string) ([]SubjectCue, error) {
	var cues []SubjectCue
	var subject Subject
	err := eachLine(subjectsFile, text, func(line int, content string) error {
		var err error
		cue := SubjectCue{Subject: subject, Line: line}
		if content[0] == '[' {
			subject, err = subjectSection(content)
		} else if subject == "" {
			err = errors.New("expected a section before the first cue: start with [" + subjectIndividual + "]")
		} else if cue.Text, cue.Weight, err = cutWeight(content); err == nil {
			cues = append(cues, cue)
		}
		if err != nil {
			return syntaxErrorf(subjectsFile, line, "%v", err)
		}
		return nil
	})
	return cues, err
}

func subjectSection(content string) (Subject, error) {
	name, ok := sectionName(content)
	switch subject := Subject(name); {
	case ok && (subject == Individual || subject == Enterprise || subject == Government):
		return subject, nil
	}
	return "", fmt.Errorf("unknown section %s: expected [%s], [%s] or [%s]", quoted(content), Individual, Enterprise, Government)
}
