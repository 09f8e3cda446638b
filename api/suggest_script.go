package api

import (
	_ "embed"
	"net/http"
)

//go:embed web/leimu-suggest.js
var suggestScript []byte

// newSuggestScript serves the web component to pages of any origin.
func newSuggestScript() http.Handler {
	answer := newStoredAnswer(answerKey{}, suggestScript, "text/javascript")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		answer.serve(w, r)
	})
}
