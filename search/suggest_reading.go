package search

import (
	"cmp"
	"slices"
	"strings"

	"leimu/index"
)

// reading is a way to read what is typed, in Han.
type reading struct {
	text   string
	weight float64 // how likely it is meant; they add up to 1
}

// firstHan is where Han begins; what is below it are letters and signs.
const firstHan = '\u2e80'

// readings lists how the typed text may be meant, the likeliest first. What has
// Han in it, or stands literally in a completion (ETC), is meant as it stands.
func (s *Suggester) readings(norm string, found []index.Candidate) []reading {
	if !spelled(norm) || len(found) > 0 && found[0].Match.Literal() {
		return []reading{{norm, 1}}
	}
	readings := s.heard(found)
	if len(readings) > 0 && found[0].Start == 0 && readings[0].weight > plain {
		return readings
	}
	text := s.completions.Read(norm)
	if text != "" && !slices.ContainsFunc(readings, func(r reading) bool { return r.text == text }) {
		readings = append(readings, reading{text, readOut})
	}
	return readings
}

// spelled reports whether a text may be pinyin: letters, and no Han.
func spelled(norm string) bool {
	return strings.ContainsFunc(norm, func(r rune) bool { return r >= 'a' && r <= 'z' }) &&
		!strings.ContainsFunc(norm, func(r rune) bool { return r >= firstHan })
}

// plain is the share of weight from which one reading leaves no doubt.
const plain = 0.8

// readOut is what a reading word by word counts beside those that completions
// have as a whole.
const readOut = 0.5

// Of many ways to read the same letters a few are weighed, and fewer kept.
const (
	readingsWeighed = 12
	readingsKept    = 3
)

// inside is what a reading counts that stands inside a completion, where it may
// be the end of one word and the beginning of the next.
const inside = 0.3

// heard lists the Han that the candidates have in place of typed pinyin.
func (s *Suggester) heard(found []index.Candidate) []reading {
	var list []reading
	total := 0.0
	for _, f := range found {
		if f.Match != index.MatchPinyin || f.Doubts > 0 {
			continue
		}
		text := s.completions.Said(f)
		i := slices.IndexFunc(list, func(r reading) bool { return r.text == text })
		if i < 0 {
			if len(list) == readingsWeighed {
				continue
			}
			i, list = len(list), append(list, reading{text: text})
		}
		weight := s.completions.At(f.ID).Weight
		if f.Start > 0 {
			weight *= inside
		}
		list[i].weight += weight
		total += weight
	}
	slices.SortStableFunc(list, func(a, b reading) int { return cmp.Compare(b.weight, a.weight) })
	for i := range list {
		list[i].weight /= total
	}
	return list[:min(readingsKept, len(list))]
}
