package api

import (
	"encoding/xml"
	"net/http"
	"strings"

	"leimu/search"
)

// openSearchAnswer is the answer in the form of the OpenSearch Suggestions
// extension: the query, then texts, descriptions and addresses side by side.
func openSearchAnswer(s *search.Suggestions, base string) [4]any {
	texts, descriptions, addresses := []string{}, []string{}, []string{}
	for _, x := range s.Suggestions {
		texts = append(texts, x.Text)
		descriptions = append(descriptions, strings.Join(x.Category.Path[:], " › "))
		addresses = append(addresses, searchAddress(base, x.Text))
	}
	return [4]any{s.Query, texts, descriptions, addresses}
}

// openSearchDescription is what a browser reads to add leimu as a search engine.
type openSearchDescription struct {
	XMLName       xml.Name        `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName     string          // at most 16 characters
	Description   string          // at most 1024
	Language      string          `xml:"Language"`
	InputEncoding string          `xml:"InputEncoding"`
	URLs          []openSearchURL `xml:"Url"`
}

type openSearchURL struct {
	Type     string `xml:"type,attr"`
	Method   string `xml:"method,attr,omitempty"`
	Rel      string `xml:"rel,attr,omitempty"`
	Template string `xml:"template,attr"`
}

const openSearchDescriptionType = "application/opensearchdescription+xml"

// serveOpenSearch answers GET /opensearch.xml. A browser keeps the description, so
// its addresses are absolute: those under which it was fetched.
func serveOpenSearch(w http.ResponseWriter, r *http.Request) {
	base := baseOf(r.Host, r.TLS != nil || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https"))
	description := openSearchDescription{
		ShortName:     "类目",
		Description:   "按一句话查小程序备案的服务类目",
		Language:      "zh-CN",
		InputEncoding: "UTF-8",
		URLs: []openSearchURL{
			{Type: "text/html", Method: "get", Template: base + "/?q={searchTerms}"},
			{Type: openSearchType, Method: "get", Template: base + "/v1/suggest?format=opensearch&q={searchTerms}"},
			{Type: openSearchDescriptionType, Rel: "self", Template: base + "/opensearch.xml"},
		},
	}
	text, err := xml.MarshalIndent(description, "", "  ")
	if err != nil { // a defect: nothing in it depends on the request but text
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", openSearchDescriptionType+"; charset=utf-8")
	w.Header().Set("Cache-Control", "public, max-age=86400")
	w.Write(append([]byte(xml.Header), text...))
}
