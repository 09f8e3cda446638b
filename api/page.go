package api

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"path"

	"github.com/gin-gonic/gin"

	"leimu/data"
	"leimu/search"
)

// The web page: rendered here from the same answers as the JSON, and complete
// without scripts; web/page.js only saves clicks. Each page decides into a view
// (page_answer.go, page_tree.go, …), and a template of the same name shows it.
// layout.html and parts.html are shared by all.

//go:embed web/*.html
var pageFiles embed.FS

// pagePolicy allows a page its own style, scripts and calls, and no other.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// pages renders. It is immutable.
type pages struct {
	assets    *assets
	templates map[string]*template.Template
}

func newPages() *pages {
	p := &pages{newAssets(), map[string]*template.Template{}}
	shared := template.Must(template.New("layout.html").Funcs(template.FuncMap{
		"asset": p.assets.address, "subject": subjectLong, "subjects": search.Subjects, "provinces": data.Provinces, "pass": pass, "besides": besides,
	}).ParseFS(pageFiles, "web/layout.html", "web/parts.html"))
	for _, name := range []string{"home", "category", "tree", "compare", "checklist", "bulk", "fault"} {
		one := template.Must(shared.Clone())
		p.templates[name] = template.Must(one.ParseFS(pageFiles, path.Join("web", name+".html")))
	}
	return p
}

// pass gives a part of a template two values.
func pass(q question, value any) struct {
	Q question
	V any
} {
	return struct {
		Q question
		V any
	}{q, value}
}

// besides gives a card its place beside the first of an answer, whose id it is
// compared by.
func besides(q question, value card, first string) struct {
	Q     question
	V     card
	First string
} {
	return struct {
		Q     question
		V     card
		First string
	}{q, value, first}
}

// page is what layout.html shows around a view.
type page struct {
	Title     string // of the window, "" for the site's own
	Q         question
	View      any
	Guide     search.Guide
	Notice    string
	Total     int  // categories of the guide
	Alone     bool // no search field: nothing can be searched
	Unindexed bool // not for search engines
}

// Revision is enough of the guide's hash to tell two guides apart.
func (p *page) Revision() string { return p.Guide.SHA256[:min(8, len(p.Guide.SHA256))] }

func newPage(snap *snapshot, q question, title string, view any) *page {
	c := snap.Catalog()
	return &page{Title: title, Q: q, View: view, Guide: search.Guide{Title: c.Title, SHA256: c.SHA256}, Notice: c.Notice, Total: len(c.Categories)}
}

// pageRoutes lists the routes for people. Their names are those of the templates.
func (s *Server) pageRoutes(router *gin.Engine) {
	router.GET("/", s.page("home", s.homePage))
	router.GET("/c/:id", s.page("category", s.categoryPage))
	router.GET("/tree", s.page("tree", s.treePage))
	router.GET("/compare", s.page("compare", s.comparePage))
	router.GET("/checklist", s.page("checklist", s.checklistPage))
	router.GET("/bulk", s.page("bulk", s.bulkPage))
	router.POST("/bulk", s.sheetRoute)
	router.GET("/static/:hash/:name", s.pages.assets.route)
}

// page is the one adapter of pages: it answers with the view, or with the error in
// words.
func (s *Server) page(name string, decide func(*gin.Context, *snapshot, question) (*page, error)) gin.HandlerFunc {
	return func(c *gin.Context) {
		snap := s.acquire()
		if snap == nil {
			s.faultPage(c, nil, notReady())
			return
		}
		defer snap.release()
		p, err := decide(c, snap, readQuestion(c.Request.URL.Query()))
		if err != nil {
			s.faultPage(c, snap, s.problem(c.Request.Context(), err))
			return
		}
		s.render(c, http.StatusOK, name, p)
	}
}

// render writes a page whole or not at all.
func (s *Server) render(c *gin.Context, status int, name string, p *page) {
	var b bytes.Buffer
	if err := s.pages.templates[name].Execute(&b, p); err != nil {
		s.config.Log.ErrorContext(c.Request.Context(), "rendering failed", "request_id", requestID(c.Request.Context()), "page", name, "error", err)
		newProblem(CodeInternal, "", internalDetail).write(c.Writer)
		return
	}
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", pagePolicy)
	h.Set("Cache-Control", "no-cache") // the knowledge may be replaced at any moment
	h.Del("Access-Control-Allow-Origin")
	c.Data(status, "text/html; charset=utf-8", b.Bytes())
}

// categoriesOf finds the categories that an address names by id, each once.
func categoriesOf(snap *snapshot, ids []string, most int) ([]*data.Category, error) {
	var list []*data.Category
	seen := map[string]bool{}
	for _, id := range ids {
		if seen[id] {
			continue
		}
		seen[id] = true
		c := snap.Catalog().Find(id)
		if c == nil {
			return nil, unknownCategory(snap.Catalog(), snap.resolver, id)
		}
		list = append(list, c)
	}
	if len(list) > most {
		return nil, newProblem(search.CodeOutOfRange, "id", fmt.Sprintf("%d categories; name %d at most", len(list), most))
	}
	return list, nil
}

// checkAsker refuses a subject or region that is none, before a page is made of it.
func checkAsker(q question) error {
	return search.Request{Query: "-", Subject: q.Subject, Region: q.Region}.Check()
}
