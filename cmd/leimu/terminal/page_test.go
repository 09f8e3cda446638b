package terminal

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

func TestWidth(t *testing.T) {
	for text, want := range map[string]int{"": 0, "abc": 3, "类目": 4, "ＡＢ": 4, "a类b": 4, "\x1b[1m类\x1b[0m": 2, "✓ 可选": 6, "…": 1} {
		if got := Width(text); got != want {
			t.Errorf("Width(%q) = %d, want %d", text, got, want)
		}
	}
}

func TestPad(t *testing.T) {
	if got := Pad("类目", 6); got != "类目  " {
		t.Errorf("got %q", got)
	}
	if got := Pad("类目很长", 6); got != "类目很长" {
		t.Errorf("got %q", got)
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text    string
		columns int
		want    []string
	}{
		{"", 10, []string{""}},
		{"短", 0, []string{"短"}},
		{"共享充电宝服务", 6, []string{"共享充", "电宝服", "务"}},
		{"共享充电,宝", 8, []string{"共享充", "电,宝"}},
		{"wide words stay whole", 10, []string{"wide words", "stay whole"}},
		{"说 unbreakable 话", 4, []string{"说", "unbreakable", "话"}},
		{"\x1b[1m共享\x1b[0m充电", 4, []string{"\x1b[1m共享\x1b[0m", "充电"}},
	} {
		if got := Wrap(c.text, c.columns); !slices.Equal(got, c.want) {
			t.Errorf("Wrap(%q, %d) = %q, want %q", c.text, c.columns, got, c.want)
		}
	}
}

func TestCleanKeepsTheTerminalInHand(t *testing.T) {
	if got := Clean("红\x1b[31m\u202e\u009b\r\n字\x07"); got != "红[31m 字" {
		t.Errorf("got %q", got)
	}
}

func TestColorOnlyWhereAsked(t *testing.T) {
	var out bytes.Buffer
	FixedPage(&out, 0, false).Line(FixedPage(&out, 0, false).Styled(Red, "x"))
	if out.String() != "x\n" {
		t.Errorf("got %q", out.String())
	}
	env := func(name string) string { return map[string]string{"COLUMNS": "30"}[name] }
	if p := NewPage(&out, env); p.color || p.width != 30 {
		t.Errorf("a buffer got %+v", p)
	}
}

func TestErrorsAreKept(t *testing.T) {
	p := FixedPage(broken{}, 0, false)
	p.Line("a")
	p.Line("b")
	if p.Err() == nil || !strings.Contains(p.Err().Error(), "full") {
		t.Errorf("got %v", p.Err())
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errFull }

var errFull = errorString("the disk is full")

type errorString string

func (e errorString) Error() string { return string(e) }
