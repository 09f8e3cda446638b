package rows

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// Parse reads a JSON line {"id","text","candidates"?,"subject"?,"region"?}. A
// line that is none gives a row with its fault, and its id where that can be
// read. Line ends and blanks around it are no part of it.
func Parse(line []byte, number int) Row {
	row := Row{Line: number}
	switch line = bytes.TrimSpace(line); {
	case len(line) == 0:
		row.Fault = &Fault{Kind: FaultEmptyLine, Message: "empty line: expected a JSON object"}
	case !utf8.Valid(line):
		row.Fault = &Fault{Kind: FaultNotUTF8, Message: "not valid UTF-8"}
	default:
		row.Fault = row.unmarshal(line)
	}
	return row
}

func (row *Row) unmarshal(line []byte) error {
	var object struct {
		ID         json.RawMessage `json:"id"`
		Text       *string         `json:"text"`
		Candidates candidates      `json:"candidates"`
		Subject    string          `json:"subject"`
		Region     string          `json:"region"`
	}
	err := json.Unmarshal(line, &object)
	row.ID, row.Candidates, row.Subject, row.Region = object.ID, object.Candidates, object.Subject, object.Region
	if err != nil {
		return &Fault{Kind: FaultNotJSON, Message: jsonMistake(line, err)}
	}
	if object.Text == nil {
		return &Fault{Kind: FaultNoText, Message: `"text" is missing: expected {"id","text","candidates"?,"subject"?,"region"?}`}
	}
	row.Text = *object.Text
	return nil
}

// jsonMistake says what is wrong with a line that isn't the JSON expected.
func jsonMistake(line []byte, err error) string {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case line[0] != '{':
		return `not a JSON object: expected {"id","text",…}; for a table use --format csv, tsv or xlsx`
	case errors.As(err, &syntax):
		return fmt.Sprintf("not valid JSON at byte %d: %v", syntax.Offset, err)
	case errors.As(err, &kind):
		return fmt.Sprintf("%q is a JSON %s: expected a %s", kind.Field, kind.Value, kind.Type)
	}
	return err.Error()
}

// candidates reads ["id or path", {"id":"…"}, …], or one string.
type candidates []string

func (c *candidates) UnmarshalJSON(text []byte) error {
	var one string
	if json.Unmarshal(text, &one) == nil {
		*c = SplitCandidates(one)
		return nil
	}
	var list []json.RawMessage
	if err := json.Unmarshal(text, &list); err != nil {
		return errors.New(`"candidates" must be a list of ids or paths`)
	}
	for i, item := range list {
		var named struct {
			ID string `json:"id"`
		}
		if json.Unmarshal(item, &one) == nil {
			named.ID = one
		} else if json.Unmarshal(item, &named) != nil || named.ID == "" {
			return fmt.Errorf(`"candidates"[%d] must be an id or path, or {"id":…}`, i)
		}
		*c = append(*c, named.ID)
	}
	return nil
}

// Append adds an answer and a line end to a buffer.
func (a *Answer) Append(buffer []byte) []byte {
	w := bytes.NewBuffer(buffer)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	if err := e.Encode(a.wire()); err != nil {
		panic(err) // only an id that isn't JSON could do this, and it was read as JSON
	}
	return w.Bytes()
}
