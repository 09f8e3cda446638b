package api

import (
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"leimu/search"
)

// guard refuses an address that can't be read. net/url would leave out what it
// can't decode, and the question answered would not be the one asked.
func (s *Server) guard(c *gin.Context) {
	if p := checkQuery(c.Request.URL.RawQuery); p != nil {
		s.fault(c, p)
	}
}

func checkQuery(raw string) *Problem {
	for pair := range strings.SplitSeq(raw, "&") {
		key, value, _ := strings.Cut(pair, "=")
		if strings.Contains(pair, ";") {
			return newProblem(CodeInvalidEncoding, shorten(key), "the address has a semicolon between its parameters; write it as %3B, and part parameters by &")
		}
		name, err := url.QueryUnescape(key)
		if err == nil {
			value, err = url.QueryUnescape(value)
		}
		if err != nil {
			return newProblem(CodeInvalidEncoding, shorten(key), fmt.Sprintf("the address can't be decoded (%v); write %% as %%25 and other characters as UTF-8, percent-encoded", err))
		}
		if !utf8.ValidString(name) || !utf8.ValidString(value) {
			return newProblem(search.CodeInvalidUTF8, shorten(name), "the text is not valid UTF-8 (GBK, perhaps); send it as UTF-8, percent-encoded")
		}
	}
	return nil
}
