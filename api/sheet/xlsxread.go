package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
)

// An XLSX file is a zip of XML parts: workbook.xml lists the sheets, a sheet's cells
// hold numbers or point into sharedStrings.xml, and styles.xml tells which numbers
// are dates. The sheet is read as it streams by; shared strings, which are needed in
// any order, are kept on disk where they are many. excelize reads all of this as well, but
// makes the program eight megabytes larger and slower to start.

// Workbook reads the first visible sheet of an XLSX file, row by row.
type Workbook struct {
	*Reader
	sheetReader
	zip *zip.ReadCloser
}

// OpenWorkbook opens an XLSX file.
func OpenWorkbook(path string, options ColumnOptions) (*Workbook, error) {
	if err := checkMagic(path); err != nil {
		return nil, err
	}
	archive, err := zip.OpenReader(path)
	if err != nil {
		return nil, broken(err)
	}
	w := &Workbook{zip: archive}
	if err := w.open(); err != nil {
		return nil, errors.Join(broken(err), w.Close())
	}
	if w.Reader, err = newReader(&w.sheetReader, ",", options); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

func broken(err error) error { return fmt.Errorf("the workbook can't be read: %w", err) }

// Close removes what was kept on disk.
func (w *Workbook) Close() error {
	var errs []error
	if w.part != nil {
		errs = append(errs, w.part.Close())
	}
	return errors.Join(append(errs, w.strings.Close(), w.zip.Close())...)
}

// open finds the sheet and what its cells point to.
func (w *Workbook) open() error {
	var book struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Relation string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
			Strict   string `xml:"http://purl.oclc.org/ooxml/officeDocument/relationships id,attr"`
			State    string `xml:"state,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := w.decodePart("xl/workbook.xml", &book); err != nil {
		return err
	}
	targets, err := w.relations()
	if err != nil {
		return err
	}
	w.date1904 = book.Properties.Date1904 == "1" || book.Properties.Date1904 == "true"
	for _, s := range book.Sheets {
		if s.State == "" || s.State == "visible" {
			return w.openSheet(targets, targets[s.Relation+s.Strict])
		}
	}
	return errors.New("it has no visible sheet")
}

func (w *Workbook) openSheet(targets map[string]string, name string) (err error) {
	if w.dates, err = w.readDateStyles(); err != nil {
		return err
	}
	for _, target := range targets {
		if path.Base(target) == "sharedStrings.xml" {
			if err := w.readStrings(target); err != nil {
				return fmt.Errorf("reading its texts: %w", err)
			}
		}
	}
	if w.part, err = w.zip.Open(name); err != nil {
		return err
	}
	w.xml = newTokens(w.part)
	return nil
}

// relations maps the ids of workbook.xml to parts.
func (w *Workbook) relations() (map[string]string, error) {
	var list struct {
		Relations []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := w.decodePart("xl/_rels/workbook.xml.rels", &list); err != nil {
		return nil, err
	}
	targets := map[string]string{}
	for _, r := range list.Relations {
		if strings.HasPrefix(r.Target, "/") {
			targets[r.ID] = strings.TrimPrefix(r.Target, "/")
		} else {
			targets[r.ID] = path.Join("xl", r.Target)
		}
	}
	return targets, nil
}

// smallPart bounds parts that are read whole.
const smallPart = 32 << 20

func (w *Workbook) decodePart(name string, into any) error {
	part, err := w.zip.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = part.Close() }()
	if err := xml.NewDecoder(io.LimitReader(part, smallPart)).Decode(into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// checkMagic tells what a file is that is no XLSX file.
func checkMagic(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	start := make([]byte, 8)
	n, err := io.ReadFull(file, start)
	if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
		return err
	}
	switch start = start[:n]; {
	case bytes.HasPrefix(start, []byte("PK")):
		return nil
	case bytes.HasPrefix(start, []byte("\xd0\xcf\x11\xe0")):
		return fmt.Errorf("%s is an old .xls or a protected workbook: save it as .xlsx without a password", path)
	}
	return fmt.Errorf("%s is no .xlsx workbook; for CSV or TSV use --format csv or tsv", path)
}
