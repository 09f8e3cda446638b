package api_test

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"leimu/api"
	"leimu/api/client"
	"leimu/data"
	"leimu/search"
)

// suggestServer is a server over the real knowledge, opened once for all tests.
var suggestServer = sync.OnceValues(func() (http.Handler, error) {
	server := api.New(api.Config{Log: slog.New(slog.DiscardHandler), Version: "test", Open: func() (api.Searcher, error) {
		k, err := data.Load(data.Embedded())
		if err != nil {
			return nil, err
		}
		return search.Open(k)
	}})
	return server.Handler(), server.Reload()
})

func startSuggesting(tb testing.TB) (*client.Client, string) {
	tb.Helper()
	handler, err := suggestServer()
	if err != nil {
		tb.Fatal(err)
	}
	server := httptest.NewServer(handler)
	tb.Cleanup(server.Close)
	c, err := client.New(server.URL, nil)
	if err != nil {
		tb.Fatal(err)
	}
	return c, server.URL
}

func TestSuggestOverHTTP(t *testing.T) {
	c, _ := startSuggesting(t)
	for _, test := range []struct{ typed, text, category, match string }{
		{"共享充电", "共享充电宝", "living-sharing", "prefix"},
		{"gxcdb", "共享充电宝", "living-sharing", "initials"},
		{"gongxiangch", "", "living-sharing", "pinyin"},
		{"共享chong", "", "living-sharing", "mixed"},
		{"ＧＸＣＤＢ", "共享充电宝", "living-sharing", "initials"},
		{"yinhang", "", "finance-bank", "pinyin"},
		{"kuaijishi", "", "living-accounting-firm", "pinyin"},
	} {
		answer, err := c.Suggest(t.Context(), search.SuggestRequest{Typed: test.typed})
		if err != nil {
			t.Fatal(err)
		}
		if len(answer.Suggestions) == 0 {
			t.Errorf("%s: nothing suggested", test.typed)
			continue
		}
		first := answer.Suggestions[0]
		if answer.Query != test.typed || test.text != "" && first.Text != test.text || first.Category.ID != test.category || first.Match != test.match {
			t.Errorf("%s: first is %+v, want %+v", test.typed, first, test)
		}
	}
}

func TestSuggestTellsVerdicts(t *testing.T) {
	c, _ := startSuggesting(t)
	answer, err := c.Suggest(t.Context(), search.SuggestRequest{Typed: "共享", Subject: search.Individual, Region: "广东", Limit: 3})
	if err != nil {
		t.Fatal(err)
	}
	if len(answer.Suggestions) != 3 {
		t.Fatalf("%d suggestions, want 3", len(answer.Suggestions))
	}
	for _, s := range answer.Suggestions {
		if s.Verdict == nil || s.Verdict.Subject != search.Individual || len(s.Verdict.Reasons) == 0 {
			t.Errorf("%s: verdict %+v", s.Text, s.Verdict)
		}
	}
}

// TestSuggestAgainIsTheSame: what is served as the bytes that it was differs in
// nothing from what was made for it, but for the request's own id and time.
func TestSuggestAgainIsTheSame(t *testing.T) {
	_, base := startSuggesting(t)
	for _, query := range []string{"q=%E5%85%B1%E4%BA%AB&limit=7", "q=gxcdb&subject=individual&limit=7", "q=yinhang&format=opensearch&limit=7"} {
		for _, accept := range []string{"", "gzip"} {
			ask := func() (http.Header, string) {
				response, body := fetch(t, base+"/v1/suggest?"+query+"&region="+accept, http.Header{"Accept-Encoding": {accept}})
				if response.StatusCode != http.StatusOK {
					t.Fatalf("%s: %s %s", query, response.Status, body)
				}
				response.Header.Del("X-Request-Id")
				response.Header.Del("Date")
				return response.Header, body
			}
			header, body := ask()
			for range 2 {
				if h, b := ask(); !reflect.DeepEqual(h, header) || b != body {
					t.Errorf("%s: again %v %q, first %v %q", query, h, b, header, body)
				}
			}
		}
	}
}

func TestSuggestNothingTyped(t *testing.T) {
	_, base := startSuggesting(t)
	for _, query := range []string{"", "?q=", "?q=%20%20", "?q=%E3%80%80"} {
		response, body := fetch(t, base+"/v1/suggest"+query, nil)
		if response.StatusCode != http.StatusOK || !strings.Contains(body, `"suggestions":[]`) {
			t.Errorf("%q: %s %s", query, response.Status, body)
		}
	}
}

