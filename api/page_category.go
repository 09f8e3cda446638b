package api

import (
	"github.com/gin-gonic/gin"

	"leimu/data"
)

// categoryView is everything that the guide says of one category, and its
// neighbours in the tree.
type categoryView struct {
	card
	Services  []data.Service
	Siblings  []*data.Category
	Neighbour []neighbour
}

// neighbour is a category that is easily taken for this one, and what tells them
// apart.
type neighbour struct {
	ID   string
	Path [2]string
	Why  string
}

func (s *Server) categoryPage(c *gin.Context, snap *snapshot, q question) (*page, error) {
	if err := checkAsker(q); err != nil {
		return nil, err
	}
	category := snap.Catalog().Find(c.Param("id"))
	if category == nil {
		return nil, unknownCategory(snap.Catalog(), snap.resolver, c.Param("id"))
	}
	view := categoryView{card: cardOfCategory(snap, category, q), Services: category.Services}
	for i := range snap.Catalog().Categories {
		other := &snap.Catalog().Categories[i]
		if other.ID == category.ID {
			continue
		}
		if why, ok := tell(snap, category.ID, other.ID); ok {
			view.Neighbour = append(view.Neighbour, neighbour{other.ID, other.Path, why})
		}
		if other.Path[0] == category.Path[0] {
			view.Siblings = append(view.Siblings, other)
		}
	}
	return newPage(snap, q, view.Name(), view), nil
}
