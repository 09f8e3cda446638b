package data

import (
	"bytes"
	"fmt"
	"strings"
)

// Import reads a newly copied guide. Categories that ids knows keep their ids. A category
// that it does not know takes over the id of one that is gone from the new guide
// when it stands under the same first level with the same definition (a renaming);
// any other gets a new id.
//
// A new id is its first level's prefix and a number, such as living-new1 (group1-new1 under a
// new first level): Chinese names can't be turned into readable ASCII here. A
// person renames it in ids.tsv before the guide is put to use; from then on it stays.
//
// current is the catalogue in use; it may be nil, and no renaming is then seen. Import returns
// the register to be kept with the new guide, and changes neither of its arguments. A
// byte order mark and CR LF line ends are mended, as copying makes them; WriteGuide
// gives the guide to be kept.
func Import(text []byte, current *Catalog, ids *IDs) (*Catalog, *IDs, error) {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	text = append(bytes.TrimRight(text, "\n"), '\n')

	seen, err := parseGuide(text, ids, provisionalID(ids))
	if err != nil {
		return nil, nil, fmt.Errorf("importing a guide: %w", err)
	}
	register, err := ids.relabelled(renamings(seen, current, ids))
	if err != nil {
		return nil, nil, fmt.Errorf("importing a guide: %w", err)
	}
	catalog, err := parseGuide(text, register, func(c *Category) (string, error) {
		if id, ok := register.Lookup(c.Path[0], c.Path[1]); ok {
			return id, nil
		}
		id := register.proposeID(c.Path[0])
		return id, register.add(id, c.Path)
	})
	if err != nil {
		return nil, nil, fmt.Errorf("importing a guide: %w", err)
	}
	return catalog, register, nil
}

// provisionalID gives a category without an id its label for the time of the first reading, which
// only finds out which categories there are.
func provisionalID(ids *IDs) func(*Category) (string, error) {
	return func(c *Category) (string, error) {
		if id, ok := ids.Lookup(c.Path[0], c.Path[1]); ok {
			return id, nil
		}
		return c.Label(), nil
	}
}

// renamings finds, for ids whose category is gone, the new name that it goes under.
// Definitions that say nothing ('/') or that several categories share prove nothing.
func renamings(seen, current *Catalog, ids *IDs) map[string][2]string {
	names := map[string][2]string{}
	if current == nil {
		return names
	}
	gone := map[[2]string][]*Category{} // by first level and definition
	for i := range current.Categories {
		if c := &current.Categories[i]; seen.Find(c.ID) == nil {
			key := [2]string{c.Path[0], c.Definition}
			gone[key] = append(gone[key], c)
		}
	}
	for i := range seen.Categories {
		c := &seen.Categories[i]
		if _, known := ids.Lookup(c.Path[0], c.Path[1]); known || c.Definition == noRemark {
			continue
		}
		key := [2]string{c.Path[0], c.Definition}
		if len(gone[key]) == 1 {
			names[gone[key][0].ID] = c.Path
			delete(gone, key)
		}
	}
	return names
}

// proposeID makes the next free id under a first level.
func (ids *IDs) proposeID(first string) string {
	prefix := ids.prefix(first)
	for n := 1; ; n++ {
		if id := fmt.Sprintf("%s-new%d", prefix, n); ids.ids[id] == 0 {
			return id
		}
	}
}

// prefix is the first word of the ids under a first level, or a new one.
func (ids *IDs) prefix(first string) string {
	taken := map[string]bool{}
	for _, id := range ids.inOrder {
		prefix, _, _ := strings.Cut(id, "-")
		if ids.paths[id][0] == first {
			return prefix
		}
		taken[prefix] = true
	}
	for n := 1; ; n++ {
		if prefix := fmt.Sprintf("group%d", n); !taken[prefix] {
			return prefix
		}
	}
}
