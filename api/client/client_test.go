package client_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"leimu/api/client"
	"leimu/search"
)

func TestNewRefusesIncompleteAddresses(t *testing.T) {
	for _, base := range []string{"", "localhost:8080", "ftp://host", "http://", "http://a b"} {
		if _, err := client.New(base, nil); err == nil {
			t.Errorf("%q: no error", base)
		}
	}
}

func TestClientSendsWhatIsSet(t *testing.T) {
	var asked string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.String()
		w.Write([]byte(`{"query":"共享","results":[]}`))
	}))
	defer server.Close()
	c, err := client.New(server.URL+"/under/", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := c.Search(t.Context(), search.Request{Query: "a&b", Subject: search.Individual, Limit: 3, Explain: true})
	if err != nil || answer.Query != "共享" {
		t.Fatalf("%+v, %v", answer, err)
	}
	if want := "/under/v1/search?explain=true&limit=3&q=a%26b&subject=individual"; asked != want {
		t.Errorf("asked %s, want %s", asked, want)
	}
}

func TestClientErrors(t *testing.T) {
	for _, test := range []struct{ name, contentType, body, code string }{
		{"problem", "application/problem+json; charset=utf-8", `{"code":"empty_query","detail":"d","field":"q"}`, "empty_query"},
		{"proxy", "text/html", "<h1>Bad Gateway</h1>", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", test.contentType)
				w.WriteHeader(http.StatusBadRequest)
				w.Write([]byte(test.body))
			}))
			defer server.Close()
			c, err := client.New(server.URL, nil)
			if err != nil {
				t.Fatal(err)
			}
			answer, err := c.Suggest(t.Context(), search.SuggestRequest{Typed: "a"})
			var problem *client.Problem
			if !errors.As(err, &problem) || problem.Code != test.code || problem.Status != http.StatusBadRequest || answer != nil {
				t.Errorf("%+v, %v", answer, err)
			}
			if !strings.Contains(err.Error(), test.code) {
				t.Errorf("message %q", err)
			}
		})
	}
}

func TestClientUnreadableAnswer(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("{")) }))
	defer server.Close()
	c, err := client.New(server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Category(t.Context(), "x"); err == nil || !strings.Contains(err.Error(), "v1/categories/x") {
		t.Errorf("error %v", err)
	}
}
