// Tune learns the ranker, its certainty and the model of initials from the knowledge in data/, and
// writes them into search/model, from where they are embedded. It takes a few
// minutes; the same knowledge gives the same bytes.
//
//	go run ./cmd/tune
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"leimu/data"
	"leimu/search"
)

func main() {
	out := flag.String("out", "search/model", "folder to write the model to")
	flag.Parse()
	if err := run(*out); err != nil {
		fmt.Fprintln(os.Stderr, "tune:", err)
		os.Exit(1)
	}
}

func run(out string) error {
	k, err := data.Load(data.Embedded())
	if err != nil {
		return fmt.Errorf("loading the knowledge: %w", err)
	}
	start := time.Now()
	model, err := search.Tune(k)
	if err != nil {
		return err
	}
	for name, content := range map[string][]byte{
		"ranker.bin":     model.Ranker,
		"prototypes.bin": model.Prototypes,
		"initials.bin":   model.Initials,
		"certainty.json": model.Certainty,
		"fingerprint":    []byte(model.Fingerprint + "\n"),
	} {
		if err := os.WriteFile(filepath.Join(out, name), content, 0o644); err != nil {
			return fmt.Errorf("writing the model: %w", err)
		}
	}
	fmt.Printf("learned from %d texts in %s\n", len(search.Corpus(k)), time.Since(start).Round(time.Second))
	return nil
}
