package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Bounds of connections. A route that streams for longer moves its own deadlines
// with http.ResponseController.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 30 * time.Second
	writeTimeout  = 30 * time.Second
	idleTimeout   = 2 * time.Minute
	graceful      = 15 * time.Second // for requests that run when the server is told to stop

	// A query of 10,000 Chinese characters is 90 kB of address. It is to be told
	// that it is too long, so the header may be larger than that.
	maxHeader = 256 << 10
)

// Serve answers on the listeners until ctx ends, then finishes the requests that
// run. The knowledge is opened meanwhile: a health check finds the process alive
// from the first moment. admin may be nil. An error is a failure to open, to
// serve or to finish in time.
func (s *Server) Serve(ctx context.Context, public, admin net.Listener) error {
	servers := []*http.Server{s.server(s.handler)}
	listeners := []net.Listener{public}
	if admin != nil {
		servers, listeners = append(servers, s.server(s.admin)), append(listeners, admin)
	}
	failed := make(chan error, len(servers)+1)
	for i, server := range servers {
		go func() {
			if err := server.Serve(listeners[i]); !errors.Is(err, http.ErrServerClosed) {
				failed <- fmt.Errorf("serving on %s: %w", listeners[i].Addr(), err)
			}
		}()
	}
	opened := make(chan struct{})
	go func() {
		defer close(opened)
		if err := s.Reload(); err != nil {
			failed <- err
		}
	}()

	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
		s.config.Log.Info("stopping")
	}
	err = errors.Join(err, shutdown(ctx, servers))
	<-opened
	return errors.Join(err, s.Close())
}

func (s *Server) server(handler http.Handler) *http.Server {
	return &http.Server{Handler: handler, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(s.config.Log.Handler(), slog.LevelWarn)}
}

// shutdown lets running requests come to their end.
func shutdown(ctx context.Context, servers []*http.Server) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), graceful)
	defer cancel()
	var errs []error
	for _, server := range servers {
		if err := server.Shutdown(ctx); err != nil {
			errs = append(errs, fmt.Errorf("finishing the requests: %w", err), server.Close())
		}
	}
	return errors.Join(errs...)
}
