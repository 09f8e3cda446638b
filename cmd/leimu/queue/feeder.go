package queue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"leimu/api/rows"
)

// Feeder puts the rows of a run into the queue and collects their answers. As rows
// are keyed by run and place, a run that is fed again picks up the answers that are
// there already.
type Feeder struct {
	queue           *Queue
	run             string
	top             int
	subject, region string // of rows that name none
	consuming       jetstream.ConsumeContext

	mu      sync.Mutex
	moved   *sync.Cond // asked has grown, or the feeder is closed
	asked   int        // rows asked for, in order but for those in flight
	closed  bool
	waiting map[int]chan rows.Answer
	early   map[int]rows.Answer // answers from an earlier run, to rows not asked yet
}

// earlyLimit bounds early. It must be more than any run has in flight, or the
// answer waited for could stand behind one that can't be taken yet.
const earlyLimit = 8192

// Feed starts collecting the answers of a run.
func Feed(ctx context.Context, q *Queue, run string, top int, subject, region string) (*Feeder, error) {
	f := &Feeder{queue: q, run: run, top: top, subject: subject, region: region,
		waiting: map[int]chan rows.Answer{}, early: map[int]rows.Answer{}}
	f.moved = sync.NewCond(&f.mu)
	consumer, err := q.js.OrderedConsumer(ctx, q.answers(), jetstream.OrderedConsumerConfig{
		FilterSubjects: []string{q.answerSubject(run) + ".*"}})
	if err == nil {
		f.consuming, err = consumer.Consume(f.take)
	}
	if err != nil {
		return nil, fmt.Errorf("collecting answers: %w", err)
	}
	return f, nil
}

// Close stops collecting.
func (f *Feeder) Close() {
	f.mu.Lock()
	f.closed = true
	f.moved.Broadcast()
	f.mu.Unlock()
	f.consuming.Stop()
}

// take hands an answer to whoever waits for it.
func (f *Feeder) take(m jetstream.Msg) {
	subject := m.Subject()
	place, err := strconv.Atoi(subject[strings.LastIndexByte(subject, '.')+1:])
	if err != nil {
		return // nobody asked for it
	}
	var answer rows.Answer
	if err := json.Unmarshal(m.Data(), &answer); err != nil {
		answer.Error = "the queue holds an answer that can't be read: " + err.Error()
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for place >= f.asked+earlyLimit && !f.closed {
		f.moved.Wait()
	}
	if waiter, ok := f.waiting[place]; ok {
		delete(f.waiting, place)
		waiter <- answer
	} else if place > f.asked-earlyLimit { // workers ask out of order: an earlier place may come yet
		f.early[place] = answer
	}
}

// Answer feeds a row and waits for its answer. What can't be read is answered here.
func (f *Feeder) Answer(ctx context.Context, place int, row *rows.Row) rows.Answer {
	if row.Fault != nil {
		return rows.Failed(row, row.Fault)
	}
	waiter := f.expect(place)
	select {
	case answer := <-waiter:
		return f.told(row, answer)
	default:
	}
	for f.publish(ctx, place, row) != nil {
		select { // the connection is being restored
		case <-time.After(time.Second):
		case <-ctx.Done():
			return rows.Failed(row, ctx.Err())
		}
	}
	select {
	case answer := <-waiter:
		return f.told(row, answer)
	case <-ctx.Done():
		return rows.Failed(row, ctx.Err())
	}
}

// expect registers a row that will be answered.
func (f *Feeder) expect(place int) <-chan rows.Answer {
	waiter := make(chan rows.Answer, 1)
	f.mu.Lock()
	defer f.mu.Unlock()
	if answer, ok := f.early[place]; ok {
		delete(f.early, place)
		waiter <- answer
	} else {
		f.waiting[place] = waiter
	}
	delete(f.early, place-earlyLimit)
	if place >= f.asked {
		f.asked = place + 1
		f.moved.Broadcast()
	}
	return waiter
}

// told gives an answer the row's own id and line: the worker knows neither where
// the row has none.
func (f *Feeder) told(row *rows.Row, answer rows.Answer) rows.Answer {
	answer.ID = row.ID
	if answer.Error != "" {
		answer.Line = row.Line
	}
	return answer
}

func (f *Feeder) publish(ctx context.Context, place int, row *rows.Row) error {
	subject, region := row.Subject, row.Region
	if subject == "" {
		subject = f.subject
	}
	if region == "" {
		region = f.region
	}
	payload, err := json.Marshal(map[string]any{"id": row.ID, "text": row.Text, "candidates": row.Candidates,
		"subject": subject, "region": region})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	message := &nats.Msg{Subject: fmt.Sprintf("%s.rows.%s", f.queue.stream, f.run), Data: payload, Header: nats.Header{}}
	message.Header.Set(topHeader, strconv.Itoa(f.top))
	_, err = f.queue.js.PublishMsg(ctx, message, jetstream.WithMsgID(fmt.Sprintf("%s.%d", f.run, place)))
	if errors.Is(err, context.Canceled) {
		return ctx.Err()
	}
	return err
}
