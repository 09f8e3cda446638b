package main

import (
	"context"
	"log/slog"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"leimu/api/rows"
	"leimu/cmd/leimu/queue"
	"leimu/search"
)

// workOptions are the flags of leimu work.
type workOptions struct {
	nats, stream, data string
	workers            int
	ackWait            time.Duration
}

func workCommand() *cobra.Command {
	var o workOptions
	cmd := &cobra.Command{
		Use:   "work --nats URL --stream S [flags]",
		Short: "Answer the rows of a NATS JetStream work queue",
		Long: `Takes rows {"id","text","candidates"?,"subject"?,"region"?} from the work queue S (subjects S.rows.>)
and publishes their answers to the stream S-answers, each once. A row is acknowledged when its answer
is stored; those of a worker that dies go to another. Ctrl-C stops it once what it has taken is done.`,
		Example: "  leimu work --nats nats://127.0.0.1:4222 --stream leimu\n  leimu rerank --nats nats://127.0.0.1:4222 --stream leimu --in rows.csv --out answers.csv",
		Args:    exactly(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.nats == "" || o.workers < 1 {
				return usagef("--nats is needed, nats://127.0.0.1:4222 for instance, and --workers must be 1 or more")
			}
			return o.work(cmd.Context(), slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), nil)))
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.nats, "nats", "", "`URL` of the NATS server")
	flags.StringVar(&o.stream, "stream", "leimu", "work queue")
	flags.IntVar(&o.workers, "workers", runtime.GOMAXPROCS(0), "rows answered at once")
	flags.DurationVar(&o.ackWait, "ack-wait", 30*time.Second, "after which the rows of a worker that died go to another")
	dataFlag(cmd, &o.data)
	return cmd
}

func (o *workOptions) work(ctx context.Context, log *slog.Logger) error {
	engine, err := openEngine(o.data)
	if err != nil {
		return err
	}
	q, err := queue.Open(ctx, o.nats, o.stream)
	if err != nil {
		return err
	}
	defer q.Close()
	log.Info("working", "stream", o.stream, "workers", o.workers)
	w := queue.Worker{Queue: q, Workers: o.workers, AckWait: o.ackWait, Log: log,
		Answerer: rows.Answerer{Engine: engine, Resolver: search.NewResolver(engine.Catalog()), Full: true}}
	return w.Run(ctx)
}
