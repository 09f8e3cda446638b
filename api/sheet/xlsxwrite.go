package sheet

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Rows go straight into the zip, in the same bytes whenever. (excelize holds a whole
// workbook in memory before it writes a byte.)

// Limits of the format.
const (
	xlsxRows       = 1 << 20
	xlsxCharacters = 32767 // in a cell
)

// WorkbookWriter writes a workbook of one sheet.
type WorkbookWriter struct {
	zip  *zip.Writer
	part *bufio.Writer // the sheet
	row  int
}

// NewWorkbook starts a workbook with a header row, which stays in view.
func NewWorkbook(w io.Writer, header []string) (*WorkbookWriter, error) {
	b := &WorkbookWriter{zip: zip.NewWriter(w)}
	for _, part := range workbookParts() {
		f, err := b.zip.Create(part.name)
		if err != nil {
			return nil, err
		}
		if _, err := io.WriteString(f, xml.Header+part.text); err != nil {
			return nil, err
		}
	}
	f, err := b.zip.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		return nil, err
	}
	b.part = bufio.NewWriterSize(f, 64<<10)
	_, _ = b.part.WriteString(xml.Header + sheetStart)
	return b, b.write(header, headerStyle)
}

// Append adds a row.
func (b *WorkbookWriter) Append(cells []string) error { return b.write(cells, "") }

func (b *WorkbookWriter) write(cells []string, style string) error {
	if b.row++; b.row > xlsxRows {
		return fmt.Errorf("a sheet of .xlsx holds %d rows: write .csv, or part the input", xlsxRows)
	}
	fmt.Fprintf(b.part, `<row r="%d">`, b.row)
	for i, cell := range cells {
		if cell == "" {
			continue
		}
		_, _ = b.part.WriteString(`<c r="` + columnName(i) + strconv.Itoa(b.row) + `"` + style)
		if isNumber(cell) {
			_, _ = b.part.WriteString("><v>" + cell + "</v></c>")
			continue
		}
		_, _ = b.part.WriteString(` t="inlineStr"><is><t xml:space="preserve">`)
		_ = xml.EscapeText(b.part, []byte(shorten(cell)))
		_, _ = b.part.WriteString("</t></is></c>")
	}
	_, err := b.part.WriteString("</row>") // a bufio.Writer keeps its first error
	return err
}

// Close ends the workbook; the writer below stays open.
func (b *WorkbookWriter) Close() error {
	_, err := b.part.WriteString("</sheetData></worksheet>")
	return errors.Join(err, b.part.Flush(), b.zip.Close())
}

// isNumber reports whether a cell shows the same when it is kept as a number: 12.5,
// but neither 007 nor a card's 18 digits.
func isNumber(cell string) bool {
	const digits = 15
	if len(cell) > digits {
		return false
	}
	f, err := strconv.ParseFloat(cell, 64)
	return err == nil && strconv.FormatFloat(f, 'f', -1, 64) == cell
}

func shorten(cell string) string {
	if len(cell) <= xlsxCharacters || utf8.RuneCountInString(cell) <= xlsxCharacters {
		return cell
	}
	return string([]rune(cell)[:xlsxCharacters])
}

// columnName is A for 0, Z for 25, AA for 26.
func columnName(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}

const (
	headerStyle = ` s="1"`
	mainSpace   = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	sheetStart  = `<worksheet ` + mainSpace + `><sheetViews><sheetView workbookViewId="0">` +
		`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
		`<sheetFormatPr defaultColWidth="16" defaultRowHeight="15"/><sheetData>`
)

type workbookPart struct{ name, text string }

func workbookParts() []workbookPart {
	const (
		office   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
		packages = "http://schemas.openxmlformats.org/package/2006/"
		kind     = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	)
	relation := func(id, kind, target string) string {
		return fmt.Sprintf(`<Relationship Id="%s" Type="%s/%s" Target="%s"/>`, id, office, kind, target)
	}
	relations := func(list ...string) string {
		return `<Relationships xmlns="` + packages + `relationships">` + strings.Join(list, "") + `</Relationships>`
	}
	return []workbookPart{
		{"[Content_Types].xml", `<Types xmlns="` + packages + `content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + kind + `sheet.main+xml"/>` +
			`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + kind + `worksheet+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="` + kind + `styles+xml"/></Types>`},
		{"_rels/.rels", relations(relation("rId1", "officeDocument", "xl/workbook.xml"))},
		{"xl/_rels/workbook.xml.rels", relations(relation("rId1", "worksheet", "worksheets/sheet1.xml"), relation("rId2", "styles", "styles.xml"))},
		{"xl/workbook.xml", `<workbook ` + mainSpace + ` xmlns:r="` + office + `"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/styles.xml", `<styleSheet ` + mainSpace + `><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>` +
			`<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
			`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
			`<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>` +
			`<cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs></styleSheet>`},
	}
}
