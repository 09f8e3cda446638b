package search

import (
	"context"
	"testing"
	"unicode/utf8"

	"leimu/data"
)

// TestGuideClausesFindTheirOwnCategory asks with the guide's own words: every
// definition and every clause. Clauses that the guide gives word for word to two
// categories may find either.
func TestGuideClausesFindTheirOwnCategory(t *testing.T) {
	const least = 0.99
	e := testEngine(t)
	owners := map[string][]string{}
	for _, c := range e.Catalog().Categories {
		for _, clause := range clauses(&c) {
			owners[clause] = append(owners[clause], c.ID)
		}
	}
	right, asked := 0, 0
	for clause, ids := range owners {
		if utf8.RuneCountInString(clause) > MaxQuery || len(ids) > 2 { // 适用于以上类目未能覆盖…: several bear it
			continue
		}
		a, err := e.Search(context.Background(), Request{Query: clause, Limit: 1})
		if err != nil {
			t.Fatalf("%s: %v", clause, err)
		}
		asked++
		if len(a.Results) > 0 && (a.Results[0].Category.ID == ids[0] || a.Results[0].Category.ID == ids[len(ids)-1]) {
			right++
			continue
		}
		got := "nothing"
		if len(a.Results) > 0 {
			got = a.Results[0].Category.ID
		}
		t.Logf("%s: want %v, got %s", clause, ids, got)
	}
	if share := float64(right) / float64(asked); share < least {
		t.Errorf("%d of %d clauses find their own category (%.3f), want %.2f", right, asked, share, least)
	}
}

// clauses are the texts by which the guide defines a category.
func clauses(c *data.Category) []string {
	if len(c.Services) == 0 {
		if c.Definition == noDefinition {
			return nil
		}
		return []string{c.Definition}
	}
	var list []string
	for _, s := range c.Services {
		if s.Definition != "" {
			list = append(list, s.Definition)
		}
	}
	return list
}
