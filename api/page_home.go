package api

import "github.com/gin-gonic/gin"

// homeView is the first page: an answer where something was asked, else what to ask.
type homeView struct {
	Answer *answerView
	Levels []level
}

func (s *Server) homePage(c *gin.Context, snap *snapshot, q question) (*page, error) {
	if q.Text == "" {
		if err := checkAsker(q); err != nil {
			return nil, err
		}
		return newPage(snap, q, "", homeView{Levels: levelsOf(snap.Catalog())}), nil
	}
	answer, err := s.answer(c.Request.Context(), snap, q)
	if err != nil {
		return nil, err
	}
	return newPage(snap, q, q.Text, homeView{Answer: answer}), nil
}
