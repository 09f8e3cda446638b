// Package queue spreads bulk re-ranking over machines by way of NATS JetStream.
//
// A stream S is the work queue: a message a row, {"id","text",…}, on S.rows.>. Workers
// share one durable consumer. A worker puts the answer into the stream S-answers
// and acknowledges the row only once that stream has stored it; the rows of a
// worker that dies are given to another after AckWait.
//
// A row may so be answered twice, yet is stored once: the answer's subject
// S.answers.KEY is made of the row's key (its Nats-Msg-Id, or its id), and the stream
// keeps one message a subject and refuses a second. Nats-Msg-Id alone would not do:
// it is forgotten after the window for duplicates.
package queue

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

const (
	consumerName    = "leimu"
	topHeader       = "Leimu-Top"      // results that the row wants
	duplicateWindow = 10 * time.Minute // in which a row that is fed twice is queued once
	answersKept     = 7 * 24 * time.Hour
	callTimeout     = 10 * time.Second
)

// Queue is a work queue and its stream of answers.
type Queue struct {
	conn   *nats.Conn
	js     jetstream.JetStream
	stream string
}

// Open connects and makes the streams where they are missing; streams that exist
// stay as they are.
func Open(ctx context.Context, url, stream string) (*Queue, error) {
	if !regexp.MustCompile(`^[A-Za-z0-9_-]+$`).MatchString(stream) {
		return nil, fmt.Errorf("stream %q: use letters, digits, - and _", stream)
	}
	conn, err := nats.Connect(url, nats.MaxReconnects(-1), nats.Name("leimu"))
	if err != nil {
		return nil, fmt.Errorf("connecting to NATS at %s: %w", url, err)
	}
	q := &Queue{conn: conn, stream: stream}
	if q.js, err = jetstream.New(conn); err == nil {
		err = q.ensureStreams(ctx)
	}
	if err != nil {
		conn.Close()
		return nil, err
	}
	return q, nil
}

// Close drops the connection.
func (q *Queue) Close() { q.conn.Close() }

func (q *Queue) answers() string { return q.stream + "-answers" }

func (q *Queue) answerSubject(key string) string { return q.stream + ".answers." + subjectToken(key) }

func (q *Queue) ensureStreams(ctx context.Context) error {
	for _, config := range []jetstream.StreamConfig{
		{Name: q.stream, Subjects: []string{q.stream + ".rows.>"}, Retention: jetstream.WorkQueuePolicy, Duplicates: duplicateWindow},
		{Name: q.answers(), Subjects: []string{q.stream + ".answers.>"}, MaxMsgsPerSubject: 1, Discard: jetstream.DiscardNew,
			DiscardNewPerSubject: true, MaxAge: answersKept, Duplicates: duplicateWindow},
	} {
		_, err := q.js.Stream(ctx, config.Name)
		if errors.Is(err, jetstream.ErrStreamNotFound) {
			_, err = q.js.CreateStream(ctx, config)
		}
		if errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) { // another made it in between
			err = nil
		}
		if err != nil {
			return fmt.Errorf("opening stream %s: %w", config.Name, err)
		}
	}
	return nil
}

// subjectToken is a key in the characters that a subject allows: itself where it has no
// others.
func subjectToken(key string) string {
	if regexp.MustCompile(`^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$`).MatchString(key) {
		return key
	}
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:16])
}
