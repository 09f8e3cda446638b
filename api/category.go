package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"leimu/data"
	"leimu/search"
)

type categoryInput struct {
	IfNoneMatch string `header:"If-None-Match"`
	ID          string `path:"id" example:"living-tools" doc:"as it stands in answers; ids never change"`
}

type categoryOutput struct {
	Status       int
	ETag         string `header:"ETag"`
	CacheControl string `header:"Cache-Control"`
	Body         *data.Category
}

func categoryOperation() huma.Operation {
	return huma.Operation{OperationID: "category", Path: "/v1/categories/{id}", Summary: "Tell one category",
		Description: "Everything that the guide says of a category.", Errors: []int{http.StatusNotFound}}
}

func (s *Server) category(_ context.Context, snap *snapshot, in *categoryInput) (*categoryOutput, error) {
	c := snap.Catalog().Find(in.ID)
	if c == nil {
		return nil, unknownCategory(snap.Catalog(), snap.resolver, in.ID)
	}
	tag := snap.tag()
	return &categoryOutput{Status: statusFor(tag, in.IfNoneMatch), ETag: tag, CacheControl: catalogCache, Body: c}, nil
}

// unknownCategory names the categories that may be meant. An address is by id
// alone, so that a category has one.
func unknownCategory(catalog *data.Catalog, resolver *search.Resolver, id string) error {
	id = strings.ToValidUTF8(id, "�")
	position, err := resolver.Resolve(id)
	if err != nil {
		return err
	}
	c := &catalog.Categories[position]
	near := search.Ref{ID: c.ID, Path: c.Path}
	p := newProblem(CodeUnknownCategory, "id", "no category has this id; "+near.ID+" ("+near.Path[0]+">"+near.Path[1]+") is meant, perhaps")
	p.Near = []search.Ref{near}
	return p
}

// catalogCache lets an answer about the catalogue be used again unasked for a
// minute, and then as long as its tag holds.
const catalogCache = "public, max-age=60"

// tag marks an answer with the catalogue's revision. It is weak: the answer may
// be packed on its way.
func (snap *snapshot) tag() string { return `W/"` + snap.revision + `"` }

// statusFor is 304 for who has the answer already.
func statusFor(tag, ifNoneMatch string) int {
	if ifNoneMatch == "*" || strings.Contains(ifNoneMatch, strings.TrimPrefix(tag, "W/")) {
		return http.StatusNotModified
	}
	return http.StatusOK
}
