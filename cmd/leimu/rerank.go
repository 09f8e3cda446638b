package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"leimu/api/rows"
	"leimu/api/sheet"
	"leimu/cmd/leimu/batch"
	"leimu/cmd/leimu/queue"
	"leimu/search"
)

// Exit statuses of rerank beside statusOK (every row is answered) and statusUsage.
const (
	statusRowErrors   = 1   // the run came to its end, some rows are in error
	statusUnfinished  = 3   // the run did not come to its end
	statusInterrupted = 130 // by Ctrl-C
)

const rerankLong = `Answers a file of descriptions, a row for a row, in order. Without --in and --out it is a filter
from standard input to standard output.

JSONL   {"id","text","candidates"?,"subject"?,"region"?} gives {"id","confidence","results"}, and
        {"id"?,"line","error"} in the place of a row that can't be answered.
CSV, TSV, XLSX   columns are found by their names (描述 名称 text, 主体, 候选, 地区), and the answer's
        are appended. Of an XLSX file the first sheet is read; values are kept, formatting isn't.

Candidates are ids or paths, 生活服务-共享服务 or 生活服务>共享服务; in a cell they are parted by ; or |.
A run that was killed or stopped goes on with the same command and --resume.

Exit status: 0 all rows answered, 1 some rows in error, 2 usage, 3 the run failed, 130 stopped.`

// rerankOptions are the flags of leimu rerank.
type rerankOptions struct {
	in, out, format, text, candidates string
	subject, region, data             string
	nats, stream                      string
	top, workers                      int
	resume, quiet                     bool
}

