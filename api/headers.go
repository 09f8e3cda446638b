package api

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

// headers says what browsers may do with an answer: any page may read it, none
// may frame it, and nothing in it is run.
func headers(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Expose-Headers", "ETag, X-Request-Id")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer") // an address holds what its user asked
}

// preflight lets a page of another host call a route.
func preflight(c *gin.Context, allowed string) {
	h := c.Writer.Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Allow-Methods", allowed)
	h.Set("Access-Control-Allow-Headers", "Content-Type, If-None-Match, X-Request-Id")
	h.Set("Access-Control-Max-Age", "86400")
	c.Status(http.StatusNoContent)
	c.Writer.WriteHeaderNow()
}
