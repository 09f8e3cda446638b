package api

import (
	"encoding/json"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// Encode writes an answer as JSON and a line end, with < > & as they are: a
// highlight's <mark> stays readable. The program's --json prints by it too, so
// that both give the same bytes.
func Encode(w io.Writer, v any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(v)
}

// format is how huma writes and reads bodies. A problem brings its own status:
// huma settles on one (422) before the transformer has made the problem.
func format() huma.Format {
	return huma.Format{
		Marshal: func(w io.Writer, v any) error {
			if p, ok := v.(*Problem); ok {
				if response, ok := w.(http.ResponseWriter); ok {
					response.WriteHeader(p.Status)
				}
			}
			return Encode(w, v)
		},
		Unmarshal: json.Unmarshal,
	}
}
