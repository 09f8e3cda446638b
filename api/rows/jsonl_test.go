package rows

import (
	"bytes"
	"encoding/json"
	"io"
	"reflect"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for _, test := range []struct {
		line       string
		text, id   string
		candidates []string
		fault      FaultKind
	}{
		{line: `{"id":"a","text":"代驾"}`, text: "代驾", id: `"a"`},
		{line: "  {\"id\":7,\"text\":\"代驾\"}\r", text: "代驾", id: "7"},
		{line: `{"text":"代驾","candidates":["a","生活服务-工具",{"id":"b"}]}`, text: "代驾", candidates: []string{"a", "生活服务-工具", "b"}},
		{line: `{"text":"代驾","candidates":"a;b|c"}`, text: "代驾", candidates: []string{"a", "b", "c"}},
		{line: `{"text":"代驾","candidates":null,"subject":null,"extra":[1]}`, text: "代驾"},
		{line: ``, fault: FaultEmptyLine},
		{line: `代驾`, fault: FaultNotJSON},
		{line: `{"id":1,"text":`, fault: FaultNotJSON},
		{line: `{"id":1,"text":5}`, id: "1", fault: FaultNotJSON},
		{line: `{"id":1}`, id: "1", fault: FaultNoText},
		{line: `{"id":1,"text":null}`, id: "1", fault: FaultNoText},
		{line: `{"id":1,"text":"a","candidates":[5]}`, fault: FaultNotJSON},
		{line: `[1]`, fault: FaultNotJSON},
		{line: "{\"text\":\"\xff\"}", fault: FaultNotUTF8},
	} {
		row := Parse([]byte(test.line), 3)
		var kind FaultKind
		if fault, ok := row.Fault.(*Fault); ok {
			kind = fault.Kind
		}
		if row.Line != 3 || row.Text != test.text || kind != test.fault || !reflect.DeepEqual(row.Candidates, test.candidates) {
			t.Errorf("%s: got %+v", test.line, row)
		}
		if test.id != "" && string(row.ID) != test.id {
			t.Errorf("%s: id is %s, want %s", test.line, row.ID, test.id)
		}
	}
}

func TestLines(t *testing.T) {
	long := strings.Repeat("长", 100_000)
	lines := NewLines(strings.NewReader("\ufeffa\r\n\n"+long+"\nb"), 1000)
	var got []string
	for {
		line, err := lines.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		text := string(line.Text)
		if line.Fault != nil {
			text = "too long"
		}
		if got = append(got, text); line.Number != len(got) {
			t.Errorf("line %d is numbered %d", len(got), line.Number)
		}
	}
	if want := []string{"a", "", "too long", "b"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAnswerLine(t *testing.T) {
	for _, test := range []struct {
		answer Answer
		want   string
	}{
		{Answer{ID: []byte(`"a"`), Confidence: "none", Results: []Result{}}, `{"id":"a","confidence":"none","results":[]}`},
		{Answer{ID: []byte(`1`), Line: 4, Error: "a > b"}, `{"id":1,"line":4,"error":"a > b"}`},
		{Answer{Line: 4, Error: "bad"}, `{"line":4,"error":"bad"}`},
	} {
		if got := string(test.answer.Append(nil)); got != test.want+"\n" {
			t.Errorf("got %s want %s", got, test.want)
		}
	}
}

// FuzzParse: whatever a line holds, it is answered by one line of JSON.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{`{"id":"a","text":"代驾","candidates":["x",{"id":"y"}],"subject":"个人"}`, "", "{", `{"candidates":[[]]}`, "\xff", `{"id":{"a":[1]},"text":"x"}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		if bytes.ContainsRune(line, '\n') {
			t.Skip()
		}
		row := Parse(line, 1)
		if row.Fault != nil {
			_ = Chinese(row.Fault)
		}
		answer := Answer{ID: row.ID, Line: 1, Error: "x"}
		text := answer.Append(nil)
		if !json.Valid(text) || bytes.Count(text, []byte("\n")) != 1 {
			t.Errorf("%q gives %q", line, text)
		}
	})
}
