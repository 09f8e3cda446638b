// Package sheet reads and writes the tables of bulk re-ranking as people keep
// them: CSV, TSV and XLSX with a header to be guessed, in the encodings that Excel
// writes, with ragged rows and line breaks inside quotes.
package sheet

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// Format is the form of a file.
type Format string

const (
	JSONL Format = "jsonl"
	CSV   Format = "csv"
	TSV   Format = "tsv"
	XLSX  Format = "xlsx"
)

// Formats lists every format.
func Formats() []Format { return []Format{JSONL, CSV, TSV, XLSX} }

// ParseFormat reads the name of a format; empty is none.
func ParseFormat(name string) (Format, error) {
	f := Format(strings.ToLower(name))
	if name == "" || slices.Contains(Formats(), f) {
		return f, nil
	}
	return "", fmt.Errorf("unknown format %q: use jsonl, csv, tsv or xlsx", name)
}

// FormatOf tells the format by a file's extension, "" where that tells none.
func FormatOf(path string) Format {
	switch extension := strings.ToLower(strings.TrimPrefix(filepath.Ext(path), ".")); extension {
	case "jsonl", "ndjson", "json":
		return JSONL
	case "csv", "tsv", "xlsx":
		return Format(extension)
	case "tab":
		return TSV
	case "xlsm":
		return XLSX
	}
	return ""
}

// Choose settles both formats: asked is what --format says and names the output,
// and the input where its extension tells nothing.
func Choose(asked Format, in, out string) (input, output Format) {
	input, output = FormatOf(in), asked
	if input == "" {
		input = asked
	}
	if output == "" {
		output = FormatOf(out)
	}
	if input == "" && in == "" {
		input = output
	}
	if input == "" {
		input = JSONL
	}
	if output == "" {
		output = input
	}
	return input, output
}
