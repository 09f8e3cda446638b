package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"leimu/search"
)

type evalFlags struct {
	run, diff, data                 string
	byKind, calibration, confusions bool
}

func evalCommand() *cobra.Command {
	var f evalFlags
	cmd := &cobra.Command{
		Use:   "eval [flags] QUERIES.jsonl…",
		Short: "Measure the answers to descriptions whose categories are known",
		Long: `Asks every description of the files and prints P@1, hit@3, hit@5, MRR@10 and nDCG@5, and for those that
nothing fits, the share abstained on. A line is
  {"id","q","best":["一级>二级",…],"ok":[…],"kind"}
where any of best is right in the first place, and an empty best means that nothing fits.

With --diff, two runs written by --run are compared instead: leimu eval QUERIES.jsonl --diff OLD NEW.`,
		Example: `  leimu eval queries.jsonl --by-kind
  leimu eval queries.jsonl --run new.jsonl
  leimu eval queries.jsonl --diff old.jsonl new.jsonl`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 || f.diff != "" && len(args) == 1 {
				return usagef("usage is leimu eval QUERIES.jsonl…, or leimu eval QUERIES.jsonl… --diff OLD.jsonl NEW.jsonl")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.diff != "" {
				last := len(args) - 1
				return diffRuns(cmd.OutOrStdout(), args[:last], f.diff, args[last])
			}
			return f.evaluate(cmd.Context(), cmd.OutOrStdout(), args)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.byKind, "by-kind", false, "a line for each kind of description as well")
	flags.BoolVar(&f.calibration, "calibration", false, "compare what answers claimed with what they were")
	flags.BoolVar(&f.confusions, "confusions", false, "list the categories that were mistaken for each other")
	flags.StringVar(&f.run, "run", "", "write {\"id\",\"top\",\"confidence\"} for each description to a `file`")
	flags.StringVar(&f.diff, "diff", "", "compare the run `OLD` with the run named last")
	dataFlag(cmd, &f.data)
	return cmd
}

func (f *evalFlags) evaluate(ctx context.Context, w io.Writer, files []string) error {
	queries, err := readQueries(files)
	if err != nil {
		return err
	}
	engine, err := openEngine(f.data)
	if err != nil {
		return err
	}
	defer engine.Close()
	outcomes, err := search.Run(ctx, engine, queries)
	if err != nil {
		return err
	}
	if f.run != "" {
		if err := writeWhole(f.run, func(w io.Writer) error { return writeRun(w, outcomes) }); err != nil {
			return fmt.Errorf("writing the run: %w", err)
		}
	}
	out := bufio.NewWriter(w)
	f.report(out, outcomes)
	return out.Flush()
}

func readQueries(files []string) ([]search.LabelledQuery, error) {
	var all []search.LabelledQuery
	for _, name := range files {
		file, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		queries, err := search.ReadQueries(file)
		if err = errors.Join(err, file.Close()); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, queries...)
	}
	return all, nil
}

// report prints what was asked for. bufio keeps the first error for Flush.
func (f *evalFlags) report(w *bufio.Writer, outcomes []search.Outcome) {
	fmt.Fprintf(w, "%-14s %s\n", "all", search.Score(outcomes))
	reportInterval(w, outcomes)
	if f.byKind {
		kinds, parts := search.ByKind(outcomes)
		for _, kind := range kinds {
			fmt.Fprintf(w, "%-14s %s\n", kind, search.Score(parts[kind]))
		}
	}
	if f.calibration {
		reportCalibration(w, outcomes)
	}
	if f.confusions {
		for _, c := range search.Confusions(outcomes) {
			fmt.Fprintf(w, "%4d  %s -> %s\n", c.Count, c.Want, c.Got)
			for _, q := range c.Queries {
				fmt.Fprintf(w, "      %s\n", q)
			}
		}
	}
}

// reportInterval tells within what the measures lie for other queries of the
// same kinds, 95 times in 100.
func reportInterval(w io.Writer, outcomes []search.Outcome) {
	fmt.Fprintf(w, "%-14s", "95 % interval")
	for _, m := range []struct {
		name string
		of   func(search.Scores) float64
	}{
		{"P@1", func(s search.Scores) float64 { return s.P1 }},
		{"hit@3", func(s search.Scores) float64 { return s.Hit3 }},
		{"MRR@10", func(s search.Scores) float64 { return s.MRR }},
	} {
		low, high := search.Interval(outcomes, m.of)
		fmt.Fprintf(w, "  %s %.4f to %.4f", m.name, low, high)
	}
	fmt.Fprintln(w)
}

func reportCalibration(w io.Writer, outcomes []search.Outcome) {
	fmt.Fprintf(w, "\n%-10s %7s %7s\n", "confidence", "share", "right")
	for _, l := range search.Levels(outcomes) {
		fmt.Fprintf(w, "%-10s %7.4f %7.4f\n", l.Confidence, l.Share, l.Right)
	}
	bins, expected := search.Calibration(outcomes)
	fmt.Fprintf(w, "\n%-10s %7s %7s %7s\n", "claimed", "answers", "mean", "right")
	for _, b := range bins {
		fmt.Fprintf(w, "%.1f to %.1f %7d %7.4f %7.4f\n", b.Low, b.High, b.Count, b.Stated, b.Right)
	}
	fmt.Fprintf(w, "expected calibration error %.4f\n", expected)
}

func writeRun(w io.Writer, outcomes []search.Outcome) error {
	out := bufio.NewWriter(w)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for _, o := range outcomes {
		if err := encoder.Encode(o); err != nil {
			return err
		}
	}
	return out.Flush()
}
