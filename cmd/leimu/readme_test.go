package main

import (
	"bytes"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestReadme runs every command of the README's console blocks and holds what it
// answers against what the README shows. There, … stands for anything, and
// figures may differ: they move with the lexicon.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("COLUMNS", "92")
	var server *served
	commands := 0
	for _, block := range regexp.MustCompile("(?s)```console\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		for _, example := range strings.Split("\n"+block[1], "\n$ ")[1:] {
			command, want, _ := strings.Cut(example, "\n")
			commands++
			var got string
			switch words := strings.Fields(command); words[0] {
			case "leimu":
				var out, errors bytes.Buffer
				if status := run(words[1:], strings.NewReader(""), &out, &errors); status != statusOK {
					t.Errorf("%s: status %d: %s", command, status, errors.String())
				}
				got = out.String()
			case "curl":
				if server == nil {
					server = serve(t)
				}
				got = curl(t, server, command)
			default:
				t.Errorf("the test does not know how to run %q", command)
			}
			if !shows(want, got) {
				t.Errorf("$ %s\nanswers\n%s\nthe README shows\n%s", command, got, want)
			}
		}
	}
	if commands < 5 {
		t.Errorf("found only %d commands", commands)
	}
}

// curl asks what the command would.
func curl(t *testing.T, s *served, command string) string {
	t.Helper()
	address, err := url.Parse(strings.Trim(strings.TrimPrefix(command, "curl -s "), "'"))
	if err != nil || address.Host != "localhost:8080" {
		t.Fatalf("%s: %v", command, err)
	}
	_, text := s.get(t, address.RequestURI())
	return text
}

// shows reports whether the parts of want between its … stand in got, in order,
// from its beginning to its end.
func shows(want, got string) bool {
	figures := regexp.MustCompile(`\d+\.\d+`)
	want, got = figures.ReplaceAllString(strings.TrimSpace(want), "#"), figures.ReplaceAllString(strings.TrimSpace(got), "#")
	parts := strings.Split(want, "…")
	if !strings.HasPrefix(got, parts[0]) || !strings.HasSuffix(got, parts[len(parts)-1]) {
		return false
	}
	for _, part := range parts {
		i := strings.Index(got, strings.TrimSpace(part))
		if i < 0 {
			return false
		}
		got = got[i+len(strings.TrimSpace(part)):]
	}
	return true
}

func TestShows(t *testing.T) {
	for _, c := range []struct {
		want, got string
		ok        bool
	}{
		{"a 0.97\nb", "a 0.91\nb\n", true}, {"a…c", "a b c", true}, {"a…c", "a b d", false}, {"…", "x", true}, {"a", "a b", false}, {"b…", "a b", false},
	} {
		if shows(c.want, c.got) != c.ok {
			t.Errorf("shows(%q, %q) is not %v", c.want, c.got, c.ok)
		}
	}
}
