package batch

import (
	"fmt"
	"io"
	"strings"
	"time"

	"leimu/api/rows"
	"leimu/search"
)

// Tally counts what came of rows.
type Tally struct {
	Rows       int                          `json:"rows"`
	Errors     int                          `json:"errors"`
	Confidence map[search.Confidence]int    `json:"confidence,omitempty"`
	Verdict    map[search.VerdictStatus]int `json:"verdict,omitempty"` // of the first result, for an asked subject
}

func tallyOf(a *rows.Answer) Tally {
	t := Tally{Rows: 1}
	if a.Error != "" {
		t.Errors = 1
		return t
	}
	t.Confidence = map[search.Confidence]int{a.Confidence: 1}
	if status := a.Status(); status != "" {
		t.Verdict = map[search.VerdictStatus]int{status: 1}
	}
	return t
}

func (t *Tally) add(o Tally) {
	t.Rows += o.Rows
	t.Errors += o.Errors
	addCounts(&t.Confidence, o.Confidence)
	addCounts(&t.Verdict, o.Verdict)
}

func addCounts[K comparable](to *map[K]int, from map[K]int) {
	for k, n := range from {
		if *to == nil {
			*to = map[K]int{}
		}
		(*to)[k] += n
	}
}

// Write tells the tally to a person.
func (t *Tally) Write(w io.Writer, took time.Duration) {
	rate := float64(t.Rows) / max(took.Seconds(), 1e-9)
	fmt.Fprintf(w, "%d rows: %d answered, %d in error; %s, %.0f rows/s\n", t.Rows, t.Rows-t.Errors, t.Errors, took.Round(10*time.Millisecond), rate)
	writeCounts(w, "confidence", t.Confidence, []search.Confidence{search.High, search.Medium, search.Low, search.None})
	writeCounts(w, "verdict", t.Verdict, []search.VerdictStatus{search.Eligible, search.Conditional, search.NotRecommended, search.Ineligible})
}

func writeCounts[K ~string](w io.Writer, name string, counts map[K]int, order []K) {
	if len(counts) == 0 {
		return
	}
	var parts []string
	for _, k := range order {
		parts = append(parts, fmt.Sprintf("%s %d", k, counts[k]))
	}
	fmt.Fprintf(w, "%s: %s\n", name, strings.Join(parts, ", "))
}
