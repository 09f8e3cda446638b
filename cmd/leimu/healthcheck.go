package main

import (
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"
)

// healthTimeout is how long a healthy server takes at most to say so.
const healthTimeout = 2 * time.Second

func healthcheckCommand() *cobra.Command {
	var addr string
	cmd := &cobra.Command{
		Use:     "healthcheck",
		Short:   "Ask a running server whether it is ready; for images without a shell",
		Example: `  leimu healthcheck --addr :8080`,
		Args:    exactly(0),
		RunE: func(*cobra.Command, []string) error {
			host, port, err := net.SplitHostPort(addr)
			if err != nil {
				return usagef("--addr %q: %w; write host:port or :port", addr, err)
			}
			if host == "" {
				host = "127.0.0.1"
			}
			client := http.Client{Timeout: healthTimeout}
			response, err := client.Get("http://" + net.JoinHostPort(host, port) + "/readyz")
			if err != nil {
				return fmt.Errorf("asking for readiness: %w", err)
			}
			defer response.Body.Close()
			if response.StatusCode != http.StatusOK {
				return fmt.Errorf("not ready: %s", response.Status)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&addr, "addr", ":8080", "where the server listens")
	return cmd
}
