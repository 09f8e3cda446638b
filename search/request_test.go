package search

import (
	"errors"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	const text = "共享充电宝"
	for _, row := range []struct {
		name        string
		request     Request
		field, code string // "" for a request that can be answered
		says        string // the message names what is wrong or what to do
	}{
		{"a description", Request{Query: text}, "", "", ""},
		{"all there is", Request{Query: text, Subject: Individual, Region: "广东", Limit: MaxLimit, Offset: 1000, EligibleOnly: true}, "", "", ""},
		{"the longest", Request{Query: strings.Repeat("店", MaxQuery)}, "", "", ""},
		{"a character too long", Request{Query: strings.Repeat("店", MaxQuery+1)}, "q", CodeLongQuery, "201"},
		{"empty", Request{}, "q", CodeEmptyQuery, "共享充电宝"},
		{"blank", Request{Query: " \u3000\t\n"}, "q", CodeEmptyQuery, "empty"},
		{"no text", Request{Query: "店\xff"}, "q", CodeInvalidUTF8, "UTF-8"},
		{"an unknown subject", Request{Query: text, Subject: "企业"}, "subject", CodeUnknownSubject, "enterprise (企业"},
		{"a negative limit", Request{Query: text, Limit: -1}, "limit", CodeOutOfRange, "1 to 50"},
		{"a limit too large", Request{Query: text, Limit: MaxLimit + 1}, "limit", CodeOutOfRange, "1 to 50"},
		{"a negative offset", Request{Query: text, Offset: -1}, "offset", CodeOutOfRange, "0 or more"},
		{"a filter for nobody", Request{Query: text, EligibleOnly: true}, "subject", CodeNeedsSubject, "subject=individual"},
		{"the first fault is told", Request{Query: "\xff", Limit: -1}, "q", CodeInvalidUTF8, "UTF-8"},
	} {
		err := row.request.Check()
		var input *InputError
		switch {
		case row.code == "":
			if err != nil {
				t.Errorf("%s: %v", row.name, err)
			}
		case !errors.As(err, &input):
			t.Errorf("%s: %v, want an InputError", row.name, err)
		case input.Field != row.field || input.Code != row.code || !strings.Contains(input.Message, row.says):
			t.Errorf("%s: %+v, want %s of %s, saying %q", row.name, *input, row.code, row.field, row.says)
		}
	}
}

// TestSearchRefusesWhatCheckRefuses: the engine answers no request at fault.
func TestSearchRefusesWhatCheckRefuses(t *testing.T) {
	for _, r := range []Request{{}, {Query: "店", Limit: -1}, {Query: "店", EligibleOnly: true}, {Query: "\xff"}} {
		var input *InputError
		if _, err := testEngine(t).Search(t.Context(), r); !errors.As(err, &input) {
			t.Errorf("%+v: %v, want an InputError", r, err)
		}
	}
}
