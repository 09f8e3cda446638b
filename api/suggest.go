package api

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"leimu/search"
)

// suggestInput is the query of GET /v1/suggest. An empty q is no fault: a field
// that is cleared shows no suggestions, and no error.
type suggestInput struct {
	Q       string         `query:"q" maxLength:"200" example:"gxcdb" doc:"what is typed so far: Han, pinyin, initials, or mixed; empty gives an empty list"`
	Limit   int            `query:"limit" default:"8" minimum:"1" maximum:"50" doc:"suggestions told"`
	Format  string         `query:"format" default:"json" enum:"json,opensearch" doc:"opensearch: [query,[texts],[descriptions],[addresses]]"`
	Subject search.Subject `query:"subject" enum:"individual,enterprise,government" doc:"who files; each suggestion then carries the verdict"`
	Region  string         `query:"region" example:"广东" doc:"the province of the filing, where its rules matter"`

	key answerKey
}

// suggestPath is asked at every keystroke.
const suggestPath = "/v1/suggest"

// Resolve keeps what the answer depends on besides the parameters.
func (in *suggestInput) Resolve(ctx huma.Context) []error {
	in.key = keyOf(humagin.Unwrap(ctx).Request)
	return nil
}

func keyOf(r *http.Request) answerKey {
	return answerKey{r.URL.RawQuery, baseOf(r.Host, r.TLS != nil || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https"))}
}

// recall serves a completion that was given lately as the bytes that it was,
// before its parameters are read again: that takes longer than all the rest.
func (s *Server) recall(c *gin.Context) {
	if c.Request.URL.Path != suggestPath || c.Request.Method != http.MethodGet {
		return
	}
	snap := s.acquire()
	if snap == nil {
		return
	}
	defer snap.release()
	if answer := snap.recent.find(keyOf(c.Request)); answer != nil {
		answer.serve(c.Writer, c.Request)
		c.Abort()
	}
}

// baseOf is the address under which the caller reached us, without a path: what
// absolute links start with.
func baseOf(host string, secure bool) string {
	if secure {
		return "https://" + host
	}
	return "http://" + host
}

func suggestOperation(api huma.API) huma.Operation {
	schema := api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[search.Suggestions](), true, "")
	return huma.Operation{OperationID: "suggest", Path: suggestPath, Summary: "Complete what is typed so far",
		Description: "Completes category names, services, everyday words and phrases, typed in Han (from the start or the middle), pinyin, " +
			"initials, or mixed, with one slip. The first suggestion's category is the one that a search for the same text answers first.",
		Responses: map[string]*huma.Response{"200": {Description: http.StatusText(http.StatusOK), Content: map[string]*huma.MediaType{
			jsonType:       {Schema: schema},
			openSearchType: {Schema: &huma.Schema{Type: "array", Description: "OpenSearch Suggestions"}},
		}}}}
}

// Media types of the two formats.
const (
	jsonType       = "application/json"
	openSearchType = "application/x-suggestions+json"
)

func (s *Server) suggest(_ context.Context, snap *snapshot, in *suggestInput) (*huma.StreamResponse, error) {
	if snap.suggester == nil {
		return nil, newProblem(CodeNotFound, "", "this server does not suggest")
	}
	body, contentType, err := suggestBody(snap.suggester, in)
	if err != nil {
		return nil, err
	}
	answer := newStoredAnswer(in.key, body, contentType)
	snap.recent.store(answer)
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		c := humagin.Unwrap(ctx)
		answer.serve(c.Writer, c.Request)
	}}, nil
}

func suggestBody(suggester *search.Suggester, in *suggestInput) (body []byte, contentType string, err error) {
	if in.Limit == 0 { // search takes 0 for its default; here the default is filled in already
		return nil, "", newProblem(search.CodeOutOfRange, "limit", fmt.Sprintf("limit is 0; use 1 to %d", search.MaxLimit))
	}
	suggestions, err := suggester.Suggest(search.SuggestRequest{Typed: in.Q, Limit: in.Limit, Subject: in.Subject, Region: in.Region})
	if err != nil {
		return nil, "", err
	}
	var b bytes.Buffer
	switch in.Format {
	case "json":
		err = Encode(&b, suggestions)
		return b.Bytes(), jsonType, err
	case "opensearch":
		err = Encode(&b, openSearchAnswer(suggestions, in.key.base))
		return b.Bytes(), openSearchType, err
	}
	return nil, "", newProblem(CodeUnknownFormat, "format", fmt.Sprintf("unknown format %q; use json or opensearch", in.Format))
}

// suggesting is a Searcher that completes as well. *search.Engine is one.
type suggesting interface {
	Suggester() (*search.Suggester, error)
}

// suggesterOf is what completes for a searcher, nil where it does not.
func suggesterOf(searcher Searcher) (*search.Suggester, error) {
	if s, ok := searcher.(suggesting); ok {
		return s.Suggester()
	}
	return nil, nil
}

// searchAddress is the page that answers a text.
func searchAddress(base, text string) string { return base + "/?q=" + url.QueryEscape(text) }
