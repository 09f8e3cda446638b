package batch

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"leimu/api/rows"
	"leimu/api/sheet"
	"leimu/search"
)

// echo answers a row with its own text.
func echo(_ context.Context, _ int, row *rows.Row) rows.Answer {
	if row.Fault != nil {
		return rows.Failed(row, row.Fault)
	}
	if row.Text == "" {
		return rows.Failed(row, errors.New("empty"))
	}
	return rows.Answer{ID: row.ID, Confidence: search.High, Results: []rows.Result{
		{Rank: 1, Score: 0.5, Category: search.Ref{ID: row.Text, Path: [2]string{"a", row.Text}},
			Verdict: &search.Verdict{Subject: search.Individual, Status: search.Eligible}}}}
}

func options(t testing.TB, in, out string) Options {
	t.Helper()
	o := Options{In: in, Out: out, Top: 3, Workers: 4, InFlight: 32, Note: func(string) {}}
	o.Input, o.Output = sheet.Choose("", in, out)
	return o
}

// table writes rows of which every fifth has no text and some have line breaks.
func table(t testing.TB, count int) string {
	t.Helper()
	var text bytes.Buffer
	text.WriteString("编号,描述\n")
	for i := range count {
		switch {
		case i%5 == 4:
			fmt.Fprintf(&text, "%d,\n", i)
		case i%7 == 3:
			fmt.Fprintf(&text, "%d,\"行\n%d\"\n", i, i)
		default:
			fmt.Fprintf(&text, "%d,行%d\n", i, i)
		}
	}
	path := filepath.Join(t.TempDir(), "in.csv")
	write(t, path, text.Bytes())
	return path
}

