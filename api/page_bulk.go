package api

import "github.com/gin-gonic/gin"

// bulkView is the form for a whole table; parts.html has it, as the first page
// shows it too.
type bulkView struct{}

func (s *Server) bulkPage(_ *gin.Context, snap *snapshot, q question) (*page, error) {
	if err := checkAsker(q); err != nil {
		return nil, err
	}
	return newPage(snap, q, "批量查表格", bulkView{}), nil
}
