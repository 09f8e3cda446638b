package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"leimu/search"
)

// TestProblems asks every kind of bad question.
func TestProblems(t *testing.T) {
	_, base := start(t)
	escaped := url.QueryEscape
	for _, c := range []struct{ name, method, target, code, field string }{
		{"no description", "GET", "/v1/search", search.CodeEmptyQuery, "q"},
		{"empty description", "GET", "/v1/search?q=", search.CodeEmptyQuery, "q"},
		{"blank description", "GET", "/v1/search?q=%20%E3%80%80", search.CodeEmptyQuery, "q"},
		{"10,000 characters", "GET", "/v1/search?q=" + escaped(strings.Repeat("共", 10_000)), search.CodeLongQuery, "q"},
		{"GBK", "GET", "/v1/search?q=%B9%B2%CF%ED", search.CodeInvalidUTF8, "q"},
		{"half a character", "GET", "/v1/search?q=%E5%85", search.CodeInvalidUTF8, "q"},
		{"another parameter in GBK", "GET", "/v1/search?q=a&region=%B9%E3", search.CodeInvalidUTF8, "region"},
		{"half an escape", "GET", "/v1/search?q=100%", CodeInvalidEncoding, "q"},
		{"semicolon", "GET", "/v1/search?q=a;limit=2", CodeInvalidEncoding, "q"},
		{"unknown subject", "GET", "/v1/search?q=a&subject=me", search.CodeUnknownSubject, "subject"},
		{"limit 0", "GET", "/v1/search?q=a&limit=0", search.CodeOutOfRange, "limit"},
		{"limit 999", "GET", "/v1/search?q=a&limit=999", search.CodeOutOfRange, "limit"},
		{"limit -1", "GET", "/v1/search?q=a&limit=-1", search.CodeOutOfRange, "limit"},
		{"limit no number", "GET", "/v1/search?q=a&limit=five", CodeInvalidParameter, "limit"},
		{"limit too big a number", "GET", "/v1/search?q=a&limit=99999999999999999999", CodeInvalidParameter, "limit"},
		{"offset -1", "GET", "/v1/search?q=a&offset=-1", search.CodeOutOfRange, "offset"},
		{"eligible to nobody", "GET", "/v1/search?q=a&eligible_only=true", search.CodeNeedsSubject, "subject"},
		{"no truth value", "GET", "/v1/search?q=a&eligible_only=perhaps", CodeInvalidParameter, "eligible_only"},
		{"unknown id", "GET", "/v1/categories/living-tool", CodeUnknownCategory, "id"},
		{"name for an id", "GET", "/v1/categories/" + url.PathEscape("共享服务"), CodeUnknownCategory, "id"},
		{"first level for an id", "GET", "/v1/categories/" + url.PathEscape("生活服务"), CodeUnknownCategory, "id"},
		{"bytes for an id", "GET", "/v1/categories/%FF%FE", CodeUnknownCategory, "id"},
		{"unknown first level", "GET", "/v1/categories?level1=x", CodeUnknownLevel1, "level1"},
		{"unknown verdict", "GET", "/v1/categories?subject=individual&verdict=x", CodeUnknownVerdict, "verdict"},
		{"verdict for nobody", "GET", "/v1/categories?verdict=eligible", search.CodeNeedsSubject, "subject"},
		{"unknown subject of the catalogue", "GET", "/v1/categories?subject=x", search.CodeUnknownSubject, "subject"},
		{"nothing there", "GET", "/v1/nothing", CodeNotFound, ""},
		{"a slash too many", "GET", "/v1/categories/", CodeNotFound, ""},
		{"method", "DELETE", "/v1/search?q=a", CodeMethodNotAllowed, ""},
		{"post to a list", "POST", "/v1/categories", CodeMethodNotAllowed, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			response, text := ask(t, c.method, base+c.target)
			if got := response.Header.Get("Content-Type"); got != problemType {
				t.Fatalf("%s is a %s: %s", response.Status, got, text)
			}
			p := decode[Problem](t, text)
			f := faultOf(c.code)
			if p.Code != c.code || p.Field != c.field || p.Status != f.Status || response.StatusCode != f.Status || p.Title != f.Title {
				t.Errorf("%s: got %+v", response.Status, p)
			}
			if len(p.Detail) < 15 || p.Type != "/docs#"+c.code {
				t.Errorf("the detail does not help: %+v", p)
			}
		})
	}
}

func TestUnknownCategoryNamesTheNearest(t *testing.T) {
	_, base := start(t)
	for typed, want := range map[string]string{"living-tool": "living-tools", "共享服务": "living-sharing", "生活服务>招牌": "living-recruitment"} {
		_, text := get(t, base+"/v1/categories/"+url.PathEscape(typed))
		p := decode[Problem](t, text)
		if len(p.Near) == 0 || p.Near[0].ID != want || !strings.Contains(p.Detail, want) {
			t.Errorf("%s: got %s", typed, text)
		}
	}
}

func TestMethodNotAllowedTellsWhatIs(t *testing.T) {
	_, base := start(t)
	response, _ := ask(t, http.MethodPut, base+"/v1/search")
	if response.Header.Get("Allow") != http.MethodGet {
		t.Errorf("Allow: %q", response.Header.Get("Allow"))
	}
}
