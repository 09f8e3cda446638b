package api

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"
)

// The documentation is one page without scripts, rendered from the OpenAPI
// description when the server is made: it asks no other host for anything.

//go:embed docs.html
var docsTemplate string

//go:embed docs.css
var docsStyle string

// docsRoute is GET /docs.
func (s *Server) docsRoute() gin.HandlerFunc {
	spec := s.api.OpenAPI()
	page := template.Must(template.New("docs").Parse(docsTemplate))
	var text bytes.Buffer
	err := page.Execute(&text, docsPage{spec.Info.Title, spec.Info.Description, spec.Info.Version,
		template.CSS(docsStyle), docsOperations(spec), faults(), docsSchemas(spec)})
	if err != nil {
		panic(fmt.Errorf("writing the documentation: %w", err)) // embedded, as its data is
	}
	policy := contentPolicy(docsStyle)
	return func(c *gin.Context) {
		c.Header("Content-Security-Policy", policy)
		c.Header("Cache-Control", "public, max-age=60")
		c.Data(http.StatusOK, "text/html; charset=utf-8", text.Bytes())
	}
}

// contentPolicy allows the page its one style sheet and nothing else.
func contentPolicy(style string) string {
	sum := sha256.Sum256([]byte(style))
	return fmt.Sprintf("default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
		base64.StdEncoding.EncodeToString(sum[:]))
}

type docsPage struct {
	Title, Description, Version string
	Style                       template.CSS
	Operations                  []docsOperation
	Faults                      []fault
	Schemas                     []docsSchema
}

type docsOperation struct {
	ID, Method, Path, Summary, Description string
	Params                                 []docsField
	Answer                                 string
}

type docsSchema struct {
	Name   string
	Fields []docsField
}

// docsField is a parameter of an operation or a property of a schema.
type docsField struct {
	Name, Type, Doc string
	Required        bool
}

func docsOperations(spec *huma.OpenAPI) []docsOperation {
	var list []docsOperation
	for _, path := range sortedKeys(spec.Paths) {
		item := spec.Paths[path]
		for _, op := range []*huma.Operation{item.Get, item.Post} {
			if op == nil {
				continue
			}
			d := docsOperation{ID: op.OperationID, Method: op.Method, Path: path, Summary: op.Summary,
				Description: op.Description, Answer: answerType(op)}
			for _, p := range op.Parameters {
				d.Params = append(d.Params, docsField{p.Name, describeType(p.Schema), p.Description, p.Required})
			}
			list = append(list, d)
		}
	}
	return list
}

func answerType(op *huma.Operation) string {
	if r := op.Responses["200"]; r != nil {
		for _, media := range r.Content {
			return describeType(media.Schema)
		}
	}
	return ""
}

func docsSchemas(spec *huma.OpenAPI) []docsSchema {
	var list []docsSchema
	schemas := spec.Components.Schemas.Map()
	for _, name := range sortedKeys(schemas) {
		d := docsSchema{Name: name}
		for _, field := range sortedKeys(schemas[name].Properties) {
			p := schemas[name].Properties[field]
			d.Fields = append(d.Fields, docsField{field, describeType(p), p.Description, slices.Contains(schemas[name].Required, field)})
		}
		list = append(list, d)
	}
	return list
}

// describeType tells a schema in a few words: array of Category, integer 1 to 50.
func describeType(s *huma.Schema) string {
	if s == nil {
		return ""
	}
	if s.Ref != "" {
		return s.Ref[strings.LastIndex(s.Ref, "/")+1:]
	}
	text := s.Type
	if s.Type == "array" {
		text += " of " + describeType(s.Items)
	}
	if len(s.Enum) > 0 {
		text += ": " + strings.Trim(strings.ReplaceAll(fmt.Sprint(s.Enum), " ", " | "), "[]")
	}
	if s.Minimum != nil && s.Maximum != nil {
		text += fmt.Sprintf(" %g to %g", *s.Minimum, *s.Maximum)
	}
	if s.MaxLength != nil {
		text += fmt.Sprintf(", at most %d characters", *s.MaxLength)
	}
	if s.Default != nil {
		text += fmt.Sprintf(", default %v", s.Default)
	}
	return text
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
