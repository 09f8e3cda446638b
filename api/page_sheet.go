package api

import (
	"context"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/klauspost/compress/gzhttp"

	"leimu/api/rows"
	"leimu/api/sheet"
	"leimu/search"
)

// POST /bulk answers a table that a person has dropped on the page. A browser
// without scripts is given the answered table as a file; the script asks for JSON
// lines, shows them as they come, and sends the form again for the file.

// Bounds of an uploaded table. Larger ones are for POST /v1/rerank/bulk and for
// leimu rerank, which stream.
const (
	sheetBytes = 10 << 20
	sheetRows  = 20000
	sheetTop   = 3 // results a row
)

// sheetJob is an upload, read and checked.
type sheetJob struct {
	rows     []rows.Row
	columns  []string
	format   sheet.Format
	name     string // of the uploaded file, without its extension
	answerer rows.Answerer
}

func (s *Server) sheetRoute(c *gin.Context) {
	select {
	case s.bulk.clients <- struct{}{}:
		defer func() { <-s.bulk.clients }()
	default:
		c.Header("Retry-After", "5")
		s.fault(c, newProblem(CodeBusy, "", "too many tables are being answered; try again in a few seconds"))
		return
	}
	job, err := s.readSheet(c)
	if err != nil {
		s.fault(c, s.sheetProblem(c.Request.Context(), err))
		return
	}
	if strings.Contains(c.GetHeader("Accept"), ndjson) {
		err = s.tellSheet(c, job)
	} else {
		err = s.sendSheet(c, job)
	}
	if err != nil {
		s.config.Log.InfoContext(c.Request.Context(), "table ended early", "request_id", requestID(c.Request.Context()), "error", err)
		panic(http.ErrAbortHandler) // so that the client doesn't take it for the end
	}
}

// readSheet takes the form apart: the file and who asks.
func (s *Server) readSheet(c *gin.Context) (*sheetJob, error) {
	if s.current.Load() == nil {
		return nil, notReady()
	}
	control := http.NewResponseController(c.Writer)
	c.Request.Body = http.MaxBytesReader(c.Writer, struct {
		*patientReader
		closer
	}{&patientReader{c.Request.Body, control, s.bulk.readWait}, closer{c.Request.Body}}, sheetBytes)
	form, err := c.MultipartForm()
	if err != nil {
		return nil, err
	}
	defer form.RemoveAll() //nolint:errcheck // temporary files, in a temporary directory
	file, err := c.FormFile("file")
	if err != nil {
		return nil, newProblem(CodeInvalidBody, "file", "the form has no file; choose one")
	}
	job := &sheetJob{name: strings.TrimSuffix(path.Base(file.Filename), path.Ext(file.Filename))}
	job.answerer = rows.Answerer{Subject: c.PostForm("subject"), Region: c.PostForm("region"), Top: sheetTop, Full: true}
	if err := checkAsker(question{Subject: search.Subject(job.answerer.Subject), Region: job.answerer.Region}); err != nil {
		return nil, err
	}
	return job, job.read(file)
}

// closer closes what a wrapped reader reads.
type closer struct{ c interface{ Close() error } }

func (c closer) Close() error { return c.c.Close() }

func (job *sheetJob) read(file *multipart.FileHeader) error {
	table, err := openTable(file)
	if err != nil {
		return err
	}
	defer table.close()
	job.columns, job.format = table.columns, table.format
	job.rows, err = table.all(sheetRows)
	return err
}

// sheetProblem tells a table that can't be read from what else may go wrong.
func (s *Server) sheetProblem(ctx context.Context, err error) *Problem {
	var large *http.MaxBytesError
	var column *sheet.ColumnError
	var unreadable *unreadableError
	switch {
	case errors.As(err, &large):
		return newProblem(CodeBodyTooLarge, "file", fmt.Sprintf("the file is larger than %d MB; leimu rerank answers larger ones", sheetBytes>>20))
	case errors.As(err, &column), errors.As(err, &unreadable),
		errors.Is(err, http.ErrNotMultipart), errors.Is(err, http.ErrMissingBoundary), errors.Is(err, multipart.ErrMessageTooLarge):
		return newProblem(CodeInvalidBody, "file", err.Error())
	}
	return s.problem(ctx, err)
}

// work is how a row is answered: under a slot, as those of the bulk call.
func (s *Server) work(ctx context.Context, answerer rows.Answerer, row rows.Row) rows.Answer {
	select {
	case s.bulk.slots <- struct{}{}:
		defer func() { <-s.bulk.slots }()
	case <-ctx.Done():
		return rows.Answer{} // nobody is there to read it
	}
	snap := s.acquire()
	if snap == nil {
		return rows.Failed(&row, notReady())
	}
	defer snap.release()
	answerer.Engine, answerer.Resolver = snap, snap.resolver
	return answerer.Answer(ctx, &row)
}

// run answers all rows in order.
func (s *Server) runSheet(ctx context.Context, job *sheetJob, put rows.Sink[sheetRow]) error {
	pool := rows.Pool{Workers: cap(s.bulk.slots), InFlight: s.bulk.inFlight, Unblock: func() {}}
	return rows.Run(ctx, pool, job.next(), func(row rows.Row) sheetRow { return sheetRow{row, s.work(ctx, job.answerer, row)} }, put)
}

// sheetRow is a row with its answer.
type sheetRow struct {
	row    rows.Row
	answer rows.Answer
}

func (s *Server) startSheet(c *gin.Context, contentType string) *patientWriter {
	c.Header("Content-Type", contentType)
	c.Header("Cache-Control", "no-store")
	c.Header("X-Accel-Buffering", "no")
	c.Header(gzhttp.HeaderNoCompression, "1")
	return &patientWriter{c.Writer, http.NewResponseController(c.Writer), s.bulk.writeWait}
}

// attachment names the answered file after the one that was sent.
func (job *sheetJob) attachment() string {
	return "attachment; filename*=UTF-8''" + url.PathEscape(strings.ToValidUTF8(job.name, "")+"-类目."+string(job.format))
}
