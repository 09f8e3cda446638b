package api

import (
	"bufio"
	"encoding/json"
	"net/http"

	"github.com/gin-gonic/gin"

	"leimu/search"
)

// toldRow is a row as the page's script shows it, in words.
type toldRow struct {
	Line      int               `json:"line"`
	Text      string            `json:"text"`
	ID        string            `json:"id,omitempty"`
	Path      string            `json:"path,omitempty"`
	Certainty string            `json:"certainty,omitempty"`
	Level     search.Confidence `json:"level,omitempty"`
	Verdicts  []toldVerdict     `json:"verdicts,omitempty"`
	Problem   string            `json:"problem,omitempty"`
}

type toldVerdict struct {
	Who    string               `json:"who"`
	Sign   string               `json:"sign"`
	Word   string               `json:"word"`
	Status search.VerdictStatus `json:"status"`
}

// tellSheet streams {"total"} and then a line a row.
func (s *Server) tellSheet(c *gin.Context, job *sheetJob) error {
	w := s.startSheet(c, ndjson)
	told := &rowTeller{bufio.NewWriterSize(w, 32<<10), w.control, 0}
	if err := json.NewEncoder(told.w).Encode(map[string]int{"total": len(job.rows)}); err != nil {
		return err
	}
	if err := s.runSheet(c.Request.Context(), job, told); err != nil {
		return err
	}
	return told.Idle()
}

// rowTeller is the sink of rows for the script.
type rowTeller struct {
	w       *bufio.Writer
	control *http.ResponseController
	rows    int
}

// flushed is how many rows are told at once: the bar moves, and packets are full.
const flushed = 40

func (t *rowTeller) Put(r sheetRow) error {
	if err := json.NewEncoder(t.w).Encode(told(r)); err != nil {
		return err
	}
	if t.rows++; t.rows%flushed == 0 {
		return t.Idle()
	}
	return nil
}

func (t *rowTeller) Idle() error {
	if t.w.Buffered() == 0 {
		return nil
	}
	if err := t.w.Flush(); err != nil {
		return err
	}
	return t.control.Flush()
}

func told(r sheetRow) toldRow {
	t := toldRow{Line: r.row.Line, Text: r.row.Text, Problem: r.answer.Problem}
	if r.answer.Error != "" {
		return t
	}
	t.Certainty, t.Level = confidenceWord(r.answer.Confidence), r.answer.Confidence
	if len(r.answer.Results) == 0 {
		return t
	}
	first := r.answer.Results[0]
	t.ID, t.Path = first.Category.ID, first.Category.Path[0]+" › "+first.Category.Path[1]
	verdicts := first.Verdicts
	if first.Verdict != nil {
		verdicts = []search.Verdict{*first.Verdict}
	}
	for _, v := range verdicts {
		t.Verdicts = append(t.Verdicts, toldVerdict{subjectWord(v.Subject), statusSign(v.Status), v.Status.Word(), v.Status})
	}
	return t
}
