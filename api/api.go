// Package api answers over HTTP what package search knows.
//
// A request passes through these files in turn: handler.go stacks what every
// request passes (trace.go gives it an id, logs it and catches panics,
// headers.go says what browsers may do with the answer, guard.go refuses what
// can't be read); routes.go lists the routes, a file each; snapshot.go holds
// what they answer from. Handlers return errors; problem.go answers all of them,
// by the one table in fault.go. The OpenAPI description comes from the
// parameter structs themselves, so that it can't say anything else.
package api

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"leimu/data"
	"leimu/search"
)

// Searcher is what the routes ask of opened knowledge. It is immutable and safe
// for concurrent use until Close. *search.Engine is one.
type Searcher interface {
	Search(ctx context.Context, r search.Request) (*search.Answer, error)
	Rerank(ctx context.Context, r search.Request, candidates []int) (*search.Answer, error)
	Catalog() *data.Catalog
	Judge(c *data.Category, subject search.Subject, region string) search.Verdict
	Close() error
}

// Config is what a Server needs to know.
type Config struct {
	Open    func() (Searcher, error) // opens the knowledge, at the start and at each Reload
	Log     *slog.Logger
	Version string // of the program
}

// Server answers over HTTP. Until Reload has opened the knowledge, it tells that
// it is not ready.
type Server struct {
	config  Config
	metrics *metrics
	bulk    *bulk
	pages   *pages
	api     huma.API
	router  *gin.Engine
	handler http.Handler
	admin   http.Handler

	reloading sync.Mutex // one reload at a time
	current   atomic.Pointer[snapshot]
}

// New makes a server of which nothing is opened or listening yet.
func New(config Config) *Server {
	s := &Server{config: config, metrics: newMetrics(config.Version), bulk: newBulk(), pages: newPages()}
	s.build()
	return s
}

// Handler answers the public routes.
func (s *Server) Handler() http.Handler { return s.handler }

// Admin answers the routes of operators: metrics and health.
func (s *Server) Admin() http.Handler { return s.admin }

// OpenAPI is the description of the public routes.
func (s *Server) OpenAPI() *huma.OpenAPI { return s.api.OpenAPI() }
