package data

import (
	"fmt"
	"slices"
	"strings"
)

// ChangeKind tells what happened between two guides.
type ChangeKind string

const (
	Added   ChangeKind = "added"
	Removed ChangeKind = "removed"
	Renamed ChangeKind = "renamed"
	Changed ChangeKind = "changed"
)

// Change is one difference between two guides. ID and Label name the category (the new
// label, where it has one); both are empty for the words above the table. Field
// names what changed as JSON does, a service by its number.
type Change struct {
	Kind  ChangeKind `json:"kind"`
	ID    string     `json:"id"`
	Label string     `json:"label"`
	Field string     `json:"field"`
	Old   string     `json:"old"`
	New   string     `json:"new"`
}

// String is the change in a line, or in three where old and new words are told.
func (c Change) String() string {
	head := strings.Join(slices.DeleteFunc([]string{string(c.Kind), c.ID, c.Label, c.Field},
		func(s string) bool { return s == "" }), " ")
	if c.Kind == Added || c.Kind == Removed {
		return head
	}
	return fmt.Sprintf("%s\n  - %s\n  + %s", head, oneLine(c.Old), oneLine(c.New))
}

func oneLine(s string) string { return strings.ReplaceAll(s, "\n", " ⏎ ") }

// Diff tells what changed from old to new: words above the table first, then categories in
// the new guide's order, then those that it dropped. Categories are the same when
// their ids are.
func Diff(old, new *Catalog) []Change {
	changes := fieldChanges("", "", []field{
		{"title", old.Title, new.Title},
		{"notice", old.Notice, new.Notice},
		{"preface", old.preface, new.preface},
		{"header", old.header, new.header},
	})
	for i := range new.Categories {
		now := &new.Categories[i]
		before := old.Find(now.ID)
		if before == nil {
			changes = append(changes, Change{Kind: Added, ID: now.ID, Label: now.Label(), New: now.Label()})
			continue
		}
		changes = append(changes, diffCategory(before, now)...)
	}
	for i := range old.Categories {
		if gone := &old.Categories[i]; new.Find(gone.ID) == nil {
			changes = append(changes, Change{Kind: Removed, ID: gone.ID, Label: gone.Label(), Old: gone.Label()})
		}
	}
	return changes
}

// field is one thing that a change may have touched, before and after.
type field struct{ name, old, new string }

func fieldChanges(id, label string, fields []field) []Change {
	var changes []Change
	for _, f := range fields {
		if f.old != f.new {
			changes = append(changes, Change{Changed, id, label, f.name, f.old, f.new})
		}
	}
	return changes
}

func diffCategory(old, new *Category) []Change {
	var changes []Change
	if old.Path != new.Path {
		changes = append(changes, Change{Renamed, new.ID, new.Label(), "path", old.Label(), new.Label()})
	}
	fields := definitionFields(old, new)
	fields = append(fields,
		field{"eligibility.individual", old.Eligibility.Individual.Text, new.Eligibility.Individual.Text},
		field{"eligibility.organization", old.Eligibility.Organization.Text, new.Eligibility.Organization.Text},
		field{"requirements", requirementsText(old), requirementsText(new)},
		field{"restricted_to", strings.Join(old.RestrictedTo, listSeparator), strings.Join(new.RestrictedTo, listSeparator)},
		field{"remark", old.Remark, new.Remark})
	return append(changes, fieldChanges(new.ID, new.Label(), fields)...)
}

// definitionFields compares clause by clause where both definitions have clauses, so that
// one changed word shows in its clause, and whole definitions otherwise.
func definitionFields(old, new *Category) []field {
	if len(old.Services) == 0 || len(new.Services) == 0 {
		return []field{{"definition", old.Definition, new.Definition}}
	}
	var fields []field
	for no := 1; no <= max(len(old.Services), len(new.Services)); no++ {
		fields = append(fields, field{fmt.Sprintf("services[%d]", no), serviceText(old.Service(no)), serviceText(new.Service(no))})
	}
	return fields
}

func serviceText(s *Service) string {
	switch {
	case s == nil:
		return ""
	case s.Name == "":
		return s.Definition
	}
	return s.Name + ":" + s.Definition
}

// requirementsText is all that is asked for, a line each, as it is told structured.
func requirementsText(c *Category) string {
	var lines []string
	for _, q := range c.Requirements {
		parts := []string{q.Subject, q.Region, q.Activity, strings.Join(q.Documents, listSeparator), q.Upload}
		if len(q.Documents) == 0 {
			parts = []string{q.Text}
		}
		lines = append(lines, strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "; "))
	}
	return strings.Join(lines, "\n")
}
