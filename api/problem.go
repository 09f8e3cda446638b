package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"leimu/search"
)

// Problem is an error as RFC 9457 tells it. It is an error itself, so that a
// handler returns it as such.
type Problem struct {
	Type   string       `json:"type" doc:"where the code is explained"`
	Title  string       `json:"title" doc:"for a person, in Chinese"`
	Status int          `json:"status"`
	Code   string       `json:"code" doc:"stable, for programs"`
	Detail string       `json:"detail" doc:"what is wrong and what to do"`
	Field  string       `json:"field,omitempty" doc:"the parameter at fault"`
	Near   []search.Ref `json:"near,omitempty" doc:"categories that may be meant, the likeliest first"`
}

// problemType is the media type of every error.
const problemType = "application/problem+json"

func newProblem(code, field, detail string) *Problem {
	f := faultOf(code)
	return &Problem{Type: "/docs#" + f.Code, Title: f.Title, Status: f.Status, Code: f.Code, Detail: detail, Field: field}
}

// Error, GetStatus and ContentType are what huma asks of an error.
func (p *Problem) Error() string             { return p.Code + ": " + p.Detail }
func (p *Problem) GetStatus() int            { return p.Status }
func (p *Problem) ContentType(string) string { return problemType }

// problem says what an error means to who asked. What is not the request's
// fault is logged, and told without its inside.
func (s *Server) problem(ctx context.Context, err error) *Problem {
	var problem *Problem
	var input *search.InputError
	var candidate *search.CandidateError
	switch {
	case errors.As(err, &problem):
		return problem
	case errors.As(err, &input):
		return newProblem(input.Code, input.Field, input.Message)
	case errors.As(err, &candidate):
		p := newProblem(CodeUnknownCategory, "id", strings.Replace(candidate.Error(), "candidate", "category", 1))
		p.Near = candidate.Near
		return p
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return newProblem(CodeTimeout, "", "the answer was not ready in time, or nobody waits for it any more; try again")
	}
	s.config.Log.ErrorContext(ctx, "request failed", "request_id", requestID(ctx), "error", err)
	return newProblem(CodeInternal, "", internalDetail)
}

const internalDetail = "something went wrong here, not in the request; the log tells it under the X-Request-Id of this answer"

// write answers a request with the problem, outside of huma.
func (p *Problem) write(w http.ResponseWriter) {
	w.Header().Set("Content-Type", problemType)
	w.WriteHeader(p.Status)
	_ = Encode(w, p) // the client may be gone; there is nobody else to tell
}

// problems is a huma transformer. It turns what huma itself finds wrong with a
// request (a number that is none, a body that can't be read) into a Problem.
func problems(_ huma.Context, _ string, v any) (any, error) {
	model, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	field, detail := faultOfRequest(model)
	switch model.Status {
	case http.StatusRequestEntityTooLarge:
		return newProblem(CodeBodyTooLarge, "body", detail), nil
	case http.StatusUnsupportedMediaType:
		return newProblem(CodeUnsupportedMedia, "body", detail), nil
	case http.StatusRequestTimeout:
		return newProblem(CodeTimeout, "body", detail), nil
	case http.StatusInternalServerError:
		return newProblem(CodeInternal, "", internalDetail), nil
	}
	if strings.HasPrefix(field, "body") {
		return newProblem(CodeInvalidBody, field, detail), nil
	}
	return newProblem(CodeInvalidParameter, field, detail), nil
}

// faultOfRequest is the first fault that huma found: where, and what.
func faultOfRequest(model *huma.ErrorModel) (field, detail string) {
	if len(model.Errors) == 0 {
		return "body", model.Detail
	}
	first := model.Errors[0]
	field = strings.TrimPrefix(strings.TrimPrefix(first.Location, "query."), "path.")
	if field == "" {
		field = "body"
	}
	return field, fmt.Sprintf("%s is %q: %s; /docs tells what it may be", field, shorten(fmt.Sprint(first.Value)), first.Message)
}
