package data

import (
	"fmt"
	"io"
	"regexp"
	"strings"
)

// idsFile is where the ids are kept.
const idsFile = "ids.tsv"

// IDs is the register of category ids: a line an id, with the label that it
// stands for. An id is given once. It is never moved to another category nor used
// again, so a category that the guide drops keeps its line, and links to it its meaning.
type IDs struct {
	lines   []string // verbatim, comments included
	labels  map[[2]string]string
	ids     map[string]int // the 1-based line of each id
	paths   map[string][2]string
	firsts  map[string]bool
	inOrder []string
}

// idForm: words of small letters and digits, joined by hyphens, safe in addresses and
// file names.
var idForm = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// ParseIDs reads ids.tsv: id TAB 一级 TAB 二级, with # comments.
func ParseIDs(text []byte) (*IDs, error) {
	ids := newIDs()
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	for i, line := range lines {
		line = strings.TrimSuffix(line, "\r")
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			ids.lines = append(ids.lines, line)
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) != 3 {
			return nil, syntaxErrorf(idsFile, i+1, "expected id, 一级 and 二级 with a TAB between, found %d fields", len(fields))
		}
		if err := ids.add(fields[0], [2]string{fields[1], fields[2]}); err != nil {
			return nil, syntaxErrorf(idsFile, i+1, "%v", err)
		}
	}
	return ids, nil
}

func newIDs() *IDs {
	return &IDs{
		labels: map[[2]string]string{},
		ids:    map[string]int{},
		paths:  map[string][2]string{},
		firsts: map[string]bool{},
	}
}

// add registers an id at the end of the list.
func (ids *IDs) add(id string, path [2]string) error {
	if !idForm.MatchString(id) {
		return fmt.Errorf("id %s: an id is small letters and digits in words joined by hyphens", quoted(id))
	}
	if line, taken := ids.ids[id]; taken {
		return fmt.Errorf("id %s is taken by line %d: an id is given once", id, line)
	}
	for _, name := range path {
		if !nameLike(name) {
			return fmt.Errorf("%s is no name of a category: it is empty, or has a space or a sentence's punctuation", quoted(name))
		}
	}
	if other, taken := ids.labels[path]; taken {
		return fmt.Errorf("%s>%s has an id already: %s", path[0], path[1], other)
	}
	ids.lines = append(ids.lines, id+"\t"+path[0]+"\t"+path[1])
	ids.ids[id] = len(ids.lines)
	ids.labels[path] = id
	ids.paths[id] = path
	ids.firsts[path[0]] = true
	ids.inOrder = append(ids.inOrder, id)
	return nil
}

// Lookup is the id of a category by its two names.
func (ids *IDs) Lookup(first, second string) (string, bool) {
	id, ok := ids.labels[[2]string{first, second}]
	return id, ok
}

// Path is the two names that an id stands for.
func (ids *IDs) Path(id string) ([2]string, bool) {
	path, ok := ids.paths[id]
	return path, ok
}

// All lists every id in the order of the file, those of dropped categories too.
func (ids *IDs) All() []string { return append([]string(nil), ids.inOrder...) }

// Write writes the register in the form that ParseIDs reads, comments kept.
func (ids *IDs) Write(w io.Writer) error {
	for _, line := range ids.lines {
		if _, err := io.WriteString(w, line+"\n"); err != nil {
			return fmt.Errorf("writing the ids: %w", err)
		}
	}
	return nil
}

// relabelled is a copy in which id stands for another path, its line in the same place.
func (ids *IDs) relabelled(names map[string][2]string) (*IDs, error) {
	renewed := newIDs()
	for _, line := range ids.lines {
		id, _, entry := strings.Cut(line, "\t")
		if !entry || strings.HasPrefix(line, "#") {
			renewed.lines = append(renewed.lines, line)
			continue
		}
		path := ids.paths[id]
		if to, renamed := names[id]; renamed {
			path = to
		}
		if err := renewed.add(id, path); err != nil {
			return nil, err
		}
	}
	return renewed, nil
}