// directory is one in memory, where the system has such: the tests sync very often.
func directory(t testing.TB) string {
	t.Helper()
	path, err := os.MkdirTemp("/dev/shm", "leimu-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(path) })
	return path
}

func write(t testing.TB, path string, text []byte) {
	t.Helper()
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func mustRun(t testing.TB, o Options) Tally {
	t.Helper()
	tally, err := Run(context.Background(), o, echo)
	if err != nil {
		t.Fatal(err)
	}
	return tally
}

func TestRun(t *testing.T) {
	in := table(t, 50)
	for _, extension := range []string{"csv", "tsv", "xlsx", "jsonl"} {
		t.Run(extension, func(t *testing.T) {
			out := filepath.Join(directory(t), "out."+extension)
			tally := mustRun(t, options(t, in, out))
			if tally.Rows != 50 || tally.Errors != 10 || tally.Confidence[search.High] != 40 || tally.Verdict[search.Eligible] != 40 {
				t.Errorf("tally is %+v", tally)
			}
			files, err := filepath.Glob(filepath.Join(filepath.Dir(out), "*"))
			if err != nil || len(files) != 1 {
				t.Errorf("left behind: %v, %v", files, err)
			}
			checkRows(t, out, 50)
		})
	}
}

// checkRows reads an output back, with its original columns in order.
func checkRows(t *testing.T, path string, count int) {
	t.Helper()
	var next func() (rows.Row, error)
	switch sheet.FormatOf(path) {
	case sheet.XLSX:
		book, err := sheet.OpenWorkbook(path, sheet.ColumnOptions{})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = book.Close() }()
		next = book.Next
	case sheet.JSONL:
		if got := bytes.Count(read(t, path), []byte("\n")); got != count {
			t.Errorf("%d lines, want %d", got, count)
		}
		return
	default:
		reader, err := sheet.NewDelimited(bytes.NewReader(read(t, path)), sheet.FormatOf(path), sheet.ColumnOptions{})
		if err != nil {
			t.Fatal(err)
		}
		next = reader.Next
	}
	for i := range count {
		row, err := next()
		if err != nil {
			t.Fatal(err)
		}
		if row.Cells[0] != fmt.Sprint(i) {
			t.Fatalf("row %d is %q", i, row.Cells)
		}
		if want := "a>" + row.Cells[1]; row.Cells[1] != "" && row.Cells[2] != want {
			t.Errorf("row %d is answered %q, want %q", i, row.Cells[2], want)
		}
	}
	if _, err := next(); err != io.EOF {
		t.Errorf("more than %d rows: %v", count, err)
	}
}

// A run that was cut at any byte is resumed to the same bytes.
func TestResumeAtEveryByte(t *testing.T) {
	in := table(t, 75)
	for _, extension := range []string{"csv", "jsonl", "xlsx"} {
		t.Run(extension, func(t *testing.T) {
			out := filepath.Join(directory(t), "out."+extension)
			o := options(t, in, out)
			mustRun(t, o)
			want := read(t, out)
			partial, journal := interrupted(t, o)
			step := map[string]int{"csv": 1, "jsonl": 5, "xlsx": 97}[extension] // a workbook is rendered each time
			for size := 0; size <= len(partial); size += step {
				write(t, out+".partial", partial[:size])
				write(t, out+".journal", journal)
				resumed := o
				resumed.Resume = true
				tally := mustRun(t, resumed)
				if !bytes.Equal(read(t, out), want) || tally.Rows != 75 || tally.Errors != 15 {
					t.Fatalf("cut at byte %d: %d bytes, want %d; tally %+v", size, len(read(t, out)), len(want), tally)
				}
			}
			for size := 0; size <= len(journal); size++ { // the journal may be cut as well
				write(t, out+".partial", partial)
				write(t, out+".journal", journal[:size])
				resumed := o
				resumed.Resume = true
				mustRun(t, resumed)
				if !bytes.Equal(read(t, out), want) {
					t.Fatalf("journal cut at byte %d: other bytes", size)
				}
				if extension == "xlsx" {
					size += 40
				}
			}
		})
	}
}

// interrupted runs until a row after the first checkpoint is read, and gives what is then on disk.
func interrupted(t *testing.T, o Options) (partial, journal []byte) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	_, err := Run(ctx, o, func(ctx context.Context, place int, row *rows.Row) rows.Answer {
		if place == 70 {
			cancel()
		}
		return echo(ctx, place, row)
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("the run ended with %v", err)
	}
	return read(t, o.Out+".partial"), read(t, o.Out+".journal")
}

func TestResumeRefusesAnother(t *testing.T) {
	in, out := table(t, 130), filepath.Join(directory(t), "out.csv")
	o := options(t, in, out)
	interrupted(t, o)
	o.Resume = true
	for name, change := range map[string]func(o *Options){
		"top":      func(o *Options) { o.Top = 4 },
		"settings": func(o *Options) { o.Settings = "another guide" },
		"input":    func(o *Options) { o.In = table(t, 131) },
	} {
		changed := o
		change(&changed)
		var usage *UsageError
		if _, err := Run(context.Background(), changed, echo); !errors.As(err, &usage) {
			t.Errorf("another %s: got %v, want a usage error", name, err)
		}
	}
	mustRun(t, o)
}

func TestKilledAfterRenaming(t *testing.T) {
	in, out := table(t, 10), filepath.Join(directory(t), "out.csv")
	o := options(t, in, out)
	print, err := newFingerprint(o)
	if err != nil {
		t.Fatal(err)
	}
	mustRun(t, o)
	want := read(t, out)
	write(t, out+".journal", fmt.Appendf(nil, "%s\n{\"bytes\":%d,\"tally\":{\"rows\":10,\"errors\":2},\"done\":true}\n", print, len(want)))
	o.Resume = true
	tally, err := Run(context.Background(), o, func(context.Context, int, *rows.Row) rows.Answer {
		t.Error("a row was answered again")
		return rows.Answer{}
	})
	if err != nil || tally.Rows != 10 || !bytes.Equal(read(t, out), want) {
		t.Errorf("got %+v, %v", tally, err)
	}
	if _, err := os.Stat(out + ".journal"); err == nil {
		t.Error("the journal is left")
	}
}

// Output that can't be written gives an error and leaves the old output alone; the
// run can be resumed when there is room again.
func TestDiskFull(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err == nil {
		o := options(t, table(t, 10), "")
		full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		o.Stdout = full
		if _, err := Run(context.Background(), o, echo); !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("got %v, want ENOSPC", err)
		}
	}
	in, out := table(t, 3000), filepath.Join(directory(t), "out.csv")
	write(t, out, []byte("old"))
	o := options(t, in, out)
	_, err := Run(context.Background(), o, func(ctx context.Context, place int, row *rows.Row) rows.Answer {
		if place == 2500 { // as if the disk had gone: the file below is closed
			closePartial(t, out)
		}
		return echo(ctx, place, row)
	})
	if err == nil || !strings.Contains(err.Error(), "writing the output") {
		t.Fatalf("got %v, want an error of writing", err)
	}
	if string(read(t, out)) != "old" {
		t.Error("the old output is gone")
	}
	o.Resume = true
	mustRun(t, o)
	checkRows(t, out, 3000)
}

