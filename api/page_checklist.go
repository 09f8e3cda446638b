package api

import "github.com/gin-gonic/gin"

// checklistView lists what to bring for the chosen categories.
type checklistView struct {
	Cards  []card
	IDs    []string
	Papers int
}

const mostListed = 20

func (s *Server) checklistPage(c *gin.Context, snap *snapshot, q question) (*page, error) {
	if err := checkAsker(q); err != nil {
		return nil, err
	}
	list, err := categoriesOf(snap, c.QueryArray("id"), mostListed)
	if err != nil {
		return nil, err
	}
	view := checklistView{}
	for _, category := range list {
		one := cardOfCategory(snap, category, q)
		view.Cards, view.IDs = append(view.Cards, one), append(view.IDs, one.ID)
		for _, r := range one.Papers {
			view.Papers += len(r.Documents)
		}
	}
	return newPage(snap, q, "材料清单", view), nil
}
