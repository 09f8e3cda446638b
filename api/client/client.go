// Package client asks a leimu server.
//
//	c, err := client.New("http://localhost:8080", nil)
//	answer, err := c.Search(ctx, search.Request{Query: "共享充电宝", Subject: search.Individual})
//
// Where the server refuses a request, the error is a *Problem, which tells by a
// stable code what is wrong.
package client

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"leimu/data"
	"leimu/search"
)

// Client asks one server. It is safe for concurrent use.
type Client struct {
	base *url.URL
	http *http.Client
}

// defaultTimeout bounds a request where the caller brings no client of his own.
const defaultTimeout = 10 * time.Second

// New makes a client of the server at base. httpClient may be nil.
func New(base string, httpClient *http.Client) (*Client, error) {
	u, err := url.Parse(base)
	if err != nil {
		return nil, fmt.Errorf("reading the server's address: %w", err)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fmt.Errorf("the server's address %q is incomplete; write it as http://host:port", base)
	}
	if httpClient == nil {
		httpClient = &http.Client{Timeout: defaultTimeout}
	}
	return &Client{base: u, http: httpClient}, nil
}

// Search ranks the guide's categories for a description.
func (c *Client) Search(ctx context.Context, r search.Request) (*search.Answer, error) {
	values := parameters{}
	values.text("q", r.Query)
	values.text("subject", string(r.Subject))
	values.text("region", r.Region)
	values.text("answer", r.Reply)
	values.number("limit", r.Limit)
	values.number("offset", r.Offset)
	values.flag("eligible_only", r.EligibleOnly)
	values.flag("explain", r.Explain)
	return ask[*search.Answer](ctx, c, "v1/search", values)
}

// Suggest completes what is typed so far.
func (c *Client) Suggest(ctx context.Context, r search.SuggestRequest) (*search.Suggestions, error) {
	values := parameters{}
	values.text("q", r.Typed)
	values.text("subject", string(r.Subject))
	values.text("region", r.Region)
	values.number("limit", r.Limit)
	return ask[*search.Suggestions](ctx, c, "v1/suggest", values)
}

// CategoryFilter says which categories are listed; the zero value lists all.
type CategoryFilter struct {
	Level1  string               // only those under this first-level category
	Subject search.Subject       // only those that this subject may choose
	Region  string               // where the filing is made
	Verdict search.VerdictStatus // only those where Subject is told this
}

// Categories lists the catalogue in the guide's order.
func (c *Client) Categories(ctx context.Context, filter CategoryFilter) ([]data.Category, error) {
	values := parameters{}
	values.text("level1", filter.Level1)
	values.text("subject", string(filter.Subject))
	values.text("region", filter.Region)
	values.text("verdict", string(filter.Verdict))
	return ask[[]data.Category](ctx, c, "v1/categories", values)
}

// Category is one category of the catalogue.
func (c *Client) Category(ctx context.Context, id string) (*data.Category, error) {
	return ask[*data.Category](ctx, c, "v1/categories/"+url.PathEscape(id), nil)
}

// parameters are the query of a request; what is not set is left to the server.
type parameters url.Values

func (p parameters) text(name, value string) {
	if value != "" {
		p[name] = []string{value}
	}
}

func (p parameters) number(name string, value int) {
	if value != 0 {
		p[name] = []string{strconv.Itoa(value)}
	}
}

func (p parameters) flag(name string, value bool) {
	if value {
		p[name] = []string{"true"}
	}
}

// longestAnswer bounds what is read of a body, in bytes.
const longestAnswer = 64 << 20

// ask reads the answer to a GET; where there is an error, it is the zero value.
func ask[T any](ctx context.Context, c *Client, path string, values parameters) (answer T, err error) {
	address := c.base.JoinPath(path)
	address.RawQuery = url.Values(values).Encode()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
	if err != nil {
		return answer, fmt.Errorf("asking %s: %w", path, err)
	}
	request.Header.Set("Accept", "application/json, "+problemType)
	response, err := c.http.Do(request)
	if err != nil {
		return answer, fmt.Errorf("asking %s: %w", path, err)
	}
	defer response.Body.Close()
	body := io.LimitReader(response.Body, longestAnswer)
	if response.StatusCode != http.StatusOK {
		return answer, problemOf(response, body)
	}
	var read T
	if err := json.NewDecoder(body).Decode(&read); err != nil {
		return answer, fmt.Errorf("reading the answer of %s: %w", path, err)
	}
	return read, nil
}

const problemType = "application/problem+json"

// problemOf is the error that a response tells.
func problemOf(response *http.Response, body io.Reader) error {
	p := &Problem{Status: response.StatusCode, Title: response.Status}
	if mediaType, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type")); mediaType == problemType {
		if err := json.NewDecoder(body).Decode(p); err != nil {
			return fmt.Errorf("reading the problem (%s): %w", response.Status, err)
		}
	}
	return p
}