func rerankCommand() *cobra.Command {
	var o rerankOptions
	cmd := &cobra.Command{
		Use:   "rerank [flags]",
		Short: "Answer a file of descriptions, a row for a row",
		Long:  rerankLong,
		Example: `  leimu rerank --in 客户.xlsx --out 结果.xlsx
  leimu rerank --in rows.csv --out answers.csv --subject enterprise
  leimu rerank < rows.jsonl > answers.jsonl
  leimu rerank --in big.jsonl --out big.out.jsonl --resume`,
		Args: exactly(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.check(); err != nil {
				return &usageError{err}
			}
			return ended(o.execute(cmd))
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.in, "in", "", "input `file`; standard input without")
	flags.StringVar(&o.out, "out", "", "output `file`; standard output without")
	flags.StringVar(&o.format, "format", "", "jsonl, csv, tsv or xlsx; told by the extensions without")
	flags.StringVar(&o.text, "text-column", "", "`column` of the description: its name, or its number from 1")
	flags.StringVar(&o.candidates, "candidates-column", "", "`column` of the candidates")
	flags.IntVar(&o.top, "top", search.DefaultLimit, "results a row")
	flags.StringVar(&o.subject, "subject", "", "individual, enterprise or government, for rows that name none")
	flags.StringVar(&o.region, "region", "", "`province`, for rows that name none")
	flags.BoolVar(&o.resume, "resume", false, "go on where a run into the same --out ended")
	flags.BoolVar(&o.quiet, "quiet", false, "neither progress nor summary")
	flags.IntVar(&o.workers, "workers", runtime.GOMAXPROCS(0), "rows answered at once")
	flags.StringVar(&o.nats, "nats", "", "`URL` of a NATS server whose workers (leimu work) answer")
	flags.StringVar(&o.stream, "stream", "leimu", "work queue, with --nats")
	dataFlag(cmd, &o.data)
	completeSubjects(cmd)
	return cmd
}

func (f *rerankOptions) check() error {
	switch {
	case f.top < 1 || f.top > search.MaxLimit:
		return fmt.Errorf("--top is %d: use 1 to %d", f.top, search.MaxLimit)
	case f.workers < 1:
		return fmt.Errorf("--workers is %d: use 1 or more", f.workers)
	case f.resume && f.out == "":
		return errors.New("--resume needs --out: what went down a pipe can't be continued")
	}
	if _, err := sheet.ParseFormat(f.format); err != nil {
		return err
	}
	_, err := rows.ParseSubject(f.subject)
	return err
}

// execute runs, tells what came of it, and gives the exit status.
func (f *rerankOptions) execute(cmd *cobra.Command) int {
	// A closed pipe is to be told as an error of writing, not to end the process unsaid.
	signal.Ignore(syscall.SIGPIPE)
	ctx := cmd.Context()
	context.AfterFunc(ctx, func() { signal.Reset(os.Interrupt, syscall.SIGTERM) }) // a second Ctrl-C ends at once

	began := time.Now()
	tally, err := f.run(ctx, cmd)
	status := rerankStatus(ctx, tally, err)
	stderr := cmd.ErrOrStderr()
	if err != nil && status != statusInterrupted {
		fmt.Fprintln(stderr, "leimu rerank:", err)
	}
	if !f.quiet && status != statusUsage && status != statusUnfinished {
		tally.Write(stderr, time.Since(began))
	}
	switch {
	case status == statusInterrupted && f.out != "":
		fmt.Fprintf(stderr, "stopped after row %d; the same command with --resume goes on\n", tally.Rows)
	case status == statusInterrupted:
		fmt.Fprintf(stderr, "stopped after row %d\n", tally.Rows)
	case status == statusUnfinished && f.out != "" && tally.Rows > 0:
		fmt.Fprintf(stderr, "what is done is kept in %s.partial; the same command with --resume goes on\n", f.out)
	}
	return status
}

func rerankStatus(ctx context.Context, tally batch.Tally, err error) int {
	var usage *batch.UsageError
	switch {
	case errors.As(err, &usage):
		return statusUsage
	case err != nil && ctx.Err() != nil && errors.Is(err, context.Canceled):
		return statusInterrupted
	case err != nil:
		return statusUnfinished
	case tally.Errors > 0:
		return statusRowErrors
	}
	return statusOK
}

func (f *rerankOptions) run(ctx context.Context, cmd *cobra.Command) (batch.Tally, error) {
	o := f.options(cmd)
	engine, err := openEngine(f.data)
	if err != nil {
		return batch.Tally{}, err
	}
	o.Settings = []string{engine.Catalog().SHA256, buildRevision(), f.subject, f.region}
	if f.nats != "" {
		return f.runQueued(ctx, o)
	}
	answerer := rows.Answerer{Engine: engine, Resolver: search.NewResolver(engine.Catalog()), Top: f.top,
		Subject: f.subject, Region: f.region, Full: o.Output != sheet.JSONL}
	return batch.Run(ctx, o, func(ctx context.Context, _ int, row *rows.Row) rows.Answer { return answerer.Answer(ctx, row) })
}

func (f *rerankOptions) options(cmd *cobra.Command) batch.Options {
	stderr := cmd.ErrOrStderr()
	o := batch.Options{In: f.in, Out: f.out, Top: f.top, Resume: f.resume, Workers: f.workers, InFlight: 64 * f.workers,
		Every: time.Second / 2, Columns: sheet.ColumnOptions{Text: f.text, Candidates: f.candidates},
		Stdin: cmd.InOrStdin(), Stdout: cmd.OutOrStdout(), Note: func(text string) { f.note(stderr, text) }}
	format, _ := sheet.ParseFormat(f.format) // checked
	o.Input, o.Output = sheet.Choose(format, f.in, f.out)
	if file, ok := stderr.(*os.File); ok && !f.quiet && term.IsTerminal(int(file.Fd())) {
		o.Progress = &batch.Progress{W: stderr}
	}
	return o
}

func (f *rerankOptions) note(stderr io.Writer, text string) {
	if !f.quiet {
		fmt.Fprintln(stderr, "leimu rerank:", text)
	}
}

// queuedInFlight is how many rows are in the queue at once: enough for some dozen
// workers, few enough to be held in order.
const queuedInFlight = 1024

// runQueued lets the workers of a queue answer.
func (f *rerankOptions) runQueued(ctx context.Context, o batch.Options) (batch.Tally, error) {
	run, err := batch.RunID(o)
	if err != nil {
		return batch.Tally{}, err
	}
	if run == "" {
		run = rand.Text()
	}
	q, err := queue.Open(ctx, f.nats, f.stream)
	if err != nil {
		return batch.Tally{}, err
	}
	defer q.Close()
	feeder, err := queue.Feed(ctx, q, run, f.top, f.subject, f.region)
	if err != nil {
		return batch.Tally{}, err
	}
	defer feeder.Close()
	o.Workers, o.InFlight = queuedInFlight, queuedInFlight
	return batch.Run(ctx, o, feeder.Answer)
}

// buildRevision tells builds apart, as far as the build says.
func buildRevision() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	revision := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" || s.Key == "vcs.modified" {
			revision += " " + s.Value
		}
	}
	return revision
}
