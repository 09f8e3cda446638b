package api

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"leimu/search"
)

// health tells whether the process lives; readiness, whether it can answer. A
// process that is opening its knowledge lives, and is not ready.

type health struct {
	Status string `json:"status" enum:"ok"`
}

type readiness struct {
	Status     string       `json:"status" enum:"ready"`
	Guide      search.Guide `json:"guide"`
	Categories int          `json:"categories"`
}

type body[T any] struct{ Body T }

func alive() health { return health{"ok"} }

func ready(snap *snapshot) readiness {
	c := snap.Catalog()
	return readiness{"ready", search.Guide{Title: c.Title, SHA256: c.SHA256}, len(c.Categories)}
}

func notReady() *Problem {
	return newProblem(CodeNotReady, "", "the knowledge is being opened, which takes less than a second; try again")
}

func (s *Server) healthRoutes() {
	huma.Register(s.api, huma.Operation{OperationID: "healthz", Method: "GET", Path: "/healthz", Summary: "Whether the process lives",
		Responses: problemResponses(s.api, []int{500})},
		func(context.Context, *struct{}) (*body[health], error) { return &body[health]{alive()}, nil })
	route(s, huma.Operation{OperationID: "readyz", Path: "/readyz", Summary: "Whether questions can be answered"},
		func(_ context.Context, snap *snapshot, _ *struct{}) (*body[readiness], error) {
			return &body[readiness]{ready(snap)}, nil
		})
}
