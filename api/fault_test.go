package api

import (
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// TestFaultsComplete holds the table against every code that the sources know,
// so that none can be added without a status and a title.
func TestFaultsComplete(t *testing.T) {
	known := map[string]fault{}
	for _, f := range faults() {
		if _, twice := known[f.Code]; twice {
			t.Errorf("%s stands twice", f.Code)
		}
		known[f.Code] = f
		if f.Status < 400 || http.StatusText(f.Status) == "" {
			t.Errorf("%s: status %d is no error", f.Code, f.Status)
		}
		if !strings.ContainsFunc(f.Title, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%s: the title %q is not Chinese", f.Code, f.Title)
		}
	}
	codes := append(codesIn(t, "../search/request.go"), codesIn(t, "fault.go")...)
	if len(codes) < 15 {
		t.Fatalf("found only the codes %v: do they still begin with Code?", codes)
	}
	for _, code := range codes {
		if _, ok := known[code]; !ok {
			t.Errorf("%s is not in the table", code)
		}
	}
}

// codesIn lists the values of the constants whose names begin with Code.
func codesIn(t *testing.T, file string) []string {
	t.Helper()
	tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	ast.Inspect(tree, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 || !strings.HasPrefix(spec.Names[0].Name, "Code") {
			return true
		}
		if literal, ok := spec.Values[0].(*ast.BasicLit); ok {
			code, err := strconv.Unquote(literal.Value)
			if err != nil {
				t.Fatal(err)
			}
			codes = append(codes, code)
		}
		return true
	})
	slices.Sort(codes)
	return codes
}

func TestUnknownCodeIsInternal(t *testing.T) {
	if f := faultOf("no such code"); f.Code != CodeInternal || f.Status != http.StatusInternalServerError {
		t.Errorf("got %+v", f)
	}
}
