package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// served is a leimu serve in a process of its own.
type served struct {
	cmd  *exec.Cmd
	base string
	log  chan string // its lines
}

// serve starts the program and waits until it is ready.
func serve(t *testing.T, args ...string) *served {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	// testscript's Main runs the subcommand under the name of the program.
	link := filepath.Join(t.TempDir(), "leimu")
	if err := os.Symlink(program, link); err != nil {
		t.Skip("no symbolic links:", err)
	}
	s := &served{cmd: exec.Command(link, append([]string{"serve", "--addr", "127.0.0.1:0", "--admin-addr", ""}, args...)...), log: make(chan string, 1000)}
	stderr, err := s.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.cmd.Process.Kill() })
	go func() {
		defer close(s.log)
		for lines := bufio.NewScanner(stderr); lines.Scan(); {
			s.log <- lines.Text()
		}
	}()
	var line struct{ Addr string }
	if err := json.Unmarshal([]byte(s.await(t, `"listening"`)), &line); err != nil {
		t.Fatal(err)
	}
	s.base = "http://" + line.Addr
	s.await(t, "knowledge opened")
	return s
}

// await reads the log up to a line that has the text.
func (s *served) await(t *testing.T, text string) string {
	t.Helper()
	timeout := time.After(20 * time.Second)
	for {
		select {
		case line, ok := <-s.log:
			if !ok {
				t.Fatalf("it ended without saying %q", text)
			}
			if strings.Contains(line, text) {
				return line
			}
		case <-timeout:
			t.Fatalf("it did not say %q", text)
		}
	}
}

func (s *served) get(t *testing.T, path string) (int, string) {
	t.Helper()
	response, err := http.Get(s.base + path)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

func TestServeReloadsAndStops(t *testing.T) {
	dir := t.TempDir()
	s := serve(t, "--data", dir)
	if status, text := s.get(t, "/readyz"); status != http.StatusOK {
		t.Fatalf("readyz: %d %s", status, text)
	}

	// A directory that can't be read leaves the knowledge in use.
	broken := filepath.Join(dir, "guide.txt")
	if err := os.WriteFile(broken, []byte("no guide\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	s.hangup(t)
	if line := s.await(t, "reload failed"); !strings.Contains(line, "guide.txt") {
		t.Errorf("the reason is not told: %s", line)
	}
	if status, _ := s.get(t, "/readyz"); status != http.StatusOK {
		t.Errorf("after a failed reload: %d", status)
	}
	if err := os.Remove(broken); err != nil {
		t.Fatal(err)
	}
	s.hangup(t)
	s.await(t, "knowledge opened")

	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	s.await(t, "stopping")
	for range s.log { // to its end: Wait closes the pipe
	}
	if err := s.cmd.Wait(); err != nil {
		t.Errorf("it ended with %v", err)
	}
}

func (s *served) hangup(t *testing.T) {
	t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
}

// TestJSONIsTheAPI: what --json prints are the bytes that the API answers.
func TestJSONIsTheAPI(t *testing.T) {
	s := serve(t)
	for _, c := range []struct {
		args []string
		path string
	}{
		{[]string{"search", "--json", "共享充电宝"}, "/v1/search?q=共享充电宝"},
		{[]string{"search", "--json", "--subject", "individual", "-n", "2", "剧本杀"}, "/v1/search?q=剧本杀&subject=individual&limit=2"},
		{[]string{"catalog", "list", "--json"}, "/v1/categories"},
		{[]string{"catalog", "show", "--json", "living-tools"}, "/v1/categories/living-tools"},
	} {
		var printed, errors strings.Builder
		if status := run(c.args, strings.NewReader(""), &printed, &errors); status != statusOK {
			t.Fatalf("%v: status %d: %s", c.args, status, errors.String())
		}
		if _, answered := s.get(t, c.path); answered != printed.String() {
			t.Errorf("%v prints\n%s\nthe API answers\n%s", c.args, clip(printed.String()), clip(answered))
		}
	}
}

func clip(text string) string { return fmt.Sprintf("%.300s", text) }