// closePartial closes this process's descriptor of the partial file.
func closePartial(t *testing.T, out string) {
	t.Helper()
	for fd := 3; fd < 100; fd++ {
		if name, err := os.Readlink(fmt.Sprintf("/proc/self/fd/%d", fd)); err == nil && name == out+".partial" {
			if null, err := syscall.Open("/dev/full", syscall.O_WRONLY, 0); err != nil || syscall.Dup2(null, fd) != nil {
				t.Error("can't replace the file")
			}
			return
		}
	}
	t.Error("no partial file is open")
}

func TestTwoRunsIntoOneFile(t *testing.T) {
	in, out := table(t, 10), filepath.Join(directory(t), "out.csv")
	o := options(t, in, out)
	_, err := Run(context.Background(), o, func(ctx context.Context, place int, row *rows.Row) rows.Answer {
		if place == 3 {
			if _, err := Run(context.Background(), o, echo); err == nil {
				t.Error("a second run was let in")
			}
		}
		return echo(ctx, place, row)
	})
	if err != nil {
		t.Fatal(err)
	}
	checkRows(t, out, 10)
}

func TestUsage(t *testing.T) {
	in := table(t, 3)
	noColumn := filepath.Join(t.TempDir(), "x.csv")
	write(t, noColumn, []byte("a,b\n1,2\n"))
	empty := filepath.Join(t.TempDir(), "e.csv")
	write(t, empty, nil)
	same := options(t, in, in)
	for name, o := range map[string]Options{
		"no column": options(t, noColumn, ""), "empty": options(t, empty, ""), "same file": same,
	} {
		var usage *UsageError
		if _, err := Run(context.Background(), o, echo); !errors.As(err, &usage) {
			t.Errorf("%s: got %v, want a usage error", name, err)
		}
	}
	missing := options(t, filepath.Join(t.TempDir(), "none.csv"), "")
	if _, err := Run(context.Background(), missing, echo); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("missing input: got %v", err)
	}
	noFile := options(t, t.TempDir(), "")
	noFile.Input = sheet.JSONL
	if _, err := Run(context.Background(), noFile, echo); err == nil {
		t.Error("a directory was read")
	}
}

// As a filter, an answer is there as soon as its row is.
func TestFilterIsPrompt(t *testing.T) {
	inReader, inWriter := io.Pipe()
	outReader, outWriter := io.Pipe()
	o := Options{Input: sheet.JSONL, Output: sheet.JSONL, Top: 1, Workers: 2, InFlight: 64, Stdin: inReader, Stdout: outWriter}
	finished := make(chan error, 1)
	go func() {
		_, err := Run(context.Background(), o, echo)
		finished <- err
	}()
	answers := bufio.NewReader(outReader)
	for i := range 3 {
		fmt.Fprintf(inWriter, "{\"id\":%d,\"text\":\"x\"}\n", i)
		line, err := answers.ReadString('\n')
		if err != nil || !strings.HasPrefix(line, fmt.Sprintf(`{"id":%d,`, i)) {
			t.Fatalf("got %q, %v", line, err)
		}
	}
	_ = inWriter.Close()
	if err := <-finished; err != nil {
		t.Error(err)
	}
}

