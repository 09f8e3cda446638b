package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"leimu/search"
)

// diffRuns tells which queries one run got right and the other wrong.
func diffRuns(w io.Writer, files []string, old, new string) error {
	queries, err := readQueries(files)
	if err != nil {
		return err
	}
	before, err := readRun(old, queries)
	if err != nil {
		return err
	}
	after, err := readRun(new, queries)
	if err != nil {
		return err
	}
	gained, lost := 0, 0
	for _, flip := range search.Flips(before, after) {
		if flip.Gained {
			gained++
		} else {
			lost++
		}
		if _, err := fmt.Fprintln(w, flip); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(w, "%d gained, %d lost\nold  %s\nnew  %s\n", gained, lost, search.Score(before), search.Score(after))
	return err
}

// readRun joins what --run wrote to the queries that it answers.
func readRun(name string, queries []search.LabelledQuery) ([]search.Outcome, error) {
	byID := map[string]search.LabelledQuery{}
	for _, q := range queries {
		byID[q.ID] = q
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var outcomes []search.Outcome
	lines := json.NewDecoder(file)
	for n := 1; ; n++ {
		var line struct {
			ID         string            `json:"id"`
			Top        []string          `json:"top"`
			Confidence search.Confidence `json:"confidence"`
		}
		if err := lines.Decode(&line); errors.Is(err, io.EOF) {
			return outcomes, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s: answer %d: expected {\"id\",\"top\",\"confidence\"}: %w", name, n, err)
		}
		query, ok := byID[line.ID]
		if !ok {
			return nil, fmt.Errorf("%s: answer %d: no query has the id %q", name, n, line.ID)
		}
		outcomes = append(outcomes, search.Outcome{LabelledQuery: query, Top: line.Top, Confidence: line.Confidence})
	}
}
