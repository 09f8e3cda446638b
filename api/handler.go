package api

import (
	"compress/gzip"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"
	"github.com/klauspost/compress/gzhttp"
)

// How answers are packed.
const (
	compressFrom  = 1 << 10 // bytes; below, gzip costs more than it saves
	compressLevel = gzip.BestSpeed
)

// build puts the handlers together, once.
func (s *Server) build() {
	gin.SetMode(gin.ReleaseMode) // gin knows the mode of a process only; it decides what gin prints at the start
	router := gin.New()
	s.router = router
	router.HandleMethodNotAllowed = true
	router.RedirectTrailingSlash = false
	router.Use(s.trace, s.recover, headers, s.recall, s.guard)
	router.NoRoute(s.noRoute)
	router.NoMethod(s.noMethod)
	s.api = humagin.New(router, apiConfig(s.config.Version))
	s.routes(router)
	s.handler = compress(headAsGet(router))
	s.admin = s.adminRoutes()
}

func apiConfig(version string) huma.Config {
	config := huma.DefaultConfig("leimu", version)
	config.Info.Description = "Which 备案 service category a mini-program belongs to, and who may choose it."
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "", "", "" // served by openapi.go and docs.go
	config.CreateHooks = nil                                             // no $schema link in answers
	config.Transformers = []huma.Transformer{problems}
	config.Formats = map[string]huma.Format{"application/json": format(), "json": format()}
	return config
}

// compress packs answers for who accepts it.
func compress(next http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(gzhttp.MinSize(compressFrom), gzhttp.CompressionLevel(compressLevel), gzhttp.EnableZstd(false))
	if err != nil {
		panic(err) // the options are constants
	}
	packed := wrap(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// A line of bulk must not wait for enough of them to be packed; suggestions
		// are kept packed.
		if r.URL.Path == bulkPath || r.URL.Path == suggestPath {
			next.ServeHTTP(w, r)
			return
		}
		packed.ServeHTTP(w, r)
	})
}

// headAsGet answers HEAD as GET; net/http drops the body.
func headAsGet(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			get := *r
			get.Method = http.MethodGet
			r = &get
		}
		next.ServeHTTP(w, r)
	})
}

func (s *Server) noRoute(c *gin.Context) {
	s.fault(c, newProblem(CodeNotFound, "", fmt.Sprintf("nothing is at %s; /docs tells what there is", shorten(c.Request.URL.Path))))
}

func (s *Server) noMethod(c *gin.Context) {
	allowed := c.Writer.Header().Get("Allow")
	if c.Request.Method == http.MethodOptions {
		preflight(c, allowed)
		return
	}
	s.fault(c, newProblem(CodeMethodNotAllowed, "", fmt.Sprintf("%s does not answer %s; use %s",
		shorten(c.Request.URL.Path), c.Request.Method, allowed)))
}

// shorten keeps a path short enough for a sentence.
func shorten(path string) string {
	const limit = 80
	path = strings.ToValidUTF8(path, "�")
	if runes := []rune(path); len(runes) > limit {
		return string(runes[:limit]) + "…"
	}
	return path
}
