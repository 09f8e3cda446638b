package main_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"leimu/data"
)

// These tests run the program as it is shipped.

func build(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "leimu")
	if out, err := exec.Command("go", "build", "-o", path, "leimu/cmd/leimu").CombinedOutput(); err != nil {
		t.Fatalf("building: %v\n%s", err, out)
	}
	return path
}

// descriptions are distinct, put together from words of the lexicon.
func descriptions(t *testing.T, count int) []string {
	t.Helper()
	k, err := data.Load(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(3, 4))
	var list []string
	for i := range count {
		text := strconv.Itoa(i)
		for len([]rune(text)) < 10+i%60 {
			text += " " + k.Lexicon.Entries[rng.IntN(len(k.Lexicon.Entries))].Text
		}
		list = append(list, string([]rune(text)[:min(80, len([]rune(text)))]))
	}
	return list
}

func inputFile(t *testing.T, texts []string) string {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	for i, text := range texts {
		if i%50 == 49 {
			b.WriteString("not JSON\n")
		} else if err := e.Encode(map[string]any{"id": i, "text": text}); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "in.jsonl")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func status(t *testing.T, err error) int {
	t.Helper()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.ExitCode()
	}
	t.Fatal(err)
	return -1
}

func TestRerankProgram(t *testing.T) {
	leimu := build(t)
	in := inputFile(t, descriptions(t, 400))
	want := filepath.Join(t.TempDir(), "want.jsonl")
	out, err := exec.Command(leimu, "rerank", "--in", in, "--out", want).CombinedOutput()
	if status(t, err) != 1 || !strings.Contains(string(out), "400 rows: 392 answered, 8 in error") {
		t.Fatalf("status %v: %s", err, out)
	}
	t.Run("filter", func(t *testing.T) {
		cmd := exec.Command(leimu, "rerank", "--quiet")
		var err error
		if cmd.Stdin, err = os.Open(in); err != nil {
			t.Fatal(err)
		}
		got, err := cmd.Output()
		if status(t, err) != 1 || !bytes.Equal(got, mustRead(t, want)) {
			t.Errorf("status %v, %d bytes", err, len(got))
		}
	})
	t.Run("kill -9 and resume", func(t *testing.T) {
		kills := 3
		if n, err := strconv.Atoi(os.Getenv("LEIMU_KILLS")); err == nil {
			kills = n
		}
		killAndResume(t, leimu, in, want, kills)
	})
	t.Run("Ctrl-C", func(t *testing.T) { interrupt(t, leimu, in, want) })
	t.Run("broken pipe", func(t *testing.T) {
		out, err := exec.Command("sh", "-c", leimu+" rerank --in "+in+" | head -1 >/dev/null; :").CombinedOutput()
		if err != nil || !strings.Contains(string(out), "broken pipe") {
			t.Errorf("%v: %s", err, out)
		}
	})
	t.Run("parallel", func(t *testing.T) { parallel(t, leimu, in, want) })
	t.Run("queue", func(t *testing.T) { queue(t, leimu, in, want) })
}

