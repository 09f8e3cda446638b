package api

import "github.com/gin-gonic/gin"

// compareView sets two or three categories side by side.
type compareView struct {
	Cards []card
	IDs   []string
	Apart []apart
	Tip   string // where there is nothing to compare yet
}

// apart says what tells two categories from each other.
type apart struct {
	A, B [2]string
	Why  string // "" where the knowledge has nothing to say
}

const mostCompared = 3

func (s *Server) comparePage(c *gin.Context, snap *snapshot, q question) (*page, error) {
	if err := checkAsker(q); err != nil {
		return nil, err
	}
	list, err := categoriesOf(snap, c.QueryArray("id"), mostCompared)
	if err != nil {
		return nil, err
	}
	view := compareView{}
	for i, category := range list {
		view.Cards = append(view.Cards, cardOfCategory(snap, category, q))
		view.IDs = append(view.IDs, category.ID)
		for _, other := range list[:i] {
			why, _ := tell(snap, other.ID, category.ID)
			view.Apart = append(view.Apart, apart{other.Path, category.Path, why})
		}
	}
	switch len(list) {
	case 0:
		view.Tip = "先选两到三个类目,再来对比。"
	case 1:
		view.Tip = "还差一个:再选一个类目才能对比。"
	}
	return newPage(snap, q, "对比类目", view), nil
}

// teller is a Searcher that knows what tells two categories apart. *search.Engine
// is one.
type teller interface {
	Tell(a, b string) (why string, ok bool)
}

func tell(snap *snapshot, a, b string) (string, bool) {
	if t, ok := snap.Searcher.(teller); ok {
		return t.Tell(a, b)
	}
	return "", false
}
