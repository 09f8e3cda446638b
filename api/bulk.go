package api

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"leimu/api/rows"
	"leimu/search"
)

// bulk is what the bulk calls of all clients share. A row is answered while it holds
// one of the slots, which are fewer than the processors, so that a search always finds
// one free; and as a slot is asked for anew for each row, clients take turns.
type bulk struct {
	slots     chan struct{}
	clients   chan struct{}
	inFlight  int // rows of a client that are read and not yet written
	lineLimit int // bytes

	// A client that sends nothing, or takes nothing, for so long is gone.
	readWait, writeWait time.Duration
}

func newBulk() *bulk {
	return &bulk{slots: make(chan struct{}, max(1, runtime.GOMAXPROCS(0)/2)), clients: make(chan struct{}, 64),
		inFlight: 64, lineLimit: 64 << 10, readWait: 5 * time.Minute, writeWait: 2 * time.Minute}
}

// bulkPath is where the bulk call is.
const bulkPath = "/v1/rerank/bulk"

const ndjson = "application/x-ndjson"

// bulkRoute is POST /v1/rerank/bulk: JSON lines both ways, each answered as soon as
// those before it are. Reading and writing keep pace: who reads slowly is sent to
// slowly, and is read from slowly.
func (s *Server) bulkRoute() gin.HandlerFunc {
	return func(c *gin.Context) {
		answerer, problem := s.bulkAnswerer(c)
		if problem != nil {
			problem.write(c.Writer)
			return
		}
		select {
		case s.bulk.clients <- struct{}{}:
			defer func() { <-s.bulk.clients }()
		default:
			c.Header("Retry-After", "5")
			newProblem(CodeBusy, "", fmt.Sprintf("%d clients are sending rows already; try again in a few seconds", cap(s.bulk.clients))).write(c.Writer)
			return
		}
		if err := s.stream(c, answerer); err != nil {
			s.config.Log.InfoContext(c.Request.Context(), "bulk ended early", "request_id", requestID(c.Request.Context()), "error", err)
			panic(http.ErrAbortHandler) // so that the client doesn't take it for the end
		}
	}
}

// bulkAnswerer reads the parameters: top, and subject and region of rows that name
// none.
func (s *Server) bulkAnswerer(c *gin.Context) (rows.Answerer, *Problem) {
	a := rows.Answerer{Subject: c.Query("subject"), Region: c.Query("region"), Top: search.DefaultLimit}
	if s.current.Load() == nil {
		return a, notReady()
	}
	if _, err := rows.ParseSubject(a.Subject); err != nil {
		return a, newProblem(search.CodeUnknownSubject, "subject", err.Error())
	}
	if text := c.Query("top"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > search.MaxLimit {
			return a, newProblem(search.CodeOutOfRange, "top", fmt.Sprintf("top is %s; use 1 to %d", shorten(text), search.MaxLimit))
		}
		a.Top = n
	}
	return a, nil
}

func (s *Server) stream(c *gin.Context, answerer rows.Answerer) error {
	control := http.NewResponseController(c.Writer)
	_ = control.EnableFullDuplex() // HTTP/2 is so anyway
	c.Header("Content-Type", ndjson)
	c.Header("Cache-Control", "no-store")
	c.Header("X-Accel-Buffering", "no") // nginx would hold lines back
	c.Writer.WriteHeaderNow()
	_ = control.Flush()

	lines := rows.NewLines(&patientReader{c.Request.Body, control, s.bulk.readWait}, s.bulk.lineLimit)
	pool := rows.Pool{Workers: cap(s.bulk.slots), InFlight: s.bulk.inFlight,
		Unblock: func() { _ = control.SetReadDeadline(time.Unix(1, 0)) }}
	ctx := c.Request.Context()
	sink := &lineSink{bufio.NewWriterSize(&patientWriter{c.Writer, control, s.bulk.writeWait}, 32<<10), control}
	if err := rows.Run(ctx, pool, lines.Next, func(l rows.Line) []byte { return s.answerLine(ctx, answerer, l) }, sink); err != nil {
		return err
	}
	return sink.Idle()
}

