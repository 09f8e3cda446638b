package api

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/gin-gonic/gin"
)

type requestIDKey struct{}

// requestID is the id under which the log speaks of a request.
func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// trace gives a request an id, measures it and logs it. The query is not
// logged: it is what a person wrote.
func (s *Server) trace(c *gin.Context) {
	began := time.Now()
	id := c.GetHeader("X-Request-Id")
	if !sensibleID(id) {
		id = rand.Text()
	}
	c.Header("X-Request-Id", id)
	c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), requestIDKey{}, id))
	c.Next()

	took, status := time.Since(began), c.Writer.Status()
	s.metrics.answered(c.FullPath(), c.Request.Method, status, took)
	s.config.Log.LogAttrs(c.Request.Context(), slog.LevelInfo, "request",
		slog.String("request_id", id), slog.String("method", c.Request.Method), slog.String("path", c.Request.URL.Path),
		slog.Int("status", status), slog.Int("bytes", c.Writer.Size()), slog.Float64("ms", float64(took.Microseconds())/1000))
}

// sensibleID reports whether a client's id may be taken over into the log.
func sensibleID(id string) bool {
	const longest = 64
	for _, r := range id {
		if r <= ' ' || r > '~' {
			return false
		}
	}
	return id != "" && len(id) <= longest
}

// recover answers a panic with a problem, and the server goes on.
func (s *Server) recover(c *gin.Context) {
	defer func() {
		cause := recover()
		if cause == nil {
			return
		}
		if cause == http.ErrAbortHandler { // net/http's own way to cut a connection
			panic(cause)
		}
		s.config.Log.ErrorContext(c.Request.Context(), "panic", "request_id", requestID(c.Request.Context()),
			"cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
		c.Abort()
		if !c.Writer.Written() {
			s.fault(c, newProblem(CodeInternal, "", internalDetail))
		}
	}()
	c.Next()
}