func mustRead(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// killAndResume kills runs at random moments; the last one comes to its end.
func killAndResume(t *testing.T, leimu, in, want string, kills int) {
	rng := rand.New(rand.NewPCG(5, 6))
	out := filepath.Join(t.TempDir(), "out.jsonl")
	for range kills {
		ctx, cancel := context.WithTimeout(context.Background(), time.Duration(300+rng.IntN(1500))*time.Millisecond)
		_ = exec.CommandContext(ctx, leimu, "rerank", "--in", in, "--out", out, "--resume").Run() // CommandContext kills with SIGKILL
		cancel()
		if _, err := os.Stat(out); err == nil { // it came to its end: begin again
			if !bytes.Equal(mustRead(t, out), mustRead(t, want)) {
				t.Fatal("other bytes")
			}
			_ = os.Remove(out)
		}
	}
	text, err := exec.Command(leimu, "rerank", "--in", in, "--out", out, "--resume").CombinedOutput()
	if status(t, err) != 1 || !bytes.Equal(mustRead(t, out), mustRead(t, want)) {
		t.Errorf("status %v, other bytes: %s", err, text)
	}
	if !strings.Contains(string(text), "400 rows: 392 answered, 8 in error") {
		t.Errorf("the summary is not of all rows: %s", text)
	}
}

func interrupt(t *testing.T, leimu, in, want string) {
	out := filepath.Join(t.TempDir(), "out.jsonl")
	cmd := exec.Command(leimu, "rerank", "--in", in, "--out", out)
	var told bytes.Buffer
	cmd.Stderr = &told
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(700 * time.Millisecond)
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if code := status(t, cmd.Wait()); code != 130 && code != 1 { // 1: it was faster
		t.Errorf("status %d: %s", code, &told)
	} else if code == 130 && !strings.Contains(told.String(), "--resume") {
		t.Errorf("it doesn't say how to go on: %s", &told)
	}
	if text, err := exec.Command(leimu, "rerank", "--in", in, "--out", out, "--resume").CombinedOutput(); status(t, err) != 1 || !bytes.Equal(mustRead(t, out), mustRead(t, want)) {
		t.Errorf("status %v, other bytes: %s", err, text)
	}
}

func parallel(t *testing.T, leimu, in, want string) {
	if out, err := exec.Command("parallel", "--version").Output(); err != nil || !strings.HasPrefix(string(out), "GNU parallel") {
		t.Skip("GNU parallel is not installed")
	}
	out, err := exec.Command("sh", "-c", "parallel --pipe --keep-order --block 10k "+leimu+" rerank --quiet < "+in).Output()
	if _, ok := err.(*exec.ExitError); err != nil && !ok {
		t.Fatal(err)
	}
	if got, n := bytes.Count(out, []byte("\n")), bytes.Count(mustRead(t, want), []byte("\n")); got != n {
		t.Errorf("%d lines, want %d", got, n)
	}
}

// queue feeds the file to two workers of which one is killed.
func queue(t *testing.T, leimu, in, want string) {
	ns, err := server.NewServer(&server.Options{Host: "127.0.0.1", Port: -1, JetStream: true, StoreDir: t.TempDir(), NoLog: true, NoSigs: true})
	if err != nil {
		t.Fatal(err)
	}
	ns.Start()
	defer ns.Shutdown()
	if !ns.ReadyForConnections(10 * time.Second) {
		t.Fatal("the NATS server doesn't start")
	}
	url := ns.ClientURL()
	worker := func() *exec.Cmd {
		cmd := exec.Command(leimu, "work", "--nats", url, "--stream", "rows", "--ack-wait", "2s", "--workers", "1")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
		return cmd
	}
	doomed, other := worker(), worker()
	out := filepath.Join(t.TempDir(), "out.jsonl")
	feeder := exec.Command(leimu, "rerank", "--nats", url, "--stream", "rows", "--in", in, "--out", out)
	var told bytes.Buffer
	feeder.Stderr = &told
	if err := feeder.Start(); err != nil {
		t.Fatal(err)
	}
	connection, err := nats.Connect(url)
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	js, err := jetstream.New(connection)
	if err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(30 * time.Second); stored(js) < 40 && time.Now().Before(deadline); {
		time.Sleep(10 * time.Millisecond)
	}
	_ = doomed.Process.Kill()
	ended := make(chan error, 1)
	go func() { ended <- feeder.Wait() }()
	select {
	case err := <-ended:
		if status(t, err) != 1 || !bytes.Equal(mustRead(t, out), mustRead(t, want)) {
			t.Errorf("status %v, other bytes than without the queue: %s", err, &told)
		}
	case <-time.After(60 * time.Second):
		_ = feeder.Process.Kill()
		t.Fatalf("the feeder waits in vain with %d answers stored", stored(js))
	}
	if n := stored(js); n != 392 { // those in error are not fed
		t.Errorf("%d answers are stored, want each of 392 once", n)
	}
	if err := other.Process.Signal(os.Interrupt); err != nil || status(t, other.Wait()) != 0 {
		t.Errorf("the other worker does not stop: %v", err)
	}
	// Fed again, the run finds its answers there.
	again := filepath.Join(t.TempDir(), "again.jsonl")
	if text, err := exec.Command(leimu, "rerank", "--nats", url, "--stream", "rows", "--in", in, "--out", again).CombinedOutput(); status(t, err) != 1 || !bytes.Equal(mustRead(t, again), mustRead(t, want)) {
		t.Errorf("fed again: status %v: %s", err, text)
	}
}

// stored counts the answers in the stream; one subject has at most one.
func stored(js jetstream.JetStream) int {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	stream, err := js.Stream(ctx, "rows-answers")
	if err != nil {
		return 0
	}
	info, err := stream.Info(ctx, jetstream.WithSubjectFilter("rows.answers.>"))
	if err != nil {
		return 0
	}
	for subject, n := range info.State.Subjects {
		if n != 1 {
			panic(fmt.Sprintf("%d answers on %s", n, subject))
		}
	}
	return int(info.State.Msgs)
}
