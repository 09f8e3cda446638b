package data

import (
	"reflect"
	"testing"
)

func TestParseSubjects(t *testing.T) {
	got, err := parseSubjects("# c\n[individual]\n我是个人\n练手\t0.7\n\n[government]\n公安局\t0.9\n")
	want := []SubjectCue{{Individual, "我是个人", 1, 3}, {Individual, "练手", 0.7, 4}, {Government, "公安局", 0.9, 7}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v\nwant %+v", got, err, want)
	}
	for _, row := range []struct {
		text    string
		line    int
		message string
	}{
		{"我\t1", 1, "expected a section before the first cue"},
		{"[person]", 1, "unknown section"},
		{"[individual", 1, "unknown section"},
		{"[enterprise]\n公司\t2", 2, "above 0 and at most 1"},
		{"[enterprise]\n公司\t高", 2, "expected a weight after the TAB"},
	} {
		_, err := parseSubjects(row.text)
		checkSyntaxError(t, row.text, err, row.line, row.message)
	}
}

func TestParseNoise(t *testing.T) {
	got, err := parseNoise("[words]\n小程序\n[frames]\n请问\n[places]\n南京\n[words]\n平台\n")
	want := Noise{Frames: []string{"请问"}, Words: []string{"小程序", "平台"}, Places: []string{"南京"},
		lines: map[string]int{"小程序": 2, "请问": 4, "南京": 6, "平台": 8}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v\nwant %+v", got, err, want)
	}
	for _, row := range []struct {
		text    string
		line    int
		message string
	}{
		{"小程序", 1, "expected a section before the first text"},
		{"[word]\n小程序", 1, "unknown section"},
		{"[words]\n平台\n[frames]\n平台", 4, "first on line 2"},
	} {
		_, err := parseNoise(row.text)
		checkSyntaxError(t, row.text, err, row.line, row.message)
	}
}
