package sheet

import (
	"errors"
	"io/fs"
	"math"
	"strconv"
	"strings"
	"time"
)

// readDateStyles tells for each cell style whether it shows numbers as dates.
func (w *Workbook) readDateStyles() ([]bool, error) {
	var styles struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := w.decodePart("xl/styles.xml", &styles); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	custom := map[int]string{}
	for _, f := range styles.Formats {
		custom[f.ID] = f.Code
	}
	dates := make([]bool, len(styles.Cells))
	for i, c := range styles.Cells {
		code, ok := custom[c.Format]
		dates[i] = ok && dateFormat(code) || !ok && builtInDate(c.Format)
	}
	return dates, nil
}

// builtInDate reports whether a format without a code is one of dates: 14 to 22,
// 45 to 47, and those of Chinese Excel.
func builtInDate(id int) bool {
	return id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58
}

// dateFormat reports whether a format's code has a part of a date in it, outside
// quotes, brackets and escapes.
func dateFormat(code string) bool {
	quoted, bracket := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\' || c == '_':
			i++
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case !bracket && strings.IndexByte("ymdhsYMDHS", c) >= 0:
			return true
		}
	}
	return false
}

// showNumber shows a number as it was typed, or as a date.
func showNumber(value string, date, since1904 bool) string {
	f, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	const days = 2958466 // 9999-12-31 and one
	switch {
	case err != nil || math.IsInf(f, 0) || math.IsNaN(f):
		return value
	case !date || f < 0 || f >= days:
		if math.Abs(f) >= 1e21 {
			return value
		}
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if since1904 {
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	seconds := math.Round((f - math.Floor(f)) * 24 * 60 * 60)
	t := epoch.AddDate(0, 0, int(f)).Add(time.Duration(seconds) * time.Second)
	switch {
	case f < 1:
		return t.Format("15:04:05")
	case seconds == 0:
		return t.Format("2006-01-02")
	}
	return t.Format("2006-01-02 15:04:05")
}
