package api

import (
	"strings"

	"github.com/gin-gonic/gin"

	"leimu/data"
	"leimu/index"
	"leimu/search"
)

// treeView is the guide to look through.
type treeView struct {
	Filter string
	Levels []level
	Shown  int
}

// level is a first-level category with those below it.
type level struct {
	Name       string
	Categories []leaf
}

type leaf struct {
	ID, Name   string
	Definition string
	Individual badge
	Unit       badge
}

func (s *Server) treePage(c *gin.Context, snap *snapshot, q question) (*page, error) {
	if err := checkAsker(q); err != nil {
		return nil, err
	}
	view := treeView{Filter: strings.TrimSpace(c.Query("filter"))}
	for _, l := range levelsOf(snap.Catalog()) {
		kept := level{Name: l.Name}
		for _, leaf := range l.Categories {
			if leaf.matches(l.Name, view.Filter) {
				leaf.judge(snap, q)
				kept.Categories = append(kept.Categories, leaf)
			}
		}
		if len(kept.Categories) > 0 {
			view.Levels, view.Shown = append(view.Levels, kept), view.Shown+len(kept.Categories)
		}
	}
	return newPage(snap, q, "全部类目", view), nil
}

// matches looks for every word of the filter in what the guide says.
func (l *leaf) matches(first, filter string) bool {
	text := index.Normalize(first + " " + l.Name + " " + l.Definition).Norm
	for word := range strings.FieldsSeq(index.Normalize(filter).Norm) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

func (l *leaf) judge(snap *snapshot, q question) {
	c := snap.Catalog().Find(l.ID)
	l.Individual = newBadge(snap.Judge(c, search.Individual, q.Region), q.Subject)
	unit := search.Enterprise
	if len(c.RestrictedTo) > 0 {
		unit = search.Government
	}
	l.Unit = newBadge(snap.Judge(c, unit, q.Region), q.Subject)
}

// levelsOf is the whole guide in its order.
func levelsOf(catalog *data.Catalog) []level {
	var levels []level
	for i := range catalog.Categories {
		c := &catalog.Categories[i]
		if len(levels) == 0 || levels[len(levels)-1].Name != c.Path[0] {
			levels = append(levels, level{Name: c.Path[0]})
		}
		last := &levels[len(levels)-1]
		last.Categories = append(last.Categories, leaf{ID: c.ID, Name: c.Path[1], Definition: c.Definition})
	}
	return levels
}