// answerLine answers a line once a slot is free. The knowledge is taken for each
// line anew: a client that stays for hours must not hold up a reload.
func (s *Server) answerLine(ctx context.Context, answerer rows.Answerer, l rows.Line) []byte {
	select {
	case s.bulk.slots <- struct{}{}:
		defer func() { <-s.bulk.slots }()
	case <-ctx.Done():
		return nil // nobody is there to read it
	}
	row := l.Row()
	snap := s.acquire()
	if snap == nil {
		answer := rows.Failed(&row, notReady())
		answer.Trim()
		return answer.Append(nil)
	}
	defer snap.release()
	answerer.Engine, answerer.Resolver = snap, snap.resolver
	answer := answerer.Answer(ctx, &row)
	return answer.Append(nil)
}

// lineSink writes lines to a client.
type lineSink struct {
	w       *bufio.Writer
	control *http.ResponseController
}

func (s *lineSink) Put(line []byte) error {
	_, err := s.w.Write(line)
	return err
}

func (s *lineSink) Idle() error {
	if s.w.Buffered() == 0 {
		return nil
	}
	if err := s.w.Flush(); err != nil {
		return err
	}
	return s.control.Flush()
}

// patientReader gives each read its own deadline.
type patientReader struct {
	r       io.Reader
	control *http.ResponseController
	wait    time.Duration
}

func (p *patientReader) Read(b []byte) (int, error) {
	_ = p.control.SetReadDeadline(time.Now().Add(p.wait)) // where it can't be set, none is needed
	n, err := p.r.Read(b)
	if err == io.EOF { // net/http reads on, to see whether the client leaves
		_ = p.control.SetReadDeadline(time.Time{})
	}
	return n, err
}

// patientWriter gives each write its own deadline.
type patientWriter struct {
	w       io.Writer
	control *http.ResponseController
	wait    time.Duration
}

func (p *patientWriter) Write(b []byte) (int, error) {
	_ = p.control.SetWriteDeadline(time.Now().Add(p.wait))
	return p.w.Write(b)
}

// describeBulk tells OpenAPI of the bulk call, which huma doesn't serve: its bodies
// are streams.
func (s *Server) describeBulk() {
	line := func(description, example string) map[string]*huma.MediaType {
		return map[string]*huma.MediaType{ndjson: {Schema: &huma.Schema{Type: huma.TypeString, Description: description}, Example: example}}
	}
	query := func(name, kind, description string) *huma.Param {
		return &huma.Param{Name: name, In: "query", Description: description, Schema: &huma.Schema{Type: kind}}
	}
	op := &huma.Operation{OperationID: "rerank-bulk", Method: "POST", Path: bulkPath, Summary: "Answer many descriptions, a line for a line",
		Description: "Streamed both ways and in order: read while you send, or send less than 500 lines at a time. " +
			"A line in error is answered in its place, and the rest goes on.",
		Parameters: []*huma.Param{query("top", huma.TypeInteger, "results a line, 1 to 50; 5 without"),
			query("subject", huma.TypeString, "of lines that name none"), query("region", huma.TypeString, "of lines that name none")},
		RequestBody: &huma.RequestBody{Required: true, Content: line(`a line a row: {"id","text","candidates"?,"subject"?,"region"?}`,
			`{"id":1,"text":"共享充电宝","subject":"individual"}`)},
		Responses: problemResponses(s.api, []int{http.StatusBadRequest, http.StatusServiceUnavailable})}
	op.Responses["200"] = &huma.Response{Description: "OK",
		Content: line(`a line a row: {"id","confidence","results"}, or {"id"?,"line","error"}`, `{"line":2,"error":"empty line: expected a JSON object"}`)}
	s.api.OpenAPI().AddOperation(op)
}
