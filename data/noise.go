package data

import (
	"errors"
	"fmt"
	"io/fs"
)

const noiseFile = "noise.txt"

// Noise is what stands in descriptions and tells nothing of the category.
type Noise struct {
	Frames []string // ways to ask and to fill: 我想做一个…, 该填什么类目
	Words  []string // words of the trade of making programs: 小程序, 平台
	Places []string // names of provinces, cities, districts

	lines map[string]int // where each stands
}

func loadNoise(fsys fs.FS) (Noise, error) {
	text, err := fs.ReadFile(fsys, noiseFile)
	if err != nil {
		return Noise{}, fmt.Errorf("reading the words without weight: %w", err)
	}
	return parseNoise(string(text))
}

// parseNoise reads the three sections, a text a line; none may stand twice.
func parseNoise(text string) (Noise, error) {
	noise := Noise{lines: map[string]int{}}
	var section *[]string
	err := eachLine(noiseFile, text, func(line int, content string) error {
		if content[0] == '[' {
			section = noise.section(content)
			if section == nil {
				return syntaxErrorf(noiseFile, line, "unknown section %s: expected [frames], [words] or [places]", quoted(content))
			}
			return nil
		}
		if err := noise.add(section, content, line); err != nil {
			return syntaxErrorf(noiseFile, line, "%v", err)
		}
		return nil
	})
	return noise, err
}

func (n *Noise) section(content string) *[]string {
	switch name, _ := sectionName(content); name {
	case "frames":
		return &n.Frames
	case "words":
		return &n.Words
	case "places":
		return &n.Places
	}
	return nil
}

func (n *Noise) add(section *[]string, text string, line int) error {
	if section == nil {
		return errors.New("expected a section before the first text: start with [frames]")
	}
	if other, twice := n.lines[text]; twice {
		return fmt.Errorf("expected each text once, found %s again (first on line %d)", quoted(text), other)
	}
	n.lines[text] = line
	*section = append(*section, text)
	return nil
}