func TestSuggestProblems(t *testing.T) {
	c, base := startSuggesting(t)
	for _, test := range []struct{ query, code, field string }{
		{"q=a&limit=0", "out_of_range", "limit"},
		{"q=a&limit=51", "out_of_range", "limit"},
		{"q=a&limit=x", "invalid_parameter", "limit"},
		{"q=a&subject=nobody", "unknown_subject", "subject"},
		{"q=a&format=xml", "unknown_format", "format"},
		{"q=" + strings.Repeat("a", 201), "query_too_long", "q"},
		{"q=%ff", "invalid_utf8", "q"},
	} {
		response, body := fetch(t, base+"/v1/suggest?"+test.query, nil)
		var problem client.Problem
		if err := json.Unmarshal([]byte(body), &problem); err != nil {
			t.Fatalf("%s: %v in %s", test.query, err, body)
		}
		if response.StatusCode != http.StatusBadRequest || problem.Code != test.code || problem.Field != test.field || problem.Detail == "" {
			t.Errorf("%s: %s %+v", test.query, response.Status, problem)
		}
	}
	_, err := c.Suggest(t.Context(), search.SuggestRequest{Typed: "a", Subject: "nobody"})
	var problem *client.Problem
	if !errors.As(err, &problem) || problem.Code != "unknown_subject" {
		t.Errorf("client: %v", err)
	}
}

func TestSuggestForOtherTools(t *testing.T) {
	_, base := startSuggesting(t)
	address := base + "/v1/suggest?limit=50&subject=individual&q=" + url.QueryEscape("共享")
	plain, body := fetch(t, address, nil)
	if got := plain.Header.Get("Access-Control-Allow-Origin"); got != "*" {
		t.Errorf("Access-Control-Allow-Origin %q", got)
	}
	tag := plain.Header.Get("Etag")
	if tag == "" || !strings.Contains(plain.Header.Get("Cache-Control"), "max-age") {
		t.Errorf("headers %v", plain.Header)
	}
	if again, empty := fetch(t, address, http.Header{"If-None-Match": {`"x", ` + tag}}); again.StatusCode != http.StatusNotModified || empty != "" {
		t.Errorf("with its tag: %s, %d bytes", again.Status, len(empty))
	}
	packed, packedBody := fetch(t, address, http.Header{"Accept-Encoding": {"gzip"}})
	if packed.Header.Get("Content-Encoding") != "gzip" {
		t.Fatalf("not packed: %v", packed.Header)
	}
	reader, err := gzip.NewReader(strings.NewReader(packedBody))
	if err != nil {
		t.Fatal(err)
	}
	if unpacked, err := io.ReadAll(reader); err != nil || string(unpacked) != body {
		t.Errorf("unpacked differs: %v", err)
	}
}

func TestSuggestOpenSearch(t *testing.T) {
	_, base := startSuggesting(t)
	response, body := fetch(t, base+"/v1/suggest?format=opensearch&q=gxcdb", nil)
	if got := response.Header.Get("Content-Type"); !strings.HasPrefix(got, "application/x-suggestions+json") {
		t.Errorf("Content-Type %q", got)
	}
	var answer []json.RawMessage
	var texts, descriptions, addresses []string
	if err := json.Unmarshal([]byte(body), &answer); err != nil || len(answer) != 4 || string(answer[0]) != `"gxcdb"` {
		t.Fatalf("answer %s: %v", body, err)
	}
	for i, list := range []*[]string{&texts, &descriptions, &addresses} {
		if err := json.Unmarshal(answer[i+1], list); err != nil {
			t.Fatal(err)
		}
	}
	if len(texts) == 0 || len(descriptions) != len(texts) || len(addresses) != len(texts) ||
		addresses[0] != base+"/?q="+url.QueryEscape(texts[0]) {
		t.Errorf("answer %s", body)
	}
}

func TestOpenSearchDescription(t *testing.T) {
	_, base := startSuggesting(t)
	response, body := fetch(t, base+"/opensearch.xml", nil)
	var description struct {
		ShortName string
		URLs      []struct {
			Type     string `xml:"type,attr"`
			Template string `xml:"template,attr"`
		} `xml:"Url"`
	}
	if err := xml.Unmarshal([]byte(body), &description); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(response.Header.Get("Content-Type"), "application/opensearchdescription+xml") ||
		description.ShortName == "" || utf8.RuneCountInString(description.ShortName) > 16 || len(description.URLs) != 3 {
		t.Errorf("%v %+v", response.Header, description)
	}
	for _, u := range description.URLs {
		if !strings.HasPrefix(u.Template, base+"/") {
			t.Errorf("address %q is not absolute", u.Template)
		}
	}
}

func TestSuggestScript(t *testing.T) {
	_, base := startSuggesting(t)
	response, body := fetch(t, base+"/leimu-suggest.js", http.Header{"Accept-Encoding": {"gzip"}})
	if len(body) >= 10_000 {
		t.Errorf("%d bytes packed, want fewer than 10,000", len(body))
	}
	for name, want := range map[string]string{"Content-Type": "text/javascript; charset=utf-8", "Access-Control-Allow-Origin": "*"} {
		if got := response.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// fetch asks an address as it stands; the transport does not unpack.
func fetch(tb testing.TB, address string, header http.Header) (*http.Response, string) {
	tb.Helper()
	request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, address, nil)
	if err != nil {
		tb.Fatal(err)
	}
	if header != nil {
		request.Header = header
	}
	transport := &http.Transport{DisableCompression: true}
	defer transport.CloseIdleConnections()
	response, err := transport.RoundTrip(request)
	if err != nil {
		tb.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		tb.Fatal(err)
	}
	return response, string(body)
}
