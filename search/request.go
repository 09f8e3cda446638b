package search

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// InputError is a request that can't be answered as it stands. Code is stable
// and meant for programs, Message for people: what is wrong and what to do.
type InputError struct {
	Field   string // the parameter at fault, as the API names it
	Code    string
	Message string
}

func (e *InputError) Error() string { return e.Field + ": " + e.Message }

// Codes of InputError.
const (
	CodeEmptyQuery     = "empty_query"
	CodeLongQuery      = "query_too_long"
	CodeInvalidUTF8    = "invalid_utf8"
	CodeUnknownSubject = "unknown_subject"
	CodeOutOfRange     = "out_of_range"
	CodeUnknownReply   = "unknown_answer"
	CodeUnknownRegion  = "unknown_region"
	CodeNeedsSubject   = "subject_required"
)

// Check refuses a request that has no sensible answer, and says what to do.
func (r Request) Check() error {
	switch {
	case !utf8.ValidString(r.Query):
		return &InputError{"q", CodeInvalidUTF8, "the description is not valid UTF-8; send it as UTF-8 (percent-encoded in an address)"}
	case strings.TrimSpace(r.Query) == "":
		return &InputError{"q", CodeEmptyQuery, "the description is empty; say in a few words what the mini-program does, 共享充电宝 for instance"}
	case utf8.RuneCountInString(r.Query) > MaxQuery:
		return &InputError{"q", CodeLongQuery, fmt.Sprintf("the description has %d characters; shorten it to %d, a sentence or two say it best",
			utf8.RuneCountInString(r.Query), MaxQuery)}
	case r.Subject != "" && !slices.Contains(Subjects(), r.Subject):
		return &InputError{"subject", CodeUnknownSubject, fmt.Sprintf("unknown subject %q; use individual (个人), enterprise (企业、个体工商户) or government (政府机关、事业单位)", r.Subject)}
	case r.Limit < 0 || r.Limit > MaxLimit:
		return &InputError{"limit", CodeOutOfRange, fmt.Sprintf("limit is %d; use 1 to %d", r.Limit, MaxLimit)}
	case r.Offset < 0:
		return &InputError{"offset", CodeOutOfRange, fmt.Sprintf("offset is %d; use 0 or more", r.Offset)}
	case r.EligibleOnly && r.Subject == "":
		return &InputError{"subject", CodeNeedsSubject, "eligible_only needs a subject; add subject=individual, enterprise or government"}
	}
	return nil
}