// TestRandomRows: whatever the rows, there are as many out as in, in order.
func TestRandomRows(t *testing.T) {
	for seed := range uint64(30) {
		rng := rand.New(rand.NewPCG(seed, 2))
		var text bytes.Buffer
		count := rng.IntN(200)
		for i := range count {
			switch rng.IntN(6) {
			case 0:
				text.WriteString("\n")
			case 1:
				text.WriteString("{bad\n")
			case 2:
				fmt.Fprintf(&text, "{\"id\":%d}\r\n", i)
			default:
				fmt.Fprintf(&text, "{\"id\":%d,\"text\":\"行%d\"}\n", i, i)
			}
		}
		var out bytes.Buffer
		o := Options{Input: sheet.JSONL, Output: sheet.JSONL, Top: 1, Workers: 1 + rng.IntN(5), InFlight: 1 + rng.IntN(50), Stdin: &text, Stdout: &out}
		tally := mustRun(t, o)
		lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		if count == 0 {
			lines = nil
		}
		if tally.Rows != count || len(lines) != count {
			t.Fatalf("seed %d: %d rows, %d lines, want %d", seed, tally.Rows, len(lines), count)
		}
		for i, line := range lines {
			if !strings.Contains(line, fmt.Sprintf(`"id":%d,`, i)) && !strings.Contains(line, fmt.Sprintf(`"line":%d,`, i+1)) {
				t.Fatalf("seed %d: line %d is %s", seed, i+1, line)
			}
		}
	}
}

// TestMemory: a hundred times the rows take no more memory. The answers are echoes,
// so that what is measured is reading, order and writing.
func TestMemory(t *testing.T) {
	few, many := 10_000, 100_000
	if os.Getenv("LEIMU_LONG") != "" {
		many = 1_000_000
	}
	peak := func(count int) uint64 {
		o := Options{Input: sheet.JSONL, Output: sheet.CSV, Top: 3, Workers: 2, InFlight: 128, Every: time.Second,
			Stdin: &generated{count: count}, Out: filepath.Join(directory(t), "out.csv"), Note: func(string) {}}
		most, stop := uint64(0), make(chan struct{})
		done := make(chan struct{})
		go func() {
			defer close(done)
			for {
				select {
				case <-stop:
					return
				case <-time.After(5 * time.Millisecond):
					var m runtime.MemStats
					runtime.ReadMemStats(&m)
					most = max(most, m.HeapAlloc)
				}
			}
		}()
		if tally := mustRun(t, o); tally.Rows != count {
			t.Errorf("%d rows, want %d", tally.Rows, count)
		}
		close(stop)
		<-done
		checkNumbers(t, o.Out, count)
		return most
	}
	a, b := peak(few), peak(many)
	t.Logf("peak heap at %d rows %d kB, at %d rows %d kB", few, a>>10, many, b>>10)
	if b > a+a/2+4<<20 {
		t.Errorf("memory grows with the file: %d kB to %d kB", a>>10, b>>10)
	}
}

// generated is an input of so many JSON lines.
type generated struct {
	count, next int
	left        []byte
}

func (g *generated) Read(p []byte) (int, error) {
	if len(g.left) == 0 {
		if g.next == g.count {
			return 0, io.EOF
		}
		g.left = fmt.Appendf(g.left, "{\"id\":%d,\"text\":\"第%d行的描述,说的是一个小程序\"}\n", g.next, g.next)
		g.next++
	}
	n := copy(p, g.left)
	g.left = g.left[n:]
	return n, nil
}

// checkNumbers checks that ids run from 0 without a gap.
func checkNumbers(t *testing.T, path string, count int) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	reader, err := sheet.NewDelimited(file, sheet.CSV, sheet.ColumnOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range count {
		row, err := reader.Next()
		if err != nil || row.Cells[0] != fmt.Sprint(i) {
			t.Fatalf("row %d is %q, %v", i, row.Cells, err)
		}
	}
	if _, err := reader.Next(); err != io.EOF {
		t.Errorf("more than %d rows", count)
	}
}
