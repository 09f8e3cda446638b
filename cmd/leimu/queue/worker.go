package queue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"leimu/api/rows"
)

// Worker answers the rows of a queue.
type Worker struct {
	Queue    *Queue
	Answerer rows.Answerer
	Workers  int
	AckWait  time.Duration // after which a silent worker's rows go to another
	Log      *slog.Logger
}

// deliveries after which a row is thought to kill its workers.
const deliveries = 5

// Run answers until the context ends, then finishes what it has taken.
func (w *Worker) Run(ctx context.Context) error {
	messages, err := w.subscribe(ctx)
	if err != nil {
		return err
	}
	defer context.AfterFunc(ctx, messages.Drain)()
	jobs := make(chan jetstream.Msg)
	var workers sync.WaitGroup
	for range w.Workers {
		workers.Go(func() {
			for m := range jobs {
				w.handle(m)
			}
		})
	}
	for {
		m, err := messages.Next()
		if err == nil {
			jobs <- m
			continue
		}
		if errors.Is(err, jetstream.ErrNoHeartbeat) { // the connection was lost and comes back
			w.Log.Warn("waiting for the queue", "error", err)
			continue
		}
		close(jobs)
		workers.Wait()
		if errors.Is(err, jetstream.ErrMsgIteratorClosed) && ctx.Err() != nil {
			return nil
		}
		return fmt.Errorf("taking rows: %w", err)
	}
}

func (w *Worker) subscribe(ctx context.Context) (jetstream.MessagesContext, error) {
	consumer, err := w.Queue.js.CreateOrUpdateConsumer(ctx, w.Queue.stream, jetstream.ConsumerConfig{
		Durable: consumerName, AckPolicy: jetstream.AckExplicitPolicy, AckWait: w.AckWait, MaxDeliver: -1, MaxAckPending: 10_000,
	})
	if err != nil {
		return nil, fmt.Errorf("joining the queue: %w", err)
	}
	// Few rows are taken ahead, as they wait for AckWait where the worker dies.
	messages, err := consumer.Messages(jetstream.PullMaxMessages(16 * w.Workers))
	if err != nil {
		return nil, fmt.Errorf("joining the queue: %w", err)
	}
	return messages, nil
}

// handle answers a row: answer, store, and only then acknowledge.
func (w *Worker) handle(m jetstream.Msg) {
	key, answer := w.answer(m)
	err := w.store(key, answer)
	if err == nil {
		err = m.Ack()
	} else {
		err = errors.Join(err, m.NakWithDelay(time.Second))
	}
	if err != nil {
		w.Log.Warn("row goes back to the queue", "key", key, "error", err)
	}
}

func (w *Worker) answer(m jetstream.Msg) (key string, answer rows.Answer) {
	var sequence, delivered uint64
	if meta, err := m.Metadata(); err == nil {
		sequence, delivered = meta.Sequence.Stream, meta.NumDelivered
	}
	row := rows.Parse(m.Data(), int(sequence))
	if key = m.Headers().Get(nats.MsgIdHdr); key == "" {
		if key = rows.IDText(row.ID); key == "" {
			key = fmt.Sprintf("sequence-%d", sequence)
		}
	}
	if delivered > deliveries {
		row.Fault = &rows.Fault{Kind: rows.FaultLost, Message: fmt.Sprintf("given up: taken %d times and never answered", delivered-1)}
	}
	answerer := w.Answerer
	if top, err := strconv.Atoi(m.Headers().Get(topHeader)); err == nil {
		answerer.Top = top
	}
	return key, answerer.Answer(context.Background(), &row)
}

// store puts an answer into the stream of answers. That it is there already is as
// good.
func (w *Worker) store(key string, answer rows.Answer) error {
	payload, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), callTimeout)
	defer cancel()
	_, err = w.Queue.js.Publish(ctx, w.Queue.answerSubject(key), payload,
		jetstream.WithMsgID(key), jetstream.WithExpectLastSequencePerSubject(0))
	var refused *jetstream.APIError
	if errors.As(err, &refused) && refused.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence {
		return nil
	}
	if err != nil {
		return fmt.Errorf("storing the answer: %w", err)
	}
	return nil
}
