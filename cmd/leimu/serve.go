package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"leimu/api"
)

type serveFlags struct{ addr, admin, data string }

func serveCommand() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Answer over HTTP: the API, its documentation at /docs, and the page",
		Long: `Answers over HTTP until it is told to stop (SIGTERM, Ctrl-C); requests that run are finished.
SIGHUP reads the directory of --data again and answers from it; one that can't be read leaves the
knowledge in use.`,
		Example: `  leimu serve
  leimu serve --addr 127.0.0.1:8000 --admin-addr ""
  leimu serve --data ./my-data    # then: kill -HUP <pid> after an edit`,
		Args: exactly(0),
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(cmd.Context(), cmd.ErrOrStderr()) },
	}
	cmd.Flags().StringVar(&f.addr, "addr", ":8080", "`address` of the API and the page")
	cmd.Flags().StringVar(&f.admin, "admin-addr", "127.0.0.1:9090", "`address` of metrics and health for operators; empty for none")
	dataFlag(cmd, &f.data)
	return cmd
}

func (f *serveFlags) run(ctx context.Context, stderr io.Writer) error {
	log := slog.New(logHandler(stderr))
	public, admin, err := f.listen()
	if err != nil {
		return err
	}
	server := api.New(api.Config{Log: log, Version: version(),
		Open: func() (api.Searcher, error) { return openEngine(f.data) }})
	stop := reloadOnHangup(server, log)
	defer stop()
	log.Info("listening", "addr", public.Addr().String())
	if admin != nil {
		log.Info("listening for operators", "addr", admin.Addr().String())
	}
	return server.Serve(ctx, public, admin)
}

// listen opens both addresses, the admin's only where one is given.
func (f *serveFlags) listen() (public, admin net.Listener, err error) {
	if public, err = net.Listen("tcp", f.addr); err != nil {
		return nil, nil, fmt.Errorf("%w; another address: --addr :8081", err)
	}
	if f.admin == "" {
		return public, nil, nil
	}
	if admin, err = net.Listen("tcp", f.admin); err != nil {
		public.Close()
		return nil, nil, fmt.Errorf("%w; another address: --admin-addr 127.0.0.1:9091, none: --admin-addr \"\"", err)
	}
	return public, admin, nil
}

// reloadOnHangup opens the knowledge again at each SIGHUP, until stop.
func reloadOnHangup(server *api.Server, log *slog.Logger) (stop func()) {
	hangups := make(chan os.Signal, 1)
	done := make(chan struct{})
	signal.Notify(hangups, syscall.SIGHUP)
	go func() {
		defer close(done)
		for range hangups {
			if err := server.Reload(); err != nil {
				log.Error("reload failed; the knowledge in use stays", "error", err)
			}
		}
	}()
	return func() {
		signal.Stop(hangups)
		close(hangups)
		<-done
	}
}

// logHandler writes for a person in a terminal, and JSON for programs.
func logHandler(w io.Writer) slog.Handler {
	if file, ok := w.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		return slog.NewTextHandler(w, nil)
	}
	return slog.NewJSONHandler(w, nil)
}
