package api

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"
)

// openapiRoute is GET /openapi.json. The description is written once.
func (s *Server) openapiRoute() gin.HandlerFunc {
	tidy(s.api.OpenAPI())
	var text bytes.Buffer
	if err := Encode(&text, s.api.OpenAPI()); err != nil {
		panic(fmt.Errorf("writing the OpenAPI description: %w", err)) // made of types alone: it fails always or never
	}
	return func(c *gin.Context) {
		c.Header("Cache-Control", "public, max-age=60")
		c.Data(http.StatusOK, "application/json", text.Bytes())
	}
}

// describeText tells of a route that answers something else than JSON of a type.
func (s *Server) describeText(path, id, summary, contentType string) {
	op := &huma.Operation{OperationID: id, Method: http.MethodGet, Path: path, Summary: summary,
		Responses: problemResponses(s.api, []int{http.StatusInternalServerError})}
	op.Responses["200"] = &huma.Response{Description: "OK",
		Content: map[string]*huma.MediaType{contentType: {Schema: &huma.Schema{Type: huma.TypeString}}}}
	s.api.OpenAPI().AddOperation(op)
}

// tidy takes out the schemas of huma's own errors: every error is a Problem.
func tidy(spec *huma.OpenAPI) {
	maps.DeleteFunc(spec.Components.Schemas.Map(), func(name string, _ *huma.Schema) bool {
		return name == "ErrorModel" || name == "ErrorDetail"
	})
}
