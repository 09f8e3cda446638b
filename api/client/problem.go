package client

import (
	"fmt"

	"leimu/search"
)

// Problem is a refusal as RFC 9457 tells it. Code is stable; programs decide by it.
type Problem struct {
	Type   string       `json:"type"`
	Title  string       `json:"title"` // for a person, in Chinese
	Status int          `json:"status"`
	Code   string       `json:"code"` // empty where something other than leimu answered
	Detail string       `json:"detail"`
	Field  string       `json:"field"`
	Near   []search.Ref `json:"near"`
}

func (p *Problem) Error() string {
	if p.Code == "" {
		return "the server answered " + p.Title
	}
	return fmt.Sprintf("%s: %s", p.Code, p.Detail)
}
