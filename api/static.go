package api

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"
)

// The page's style and scripts carry the hash of all of them in their address,
// /static/<hash>/page.js, so that a browser may keep them for good, and a script
// finds the others beside itself by a relative import.

//go:embed web/*.css web/*.js
var assetFiles embed.FS

type assets struct {
	base  string // /static/<hash>/
	files map[string]asset
}

// asset is a file as it is sent, packed once.
type asset struct {
	contentType  string
	body, packed []byte
}

func newAssets() *assets {
	a := &assets{files: map[string]asset{}}
	hash := sha256.New()
	names, err := fs.Glob(assetFiles, "web/*")
	if err != nil {
		panic(fmt.Errorf("listing the embedded files: %w", err)) // the pattern is a constant
	}
	slices.Sort(names)
	for _, name := range names {
		body, err := assetFiles.ReadFile(name)
		if err != nil {
			panic(fmt.Errorf("reading an embedded file: %w", err))
		}
		fmt.Fprintf(hash, "%s %d\n", name, len(body))
		hash.Write(body)
		a.files[path.Base(name)] = asset{assetType(name), body, packBest(body)}
	}
	a.base = "/static/" + hex.EncodeToString(hash.Sum(nil)[:6]) + "/"
	return a
}

func assetType(name string) string {
	if path.Ext(name) == ".css" {
		return "text/css; charset=utf-8"
	}
	return "text/javascript; charset=utf-8"
}

func packBest(body []byte) []byte {
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		panic(err) // the level is a constant
	}
	_, _ = w.Write(body) // a Buffer never fails
	_ = w.Close()
	return packed.Bytes()
}

// address is where a file is found.
func (a *assets) address(name string) string { return a.base + name }

// route is GET /static/<hash>/<name>. An address of an earlier build is answered
// with the file as it is now, not to be kept: the page that asks is that old.
func (a *assets) route(c *gin.Context) {
	file, ok := a.files[c.Param("name")]
	if !ok {
		newProblem(CodeNotFound, "", "no such file").write(c.Writer) // a browser shows it to nobody
		return
	}
	h := c.Writer.Header()
	h.Set("Cache-Control", "no-cache")
	if c.Request.URL.Path == a.address(c.Param("name")) {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	h.Set("Content-Type", file.contentType)
	h.Set("Vary", "Accept-Encoding")
	body := file.body
	if acceptsGzip(c.GetHeader("Accept-Encoding")) {
		h.Set("Content-Encoding", "gzip")
		body = file.packed
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	c.Status(http.StatusOK)
	_, _ = c.Writer.Write(body) // the client may be gone; there is nobody else to tell
}
