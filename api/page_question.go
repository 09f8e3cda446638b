package api

import (
	"net/url"
	"slices"
	"strings"

	"leimu/search"
)

// question is what an address of the page asks. Every link of a page carries who
// asks and where, so that it works without scripts and when it is shared.
type question struct {
	Text    string
	Subject search.Subject
	Region  string
	Reply   string
}

func readQuestion(values url.Values) question {
	return question{strings.TrimSpace(values.Get("q")), search.Subject(values.Get("subject")), values.Get("region"), values.Get("answer")}
}

func (q question) request() search.Request {
	return search.Request{Query: q.Text, Subject: q.Subject, Region: q.Region, Reply: q.Reply, Limit: pageResults}
}

// pageResults is how many categories a page tells: the first, and what to weigh it
// against.
const pageResults = 6

// Ask is the address of the answer to another text by the same person.
func (q question) Ask(text string) string {
	q.Text, q.Reply = text, ""
	return q.address("/", nil)
}

// As is the address of the same question asked by another subject.
func (q question) As(subject search.Subject) string {
	q.Subject = subject
	return q.address("/", nil)
}

// Replied is the address of the answer after a clarifying question.
func (q question) Replied(reply string) string {
	q.Reply = reply
	return q.address("/", nil)
}

// Category is the address of a category's own page.
func (q question) Category(id string) string {
	q.Text, q.Reply = "", ""
	return q.address("/c/"+url.PathEscape(id), nil)
}

// Of is the address of a page about categories, /compare or /checklist.
func (q question) Of(path string, ids ...string) string { return q.OfAll(path, ids) }

// OfAll is Of for a list.
func (q question) OfAll(path string, ids []string) string {
	q.Text, q.Reply = "", ""
	return q.address(path, ids)
}

// At is the address of a page that is about no category, /tree for instance.
func (q question) At(path string) string { return q.Of(path) }

// address leaves out what is not asked, so that it stays short.
func (q question) address(path string, ids []string) string {
	var b strings.Builder
	b.WriteString(path)
	separator := "?"
	add := func(name, value string) {
		if value != "" {
			b.WriteString(separator + name + "=" + url.QueryEscape(value))
			separator = "&"
		}
	}
	add("q", q.Text)
	for _, id := range slices.Compact(slices.Clone(ids)) {
		add("id", id)
	}
	add("subject", string(q.Subject))
	add("region", q.Region)
	add("answer", q.Reply)
	return b.String()
}
