package api

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"leimu/search"
)

func TestOpenAPIIsValid(t *testing.T) {
	_, base := start(t)
	_, text := get(t, base+"/openapi.json")
	spec, err := openapi3.NewLoader().LoadFromData(text)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(spec.OpenAPI, "3.1") {
		t.Errorf("OpenAPI %s", spec.OpenAPI)
	}
	if err := spec.Validate(t.Context()); err != nil {
		t.Error(err)
	}
	if strings.Contains(string(text), "ErrorModel") {
		t.Error("an error is described that no route answers")
	}
}

// TestEveryRouteIsDescribed holds the router against the description, both ways.
// Pages are for people and not described.
func TestEveryRouteIsDescribed(t *testing.T) {
	s, _ := start(t)
	page := regexp.MustCompile(`^/(\?|$|[a-z]+$|c/|static/)`)
	param := regexp.MustCompile(`:(\w+)`)
	served := map[string]bool{}
	for _, r := range s.router.Routes() {
		path := param.ReplaceAllString(r.Path, "{$1}")
		served[r.Method+" "+path] = true
		item := s.OpenAPI().Paths[path]
		if item == nil && (page.MatchString(path) || strings.HasSuffix(path, ".js") || strings.HasSuffix(path, ".xml") || strings.HasSuffix(path, ".txt")) {
			continue
		}
		if item == nil || r.Method == "GET" && item.Get == nil || r.Method == "POST" && item.Post == nil {
			t.Errorf("%s %s is not described", r.Method, path)
		}
	}
	for path, item := range s.OpenAPI().Paths {
		if item.Get != nil && !served["GET "+path] || item.Post != nil && !served["POST "+path] {
			t.Errorf("%s is described and not served", path)
		}
	}
	for _, path := range []string{"/v1/search", "/v1/suggest", "/v1/rerank", "/v1/rerank/bulk", "/v1/categories", "/v1/categories/{id}",
		"/healthz", "/readyz", "/metrics", "/openapi.json", "/docs"} {
		if s.OpenAPI().Paths[path] == nil {
			t.Errorf("%s is missing", path)
		}
	}
}

// TestBoundsAreThoseOfSearch: the description's bounds stand in tags, the real ones
// in package search.
func TestBoundsAreThoseOfSearch(t *testing.T) {
	s, _ := start(t)
	bounds := map[string]float64{}
	for _, p := range s.OpenAPI().Paths["/v1/search"].Get.Parameters {
		if p.Schema.Maximum != nil {
			bounds[p.Name] = *p.Schema.Maximum
		}
		if p.Schema.MaxLength != nil {
			bounds[p.Name] = float64(*p.Schema.MaxLength)
		}
		if p.Name == "limit" && !reflect.DeepEqual(p.Schema.Default, search.DefaultLimit) {
			t.Errorf("limit defaults to %v", p.Schema.Default)
		}
		if p.Name == "subject" {
			var names []any
			for _, subject := range search.Subjects() {
				names = append(names, string(subject))
			}
			if !slices.Equal(p.Schema.Enum, names) {
				t.Errorf("subjects %v", p.Schema.Enum)
			}
		}
	}
	if bounds["limit"] != search.MaxLimit || bounds["q"] != search.MaxQuery {
		t.Errorf("bounds %v", bounds)
	}
}

func TestDocsStandAlone(t *testing.T) {
	s, base := start(t)
	response, text := get(t, base+"/docs")
	page := string(text)
	if policy := response.Header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'; style-src 'sha256-") {
		t.Errorf("policy %s", policy)
	}
	for _, banned := range []string{"<script", "http://", "https://", "//cdn", "style=", "ZgotmplZ"} {
		if strings.Contains(page, banned) {
			t.Errorf("the page has %s", banned)
		}
	}
	for path := range s.OpenAPI().Paths {
		if !strings.Contains(page, path) {
			t.Errorf("the page does not tell of %s", path)
		}
	}
	for _, f := range faults() {
		if !strings.Contains(page, `id="`+f.Code+`"`) {
			t.Errorf("the page does not explain %s", f.Code)
		}
	}
}
