// Command leimu tells which 备案 service category a mini-program belongs to, and
// who may choose it: in the terminal, over HTTP, and for whole files.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"leimu/search"
)

// Exit statuses of the program; a subcommand with more of them says so in its help.
const (
	statusOK     = 0
	statusFailed = 1
	statusUsage  = 2
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the program but for the process around it.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := newRoot(stdin, stdout, stderr)
	root.SetArgs(args)
	command, err := root.ExecuteContextC(ctx)
	if err == nil {
		return statusOK
	}
	var ended *endedError
	if errors.As(err, &ended) {
		return ended.status
	}
	fmt.Fprintf(stderr, "leimu: %v\n", err)
	if !isUsage(err) {
		return statusFailed
	}
	fmt.Fprintf(stderr, "leimu: '%s --help' shows how it is used\n", command.CommandPath())
	return statusUsage
}

// usageError is a command line that can't be run as it stands.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

func usagef(format string, args ...any) error { return &usageError{fmt.Errorf(format, args...)} }

// endedError is a subcommand that has told what it had to tell, and ends with a
// status of its own.
type endedError struct{ status int }

func (e *endedError) Error() string { return fmt.Sprintf("exit status %d", e.status) }

// ended is nil where all went well.
func ended(status int) error {
	if status == statusOK {
		return nil
	}
	return &endedError{status}
}

// isUsage reports whether whoever typed the command can mend it by typing another.
func isUsage(err error) bool {
	var usage *usageError
	var input *search.InputError
	var candidate *search.CandidateError
	return errors.As(err, &usage) || errors.As(err, &input) || errors.As(err, &candidate)
}
