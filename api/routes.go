package api

import (
	"context"
	"maps"
	"net/http"
	"reflect"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"
)

// routes lists every route; each stands in a file of its name. The first part
// is described in OpenAPI by its types. The order is that of the documentation.
func (s *Server) routes(router *gin.Engine) {
	route(s, searchOperation(), s.search)
	route(s, suggestOperation(s.api), s.suggest)
	route(s, rerankOperation(), s.rerank)
	s.describeBulk()
	route(s, categoriesOperation(), s.categories)
	route(s, categoryOperation(), s.category)
	s.healthRoutes()

	s.pageRoutes(router)
	router.GET("/opensearch.xml", gin.WrapF(serveOpenSearch))
	router.GET("/leimu-suggest.js", gin.WrapH(newSuggestScript()))
	router.POST(bulkPath, s.bulkRoute())
	router.GET("/metrics", s.metricsRoute())
	s.describeText("/metrics", "metrics", "What operators watch, in the text format of Prometheus", "text/plain")
	s.describeText("/openapi.json", "openapi", "This description", "application/json")
	s.describeText("/docs", "docs", "This description, for people", "text/html")
	// Both are rendered once, from the routes above.
	router.GET("/openapi.json", s.openapiRoute())
	router.GET("/docs", s.docsRoute())
}

// route registers a handler that answers from a snapshot. It is the one place
// where errors of handlers become problems.
func route[I, O any](s *Server, op huma.Operation, handle func(context.Context, *snapshot, *I) (*O, error)) {
	op.Method = orGet(op.Method)
	op.SkipValidateParams = true // search.Request.Check knows the bounds and says what to do
	described := op.Responses    // what the types don't tell
	op.Responses = problemResponses(s.api, append(op.Errors, http.StatusBadRequest, http.StatusInternalServerError, http.StatusServiceUnavailable))
	maps.Copy(op.Responses, described)
	op.Errors = nil
	huma.Register(s.api, op, func(ctx context.Context, in *I) (*O, error) {
		snap := s.acquire()
		if snap == nil {
			return nil, notReady()
		}
		defer snap.release()
		out, err := handle(ctx, snap, in)
		if err != nil {
			return nil, s.problem(ctx, err) // a *Problem in an error must not be a nil one
		}
		return out, nil
	})
}

func orGet(method string) string {
	if method == "" {
		return http.MethodGet
	}
	return method
}

// problemResponses describes the errors of an operation.
func problemResponses(api huma.API, statuses []int) map[string]*huma.Response {
	schema := api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[Problem](), true, "")
	responses := map[string]*huma.Response{}
	for _, status := range statuses {
		responses[strconv.Itoa(status)] = &huma.Response{Description: http.StatusText(status),
			Content: map[string]*huma.MediaType{problemType: {Schema: schema}}}
	}
	return responses
}
